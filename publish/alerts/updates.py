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
        return [_read(one) for one in result if isinstance(one, dict) and isinstance(one.get("update_id"), int)]

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
    number = int(update["update_id"])
    said = update.get("message") or update.get("my_chat_member") or {}
    chat, sender = said.get("chat") or {}, said.get("from") or {}
    if chat.get("type") != "private" or "id" not in chat:
        return Update(number=number)
    member = (said.get("new_chat_member") or {}).get("status")
    return Update(
        number=number,
        chat=str(chat["id"]),
        text=str(said.get("text") or ""),
        is_message="message" in update,
        language=str(sender.get("language_code") or ""),
        is_gone="my_chat_member" in update and member in _BLOCKED,
    )
