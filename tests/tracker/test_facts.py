"""Facts that people state: kept once, withdrawn with a reason, events of their dossiers; on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.audit import Act, newest, verify
from db.bills import Bill
from db.facts import StatedFact
from db.findings import Finding
from db.records import PendingRecord
from tests.tracker.house import DAY, LAW, NUMBER, House, agenda, registered, vote_list
from tracker.fact_reading import Fact, FactFault, FactRefused, read_fact
from tracker.facts import state_fact, withdraw_fact
from tracker.linking import Decision, merge, split
from tracker.stated import NOT_SURE, is_link
from tracker.stored_facts import all_facts
from tracker.timelines import bill_timeline, sitting_timeline
from tracker.week.sittings import move
from vocab.errors import UsageError
from vocab.ids import bill_number_key
from vocab.timeline import Event, EventKind, SubjectKind, Votes

BILL, SITTING = SubjectKind.BILL, SubjectKind.SITTING
KEY, PLENARY = bill_number_key(NUMBER), f"plenary-{DAY}"
TODAY = date(2026, 11, 27)
ACT = Act(who="asel", at=datetime(2026, 11, 3, 6, 0, tzinfo=UTC))
LATER = Act(who="nur", at=datetime(2026, 11, 5, 6, 0, tzinfo=UTC))
LETTER = "Письмо № 12 от 2 марта 2026 года"


def read(kind: str, subject: tuple[SubjectKind, str] = (BILL, KEY), **said: Any) -> Fact:
    return read_fact(subject, {"kind": kind, "day": "2017-06-01", "source": LETTER} | said, {"ratification"}, TODAY)


def state(house: House, fact: Fact, act: Act = ACT) -> int:
    with house.engine.begin() as conn:
        return state_fact(conn, fact, act)


def withdraw(house: House, number: int, reason: str = "другой законопроект", act: Act = LATER) -> None:
    with house.engine.begin() as conn:
        withdraw_fact(conn, number, reason, act)


def stated(house: House, subject: tuple[SubjectKind, str] = (BILL, KEY), as_of: date | None = None) -> list[Event]:
    with house.engine.connect() as conn:
        found = (bill_timeline if subject[0] is BILL else sitting_timeline)(conn, subject[1], as_of=as_of)
    assert found is not None
    return [event for event in found.events if event.evidence.is_stated]


def bill_without_papers(house: House) -> House:
    """A bill that was read for the first time, and of which no paper is known."""
    house.state(registered(LAW), vote_list(f"{LAW} (вносится на первое чтение)")).track()
    return house


def says(house: House, check: str) -> list[tuple[str, str, str | None]]:
    rows = house.rows(Finding, check_id=check, superseded_at=None)
    return [(row["verdict"], row["reason"], row["needs_review"]) for row in rows]


def test_missing_papers_are_missing_once_a_person_says_that_none_lacks(each_house: House) -> None:
    house = bill_without_papers(each_house)
    assert [one[0] for one in says(house, "R09")] == ["cannot_tell"]
    number = state(house, read("documents_complete"))
    assert state(house, read("documents_complete"), LATER) == number
    assert len(house.rows(StatedFact)) == 1
    assert house.track().bills == 1
    [(verdict, reason, review)] = says(house, "R09")
    assert (verdict, reason) == ("broken", "missing")
    assert {"complete_by_person", "stated_by_person"} <= set((review or "").split())
    withdraw(house, number)
    house.track()
    assert [one[0] for one in says(house, "R09")] == ["cannot_tell"]
    assert house.rows(PendingRecord) == []
    with house.engine.connect() as conn:
        assert [(row["action"], row["who"]) for row in newest(conn, 2)] == [
            ("fact withdrawn", "nur"),
            ("fact stated", "asel"),
        ]
        assert verify(conn) is None
        [row] = all_facts(conn, BILL, KEY)
    assert (row["stated_by"], row["withdrawn_by"], row["withdrawn_reason"]) == ("asel", "nur", "другой законопроект")
    assert state(house, read("documents_complete")) != number


def test_a_timeline_has_what_stood_on_its_day(each_house: House) -> None:
    house = bill_without_papers(each_house)
    withdraw(house, state(house, read("signed")))
    assert stated(house) == []
    days = {day: len(stated(house, as_of=date(2026, 11, day))) for day in (2, 3, 4, 5)}
    assert days == {2: 0, 3: 1, 4: 1, 5: 0}


def test_a_fact_is_an_event_with_its_source(house: House) -> None:
    bill_without_papers(house)
    votes: dict[str, Any] = {"for": "70", "against": "2"}
    state(house, read("adopted", (BILL, KEY), readings="1,2", **votes))
    state(
        house,
        read("document", what="legal", choice="negative", lang="ru", source="https://example.kg/1", uncertain="yes"),
    )
    state(
        house, read("committee_decision", choice="reject", committee="Комитет по аграрной политике", day_unknown="yes")
    )
    state(house, read("faction_opinion", choice="positive", faction="Ак-Суу", readings=["2"]))
    paper, adopted, decided, opinion = sorted(stated(house), key=lambda event: event.kind != EventKind.DOCUMENT)
    assert (paper.what, paper.choice, paper.lang, paper.uncertain) == ("legal", "negative", "ru", NOT_SURE)
    assert (paper.evidence.url, paper.evidence.place) == ("https://example.kg/1", None)
    assert (adopted.readings, adopted.votes) == (frozenset({1, 2}), Votes(in_favour=70, against=2))
    assert (adopted.evidence.url, adopted.evidence.place, adopted.evidence.seen_at) == (None, LETTER, ACT.at)
    assert (decided.kind, decided.committee, decided.day_told) == (
        EventKind.COMMITTEE_DECISION,
        "Комитет по аграрной политике",
        False,
    )
    assert (opinion.about, opinion.choice, opinion.bill_id) == ("Ак-Суу", "positive", KEY)


def test_facts_go_with_the_bill_and_with_the_sitting(house: House) -> None:
    bill_without_papers(house)
    house.state(registered("О проекте Закона «О пастбищах»", key="bill:7", number=None), agenda()).track()
    [other] = [row["id"] for row in house.rows(Bill) if row["id"] != KEY]
    state(house, read("signed", (BILL, other)))
    decision = Decision(who="asel", reason="one draft", now=house.now)
    kept = merge(house.engine, KEY, other, decision)
    assert [event.bill_id for event in stated(house, (BILL, kept))] == [kept]
    assert state(house, read("vetoed", (BILL, other))) == 2
    house.track()
    assert len(stated(house, (BILL, kept))) == 2
    split(house.engine, other if kept == KEY else KEY, decision)
    house.state(agenda("agenda:2", date(2017, 5, 18))).track()
    state(house, read("initiative", (SITTING, PLENARY), what="deputies", count="40"))
    with house.engine.begin() as conn:
        move(conn, PLENARY, "plenary-2017-05-18", "", LATER)
    house.track()
    [event] = stated(house, (SITTING, "plenary-2017-05-18"))
    assert (event.kind, event.what, event.count, event.sitting_id) == (
        EventKind.INITIATIVE,
        "deputies",
        40,
        "plenary-2017-05-18",
    )


def test_what_cannot_be_done_is_refused(house: House) -> None:
    bill_without_papers(house)
    with pytest.raises(UsageError, match="there is no bill n-9"):
        state(house, read("signed", (BILL, "n-9")))
    number = state(house, read("signed"))
    with pytest.raises(UsageError, match="give a reason"):
        withdraw(house, number, " \0 ")
    withdraw(house, number)
    for unknown in (number, 99):
        with pytest.raises(UsageError, match="stands"):
            withdraw(house, unknown)


@pytest.mark.parametrize(
    ("kind", "said", "fault", "field"),
    [
        ("ballot", {}, FactFault.UNKNOWN_KIND, "kind"),
        ("initiative", {"what": "president"}, FactFault.UNKNOWN_KIND, "kind"),
        ("signed", {"day": "1.2.2017"}, FactFault.NOT_A_DAY, "day"),
        ("signed", {"day": "1900-01-01"}, FactFault.NOT_A_DAY, "day"),
        ("signed", {"day": "2026-11-28"}, FactFault.DAY_AHEAD, "day"),
        ("amendments_until", {"day": "2028-11-28"}, FactFault.DAY_AHEAD, "day"),
        ("signed", {"source": " - "}, FactFault.NO_SOURCE, "source"),
        ("signed", {"source": "x" * 1001}, FactFault.TOO_LONG, "source"),
        ("signed", {"what": "text"}, FactFault.NOT_OF_THIS_KIND, "what"),
        ("document", {"what": ""}, FactFault.MISSING, "what"),
        ("document", {"what": "poem"}, FactFault.NOT_ONE_OF, "what"),
        ("document", {"what": "legal", "choice": "changed"}, FactFault.DOES_NOT_FIT, "choice"),
        ("document", {"what": "text", "choice": "positive"}, FactFault.DOES_NOT_FIT, "choice"),
        ("document", {"what": "text", "lang": "en"}, FactFault.NOT_ONE_OF, "lang"),
        ("note", {"choice": "combined"}, FactFault.DOES_NOT_FIT, "ground"),
        ("note", {"choice": "complete_record", "ground": "ratification"}, FactFault.DOES_NOT_FIT, "ground"),
        ("note", {"choice": "combined", "ground": "haste"}, FactFault.NOT_ONE_OF, "ground"),
        ("adopted", {"readings": "4"}, FactFault.NOT_READINGS, "readings"),
        ("adopted", {"readings": ["1"], "for": "-1"}, FactFault.NOT_A_NUMBER, "for"),
        ("adopted", {"readings": ["1"], "for": "1001"}, FactFault.NOT_A_NUMBER, "for"),
        ("committee_decision", {"choice": "reject", "committee": "x" * 201}, FactFault.TOO_LONG, "committee"),
    ],
)
def test_a_fact_is_read_field_by_field(kind: str, said: dict[str, Any], fault: FactFault, field: str) -> None:
    with pytest.raises(FactRefused) as refused:
        read(kind, **said)
    assert (refused.value.fault, refused.value.name) == (fault, field)


def test_what_was_left_empty_says_nothing() -> None:
    fact = read("note", choice="combined", ground="ratification", readings=["3", "2", " "], committee="", lang=[])
    assert fact.value == {"choice": "combined", "readings": [2, 3], "ground": "ratification"}
    assert read("hearing", day="2026-12-20").day == date(2026, 12, 20)
    assert read("signed", day=["2017-06-01"]).day == date(2017, 6, 1)
    assert read("document", what="text", choice="same").value["choice"] == "same"


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("https://kenesh.kg/1", True),
        ("javascript:alert(1)", False),
        ("http://[", False),
        ("https://kenesh.kg/1 и письмо", False),
        ("https:///x", False),
    ],
)
def test_only_an_address_is_a_link(source: str, link: bool) -> None:
    assert is_link(source) is link
