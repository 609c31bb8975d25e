"""Everything that the form needs of a sitting to work without a network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_where
from db.bills import Bill
from db.links import Link
from db.people import Membership, Person
from db.sittings import AgendaItem
from db.upsert import table_of
from tracker.asked_again import AskedAgain, asked_again
from tracker.judging import Rules
from tracker.observations import known_grounds
from tracker.questions import Question, TakenUp, questions_on_bill, questions_on_sitting
from tracker.rows import entry_row
from tracker.stored import records
from tracker.timelines import bill_timelines, sitting_timeline
from vocab.bodies import Body, convocation_on
from vocab.observation import CHOICES, FIELDS, GROUND_NOT_NAMED, NEEDED, Field, ObservationKind
from vocab.timeline import Timeline
from web.observe.words import QUESTIONS, in_both

Row = Mapping[str, Any]


def package(conn: Connection, sitting: Row) -> dict[str, Any]:
    """The agenda with bills, questions, deputies and what fields hold. `sitting`: a row of the table."""
    rules, items = Rules.load(), _items(conn, sitting["id"])
    bills = {item["bill_id"] for item in items if item["bill_id"]}
    again = asked_again(conn, sitting, bills)
    asking = _Asking(rules, sitting, again, bill_timelines(conn, bills))
    timeline = sitting_timeline(conn, sitting["id"])
    on_sitting = questions_on_sitting(timeline, rules.book, rules.surroundings) if timeline else ()
    numbers = {row["id"]: row["number"] for row in rows_where(conn, Bill, "id", bills)}
    initiators = _initiators(conn, sitting["id"])
    return {
        "questions": _worded(on_sitting, [one for one in again if one.bill is None]),
        "items": [
            {
                "number": item["position"],
                "title": item["title"],
                "bill_id": item["bill_id"],
                "bill": numbers.get(item["bill_id"]),
                "kind": item["kind"],
                "readings": sorted(_readings(item)),
                "initiators": initiators.get(item["position"], []),
                "questions": asking.about(item),
            }
            for item in items
        ],
        "people": _people(conn, sitting["day"]),
        **form_fields(known_grounds(rules.book)),
    }


def form_fields(grounds: Iterable[str]) -> dict[str, Any]:
    """The kinds of notes with their fields, and what may stand in fields of few values."""
    choices = {field.value: list(values) for field, values in CHOICES.items()}
    return {
        "fields": {kind.value: {name: field.value for name, field in own.items()} for kind, own in FIELDS.items()},
        "choices": choices | {Field.GROUND.value: [*sorted(grounds), GROUND_NOT_NAMED]},
        "needed": {kind.value: name for kind, name in NEEDED.items()},
    }


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of the bills of one sitting."""

    rules: Rules
    sitting: Row
    again: Sequence[AskedAgain]
    timelines: Mapping[str, Timeline]

    def about(self, item: Row) -> list[dict[str, Any]]:
        """The questions on an item; one that is about no bill we know has none."""
        timeline = self.timelines.get(item["bill_id"] or "")
        if timeline is None:
            return []
        taken = TakenUp(day=self.sitting["day"], body=Body(self.sitting["body"]), readings=_readings(item))
        asked = questions_on_bill(timeline, taken, self.rules.book, self.rules.surroundings)
        return _worded(asked, [one for one in self.again if one.bill == item["bill_id"]])


def _worded(asked: Iterable[Question], again: Iterable[AskedAgain]) -> list[dict[str, Any]]:
    """Questions in words; what a reviewer asks comes first."""
    found = [_question(one.kind, [(one.check_id, one.reason)], one.words) for one in again]
    return found + [_question(one.kind, one.asked_by, None) for one in asked]


def _question(kind: ObservationKind, asked_by: Sequence[tuple[str, str]], words: str | None) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "check": asked_by[0][0],
        "reason": asked_by[0][1],
        "checks": sorted({check for check, _ in asked_by}),
        "text": in_both(QUESTIONS[kind]),
        "asked_again": words,
    }


def _readings(item: Row) -> frozenset[int]:
    return frozenset(int(one) for one in item["readings"].split(",") if one)


def _items(conn: Connection, sitting: str) -> list[Row]:
    table = table_of(AgendaItem)
    query = select(table).where(table.c.sitting_id == sitting).order_by(table.c.position, table.c.id)
    return [dict(row) for row in conn.execute(query).mappings()]


def _initiators(conn: Connection, sitting: str) -> dict[int, list[str]]:
    """Who brought the items in, as the agenda has it, by the number of the item."""
    linked = rows_where(conn, Link, "dossier_id", [sitting], dossier_type="sitting", record_type="sitting_record")
    pages = [row["record_key"] for row in linked]
    entries = [entry_row(record) for record in records(conn, "agenda_entry", pages, column="sitting_key")]
    return {entry.position: list(entry.initiators) for entry in entries if entry.initiators}


def _people(conn: Connection, day: date) -> list[dict[str, Any]]:
    """The deputies on the list nearest to the day, by name, with their factions."""
    convocation = convocation_on(day)
    member, person = table_of(Membership), table_of(Person)
    query = (
        select(person.c.id, person.c.name, member.c.faction, member.c.seen_first, member.c.seen_last)
        .join(member, member.c.person_id == person.c.id)
        .where(member.c.convocation == (convocation.numeral if convocation else ""))
        .order_by(person.c.name, person.c.id, member.c.seen_first)
    )
    rows = conn.execute(query).all()
    first, last = min((row.seen_first for row in rows), default=day), max((row.seen_last for row in rows), default=day)
    known = min(max(day, first), last)
    there = {row.id: row for row in rows if row.seen_first <= known <= row.seen_last}
    return [{"id": row.id, "name": row.name, "faction": row.faction} for row in there.values()]


def seats_of(sitting: Row) -> dict[str, int | None]:
    """The seats of the plenary on the day and its quorum; the size of a committee is not known."""
    seats = Rules.load().book.parliament.seats_on(sitting["day"]) if sitting["body"] == Body.PLENARY else None
    return {"seats": seats, "quorum": seats // 2 + 1 if seats else None}
