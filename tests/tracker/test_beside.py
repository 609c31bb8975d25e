"""What sittings of committees learn of the plenary of their day and of members, and when they are judged again."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest

from db.engine import reader
from db.findings import Finding
from scrapers.items import DeputyItem, Item, Registration
from tests.tracker.house import START, House, agenda, protocol, vote_list
from tests.tracker.noting import said, send, statuses
from tracker.beside import counted_since
from tracker.rows import local_day
from tracker.timelines import sitting_timeline
from vocab.bodies import Body
from vocab.ids import committee_id
from vocab.timeline import Event, EventKind

LAWS, MONEY = "Комитет по законности", "Комитет по бюджету"
TODAY = local_day(START)
SOON = TODAY + timedelta(days=3)  # a Wednesday
LATER = SOON + timedelta(days=7)


def identity(day: date = SOON, committee: str = LAWS) -> str:
    return f"committee-{committee_id(committee)}-{day}"


def announced(day: date = SOON, key: str = "agenda:9") -> Item:
    return agenda(key, day, LAWS)


def listed(*committees: str, number: int = 6, day: date = TODAY) -> list[Item]:
    """So many deputies, all in these committees."""
    return [
        DeputyItem(
            key=f"deputy_api:{one}",
            name=f"Касымов{'абвгде'[one]} Канат Кубатович",
            convocation="VIII",
            faction="Ала-Тоо",
            shown_on=day,
            committees=committees,
        )
        for one in range(number)
    ]


def counted(house: House, *counts: int, day: date = SOON) -> None:
    """Notes of one observer in the committee, made now."""
    moment = house.now.isoformat()
    notes = [
        said(number, sitting=identity(day), value={"count": count}, device_at=moment)
        for number, count in enumerate(counts, start=1)
    ]
    assert statuses(send(house.engine, *notes, now=house.now)) == ["received"] * len(notes)


def events(house: House, kind: EventKind | None = None, *, day: date = SOON, as_of: date | None = None) -> list[Event]:
    """What another dossier told the sitting of the committee."""
    with reader(house.engine) as conn:
        found = sitting_timeline(conn, identity(day), as_of=as_of)
    assert found
    told = found.events if kind is None else found.of(kind)
    return [one for one in told if one.body is Body.PLENARY or one.kind is EventKind.MEMBER]


def verdicts(house: House, check: str, sitting: str | None = None) -> Sequence[tuple[str, str]]:
    rows = house.rows(Finding, check_id=check, superseded_at=None, subject_id=sitting or identity())
    return [(row["verdict"], row["reason"]) for row in rows]


def test_a_plenary_of_the_day_is_told_to_the_committees_of_the_day_only(each_house: House) -> None:
    house = each_house
    house.state(announced(), announced(LATER, "agenda:8")).track()
    assert verdicts(house, "R34") == [("cannot_tell", "plenary_unknown")]
    house.now += timedelta(days=1)
    house.state(agenda(day=SOON, starts_at=time(10))).track()
    assert verdicts(house, "R34") == [("broken", "excluded_day")]
    assert verdicts(house, "R34", identity(LATER)) == [("cannot_tell", "plenary_unknown")]
    [plenary] = events(house)
    assert (plenary.kind, plenary.at, plenary.sitting_id) == (EventKind.ANNOUNCED, time(10), f"plenary-{SOON}")
    assert events(house, as_of=TODAY) == []
    house.now += timedelta(hours=3)
    house.vanish("agenda")
    house.state(announced(), announced(LATER, "agenda:8")).track()
    assert verdicts(house, "R34") == [("cannot_tell", "plenary_unknown")]


def test_a_record_shows_that_the_plenary_was_held(house: House) -> None:
    house.state(announced(), protocol(SOON), vote_list("О разном", day=SOON)).track()
    assert [one.kind for one in events(house)] == [EventKind.STARTED, EventKind.STARTED]
    assert [one.at for one in events(house)] == [None, None]


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ([("note", {"text": "called off"})], []),
        ([("head_count", {"count": 80})], [(EventKind.STARTED, None, None)]),
        (
            [("head_count", {"count": 80}), ("started", {"at": "10:05"}), ("ended", {"at": "16:30"})],
            [(EventKind.STARTED, time(10, 5), None), (EventKind.ENDED, time(16, 30), None)],
        ),
    ],
)
def test_what_observers_saw_of_the_plenary(house: House, notes: Sequence[tuple[str, Any]], told: list[Any]) -> None:
    house.state(announced(), agenda(day=SOON)).track()
    house.now += timedelta(days=3)
    rows = [
        said(number, kind, sitting=f"plenary-{SOON}", value=value, device_at=house.now.isoformat())
        for number, (kind, value) in enumerate(notes)
    ]
    send(house.engine, *rows, now=house.now)
    house.track()
    observed = [one for one in events(house) if one.observer]
    assert [(one.kind, one.at, one.count) for one in observed] == told
    # The committee's agenda is all that tells of it: a person has to find out whether it sat.
    [finding] = house.rows(Finding, check_id="R34", superseded_at=None)
    assert "only_announced" in finding["needs_review"].split()


def test_a_count_in_a_committee_is_judged_by_the_members_of_its_day(each_house: House) -> None:
    house = each_house
    house.state(*listed(LAWS), announced()).track()
    assert events(house) == []  # nobody counted
    house.now += timedelta(days=3)
    counted(house, 4)
    house.track()
    assert [one.who.written for one in events(house, EventKind.MEMBER) if one.who][:1] == ["Касымова Канат Кубатович"]
    assert len(events(house, EventKind.MEMBER)) == 6
    assert verdicts(house, "R24") == [("kept", "quorum_present")]
    house.now += timedelta(hours=1)
    house.state(*listed(LAWS, number=2, day=SOON), *listed(MONEY, day=SOON)[2:]).track()
    assert len(events(house, EventKind.MEMBER)) == 2  # the list was seen otherwise on the day itself
    [finding] = house.rows(Finding, check_id="R24", superseded_at=None)
    assert finding["figures"]["members"] == 2


def test_members_of_a_day_before_the_first_list_are_unknown(house: House) -> None:
    house.state(announced()).track()
    house.now += timedelta(days=3)
    counted(house, 4)
    house.now += timedelta(days=1)
    house.state(*listed(LAWS, day=SOON + timedelta(days=1))).track()
    assert events(house) == []
    assert verdicts(house, "R24") == [("cannot_tell", "members_unknown")]


def test_a_change_of_the_lists_concerns_counted_sittings_after_it(house: House) -> None:
    house.state(*listed(LAWS), announced(), announced(LATER, "agenda:8"))
    house.state(protocol(LATER + timedelta(days=1), "77", registrations=(Registration(seq=1, count=9),))).track()
    house.now += timedelta(days=3)
    counted(house, 4)
    house.track()
    keys = [f"kenesh:deputy_api:{number}" for number in range(6)]
    with reader(house.engine) as conn:
        assert counted_since(conn, keys, None) == {identity()}
        assert counted_since(conn, keys, house.now) == frozenset()
        assert counted_since(conn, [], None) == frozenset()
