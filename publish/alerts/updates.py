"""What people write to our bot, by long polling (https://core.telegram.org/bots/api#getupdates), and our answers.

The address and the chats are in no log and in no error; the token is written into the address at the last moment.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from publish.channels import wire
from publish.channels.protocol import Outcome, Sending
from publish.channels.registry import Environ, setting
from publish.channels.telegram import API, TOKEN, Telegram, TokenOnTheWire
from publish.message import Span
from vocab.errors import ConfigError
from vocab.languages import DEFAULT_LANGUAGE

WAIT = 50
"""Seconds for which Telegram keeps a request open while nobody writes."""

_PATIENCE = 15.0
_MOST_UPDATES = 2**62  # what the database takes, and more than Telegram gives
_BLOCKED = ("kicked", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Something that a person did in their own chat: a message (`text` "" where it is a picture), or they blocked us.

    Of anything else only the number is known.
    """

    number: int
    chat: str = ""
    text: str = ""
    language: str = ""
    is_message: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing could be asked, and why; `is_final`: a person has to mend it."""

    cause: str
    is_final: bool = False


class Bot:
    """One bot; `number` is how Telegram knows it, and no secret."""

    def __init__(self, token: str, api: str, *, wait: int = WAIT) -> None:
        self.number, self._wait = token.partition(":")[0], wait
        self._client = wire.client(api, wait + _PATIENCE, TokenOnTheWire(token))
        self._writer = Telegram(api=api, token=token, chat="", seconds=_PATIENCE)

    def updates(self, offset: int) -> Sequence[Update] | Silence:
        """What came from this number on; earlier ones are forgotten by Telegram with this question."""
        wanted = {"offset": offset, "timeout": self._wait, "allowed_updates": ["message", "my_chat_member"]}
        said = wire.ask(self._client, "POST", "/getUpdates", json=wanted)
        if not isinstance(said, wire.Said):
            return Silence(cause=said.cause)
        result = said.body.get("result")
        if not said.is_fine or not isinstance(result, list):
            cause = f"Telegram answered {said.status}"
            return Silence(cause=cause, is_final=said.status in {httpx.codes.UNAUTHORIZED, httpx.codes.NOT_FOUND})
        return [_read(one) for one in result if isinstance(one, dict) and _has_number(one)]

    def say(self, chat: str, text: str, now: datetime) -> Outcome:
        """Answer one person, once: an answer that is lost is asked for again by its reader."""
        part = (Span(text),)
        return self._writer.send(Sending(key="", part=part, title="", link="", lang="", recipient=chat), now)


def open_bot(environ: Environ | None = None, *, wait: int = WAIT) -> Bot:
    """BAIKOO_TELEGRAM_TOKEN, and BAIKOO_TELEGRAM_API for a server of one's own. Raises ConfigError without a token."""
    values: Mapping[str, str] = os.environ if environ is None else environ
    token = setting(values, "BAIKOO_TELEGRAM_TOKEN", DEFAULT_LANGUAGE)
    if not TOKEN.fullmatch(token):
        raise ConfigError("the bot needs BAIKOO_TELEGRAM_TOKEN, which looks like 123456:ABC…, as BotFather gave it")
    given = setting(values, "BAIKOO_TELEGRAM_API", DEFAULT_LANGUAGE)
    return Bot(token, wire.api_address(given, "BAIKOO_TELEGRAM_API", API), wait=wait)


def _read(update: Mapping[str, Any]) -> Update:
    """An update of whatever shape: one that could not be read would be given to us again and again."""
    number = int(update["update_id"])
    said = _object(update, "message") or _object(update, "my_chat_member")
    chat, sender = _object(said, "chat"), _object(said, "from")
    if chat.get("type") != "private" or "id" not in chat:
        return Update(number=number)
    member = _object(said, "new_chat_member").get("status")
    return Update(
        number=number,
        chat=_text(chat["id"]),
        text=_text(said.get("text")),
        is_message="message" in update,
        language=_text(sender.get("language_code")),
        is_gone="my_chat_member" in update and member in _BLOCKED,
    )


def _has_number(update: Mapping[str, Any]) -> bool:
    number = update.get("update_id")
    return isinstance(number, int) and 0 <= number < _MOST_UPDATES


def _object(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = said.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    """JSON may name letters that no text can hold."""
    return str(value or "").encode("utf-8", "replace").decode()
