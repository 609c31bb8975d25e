"""Whether the papers of a bill are there, and were there by a day: what the checks of papers share.

That a paper is not in our record proves nothing: it is missing where a person says that the record is complete, or
where an observer noted that it was not handed out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.terms import When, when
from tracker.judgement import Judgement, Matter, ReviewNote
from vocab.timeline import Event, EventKind, Timeline

HANDED_IN = frozenset(
    {EventKind.SUBMITTED, EventKind.REGISTERED, EventKind.DOCUMENT, EventKind.DOCUMENTS_COMPLETE, EventKind.RECEIVED}
)
_NOT_SHOWN = frozenset({"not_handed_out", "none"})  # an observer's word: of materials, of an opinion


class Papers(StrEnum):
    """What is said of papers that have to be there by a day."""

    THERE = "there"
    MISSING = "missing"
    AFTERWARDS = "afterwards"
    DAY_UNKNOWN = "day_unknown"
    UNKNOWN = "unknown"


_WORST_FIRST = (Papers.MISSING, Papers.AFTERWARDS, Papers.UNKNOWN, Papers.DAY_UNKNOWN, Papers.THERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of one paper (or of one of several that will do), and by which events."""

    state: Papers
    events: tuple[Event, ...] = ()
    notes: tuple[ReviewNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Papers that have to be there `by` a day (None: at any time) for a reading (None: for the bill).

    `groups` are the papers by name: one of each group will do.
    """

    groups: Mapping[str, Collection[str]]
    by: When | None = None
    reading: int | None = None

    def look(self, timeline: Timeline) -> dict[str, Found]:
        """What is known of each group."""
        return {name: self._find(timeline, papers) for name, papers in self.groups.items()}

    def _find(self, timeline: Timeline, papers: Collection[str]) -> Found:
        there = tuple(event for event in self.shown(timeline, papers) if event.choice not in _NOT_SHOWN)
        if there:
            return self._dated(timeline, there)
        complete = self.complete(timeline)
        if complete:
            return Found(state=Papers.MISSING, events=complete, notes=(ReviewNote.COMPLETE_BY_PERSON,))
        refused = tuple(event for event in self.shown(timeline, papers) if self.by and event.day >= self.by.latest)
        if refused:
            return Found(state=Papers.MISSING, events=refused, notes=(ReviewNote.OBSERVER_ONLY,))
        return Found(state=Papers.UNKNOWN)

    def shown(self, timeline: Timeline, papers: Collection[str]) -> tuple[Event, ...]:
        """Documents, and notes of what was handed out, of these papers and for this reading."""
        return tuple(
            event
            for event in timeline.of(EventKind.DOCUMENT, EventKind.MATERIALS)
            if event.what in papers and (self.reading is None or not event.readings or self.reading in event.readings)
        )

    def _dated(self, timeline: Timeline, there: tuple[Event, ...]) -> Found:
        if self.by is None or (self.by.earliest and any(event.day <= self.by.earliest for event in there)):
            return Found(state=Papers.THERE, events=there)
        first = [_first_day(event) for event in there]
        if all(day is not None and day > self.by.latest for day in first):
            complete = self.complete(timeline)
            note = ReviewNote.COMPLETE_BY_PERSON if complete else ReviewNote.EARLIER_PAPER
            return Found(state=Papers.AFTERWARDS, events=(*there, *complete), notes=(note,))
        return Found(state=Papers.DAY_UNKNOWN, events=there)

    def complete(self, timeline: Timeline) -> tuple[Event, ...]:
        """Where a person said, on the day that counts or later, that our record of papers is complete."""
        said = timeline.of(EventKind.DOCUMENTS_COMPLETE)
        return tuple(event for event in said if self.by is None or event.day >= self.by.latest)


def _first_day(event: Event) -> date | None:
    """The first day on which a paper may have been there: what an observer saw was there by then."""
    return None if event.kind is EventKind.MATERIALS or event.choice else when(event).earliest


def judge_papers(matter: Matter, found: Mapping[str, Found], figures: Mapping[str, Any]) -> Judgement:
    """The answer on all groups together: the worst of them decides, and the figures name those that lack."""
    worst = min((one.state for one in found.values()), key=_WORST_FIRST.index)
    lacking = [name for name, one in found.items() if one.state is not Papers.THERE]
    figures = {**figures, "papers": list(found), "lacking": lacking}
    if worst is Papers.THERE:
        return matter.kept(worst, figures)
    if worst in (Papers.MISSING, Papers.AFTERWARDS):
        told = [name for name, one in found.items() if one.state is worst]
        notes = dict.fromkeys(note for name in told for note in found[name].notes)
        return matter.broken(worst, figures | {"lacking": told}, *notes)
    return matter.cannot_tell(worst, figures)


def events_of(found: Mapping[str, Found]) -> tuple[Event, ...]:
    """All events that tell of the groups, each once."""
    return tuple(dict.fromkeys(event for one in found.values() for event in one.events))


def handed_in(events: Iterable[Event]) -> tuple[Event, ...]:
    """What tells that a bill was handed in, with its papers or without."""
    return tuple(event for event in events if event.kind in HANDED_IN)
