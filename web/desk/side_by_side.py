"""The observers of a sitting and the official record, with names and with all that was typed: for the desk only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tracker.agreement import NOT_COMPARED, Line, Summary, observers_of, side_by_side, summary
from tracker.rows import ObservationRow
from tracker.stored import observations
from tracker.timelines import sitting_timelines
from vocab.observation import ObservationKind
from vocab.timeline import Timeline
from web.desk.week_query import Planned

_BOTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """The notes of a sitting: `lines` that can be compared, and what was `written` in the observers' own words."""

    sitting: str
    title: str
    observers: tuple[str, ...]
    lines: tuple[Line, ...]
    written: tuple[ObservationRow, ...]
    summary: Summary


def compared(conn: Connection, sittings: Iterable[str]) -> list[SideBySide]:
    """The sittings of these that somebody wrote notes of."""
    wanted = sorted(set(sittings))
    notes: dict[str, list[ObservationRow]] = {}
    for row in observations(conn, wanted):
        notes.setdefault(row.sitting_id, []).append(row)
    timelines = sitting_timelines(conn, notes) if notes else {}
    return [_compared(timelines[key], rows) for key, rows in sorted(notes.items()) if key in timelines]


def _compared(timeline: Timeline, rows: Sequence[ObservationRow]) -> SideBySide:
    lines = side_by_side(rows, timeline)
    return SideBySide(
        sitting=timeline.subject.id,
        title=timeline.subject.title,
        observers=observers_of(rows),
        lines=lines,
        written=tuple(row for row in rows if ObservationKind(row.kind) in NOT_COMPARED),
        summary=summary(lines),
    )


def agreements(conn: Connection, sittings: Iterable[Planned]) -> dict[str, Summary]:
    """How far two observers agree, for the sittings of which two sent notes."""
    both = [one.row["id"] for one in sittings if len(one.sent) >= _BOTH]
    return {one.sitting: one.summary for one in compared(conn, both)} if both else {}
