"""Where a bill stands, what comes next, in words. Pure."""

from datetime import date

from tracker.stages import TRACK, State, Step, held
from vocab.stages import SUCCESSORS, Stage
from vocab.timeline import Event, EventKind, Timeline
from web.i18n import N_

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


def coming(timeline: Timeline, today: date) -> tuple[Event, ...]:
    """Agenda lines of today and later."""
    return tuple(event for event in held(timeline) if event.kind is EventKind.SCHEDULED and event.day >= today)


def may_come(step: Step | None) -> tuple[str, ...]:
    """Names of the stages that the Rules allow next, as message ids; () where nothing can be said."""
    if step is None or step.state is State.STOPPED:
        return ()
    return tuple(STAGE_NAMES[stage] for stage in (*TRACK, Stage.REJECTED) if stage in SUCCESSORS[step.stage])
