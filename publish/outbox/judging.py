"""What becomes of a delivery by what is known of it: before it is sent, after, and when the channel was asked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from publish.channels.protocol import (
    Abilities,
    CannotAsk,
    Found,
    Later,
    Lost,
    NotFound,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sent,
)
from publish.outbox.waiting import PROBE, next_look, next_try
from vocab.posts import DeliveryState

State = DeliveryState
FREE: Final[Mapping[str, Any]] = {"claim": "", "lease_until": None}
"""Nobody has it any more."""

NOT_THERE, SAME_KEY = "the channel was asked and does not show it", "sent again under the same key"
A_PERSON = "the channel cannot be asked: a person has to look"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One try to send one part. `repeated`: an earlier try may have reached the channel. `chance`: see `back_off`."""

    row: Mapping[str, Any]
    repeated: bool
    can_find: bool
    now: datetime
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Where a delivery goes, why, and what its row keeps; `hold_until`: nothing else goes to its account before."""

    after: DeliveryState
    cause: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    hold_until: datetime | None = None


def with_part(row: Mapping[str, Any], remote: Remote, now: datetime, left_to: DeliveryState) -> Ruling:
    """The channel has the next part: all is sent, or the rest is left to `left_to`."""
    sent = [*row["sent"], {"id": remote.id, "url": remote.url}]
    values: dict[str, Any] = {"sent": sent, "started_at": None, "cause": ""}
    if len(sent) < len(row["message"]["parts"]):
        return Ruling(after=left_to, values=values)
    return Ruling(after=State.SENT, values={**values, "sent_at": now, "due_at": None, **FREE})


def after_try(outcome: Outcome, tried: Tried) -> Ruling:
    """What comes of what the channel said."""
    if isinstance(outcome, Sent):
        return with_part(tried.row, outcome.remote, tried.now, State.CLAIMED)
    cause, until = outcome.cause or "no cause was given", _hold_until(outcome, tried)
    if isinstance(outcome, Lost) or tried.repeated:
        look = next_look(tried.row["started_at"], tried.now) if tried.can_find else None
        values: dict[str, Any] = {"cause": cause, "due_at": look, **FREE}
        return Ruling(after=State.UNKNOWN, cause=cause, values=values, hold_until=until)
    values = {"cause": cause, "started_at": None, "due_at": None, **FREE}
    if isinstance(outcome, Refused):
        return Ruling(after=State.DEAD, cause=cause, values=values)
    due = next_try(outcome, tried.row["attempts"], tried.now, tried.chance) if isinstance(outcome, Later) else until
    return Ruling(after=State.FAILED, cause=cause, values={**values, "due_at": due}, hold_until=until)


def _hold_until(outcome: Outcome, tried: Tried) -> datetime | None:
    if isinstance(outcome, Revoked):
        return tried.now + PROBE
    if isinstance(outcome, Later) and outcome.whole_channel:
        return next_try(outcome, tried.row["attempts"], tried.now, tried.chance)
    return None


def after_question(found: Found | None, row: Mapping[str, Any], now: datetime, *, repeatable: bool) -> Ruling:
    """What comes of asking for a part of which nobody knows; None: this channel tells nobody what it has.

    `repeatable`: `waiting.may_repeat`; then the same key is sent again, unless the channel did not answer.
    """
    match found:
        case None if not repeatable:
            return Ruling(after=State.UNKNOWN, cause=A_PERSON, values={"due_at": None})
        case None:
            return Ruling(after=State.APPROVED, cause=SAME_KEY, values=_again(now))
        case Sent():
            ruling = with_part(row, found.remote, now, State.APPROVED)
            due = {"due_at": now} if ruling.after is State.APPROVED else {}
            return Ruling(after=ruling.after, cause="the channel was asked and has it", values={**ruling.values, **due})
        case CannotAsk():
            return Ruling(after=State.UNKNOWN, cause=found.cause, values={"due_at": next_look(row["started_at"], now)})
        case NotFound() if repeatable:
            return Ruling(after=State.APPROVED, cause=f"{NOT_THERE}; {SAME_KEY}", values=_again(now))
    return Ruling(after=State.UNKNOWN, cause=NOT_THERE, values={"due_at": next_look(row["started_at"], now)})


def _again(now: datetime) -> Mapping[str, Any]:
    """Due with its `started_at`: sent again only while its key is safe."""
    return {"due_at": now, "cause": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the last look saw. `held`: the channel is stopped or waits; `gone`: the subscriber left."""

    row: Mapping[str, Any]
    held: bool
    gone: bool
    lacks_picture: bool
    repeatable: bool


def before_try(seen: Seen, now: datetime) -> Ruling | None:
    """What keeps a delivery from being sent after all; None: it goes out."""
    row = seen.row
    if row["started_at"] and not seen.repeatable:
        cause = "it can no longer be sent again under the same key; nobody knows whether the channel has it"
        return Ruling(after=State.UNKNOWN, cause=cause, values={"cause": cause, "due_at": now, **FREE})
    if seen.held:
        return Ruling(after=State.APPROVED, cause="the channel is stopped, or waits", values={"cause": "", **FREE})
    if row["started_at"]:
        return None  # whatever is withdrawn by now may be there already: first it has to be known
    end = _end(seen, now)
    return _ended(row, *end) if end else None


def _end(seen: Seen, now: datetime) -> tuple[DeliveryState, str] | None:
    row, begun = seen.row, bool(seen.row["sent"])
    if row["untold"]:
        return State.WITHDRAWN, f"{row['untold']} may no longer be told"
    if seen.gone:
        return State.WITHDRAWN, "the subscriber left"
    if row["expires_at"] and row["expires_at"] <= now and not begun:
        return State.LAPSED, "its time was over before it could be sent"
    if seen.lacks_picture and row["message"]["picture"] and not begun:
        return State.DEAD, f"the picture {row['message']['picture']['file']} is missing"
    return None


def _ended(row: Mapping[str, Any], after: DeliveryState, cause: str) -> Ruling:
    """Taken out; a thread of which people see a part stays sent, so that it can be deleted and put right."""
    values = {"cause": cause, "due_at": None, **FREE}
    if row["sent"] and after is State.WITHDRAWN:
        return Ruling(after=State.SENT, cause=f"broken off: {cause}", values=values)
    return Ruling(after=after, cause=cause, values=values)


def may_find(abilities: Abilities) -> bool:
    """Whether the program itself can do anything about a delivery of which nobody knows."""
    return abilities.can_ask or abilities.repeat_is_safe_for is not None
