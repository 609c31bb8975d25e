"""Where an application for access to a sitting stands. Pure; its last day comes from the rule, see tracker.access."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = 7
"""So many days before the last day an application stands on the list of what is due."""


class AccessState(StrEnum):
    """Where an application stands."""

    NOT_YET = "not_yet"
    DUE = "due"
    LATE = "late"
    SENT = "sent"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """`due` is the last day to apply. `agenda_late`: the agenda was first seen after it, so that nobody could know."""

    due: date
    state: AccessState
    agenda_late: bool


def deadline(
    sitting: date, due: date, *, announced: date | None, sent: bool, answer: str | None, today: date
) -> Deadline:
    """Where an application stands on a day. `announced` is when the agenda was first seen, None where none was.

    An agenda that was seen after the sitting only, as in a replay of old pages, says nothing of what was known then.
    """
    late = announced is not None and due < announced <= sitting
    return Deadline(due=due, state=_state(due, sent=sent, answer=answer, today=today), agenda_late=late)


def _state(due: date, *, sent: bool, answer: str | None, today: date) -> AccessState:
    if answer is not None:
        return AccessState(answer)
    if sent:
        return AccessState.SENT
    if today > due:
        return AccessState.LATE
    return AccessState.DUE if due - today <= timedelta(days=SOON) else AccessState.NOT_YET
