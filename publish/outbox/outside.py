"""What lies behind the outbox: accounts, what their channels can do, pictures, subscribers; and one request there."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from publish.channels.abilities import ABILITIES
from publish.channels.protocol import Abilities, CannotAsk, Channel, Found, Later, Lost, Outcome, Remote, Sending
from publish.channels.registry import Account, Environ, open_accounts
from publish.message import Part, from_json
from publish.outbox.lines import Lines, Unended
from vocab.posts import ChannelName

_Said = TypeVar("_Said", Outcome, Found)
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
    """`accounts` are those that can be used; `cards` is the folder of pictures; `lines` end every request."""

    accounts: Mapping[Account, Channel]
    abilities: Mapping[ChannelName, Abilities]
    cards: Path
    subscriber_of: FindSubscriber = nobody
    lines: Lines = field(default_factory=Lines)


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


def send(outside: Outside, account: Account, sending: Sending, now: datetime) -> Outcome:
    """Send one part; unknown where the channel fails in a way that nobody expected: it may have sent already."""
    return _done(outside, account, lambda channel: channel.send(sending, now))


def find(outside: Outside, account: Account, sending: Sending, since: datetime) -> Found:
    """Ask for one part."""
    said = _asked(outside, account, lambda channel: channel.find(sending, since))
    return CannotAsk(cause=str(said)) if isinstance(said, str) else said


def change(outside: Outside, account: Account, remote: Remote, sending: Sending) -> Outcome:
    """Put other words in place of one part."""
    return _done(outside, account, lambda channel: channel.edit(remote, sending))


def take_off(outside: Outside, account: Account, remote: Remote) -> Outcome:
    """Delete one part."""
    return _done(outside, account, lambda channel: channel.delete(remote))


def _done(outside: Outside, account: Account, request: Callable[[Channel], Outcome]) -> Outcome:
    said = _asked(outside, account, request)
    if said is Unended.BUSY:
        return Later(cause=said.value, whole_channel=True)
    return Lost(cause=str(said)) if isinstance(said, str) else said


def _asked(outside: Outside, account: Account, request: Callable[[Channel], _Said]) -> _Said | Unended | str:
    """One request, or the fault of the program; a worker does not end by it.

    Of an error only its kind is kept: its words may hold a key.
    """
    channel = outside.accounts[account]

    def safely() -> _Said | str:
        try:
            return request(channel)
        except Exception as error:  # noqa: BLE001 - whatever it was, what the channel did is unknown then
            kind = type(error).__name__
            _log.error("%s: a request failed in the program: %s", channel.name, kind)
            return f"the request failed in the program: {kind}"

    return outside.lines.ask(account, safely)
