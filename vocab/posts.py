"""Posts: what they tell of, by which channels they go out, and the states that each goes through."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum


class PostKind(StrEnum):
    """What a post tells of."""

    AGENDA_PUBLISHED = "agenda_published"
    AGENDA_CHANGED = "agenda_changed"
    SITTING_CANCELLED = "sitting_cancelled"
    SITTING_STARTS = "sitting_starts"
    """A sitting begins; with the live video where there is one."""
    BILL_SCHEDULED = "bill_scheduled"
    READING_RESULT = "reading_result"
    VOTE_RESULT = "vote_result"
    """A vote with its numbers."""
    LAW_SIGNED = "law_signed"
    FINDING_CONFIRMED = "finding_confirmed"
    CORRECTION = "correction"
    """Puts right what an earlier post said."""
    WEEKLY_DIGEST = "weekly_digest"
    HEARING = "hearing"
    POLL_RESULT = "poll_result"
    INTERVIEW = "interview"
    ALERT = "alert"
    """To one subscriber: what is new of what they follow."""


ACCUSING = frozenset({PostKind.FINDING_CONFIRMED})
"""What only a person may approve, whatever is configured."""


class ChannelName(StrEnum):
    """Where posts go, in the order in which they are offered."""

    TELEGRAM = "telegram"
    FACEBOOK = "facebook"
    X = "x"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    EMAIL = "email"
    FEEDS = "feeds"


class DeliveryState(StrEnum):
    """The state of one post on one channel in one language.

    It is *due* while it is approved or failed, and its time (`due_at`) has come.
    """

    DRAFT = "draft"
    """Composed; waits for a person."""
    REFUSED = "refused"
    """Cannot be composed, and why; never due."""
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    """What it tells is no longer said: taken out before it was sent."""
    LAPSED = "lapsed"
    """Its time was over before it could be sent."""
    CLAIMED = "claimed"
    """A worker has it under a lease; once `started_at` is set the channel may have it."""
    SENT = "sent"
    FAILED = "failed"
    """The channel surely does not have it; tried again at `due_at`."""
    DEAD = "dead"
    """The channel surely does not have it and will not take it; a person may send it again."""
    UNKNOWN = "unknown"
    """Nobody knows whether the channel has it. Never sent again but by a person's word."""
    DELETED = "deleted"
    """Was sent, and taken off the channel again."""


MOVES: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    DeliveryState.DRAFT: frozenset(
        {
            DeliveryState.DRAFT,
            DeliveryState.REFUSED,
            DeliveryState.APPROVED,
            DeliveryState.REJECTED,
            DeliveryState.WITHDRAWN,
            DeliveryState.LAPSED,
        }
    ),
    DeliveryState.REFUSED: frozenset({DeliveryState.DRAFT, DeliveryState.REJECTED, DeliveryState.WITHDRAWN}),
    DeliveryState.APPROVED: frozenset(
        {
            DeliveryState.DRAFT,
            DeliveryState.REJECTED,
            DeliveryState.WITHDRAWN,
            DeliveryState.LAPSED,
            DeliveryState.CLAIMED,
            DeliveryState.SENT,
        }
    ),
    DeliveryState.REJECTED: frozenset({DeliveryState.DRAFT}),
    DeliveryState.WITHDRAWN: frozenset(),
    DeliveryState.LAPSED: frozenset({DeliveryState.DRAFT}),
    DeliveryState.CLAIMED: frozenset(
        {
            DeliveryState.APPROVED,
            DeliveryState.SENT,
            DeliveryState.FAILED,
            DeliveryState.DEAD,
            DeliveryState.UNKNOWN,
            DeliveryState.WITHDRAWN,
            DeliveryState.LAPSED,
        }
    ),
    DeliveryState.SENT: frozenset({DeliveryState.SENT, DeliveryState.DELETED}),
    DeliveryState.FAILED: frozenset(
        {
            DeliveryState.CLAIMED,
            DeliveryState.REJECTED,
            DeliveryState.WITHDRAWN,
            DeliveryState.LAPSED,
            DeliveryState.SENT,
        }
    ),
    DeliveryState.DEAD: frozenset(
        {
            DeliveryState.DRAFT,
            DeliveryState.APPROVED,
            DeliveryState.REJECTED,
            DeliveryState.WITHDRAWN,
            DeliveryState.SENT,
        }
    ),
    DeliveryState.UNKNOWN: frozenset({DeliveryState.SENT, DeliveryState.APPROVED, DeliveryState.DEAD}),
    DeliveryState.DELETED: frozenset(),
}
"""From each state, where it may go.

From *unknown* to *approved* by a person who looked and did not find it; by the program only where nothing can be said
twice: the part in question was found and others are left, or the channel makes no second post of the same key.
From what waits or is dead to *sent* only by a worker that had lost its lease and comes back with the channel's answer.
"""

WAITING = frozenset({DeliveryState.APPROVED, DeliveryState.FAILED})
"""Sent as soon as its time has come."""


def may_move(before: DeliveryState, after: DeliveryState) -> bool:
    """Whether a delivery may go from one state to the other."""
    return after in MOVES[before]


def is_due(state: DeliveryState, due_at: datetime | None, now: datetime) -> bool:
    """Whether it is to be sent now."""
    return state in WAITING and due_at is not None and due_at <= now
