"""Subscriptions: how they stand, how often they are told, and when a letter is due."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from vocab.dates import BISHKEK


class SubscriptionState(StrEnum):
    """How a subscription stands."""

    ASKED = "asked"
    """Somebody typed an address; nothing but the request to confirm goes there."""
    CONFIRMED = "confirmed"
    """Whoever reads the mail of this address wants it."""
    ENDED = "ended"
    """Over: the address is erased, what was followed is counted."""


class Rhythm(StrEnum):
    """How often a subscriber is told what is new."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Follows(StrEnum):
    """What is followed: one dossier, one of the feeds of all, or a list with filters (rules and topics are such)."""

    BILL = "bill"
    PERSON = "person"
    COMMITTEE = "committee"
    ALL = "all"
    FINDINGS = "findings"
    CORRECTIONS = "corrections"
    LIST = "list"


WHOLE = frozenset({Follows.ALL, Follows.FINDINGS, Follows.CORRECTIONS})
"""What has no id."""

_EVENING, _MORNING, _MONDAY = 18, 9, 0


def last_due(rhythm: Rhythm, now: datetime) -> datetime:
    """The newest moment up to `now` at which such letters are due: daily at 18:00, Mondays at 9:00, in Bishkek."""
    if rhythm is Rhythm.AT_ONCE:
        return now
    today = now.astimezone(BISHKEK).date()
    if rhythm is Rhythm.DAILY:
        day, hour, step = today, _EVENING, timedelta(days=1)
    else:
        day, hour, step = today - timedelta(days=(today.weekday() - _MONDAY) % 7), _MORNING, timedelta(days=7)
    due = datetime.combine(day, time(hour), tzinfo=BISHKEK)
    return due if due <= now else due - step
