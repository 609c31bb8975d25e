"""What people of the coalition stated by a letter or a paper, as events. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from vocab.bodies import Body
from vocab.facts import Field
from vocab.timeline import STATED, Event, EventKind, Evidence, Subject, SubjectKind, Votes

NOT_SURE = "whoever stated it is not sure"

_BODIES: Mapping[EventKind, Body] = {
    EventKind.COMMITTEE_DECISION: Body.COMMITTEE,
    **dict.fromkeys((EventKind.ADOPTED, EventKind.REJECTED, EventKind.RETURNED), Body.PLENARY),
    **dict.fromkeys((EventKind.POSTPONED, EventKind.OVERRIDE), Body.PLENARY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact that stands; `value` has the fields of `vocab.facts`. Who stated it is nobody's evidence."""

    id: int
    kind: str
    day: date
    day_told: bool
    value: Mapping[str, Any]
    source: str
    is_uncertain: bool
    stated_at: datetime


def is_link(source: str) -> bool:
    """True for an address of the web; words that name a paper are none, nor is what a browser would run."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in source


def stated_events(rows: Iterable[FactRow], subject: Subject) -> list[Event]:
    """An event for each fact. Its source is the address of the evidence, or, in words, the place."""
    return [_event(row, subject) for row in rows]


def _event(row: FactRow, subject: Subject) -> Event:
    value, kind = row.value, EventKind(row.kind)
    of_sitting = subject.kind is SubjectKind.SITTING
    address = is_link(row.source)
    return Event(
        kind=kind,
        day=row.day,
        day_told=row.day_told,
        evidence=Evidence(
            record=f"{STATED}{row.id}",
            url=row.source if address else None,
            place=None if address else row.source,
            seen_at=row.stated_at,
        ),
        body=_BODIES.get(kind),
        committee=value.get(Field.COMMITTEE),
        sitting_id=subject.id if of_sitting else None,
        bill_id=None if of_sitting else subject.id,
        readings=frozenset(value.get(Field.READINGS, ())),
        count=value.get(Field.COUNT),
        votes=_votes(value),
        choice=value.get(Field.CHOICE),
        about=value.get(Field.FACTION),
        ground=value.get(Field.GROUND),
        what=value.get(Field.WHAT),
        lang=value.get(Field.LANGUAGE),
        uncertain=NOT_SURE if row.is_uncertain else None,
    )


def _votes(value: Mapping[str, Any]) -> Votes | None:
    figures = [value.get(name) for name in (Field.IN_FAVOUR, Field.AGAINST, Field.ABSTAINED)]
    if all(one is None for one in figures):
        return None
    return Votes(in_favour=figures[0], against=figures[1], abstained=figures[2])
