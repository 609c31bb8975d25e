"""What observers saw, as events. Pure. The kinds and their values are those of `db.observations`."""

from collections.abc import Iterable

from tracker.identify.people import People
from tracker.rows import ObservationRow
from vocab.timeline import Event, EventKind, Evidence, Votes, Who

OBSERVED_AS = {
    "head_count": EventKind.HEAD_COUNT,
    "absent": EventKind.OBSERVED_ABSENT,
    "present": EventKind.OBSERVED_PRESENT,
    "vote": EventKind.OBSERVED_VOTE,
    "proxy": EventKind.OBSERVED_PROXY,
    "note": EventKind.NOTE,
}
"""The kinds of observations that there are, and the events that they are."""


def observed_events(rows: Iterable[ObservationRow], people: People) -> list[Event]:
    """An event for each observation, numbered as they were made; a person is named by id or as written."""
    return [_event(row, number, people) for number, row in enumerate(rows, start=1)]


def _event(row: ObservationRow, number: int, people: People) -> Event:
    value = row.value
    who, note = _person(value.get("person") or value.get("from"), row, people)
    to, other_note = _person(value.get("to"), row, people)
    figures = Votes(in_favour=value.get("for"), against=value.get("against"), abstained=value.get("abstained"))
    return Event(
        kind=OBSERVED_AS[row.kind],
        day=row.day,
        seq=number,
        evidence=Evidence(record=f"observation:{row.uuid}", seen_at=row.received_at),
        sitting_id=row.sitting_id,
        bill_id=value.get("bill"),
        readings=frozenset(value.get("readings", ())),
        count=value.get("count"),
        who=who,
        to=to,
        votes=figures if row.kind == "vote" else None,
        about=value.get("about") or value.get("text"),
        uncertain=note or other_note,
    )


def _person(said: str | None, row: ObservationRow, people: People) -> tuple[Who | None, str | None]:
    return people.observed(said, row.day) if said else (None, None)
