"""Where a bill stands, what comes next: read off its timeline. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vocab.bodies import Body
from vocab.stages import READING_STAGES, SUCCESSORS, Stage
from vocab.timeline import Event, EventKind, Timeline
from web.i18n import N_

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

STAGE_NAMES = {
    Stage.REGISTERED: N_("Registration"),
    Stage.IN_COMMITTEE: N_("Committee"),
    Stage.FIRST_READING: N_("First reading"),
    Stage.SECOND_READING: N_("Second reading"),
    Stage.THIRD_READING: N_("Third reading"),
    Stage.SENT_TO_PRESIDENT: N_("Passing to the President"),
    Stage.VETOED: N_("Objections of the President"),
    Stage.SIGNED: N_("Signature"),
    Stage.PUBLISHED: N_("Publication"),
    Stage.REJECTED: N_("Rejection"),
    Stage.WITHDRAWN: N_("Withdrawal"),
}


class State(StrEnum):
    """What is known of one stage."""

    DONE = "done"
    OPEN = "open"  # considered or put to the vote, the result is not in any source
    LISTED = "listed"  # stood on an agenda; whether it was considered is not in any source
    STOPPED = "stopped"
    PLANNED = "planned"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.DONE: N_("done"),
    State.OPEN: N_("considered, the result is not in our sources"),
    State.LISTED: N_("stood on the agenda; whether it was considered is not in our sources"),
    State.STOPPED: N_("stopped here"),
    State.PLANNED: N_("planned"),
    State.UNKNOWN: N_("nothing in our sources"),
}
STATE_SIGNS = {
    State.DONE: "●",
    State.OPEN: "◐",
    State.LISTED: "◌",
    State.STOPPED: "✕",
    State.PLANNED: "◷",
    State.UNKNOWN: "○",
}

_DONE = {
    Stage.REGISTERED: {EventKind.REGISTERED},
    Stage.IN_COMMITTEE: {EventKind.COMMITTEE_DECISION},
    Stage.SENT_TO_PRESIDENT: {EventKind.SENT_TO_PRESIDENT},
    Stage.SIGNED: {EventKind.SIGNED},
    Stage.PUBLISHED: {EventKind.ENACTED},
}
_OPEN = {EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE}
ENDINGS = (EventKind.REJECTED, EventKind.WITHDRAWN, EventKind.RETURNED, EventKind.VETOED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of the track."""

    stage: Stage
    state: State
    day: date | None = None
    by_press: bool = False  # nothing but press releases tells it

    @property
    def name(self) -> str:
        """What the stage is called, a message id."""
        return STAGE_NAMES[self.stage]

    @property
    def words(self) -> str:
        """What is known of it, a message id."""
        return STATE_WORDS[self.state]

    @property
    def sign(self) -> str:
        """The mark; it differs in shape, not only in colour."""
        return STATE_SIGNS[self.state]


def track(timeline: Timeline, today: date) -> tuple[Step, ...]:
    """Every stage in order, with what the sources tell of it."""
    events = _held(timeline)
    return tuple(_step(stage, events, today) for stage in TRACK)


def _held(timeline: Timeline) -> tuple[Event, ...]:
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
    happened = [step for step in steps if step.state in (State.DONE, State.OPEN, State.LISTED, State.STOPPED)]
    return happened[-1] if happened else None


def coming(timeline: Timeline, today: date) -> tuple[Event, ...]:
    """Agenda lines of today and later."""
    return tuple(event for event in _held(timeline) if event.kind is EventKind.SCHEDULED and event.day >= today)


def may_come(step: Step | None) -> tuple[str, ...]:
    """Names of the stages that the Rules allow next, as message ids; () where nothing can be said."""
    if step is None or step.state is State.STOPPED:
        return ()
    return tuple(STAGE_NAMES[stage] for stage in (*TRACK, Stage.REJECTED) if stage in SUCCESSORS[step.stage])


def last_ending(timeline: Timeline) -> Event | None:
    """The newest rejection, withdrawal, return or objection."""
    ends = timeline.of(*ENDINGS)
    return ends[-1] if ends else None
