"""What lies behind the outbox: accounts, what their channels can do, pictures, subscribers; and one request there."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from publish.channels.abilities import ABILITIES
from publish.channels.protocol import Abilities, CannotAsk, Channel, Found, Lost, Outcome, Remote, Sending
from publish.channels.registry import Account, Environ, open_accounts
from publish.message import Part, from_json
from vocab.posts import ChannelName

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Where one subscriber is reached, the headers of a mail to them, and the last lines of it: theirs alone."""

    address: str
    headers: Mapping[str, str] = field(default_factory=dict)
    footer: Part = ()


FindSubscriber = Callable[[Connection, str], Subscriber | None]
"""By number; None where they left."""


def nobody(_conn: Connection, _recipient: str) -> Subscriber | None:
    """No subscriber at all."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """`accounts` are those that can be used; `cards` is the folder of pictures."""

    accounts: Mapping[Account, Channel]
    abilities: Mapping[ChannelName, Abilities]
    cards: Path
    subscriber_of: FindSubscriber = nobody


def open_outside(cards: Path, subscriber_of: FindSubscriber = nobody, environ: Environ | None = None) -> Outside:
    """What the environment configures. Raises ConfigError for wrong settings; what has none is off."""
    return Outside(accounts=open_accounts(environ).on, abilities=ABILITIES, cards=cards, subscriber_of=subscriber_of)


def account_of(row: Mapping[str, Any]) -> Account:
    """The account that a delivery goes to."""
    return ChannelName(row["channel"]), row["lang"]


def picture_of(outside: Outside, row: Mapping[str, Any]) -> bytes | None:
    """The card that goes with the first part; None where it has none, or the file is missing."""
    picture = row["message"]["picture"]
    if not picture or row["sent"]:
        return None
    try:
        return outside.cards.joinpath(picture["file"]).read_bytes()
    except OSError:
        return None


def sending_of(row: Mapping[str, Any], picture: bytes | None, subscriber: Subscriber | None) -> Sending:
    """The next part of a delivery; its key is the same whenever it is asked for."""
    message, place = from_json(row["message"]), len(row["sent"])
    footer = subscriber.footer if subscriber and place == len(message.parts) - 1 else ()
    return Sending(
        key=f"{row['key']}-{place}",
        part=message.parts[place] + footer,
        title=message.title,
        link=message.link,
        lang=row["lang"],
        after=tuple(Remote(id=one["id"], url=one["url"]) for one in row["sent"]),
        picture=picture,
        alt=message.picture.alt if picture and message.picture else "",
        recipient=subscriber.address if subscriber else "",
        headers=subscriber.headers if subscriber else {},
    )


def send(channel: Channel, sending: Sending, now: datetime) -> Outcome:
    """Send one part. A channel that fails in a way nobody expected leaves it unknown: it may have sent already.

    Only the kind of the error is kept: its words may hold an address with a key in it.
    """
    try:
        return channel.send(sending, now)
    except Exception as error:  # noqa: BLE001 - what a channel did is unknown then, and the worker goes on
        _log.error("%s failed in sending: %s", channel.name, type(error).__name__)
        return Lost(cause=f"the program failed in sending: {type(error).__name__}")


def find(channel: Channel, sending: Sending, since: datetime) -> Found:
    """Ask for one part."""
    try:
        return channel.find(sending, since)
    except Exception as error:  # noqa: BLE001 - what a channel did is unknown then, and the worker goes on
        _log.error("%s failed in asking: %s", channel.name, type(error).__name__)
        return CannotAsk(cause=f"the program failed in asking: {type(error).__name__}")
