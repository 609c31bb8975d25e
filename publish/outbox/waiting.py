"""How long to wait: for the next try, for the next question, and how long a try may be repeated. Pure."""

from datetime import datetime, timedelta

from publish.channels.protocol import Abilities, Later

SHORTEST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
"""Between two tries."""

PROBE = timedelta(minutes=10)
"""After a channel refused our credentials, one delivery tries whether they are good again."""

_FIRST_LOOK, _LOOKS_FOR = timedelta(minutes=1), timedelta(hours=1)
_MOST_DOUBLINGS = 10


def back_off(attempts: int, chance: float) -> timedelta:
    """How long to wait after so many failed tries: twice as long each time, from half a minute to an hour.

    `chance`, from 0 to 1, takes off up to the half, so that what failed together is not tried again together.
    """
    doublings = min(max(attempts - 1, 0), _MOST_DOUBLINGS)
    return min(LONGEST, SHORTEST * (1 << doublings)) * (1 - chance / 2)


def next_try(later: Later, attempts: int, now: datetime, chance: float) -> datetime:
    """When to send what the channel did not take: at its own time where it named one that lies ahead."""
    return later.at if later.at is not None and later.at > now else now + back_off(attempts, chance)


def next_look(started_at: datetime, now: datetime) -> datetime | None:
    """When to ask for a post of which nobody knows; None where it is left to a person.

    Asked again after twice the time, for an hour: lists of recent posts lag behind, and a slow channel may still store
    what it was sent. The time that a clock set back would add is left out.
    """
    since = max(now - started_at, timedelta())
    return None if since >= _LOOKS_FOR else now + max(_FIRST_LOOK, since)


def may_repeat(abilities: Abilities, started_at: datetime, now: datetime, latest: datetime | None) -> bool:
    """Whether the same key makes no second post for sure, though the channel may have the first.

    `latest` is the latest moment that the outbox wrote down. Where it lies ahead of now the clock was set back, and
    how long ago something was is not known.
    """
    within = abilities.repeat_is_safe_for
    if within is None or (latest is not None and latest > now):
        return False
    return timedelta() <= now - started_at < within
