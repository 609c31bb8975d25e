"""Rows → timelines. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tracker.identify.people import People
from tracker.identify.resolver import Resolver, Stretch
from tracker.merge import BillTold, Line, SittingTold, merge_bill, merge_sitting
from tracker.rows import (
    BallotRow,
    RecordRow,
    SittingRow,
    ballot_row,
    entry_row,
    sitting_row,
)
from vocab.bodies import Body
from vocab.payload import merged_fields
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Votes, Who

DAY, SEEN = date(2017, 5, 17), datetime(2026, 11, 1, tzinfo=UTC)
SITTING = Subject(kind=SubjectKind.SITTING, id="plenary-2017-05-17", title="Заседание", body=Body.PLENARY, day=DAY)
BILL = Subject(kind=SubjectKind.BILL, id="n-6-502-17", title="О ветеринарии", bill_kind="law")
PEOPLE = People(lambda _: Resolver([("abdiev", "Абдиев Алмаз Акматович")], [Stretch("abdiev", DAY, DAY, "Тоо")]), {})
ABDIEV = Who(written="Абдиев А.А.", person_id="abdiev", faction="Тоо")


def record(record_type: str, key: str, fields: dict[str, Any] | None = None, **columns: Any) -> RecordRow:
    return RecordRow(
        record_type=record_type,
        key=key,
        columns={"day": DAY, "title": "Протокол", **columns},
        fields=fields or {},
        version=1,
        first_seen=SEEN,
        seen_at=SEEN,
        url="https://kenesh.kg/1",
    )


def page(source: str = "protocol", **fields: Any) -> SittingRow:
    columns = {"source": source, "body": "plenary", "committee": None, "number": "5", "extraordinary": False}
    return sitting_row(record("sitting_record", f"kenesh:{source}:1", fields, **columns))


def a_line(source: str = "vote_list", ballots: tuple[BallotRow, ...] = (), **item: Any) -> Line:
    columns = {"sitting_key": "s", "position": 3, "kind": "law", "title": "О ветеринарии", "ballot": None}
    entry = entry_row(record("agenda_entry", "s:1", {"item": {"readings": [2], **item}}, **columns))
    return Line(entry=entry, page=page(source), sitting_id=SITTING.id, bill_id=BILL.id, ballots=ballots)


def ballot(number: str = "14", in_favour: int | None = None) -> BallotRow:
    columns = {"sitting_key": "s", "entry_key": "s:1", "number": number, "against": 2, "abstained": None}
    return ballot_row(record("ballot_record", f"s:{number}", None, in_favour=in_favour, **columns))


def shown(events: tuple[Event, ...]) -> list[tuple[EventKind, int]]:
    return [(event.kind, event.seq) for event in events]


def test_a_protocol_keeps_its_own_order() -> None:
    told = page(
        registrations=[{"seq": 1, "count": 95}, {"seq": 4, "count": 60}],
        breaks=[{"seq": 3, "minutes": 15}, {"seq": 5, "minutes": None}],
        absences=[{"seq": 2, "name": "Абдиев А.А."}],
    )
    timeline = merge_sitting(SITTING, SittingTold(pages=(told,)), PEOPLE)
    assert [(one.kind, one.seq, one.count, one.minutes, one.who) for one in timeline.events] == [
        (EventKind.REGISTRATION, 1, 95, None, None),
        (EventKind.ABSENCE, 2, None, None, ABDIEV),
        (EventKind.BREAK, 3, None, 15, None),
        (EventKind.REGISTRATION, 4, 60, None, None),
        (EventKind.BREAK, 5, None, None, None),
    ]
    assert (timeline.subject, timeline.sources, timeline.as_of) == (SITTING, frozenset({"protocol"}), None)
    assert timeline.events[0].evidence == Evidence(
        record="sitting_record:kenesh:protocol:1", url="https://kenesh.kg/1", place="registration:1", seen_at=SEEN
    )


def test_a_given_vote_is_an_absence_and_a_transfer() -> None:
    mark = {"seq": 2, "name": "Абдиев А.А.", "transfer_to": "Абдиеву А.Ж.", "about": "по вопросу 3"}
    absence, transfer = merge_sitting(SITTING, SittingTold(pages=(page(absences=[mark]),)), PEOPLE).events
    assert (absence.kind, absence.who, absence.to, absence.uncertain) == (EventKind.ABSENCE, ABDIEV, None, None)
    assert (transfer.kind, transfer.who, transfer.to and transfer.to.person_id) == (
        EventKind.TRANSFER,
        ABDIEV,
        "abdiev",
    )
    assert (transfer.about, transfer.uncertain) == ("по вопросу 3", "slip of the pen: initial_differs")
    assert [absence.evidence.place, transfer.evidence.place] == ["absence:2", "transfer:2"]


def test_a_repaired_day_makes_its_page_uncertain() -> None:
    told = page(day_note="year 2108 read as 2018", absences=[{"seq": 1, "name": "Абдиев А.Ж."}])
    [absence] = merge_sitting(SITTING, SittingTold(pages=(told,)), PEOPLE).events
    assert absence.uncertain == "year 2108 read as 2018; slip of the pen: initial_differs"


@pytest.mark.parametrize(
    ("cancelled", "kinds"),
    [(False, [EventKind.ANNOUNCED]), (True, [EventKind.ANNOUNCED, EventKind.CANCELLED])],
)
def test_an_agenda_announces(*, cancelled: bool, kinds: list[EventKind]) -> None:
    subject = replace(SITTING, cancelled=cancelled)
    timeline = merge_sitting(subject, SittingTold(pages=(page("agenda"),)), PEOPLE, date(2026, 1, 1))
    assert [event.kind for event in timeline.events] == kinds
    assert timeline.as_of == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (a_line("agenda"), [(EventKind.SCHEDULED, None)]),
        (a_line(), [(EventKind.PUT_TO_VOTE, Votes())]),
        (a_line(ballots=(ballot(),)), [(EventKind.PUT_TO_VOTE, Votes())]),
        (a_line(ballots=(ballot(in_favour=94),)), [(EventKind.VOTE, Votes(in_favour=94, against=2))]),
        (
            a_line(ballots=(ballot(in_favour=94), ballot("15", 90))),
            [(EventKind.VOTE, Votes(in_favour=94, against=2)), (EventKind.VOTE, Votes(in_favour=90, against=2))],
        ),
    ],
)
def test_a_line_is_scheduled_or_voted_on(line: Line, expected: list[tuple[EventKind, Votes | None]]) -> None:
    of_sitting = merge_sitting(SITTING, SittingTold(lines=(line,)), PEOPLE)
    assert [(event.kind, event.votes) for event in of_sitting.events] == expected
    of_bill = merge_bill(BILL, BillTold(lines=(line,)), PEOPLE)
    assert of_bill.events == of_sitting.events
    assert {(one.bill_id, one.sitting_id, one.readings, one.seq) for one in of_bill.events} == {
        (BILL.id, SITTING.id, frozenset({2}), 3)
    }


def test_a_line_tells_a_bill_of_other_days() -> None:
    line = a_line(
        committee_decisions=[{"committee": "Комитет по праву", "decision": "reject", "readings": [2]}],
        discussed=["2017-05-10"],
    )
    considered, decision, vote = merge_bill(BILL, BillTold(lines=(line,)), PEOPLE).events
    assert (considered.kind, considered.day, considered.sitting_id) == (EventKind.CONSIDERED, date(2017, 5, 10), None)
    assert (decision.kind, decision.body, decision.committee, decision.choice) == (
        EventKind.COMMITTEE_DECISION,
        Body.COMMITTEE,
        "Комитет по праву",
        "reject",
    )
    assert decision.uncertain
    assert vote.kind is EventKind.PUT_TO_VOTE


def test_a_bill_from_register_to_law() -> None:
    registry = (
        record("registry_entry", "r:1", registered_on=date(2017, 1, 1)),
        record("registry_entry", "r:2", registered_on=None),
    )
    acts = (record("act_record", "a:1", adopted_on=date(2017, 7, 1)), record("act_record", "a:2", adopted_on=None))
    told = BillTold(registry=registry, lines=(a_line("agenda"),), acts=acts, cancelled=frozenset({SITTING.id}))
    timeline = merge_bill(BILL, told, PEOPLE)
    assert shown(timeline.events) == [
        (EventKind.REGISTERED, 0),
        (EventKind.CANCELLED, 3),
        (EventKind.SCHEDULED, 3),
        (EventKind.ENACTED, 0),
    ]
    assert timeline.sources == {"registry_entry", "agenda", "act_record"}


def test_a_page_speaks_before_its_list() -> None:
    payload = {"page": {"title": "Полное", "body": "текст"}, "list": {"title": "Короткое", "summary": "о чём"}}
    assert merged_fields(payload) == {"title": "Полное", "body": "текст", "summary": "о чём"}
    assert merged_fields({"list": {"title": "Короткое"}, "page": {"title": None}}) == {"title": "Короткое"}
