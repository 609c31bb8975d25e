"""What two observers saw, side by side, and the official record beside it. Pure.

Notes of one kind on one item (and one deputy, paper or opinion) stand on one line. Head counts agree within five parts
of a hundred, times and lengths within five minutes, everything else when it is equal; what only one of two filled in is
no disagreement. Free text, quotes, pictures and links are not compared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from tracker.rows import ObservationRow
from vocab.observation import FIELDS, Field, ObservationKind
from vocab.text import fold
from vocab.timeline import Event, EventKind, Timeline, Votes

HEAD_COUNT_SHARE = 0.05
MINUTES_APART = 5
_AT_ONE_TIME = timedelta(minutes=20)  # two counts of one hall; later it is another count

NOT_COMPARED = frozenset(
    {
        ObservationKind.QUOTE,
        ObservationKind.NOTE,
        ObservationKind.PHOTO,
        ObservationKind.INTERVIEW,
        ObservationKind.VIDEO,
    }
)
"""Kinds that two people never write alike."""

_REPEATED = frozenset({ObservationKind.HEAD_COUNT, ObservationKind.REGISTRATION, ObservationKind.BREAK})
_KEYS: Mapping[ObservationKind, tuple[str, ...]] = {
    ObservationKind.ABSENT: ("person",),
    ObservationKind.PRESENT: ("person",),
    ObservationKind.PROXY: ("from", "to"),
    ObservationKind.PROXY_ANNOUNCED: ("from", "to"),
    ObservationKind.OPINION: ("given_by", "name"),
    ObservationKind.MATERIALS: ("paper",),
    ObservationKind.DOCUMENT: ("paper",),
    ObservationKind.VOTE: ("readings",),
}
_FREE = frozenset({Field.TEXT, Field.LINK, Field.UPLOAD})
_ORDER = {kind: place for place, kind in enumerate(ObservationKind)}

Value = Mapping[str, Any]


class Agreement(StrEnum):
    """How the observers of a line stand to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    ALONE = "alone"  # one saw it, the other noted nothing
    NOBODY = "nobody"  # only the official record tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was seen. `seen` and `at` by observer; `official` are the figures of the official record.

    `item` is the number on the agenda, None for the sitting; `about` tells apart the lines of one kind and item.
    """

    kind: ObservationKind
    item: int | None = None
    about: tuple[str, ...] = ()
    seen: Mapping[str, Value] = field(default_factory=dict)
    at: Mapping[str, datetime] = field(default_factory=dict)
    official: tuple[Value, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """Whether all who saw it saw the same."""
        values = list(self.seen.values())
        if len(values) < 2:
            return Agreement.ALONE if values else Agreement.NOBODY
        alike = all(is_alike(self.kind, values[0], other) for other in values[1:])
        return Agreement.AGREE if alike else Agreement.DIFFER

    def is_official(self, observer: str) -> bool | None:
        """Whether an observer saw what the official record tells; None where one of them tells nothing."""
        value = self.seen.get(observer)
        if value is None or not self.official:
            return None
        return any(is_alike(self.kind, value, told) for told in self.official)

    @property
    def differs(self) -> bool:
        """True where any two of the observers and the official record tell different things."""
        return self.agreement is Agreement.DIFFER or any(self.is_official(one) is False for one in self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """How many lines two observers agree on, differ on, and only one of them has."""

    agree: int
    differ: int
    alone: int

    @property
    def share(self) -> float | None:
        """The part of the lines with two observers on which they agree; None where there is none."""
        both = self.agree + self.differ
        return self.agree / both if both else None


def observers_of(rows: Iterable[ObservationRow]) -> tuple[str, ...]:
    """The observers in the order of their first notes: they are A, B, … wherever they are not named."""
    return tuple(dict.fromkeys(row.observer for row in sorted(rows, key=lambda row: (row.observed_at, row.uuid))))


def side_by_side(
    rows: Iterable[ObservationRow], timeline: Timeline, name_of: Callable[[str], str] = fold
) -> tuple[Line, ...]:
    """The notes of a sitting line by line, in the order of the agenda and the form.

    `timeline` is the sitting's; `name_of` gives one key for all the ways to write a person.
    """
    compared = [row for row in rows if ObservationKind(row.kind) not in NOT_COMPARED]
    groups: dict[tuple[ObservationKind, int | None, tuple[str, ...]], list[ObservationRow]] = {}
    for row in sorted(compared, key=lambda row: (row.observed_at, row.uuid)):
        kind = ObservationKind(row.kind)
        groups.setdefault((kind, row.value.get("item"), _about(kind, row.value, name_of)), []).append(row)
    lines = [
        _with_official(Line(kind=kind, item=item, about=about, seen=_seen(found), at=_at(found)), timeline, found[0])
        for (kind, item, about), own in groups.items()
        for found in _at_one_time(kind, own)
    ]
    if lines:
        lines += _told_by_nobody(lines, timeline)
    return tuple(sorted(lines, key=lambda line: (line.item or 0, _ORDER[line.kind], line.about, _first(line))))


def summary(lines: Iterable[Line]) -> Summary:
    """The lines counted."""
    found = [line.agreement for line in lines]
    return Summary(
        agree=found.count(Agreement.AGREE), differ=found.count(Agreement.DIFFER), alone=found.count(Agreement.ALONE)
    )


def is_alike(kind: ObservationKind, one: Value, other: Value) -> bool:
    """True where two notes of a kind, or a note and the official record, tell the same."""
    return all(
        _same(kind, field_kind, one[name], other[name])
        for name, field_kind in FIELDS[kind].items()
        if field_kind not in _FREE and one.get(name) is not None and other.get(name) is not None
    )


def _same(kind: ObservationKind, field_kind: Field, one: Any, other: Any) -> bool:
    if field_kind is Field.PERSON:
        return fold(one) == fold(other)
    if field_kind is Field.TIME:
        return abs(_minutes(one) - _minutes(other)) <= MINUTES_APART
    if field_kind is Field.MINUTES:
        return bool(abs(one - other) <= MINUTES_APART)
    if kind is ObservationKind.HEAD_COUNT:
        return bool(abs(one - other) <= HEAD_COUNT_SHARE * max(one, other))
    return bool(one == other)


def _minutes(value: str) -> int:
    at = time.fromisoformat(value)
    return at.hour * 60 + at.minute


def _about(kind: ObservationKind, value: Value, name_of: Callable[[str], str]) -> tuple[str, ...]:
    said = [(FIELDS[kind][name], value.get(name)) for name in _KEYS.get(kind, ())]
    return tuple(_key(field_kind, one, name_of) for field_kind, one in said)


def _key(field_kind: Field, value: Any, name_of: Callable[[str], str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(map(str, value))
    return name_of(value) if field_kind is Field.PERSON else fold(value)


def _at_one_time(kind: ObservationKind, rows: Sequence[ObservationRow]) -> list[list[ObservationRow]]:
    """Notes on one thing: at most one an observer, and of what is counted again and again, of about one time."""
    lines: list[list[ObservationRow]] = []
    for row in rows:
        open_lines = [line for line in lines if all(one.observer != row.observer for one in line)]
        near = [
            line
            for line in open_lines
            if kind not in _REPEATED or row.observed_at - line[0].observed_at <= _AT_ONE_TIME
        ]
        if near:
            near[0].append(row)
        else:
            lines.append([row])
    return lines


def _seen(rows: Iterable[ObservationRow]) -> dict[str, Value]:
    return {row.observer: row.value for row in rows}


def _at(rows: Iterable[ObservationRow]) -> dict[str, datetime]:
    return {row.observer: row.observed_at for row in rows}


def _first(line: Line) -> str:
    return min((moment.isoformat() for moment in line.at.values()), default="")


def _with_official(line: Line, timeline: Timeline, row: ObservationRow) -> Line:
    tell = _OFFICIAL.get(line.kind)
    official = tell(timeline, row) if tell else ()
    return replace(line, official=tuple(official))


def _official(timeline: Timeline, *kinds: EventKind) -> list[Event]:
    return [event for event in timeline.of(*kinds) if event.observer is None]


def _registrations(timeline: Timeline, _: ObservationRow) -> list[Value]:
    return [{"count": event.count} for event in _official(timeline, EventKind.REGISTRATION) if event.count is not None]


def _breaks(timeline: Timeline, _: ObservationRow) -> list[Value]:
    return [{"minutes": event.minutes} for event in _official(timeline, EventKind.BREAK) if event.minutes is not None]


def _votes(timeline: Timeline, row: ObservationRow) -> list[Value]:
    """The votes on the bill, or where the note names none, on the item; and on its readings, where both tell them."""
    bill, item, readings = row.value.get("bill"), row.value.get("item"), frozenset(row.value.get("readings", ()))
    return [
        _figures(event.votes)
        for event in _official(timeline, EventKind.VOTE)
        if event.votes
        and (event.bill_id == bill if bill else event.seq == item)
        and (not readings or not event.readings or readings & event.readings)
    ]


def _figures(votes: Votes) -> Value:
    return {"for": votes.in_favour, "against": votes.against, "abstained": votes.abstained}


_OFFICIAL: Mapping[ObservationKind, Callable[[Timeline, ObservationRow], list[Value]]] = {
    ObservationKind.HEAD_COUNT: _registrations,
    ObservationKind.REGISTRATION: _registrations,
    ObservationKind.BREAK: _breaks,
    ObservationKind.VOTE: _votes,
}


def _told_by_nobody(lines: Sequence[Line], timeline: Timeline) -> list[Line]:
    """The votes of the official record that no observer noted."""
    noted = [told for line in lines if line.kind is ObservationKind.VOTE for told in line.official]
    return [
        Line(kind=ObservationKind.VOTE, item=event.seq, official=(_figures(event.votes),))
        for event in _official(timeline, EventKind.VOTE)
        if event.votes and _figures(event.votes) not in noted
    ]
