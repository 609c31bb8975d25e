"""What observers saw, as events. Pure. The kinds and their fields are those of `vocab.observation`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from tracker.identify.people import People
from tracker.rows import ObservationRow
from vocab.bodies import Body
from vocab.dates import BISHKEK
from vocab.observation import ObservationKind
from vocab.papers import Paper
from vocab.timeline import OBSERVED, Event, EventKind, Evidence, Votes, Who

OTHER_DAY = "the note was not written on the day of the sitting"

_KINDS: Mapping[ObservationKind, EventKind] = {
    ObservationKind.STARTED: EventKind.STARTED,
    ObservationKind.ENDED: EventKind.ENDED,
    ObservationKind.REGISTRATION: EventKind.OBSERVED_REGISTRATION,
    ObservationKind.HEAD_COUNT: EventKind.HEAD_COUNT,
    ObservationKind.AGENDA_VOTE: EventKind.AGENDA_VOTE,
    ObservationKind.ABSENT: EventKind.OBSERVED_ABSENT,
    ObservationKind.PRESENT: EventKind.OBSERVED_PRESENT,
    ObservationKind.PRESENTER: EventKind.PRESENTER,
    ObservationKind.MATERIALS: EventKind.MATERIALS,
    ObservationKind.AMENDMENTS: EventKind.AMENDMENTS_READ,
    ObservationKind.COMBINED: EventKind.NOTE,  # the ground stands beside the readings that other sources tell of
    ObservationKind.VOTE: EventKind.OBSERVED_VOTE,
    ObservationKind.PROXY_ANNOUNCED: EventKind.PROXY_ANNOUNCED,
    ObservationKind.PROXY: EventKind.OBSERVED_PROXY,
    ObservationKind.POSTPONED: EventKind.POSTPONED,
    ObservationKind.BREAK: EventKind.OBSERVED_BREAK,
    ObservationKind.CLOSED: EventKind.CLOSED,
    ObservationKind.DOCUMENT: EventKind.DOCUMENT,
    ObservationKind.QUOTE: EventKind.QUOTE,
    ObservationKind.NOTE: EventKind.NOTE,
}
_OPINIONS: Mapping[str, EventKind] = {
    "committee": EventKind.COMMITTEE_DECISION,
    "faction": EventKind.FACTION_OPINION,
}


def observed_events(rows: Iterable[ObservationRow], people: People) -> list[Event]:
    """The events of the notes, numbered as they were made; a person is named by id or as written.

    Photos, interviews and links tell the checks nothing: they are no events.
    """
    return [event for number, row in enumerate(rows, start=1) for event in _events(row, number, people)]


def _events(row: ObservationRow, number: int, people: People) -> Iterator[Event]:
    kind = ObservationKind(row.kind)
    if kind is ObservationKind.OPINION:
        yield _opinion(_plain(row, number, EventKind.DOCUMENT, people), row.value)
    elif kind in _KINDS:
        event = _plain(row, number, _KINDS[kind], people)
        tell = _TELL.get(kind)
        yield tell(event, row.value) if tell else event


def _plain(row: ObservationRow, number: int, kind: EventKind, people: People) -> Event:
    """What all kinds have: the fields of the note that mean the same in every event."""
    value, item = row.value, row.value.get("item")
    who, note = _person(value.get("person") or value.get("from"), row, people)
    to, other_note = _person(value.get("to"), row, people)
    other_day = OTHER_DAY if "other_day" in (row.marks or "").split() else None
    return Event(
        kind=kind,
        day=row.day,
        seq=number,
        evidence=Evidence(
            record=f"{OBSERVED}{row.uuid}",
            place=None if item is None else f"item:{item}",
            seen_at=row.received_at,
        ),
        sitting_id=row.sitting_id,
        bill_id=value.get("bill"),
        item=item,
        readings=frozenset(value.get("readings", ())),
        count=value.get("count"),
        minutes=value.get("minutes"),
        who=who,
        to=to,
        about=value.get("text"),
        at=_at(row),
        observer=row.observer or None,
        uncertain="; ".join(filter(None, (note, other_note, other_day))) or None,
    )


def _at(row: ObservationRow) -> time:
    """The time of day that the observer gave, else when the note was made, by the corrected clock."""
    given: str | None = row.value.get("at")
    if given:
        return time.fromisoformat(given)
    return row.observed_at.astimezone(BISHKEK).time().replace(second=0, microsecond=0)


def _person(said: str | None, row: ObservationRow, people: People) -> tuple[Who | None, str | None]:
    return people.observed(said, row.day) if said else (None, None)


def _opinion(event: Event, value: Mapping[str, Any]) -> Event:
    """An opinion of a committee or a faction is what the checks know by that name; any other is a paper."""
    giver, stance = value["given_by"], value.get("stance")
    kind = _OPINIONS.get(giver, EventKind.DOCUMENT)
    if kind is EventKind.COMMITTEE_DECISION:
        return replace(event, kind=kind, body=Body.COMMITTEE, committee=value.get("name"), choice=stance)
    if kind is EventKind.FACTION_OPINION:
        return replace(event, kind=kind, about=value.get("name"), choice=stance)
    paper = value.get("paper") or (Paper.GOVERNMENT_OPINION.value if giver == "government" else Paper.OTHER.value)
    return replace(event, kind=kind, what=paper, choice=stance, about=value.get("name"))


def _votes(event: Event, value: Mapping[str, Any]) -> Event:
    figures = Votes(in_favour=value.get("for"), against=value.get("against"), abstained=value.get("abstained"))
    return replace(event, votes=figures)


def _vote(event: Event, value: Mapping[str, Any]) -> Event:
    """`what` tells a vote that the observer counted from one that was announced; unknown: None."""
    counted = value.get("counted")
    how = None if counted is None else ("counted" if counted else "announced")
    return replace(_votes(event, value), choice=value.get("outcome"), what=how)


def _document(event: Event, value: Mapping[str, Any]) -> Event:
    """A paper exists from the day that stands on it; without one, by the day of the sitting."""
    dated = value.get("dated")
    day = min(date.fromisoformat(dated), event.day) if dated else event.day
    return replace(event, what=value["paper"], lang=value.get("language"), day=day, day_told=bool(dated))


def _yes_no(name: str, yes: str, no: str) -> Callable[[Event, Mapping[str, Any]], Event]:
    return lambda event, value: replace(event, choice=yes if value[name] else no, what=value.get("paper"))


_PUT_OFF: Mapping[bool | None, str] = {True: "by_committee", False: "by_plenary"}
"""Art. 41 p. 2 counts postponements but those that the committee asked for; unknown: no word."""

_TELL: Mapping[ObservationKind, Callable[[Event, Mapping[str, Any]], Event]] = {
    ObservationKind.AGENDA_VOTE: _votes,
    ObservationKind.VOTE: _vote,
    ObservationKind.PRESENTER: lambda event, value: replace(event, what=value.get("role")),
    ObservationKind.MATERIALS: _yes_no("handed_out", "handed_out", "not_handed_out"),
    ObservationKind.AMENDMENTS: _yes_no("read", "read", "not_read"),
    ObservationKind.COMBINED: lambda event, value: replace(event, ground=value.get("ground")),
    ObservationKind.POSTPONED: lambda event, value: replace(event, choice=_PUT_OFF.get(value.get("by_committee"))),
    ObservationKind.DOCUMENT: _document,
}
