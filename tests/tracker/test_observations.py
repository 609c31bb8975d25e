"""Observers' notes come in: once, with their clocks put right, corrected by later ones, never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from db.bills import BillAlias
from db.engine import reader
from db.findings import Finding
from db.observations import Observation
from db.sittings import Sitting
from db.upsert import upsert
from scrapers.items import Registration
from tests.tracker.house import DAY, LAW, START, House, protocol, registered, vote_list
from tests.tracker.noting import NOW, SITTING, said, send, statuses, uuid
from tracker.note_reading import NoteFault
from tracker.observations import Answer, Mark, Status, Unplaced, own_notes, unplaced
from tracker.timelines import bill_timeline, sitting_timeline
from vocab.timeline import EventKind, Timeline

WRONG = "a uuid is no number"


@pytest.fixture
def sat(each_house: House) -> House:
    """A sitting whose protocol is known, on both databases."""
    each_house.state(protocol(), registered(LAW)).track()
    return each_house


def timeline(house: House, as_of: date | None = None) -> Timeline:
    with reader(house.engine) as conn:
        found = sitting_timeline(conn, SITTING, as_of=as_of)
    assert found
    return found


def counts(house: House, as_of: date | None = None) -> list[int | None]:
    return [event.count for event in timeline(house, as_of).of(EventKind.HEAD_COUNT)]


def test_a_note_sent_ten_times_is_one(sat: House) -> None:
    answers = [send(sat.engine, said()) for _ in range(10)]
    assert [statuses(one) for one in answers] == [["received"], *[["known"]] * 9]
    assert statuses(send(sat.engine, said(2), said(2))) == ["received", "known"]
    assert counts(sat) == [54, 54]
    assert sat.track().sittings == 1
    [row, _] = sat.rows(Observation)
    assert (row["observer"], row["device"], row["clock_offset"], row["marks"]) == ("o1", "phone", 0, None)
    assert (row["day"], row["form_version"]) == (DAY, 1)


def test_a_bad_note_is_refused_and_the_rest_goes_on(sat: House) -> None:
    answers = send(sat.engine, said(1), said(2, value={"count": "many"}), WRONG, said(3))
    assert statuses(answers) == ["received", "refused", "refused", "received"]
    assert answers[1] == Answer(uuid=uuid(2), status=Status.REFUSED, fault=NoteFault.NOT_A_NUMBER, field="count")
    assert len(sat.rows(Observation)) == 2


def test_another_note_of_the_same_uuid_is_told(sat: House) -> None:
    send(sat.engine, said())
    assert [one.fault for one in send(sat.engine, said(value={"count": 1}))] == [NoteFault.CONFLICT]
    assert [one.fault for one in send(sat.engine, said(), observer="o2")] == [NoteFault.CONFLICT]
    assert [one.fault for one in send(sat.engine, said(2), said(2, value={"count": 1}))] == [None, NoteFault.CONFLICT]
    assert counts(sat) == [54, 54]


def test_corrections_replace_and_the_history_stays(sat: House) -> None:
    later = datetime(2026, 12, 1, tzinfo=UTC)
    assert statuses(send(sat.engine, said(1), now=START)) == ["received"]
    correction = said(2, value={"count": 60}, corrects=uuid(1))
    assert statuses(send(sat.engine, correction, now=later)) == ["received"]
    assert (counts(sat), counts(sat, date(2026, 11, 30))) == ([60], [54])
    send(sat.engine, said(3, value={}, corrects=uuid(2)), now=later)
    assert counts(sat) == []
    assert len(sat.rows(Observation)) == 3


def test_a_batch_may_correct_itself(sat: House) -> None:
    assert statuses(send(sat.engine, said(1), said(2, corrects=uuid(1)))) == ["received", "received"]
    assert counts(sat) == [54]


def test_only_ones_own_note_can_be_corrected(sat: House) -> None:
    send(sat.engine, said(1))
    other = send(sat.engine, said(2, corrects=uuid(1)), observer="o2")
    kind = send(sat.engine, said(3, "note", value={"text": "x"}, corrects=uuid(1)))
    nothing = send(sat.engine, said(4, corrects=uuid(9)))
    assert [one.fault for one in (*other, *kind, *nothing)] == [
        NoteFault.CORRECTS_OTHER,
        NoteFault.CORRECTS_OTHER,
        NoteFault.CORRECTS_UNKNOWN,
    ]


def test_a_wrong_clock_is_put_right(sat: House) -> None:
    """The phone is a day and two hours behind."""
    behind = timedelta(days=1, hours=2)
    made = (datetime(2017, 5, 17, 5, tzinfo=UTC) - behind).isoformat()
    [answer] = send(sat.engine, said(device_at=made), device_now=NOW - behind)
    assert answer.marks == (Mark.CLOCK_CORRECTED,)
    [row] = sat.rows(Observation)
    assert row["observed_at"] == datetime(2017, 5, 17, 5, tzinfo=UTC)
    assert row["clock_offset"] == behind.total_seconds()
    assert counts(sat) == [54]


def test_a_note_of_another_day_is_kept_and_marked(sat: House) -> None:
    """Nobody knows what the clock said then: it was right again when the note was sent."""
    [answer] = send(sat.engine, said(device_at="2017-05-16T11:00:00+06:00"))
    assert answer.marks == (Mark.OTHER_DAY,)
    [event] = timeline(sat).of(EventKind.HEAD_COUNT)
    assert (event.day, event.observer) == (DAY, "o1")
    assert event.uncertain == "the note was not written on the day of the sitting"


def test_an_import_has_no_clock(sat: House) -> None:
    [answer] = send(sat.engine, said(), device=None, device_now=None)
    assert answer.marks == ()
    assert sat.rows(Observation)[0]["clock_offset"] == 0


def test_two_devices_of_one_account_are_both_kept(sat: House) -> None:
    send(sat.engine, said(1))
    [second] = send(sat.engine, said(2, value={"count": 50}), device="tablet")
    [other] = send(sat.engine, said(3), device="tablet", observer="o2")
    assert (second.marks, other.marks) == ((Mark.TWO_DEVICES,), ())
    assert counts(sat) == [54, 50, 54]


def test_a_note_without_a_sitting_is_kept(sat: House) -> None:
    [answer] = send(sat.engine, said(sitting="made-7"))
    assert (answer.status, answer.unplaced) == (Status.RECEIVED, Unplaced.SITTING_UNKNOWN)
    [row] = sat.rows(Observation)
    assert row["day"] == date(2017, 5, 17)
    assert sat.track().sittings == 0
    assert statuses(send(sat.engine, said(sitting="made-7"))) == ["known"]


def test_a_note_on_a_sitting_that_was_called_off_is_kept(sat: House) -> None:
    [row] = sat.rows(Sitting)
    assert unplaced(row) is None
    sat.put(Sitting, [{**row, "cancelled": True}], "id")
    [answer] = send(sat.engine, said())
    assert answer.unplaced is Unplaced.SITTING_CANCELLED
    assert counts(sat) == [54]


def test_notes_of_an_unknown_sitting_wait_for_it(each_house: House) -> None:
    send(each_house.engine, said())
    each_house.state(protocol(registrations=(Registration(seq=1, count=95),))).track()
    assert counts(each_house) == [54]


def test_a_note_on_an_item_is_about_its_bill(sat: House) -> None:
    sat.state(vote_list(f"{LAW} (вносится на второе чтение)")).track()
    vote = {"for": 94, "against": 6, "readings": [2]}
    send(
        sat.engine,
        said(1, "vote", item=1, value=vote),
        said(2, item=9),
        said(3, item=1, value={"count": 1, "bill": "x"}),
    )
    with reader(sat.engine) as conn:
        bill = bill_timeline(conn, "n-6-502-17")
    assert bill
    assert [event.kind for event in bill.events] == [
        EventKind.REGISTERED,
        EventKind.PUT_TO_VOTE,
        EventKind.OBSERVED_VOTE,
    ]
    assert [row["value"].get("bill") for row in sat.rows(Observation)] == ["n-6-502-17", None, "x"]


ALIAS = {"alias": "t-former", "bill_id": "n-6-502-17", "method": "decided", "since": START}


def test_an_observed_vote_follows_its_bill_into_another(sat: House) -> None:
    sat.state(vote_list(f"{LAW} (вносится на второе чтение)")).track()
    send(sat.engine, said(1, "vote", value={"for": 94, "bill": "t-former", "readings": [2]}))
    with sat.engine.begin() as conn:
        upsert(conn, BillAlias, [ALIAS], key=("alias",))
    with reader(sat.engine) as conn:
        bill = bill_timeline(conn, "n-6-502-17")
        assert bill_timeline(conn, "no-such-bill") is None
    assert bill
    assert len(bill.of(EventKind.OBSERVED_VOTE)) == 1


def test_of_two_different_notes_sent_at_once_one_is_kept_and_the_other_told(sat: House) -> None:
    def one(number: int) -> str:
        return send(sat.engine, said(1, value={"count": number}))[0].status.value

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one, range(8)))
    assert sorted(answers) == ["received", *["refused"] * 7]
    assert len(sat.rows(Observation)) == 1


def test_own_notes_come_back_in_the_order_in_which_they_were_made(sat: House) -> None:
    send(sat.engine, said(2, device_at="2017-05-17T12:00:00+06:00"), said(1), said(3, corrects=uuid(1)))
    send(sat.engine, said(4), observer="o2")
    with reader(sat.engine) as conn:
        assert [row["uuid"] for row in own_notes(conn, "o1", SITTING)] == [uuid(1), uuid(3), uuid(2)]
        assert own_notes(conn, "o3", SITTING) == []


def test_two_observers_turn_a_kept_quorum_into_a_finding_to_review(sat: House) -> None:
    assert [row["verdict"] for row in sat.rows(Finding, check_id="R23", superseded_at=None)] == ["kept"]
    send(sat.engine, said(1), observer="o1")
    send(sat.engine, said(2, value={"count": 56}), observer="o2")
    sat.track()
    [row] = [row for row in sat.rows(Finding, check_id="R23") if row["superseded_at"] is None]
    assert (row["verdict"], row["reason"], row["figures"]["counted"]) == ("broken", "counted_below", 56)
    assert "discrepancy" in row["needs_review"]
    told = {one["record"] for one in row["evidence"]}
    assert {f"observation:{uuid(1)}", f"observation:{uuid(2)}"} <= told
