"""Where a bill stands: the stages of its way, read off its timeline. Pure.

The page of a bill shows all of them; `tracker.standings` keeps the furthest one, so that bills can be asked for by it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vocab.bodies import Body
from vocab.stages import READING_STAGES, Stage
from vocab.timeline import Event, EventKind, Timeline

TRACK = (
    Stage.REGISTERED,
    Stage.IN_COMMITTEE,
    Stage.FIRST_READING,
    Stage.SECOND_READING,
    Stage.THIRD_READING,
    Stage.SENT_TO_PRESIDENT,
    Stage.SIGNED,
    Stage.PUBLISHED,
)


class State(StrEnum):
    """What is known of one stage."""

    DONE = "done"
    OPEN = "open"  # considered or put to the vote, the result is not in any source
    LISTED = "listed"  # stood on an agenda; whether it was considered is not in any source
    STOPPED = "stopped"
    PLANNED = "planned"
    UNKNOWN = "unknown"


HAPPENED = (State.DONE, State.OPEN, State.LISTED, State.STOPPED)
"""What is known of a stage that was reached, planned ones left out."""

_DONE = {
    Stage.REGISTERED: {EventKind.REGISTERED},
    Stage.IN_COMMITTEE: {EventKind.COMMITTEE_DECISION},
    Stage.SENT_TO_PRESIDENT: {EventKind.SENT_TO_PRESIDENT},
    Stage.SIGNED: {EventKind.SIGNED},
    Stage.PUBLISHED: {EventKind.ENACTED},
}
_OPEN = {EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE}
_ENDED = {
    EventKind.REJECTED: Stage.REJECTED,
    EventKind.WITHDRAWN: Stage.WITHDRAWN,
    EventKind.VETOED: Stage.VETOED,
}
ENDINGS = (EventKind.REJECTED, EventKind.WITHDRAWN, EventKind.RETURNED, EventKind.VETOED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of the track."""

    stage: Stage
    state: State
    day: date | None = None
    by_press: bool = False  # nothing but press releases tells it


def track(timeline: Timeline, today: date) -> tuple[Step, ...]:
    """Every stage in order, with what the sources tell of it."""
    events = held(timeline)
    return tuple(_step(stage, events, today) for stage in TRACK)


def held(timeline: Timeline) -> tuple[Event, ...]:
    """The events without agenda lines of sittings that were cancelled."""
    cancelled = {event.sitting_id for event in timeline.of(EventKind.CANCELLED)}
    return tuple(
        event for event in timeline.events if event.kind is not EventKind.SCHEDULED or event.sitting_id not in cancelled
    )


def _step(stage: Stage, events: Iterable[Event], today: date) -> Step:
    """The strongest thing known of a stage; the last one where there are several."""
    known = [(state, event) for event in events if (state := _state(stage, event, today))]
    for wanted in (State.STOPPED, State.DONE, State.OPEN, State.PLANNED, State.LISTED):
        told = [event for state, event in known if state is wanted]
        if told:
            by_press = all(event.evidence.is_press for event in told)
            return Step(stage=stage, state=wanted, day=max(event.day for event in told), by_press=by_press)
    return Step(stage=stage, state=State.UNKNOWN)


def _state(stage: Stage, event: Event, today: date) -> State | None:
    """What one event tells of a stage."""
    if event.kind in _DONE.get(stage, ()):
        return State.DONE
    if not _is_about(stage, event):
        return None
    if event.kind is EventKind.ADOPTED:
        return State.DONE
    if event.kind is EventKind.REJECTED:
        return State.STOPPED
    if event.kind is EventKind.SCHEDULED:
        return State.PLANNED if event.day >= today else State.LISTED
    return State.OPEN if event.kind in _OPEN else None


def _is_about(stage: Stage, event: Event) -> bool:
    """A committee that prepares a reading has not held it."""
    if event.body is Body.COMMITTEE:
        return stage is Stage.IN_COMMITTEE
    return any(READING_STAGES.get(number) is stage for number in event.readings)


def standing(steps: Iterable[Step]) -> Step | None:
    """The furthest stage that something happened in."""
    known = [step for step in steps if step.state in HAPPENED]
    return known[-1] if known else None


def considered_in(steps: Iterable[Step]) -> tuple[int, ...]:
    """The readings in which the bill was considered, whatever came of it."""
    numbers = {stage: number for number, stage in READING_STAGES.items()}
    had = (step for step in steps if step.state in HAPPENED and step.state is not State.LISTED)
    return tuple(numbers[step.stage] for step in had if step.stage in numbers)


def last_ending(timeline: Timeline) -> Event | None:
    """The newest rejection, withdrawal, return or objection."""
    ends = timeline.of(*ENDINGS)
    return ends[-1] if ends else None


def reached(timeline: Timeline, steps: Iterable[Step]) -> Stage | None:
    """The one stage by which a bill is listed: the furthest, or the ending that came after it."""
    stands, ending = standing(steps), last_ending(timeline)
    if ending and ending.kind in _ENDED and (stands is None or stands.day is None or ending.day >= stands.day):
        return _ENDED[ending.kind]
    return stands.stage if stands else None
