"""What people outside write to us about a page: that something is wrong, or the reply of the body concerned."""

from enum import StrEnum


class RemarkKind(StrEnum):
    """An error that somebody reports, or the reply of a body or person to a finding about them."""

    ERROR = "error"
    REPLY = "reply"


class RemarkState(StrEnum):
    """What became of it; all but `WAITING` are decisions of a person."""

    WAITING = "waiting"
    CHECKING = "checking"
    ANSWERED = "answered"
    SHOWN = "shown"
    REFUSED = "refused"


CLOSED = frozenset({RemarkState.ANSWERED, RemarkState.SHOWN, RemarkState.REFUSED})
"""States that end the matter: how to reach the sender is erased with them."""

TOLD = frozenset({RemarkState.ANSWERED, RemarkState.REFUSED})
"""Decisions that owe the sender words."""

_DECISIONS = {
    RemarkKind.ERROR: frozenset({RemarkState.CHECKING, RemarkState.ANSWERED, RemarkState.REFUSED}),
    RemarkKind.REPLY: frozenset({*RemarkState} - {RemarkState.WAITING}),
}


def decisions(kind: RemarkKind) -> frozenset[RemarkState]:
    """What may be decided: a report of an error is answered and never shown, a reply may be shown."""
    return _DECISIONS[kind]
