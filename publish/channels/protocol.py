"""What every channel can do, and what may come of it. The outcomes are values: a channel raises nothing it expects.

A channel never sleeps and never tries again by itself: it says what came of one request, and the outbox decides.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from publish.message import Part
from vocab.posts import ChannelName


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A post as the channel knows it; `url` is where people see it, "" where it has no address."""

    id: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One part to be sent. `key` is of this part alone and always the same; `after` are the parts before it.

    `picture` are the bytes of the card, only with the first part. `recipient` is the address of one subscriber, "" for
    everybody. `headers` are those of a mail (List-Unsubscribe …).
    """

    key: str
    part: Part
    title: str
    link: str
    lang: str
    after: Sequence[Remote] = ()
    picture: bytes | None = None
    alt: str = ""
    recipient: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The channel has it."""

    remote: Remote


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """The channel surely does not have it; try again, not before `at` where the channel named a time.

    `whole_channel`: nothing else goes there before that time either (a rate limit).
    """

    cause: str
    at: datetime | None = None
    whole_channel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The channel surely does not have it, and will not take it as it is."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """The channel surely does not have it: our credentials are no longer good. Nothing else can go there now."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Nobody knows: the connection broke after something was sent, or the answer could not be read."""

    cause: str


Outcome = Sent | Later | Refused | Revoked | Lost


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """The channel was asked and does not show it. `surely`: it cannot have it (asked by the id that it would have)."""

    surely: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotAsk:
    """The channel cannot be asked, or did not answer; and why."""

    cause: str


Found = Sent | NotFound | CannotAsk


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What credentials are good for: `account` as the channel names it, or the `fault` that a person can mend."""

    account: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a channel takes and can do, for composing, the outbox and the desk.

    `limit` counts by `measure`, over the text as the channel sees it. `repeat_is_safe_for` is how long after the first
    try the same key never makes a second post (None: never safe). `picture_bytes` is 0 where it takes no pictures;
    `limit_with_picture` is 0 where a picture changes nothing. `link_leads`: the link of a thread stands in its first
    part.
    """

    limit: int
    measure: Callable[[Part], int]
    most_parts: int
    repeat_is_safe_for: timedelta | None = None
    can_ask: bool = False
    can_edit: bool = False
    can_delete: bool = False
    picture_bytes: int = 0
    has_markup: bool = False
    limit_with_picture: int = 0
    link_leads: bool = False


class Channel(Protocol):
    """An account on a channel. Every request has a time-out; no secret is ever in a cause."""

    name: ChannelName

    def check(self) -> Checked:
        """Verify the credentials without posting anything."""

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """Send one part, once."""

    def find(self, sending: Sending, since: datetime) -> Found:
        """Look whether the channel has this part, that may have been sent at or after `since`."""

    def edit(self, remote: Remote, sending: Sending) -> Outcome:
        """Change what stands there; Refused where the channel does not allow it."""

    def delete(self, remote: Remote) -> Outcome:
        """Take it off the channel; what is gone already counts as done. Refused where the channel does not allow it."""


@runtime_checkable
class Batching(Protocol):
    """A channel that sends many at once faster than one by one."""

    def batch(self) -> AbstractContextManager[None]:
        """Within it one connection may serve many requests, of one thread after the other."""
