"""What observers saw, as the public reads it: by letters and not by names, without what they typed. Pure.

Free notes, quotes, photos, interviews and what is said of persons wait for an editor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Any

from tracker.agreement import Line, Summary, observers_of, side_by_side, summary
from tracker.rows import ObservationRow
from vocab.observation import FIELDS, ObservationKind
from vocab.timeline import Event, EventKind, Timeline, note_of
from web.observed_words import WRITTEN

SHOWN = frozenset(
    {
        *(ObservationKind.STARTED, ObservationKind.ENDED, ObservationKind.REGISTRATION, ObservationKind.HEAD_COUNT),
        *(ObservationKind.AGENDA_VOTE, ObservationKind.PRESENTER, ObservationKind.OPINION, ObservationKind.MATERIALS),
        *(ObservationKind.AMENDMENTS, ObservationKind.COMBINED, ObservationKind.VOTE, ObservationKind.POSTPONED),
        *(ObservationKind.BREAK, ObservationKind.CLOSED, ObservationKind.DOCUMENT),
    }
)
_NOT_SHOWN = frozenset(
    {
        *(EventKind.NOTE, EventKind.QUOTE, EventKind.OBSERVED_ABSENT, EventKind.OBSERVED_PRESENT),
        *(EventKind.OBSERVED_PROXY, EventKind.PROXY_ANNOUNCED),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """The table of a sitting: `letters` by observer in order, its lines, and how far the observers agree."""

    letters: dict[str, str]
    lines: tuple[Line, ...]
    summary: Summary


def seen_by_observers(rows: Sequence[ObservationRow], timeline: Timeline) -> SideBySide:
    """The lines of a sitting that the public sees."""
    shown = [row for row in rows if ObservationKind(row.kind) in SHOWN]
    lines = side_by_side(shown, timeline)
    return SideBySide(letters=_letters(observers_of(shown)), lines=lines, summary=summary(lines))


def _letters(observers: Sequence[str]) -> dict[str, str]:
    """A, B, …; after Z the number of the observer."""
    return {one: ascii_uppercase[n] if n < len(ascii_uppercase) else str(n + 1) for n, one in enumerate(observers)}


def shown(kind: ObservationKind, value: Mapping[str, Any]) -> dict[str, Any]:
    """A note without what was typed."""
    return {name: value[name] for name, field in FIELDS[kind].items() if name in value and field not in WRITTEN}


def shown_events(timeline: Timeline) -> tuple[Event, ...]:
    """The events without what observers said of persons or typed."""
    return tuple(_bare(event) for event in timeline.events if not _is_hidden(event))


def _is_observed(event: Event) -> bool:
    return note_of(event.evidence.record) is not None


def _is_hidden(event: Event) -> bool:
    return _is_observed(event) and event.kind in _NOT_SHOWN


def _bare(event: Event) -> Event:
    """What was typed is taken off; a committee and a faction are named by the observer too."""
    if not _is_observed(event):
        return event
    return replace(event, about=None, who=None, to=None, committee=None, observer=None)
