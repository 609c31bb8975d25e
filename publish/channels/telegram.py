"""Telegram: a bot that writes into a channel or group, and to single subscribers (https://core.telegram.org/bots/api).

The Bot API has no history: nobody can ask it whether a message arrived. It knows no alternative text for pictures.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

import httpx

from publish.channels import wire
from publish.channels.abilities import ABILITIES
from publish.channels.protocol import (
    CannotAsk,
    Checked,
    Found,
    Later,
    Lost,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sending,
    Sent,
)
from publish.channels.registry import Environ, patience, setting
from publish.message import Mark, Part, Span, image_type, plain
from vocab.errors import ConfigError
from vocab.posts import ChannelName

API = "https://api.telegram.org"
TOKEN = re.compile(r"\d+:[\w-]+")
_CHAT = re.compile(r"@\w+|-?\d+")
_WEB = ("http://", "https://")

_ONE_CHAT = {httpx.codes.BAD_REQUEST, httpx.codes.FORBIDDEN}
"""A fault of the chat; those of the token are 401 and 404."""

# What a 400 says when the chat, and not the message, is at fault: a person has to mend the settings or the rights.
_CHAT_AT_FAULT = (
    "chat not found",
    "need administrator rights",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "upgraded to a supergroup",
    "group chat was deactivated",
)
_NOT_OURS = Refused(cause="the number of the message is not known here")
_UNCHANGED = "message is not modified"
_GONE = ("message to delete not found", "message_id_invalid")
_IS_PICTURE = "there is no text in the message to edit"


def open_account(environ: Environ, lang: str) -> "Telegram":
    """BAIKOO_TELEGRAM_TOKEN and BAIKOO_TELEGRAM_CHAT of one language; BAIKOO_TELEGRAM_API for a server of one's own.

    Raises ConfigError for a token or a chat that cannot be one.
    """
    token, chat = setting(environ, "BAIKOO_TELEGRAM_TOKEN", lang), setting(environ, "BAIKOO_TELEGRAM_CHAT", lang)
    if not TOKEN.fullmatch(token):
        raise ConfigError("BAIKOO_TELEGRAM_TOKEN looks like 123456:ABC…, as BotFather gave it")
    if not _CHAT.fullmatch(chat):
        raise ConfigError("BAIKOO_TELEGRAM_CHAT is @name of a channel or a number like -1001234567890")
    api = wire.api_address(setting(environ, "BAIKOO_TELEGRAM_API", lang), "BAIKOO_TELEGRAM_API", API)
    return Telegram(api=api, token=token, chat=chat, seconds=patience(environ))


class Telegram:
    """A bot and the chat that it writes to."""

    name = ChannelName.TELEGRAM

    def __init__(self, *, api: str, token: str, chat: str, seconds: float) -> None:
        self._token, self._chat = token, chat
        self._client = wire.client(api, seconds, TokenOnTheWire(token))

    def check(self) -> Checked:
        """The bot exists, knows the chat and may write there."""
        me = self._ask("getMe", {})
        if not isinstance(me, dict):
            return wire.as_checked(me)
        chat = self._ask("getChat", {"chat_id": self._chat})
        if not isinstance(chat, dict):
            return wire.as_checked(chat)
        member = self._ask("getChatMember", {"chat_id": self._chat, "user_id": me.get("id")})
        if not isinstance(member, dict):
            return wire.as_checked(member)
        name = f"@{chat['username']}" if chat.get("username") else str(chat.get("title") or self._chat)
        if not _may_write(chat, member):
            return Checked(fault=f"@{me.get('username')} may not write to {name}: make it an administrator there")
        return Checked(account=f"@{me.get('username')} → {name}")

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """A message, or a picture with the text below it where the text fits there."""
        to: dict[str, Any] = {"chat_id": sending.recipient or self._chat, "parse_mode": "HTML"}
        if sending.after and (before := _place(sending.after[-1])):
            to["reply_parameters"] = {"message_id": before["message_id"], "allow_sending_without_reply": True}
        if sending.picture and _fits_below_a_picture(sending.part):
            said = self._ask("sendPhoto", {**to, "caption": html(sending.part)}, now, sending.picture)
        else:
            text = {"text": html(sending.part), "link_preview_options": _preview(sending, is_first=not sending.after)}
            said = self._ask("sendMessage", {**to, **text}, now)
        return _sent(said) if isinstance(said, dict) else said

    def find(self, sending: Sending, since: datetime) -> Found:  # noqa: ARG002
        """Never known."""
        return CannotAsk(cause="Telegram shows a bot no history: look into the chat")

    def edit(self, remote: Remote, sending: Sending) -> Outcome:
        """Change the text, that of a picture too; the picture stays."""
        at = _place(remote)
        if at is None:
            return _NOT_OURS
        at["parse_mode"] = "HTML"
        is_first = not sending.after or sending.after[0].id == remote.id
        text = {"text": html(sending.part), "link_preview_options": _preview(sending, is_first=is_first)}
        said = self._ask("editMessageText", {**at, **text})
        if isinstance(said, Refused) and _IS_PICTURE in said.cause.lower():
            said = self._ask("editMessageCaption", {**at, "caption": html(sending.part)})
        if isinstance(said, Refused) and _UNCHANGED in said.cause.lower():
            return Sent(remote=remote)
        return Sent(remote=remote) if isinstance(said, dict) else said

    def delete(self, remote: Remote) -> Outcome:
        """Take the message away; a bot may do so in a channel where it may delete, else for two days."""
        at = _place(remote)
        if at is None:
            return _NOT_OURS
        said = self._ask("deleteMessage", at)
        if isinstance(said, dict):
            return Sent(remote=remote)
        return wire.gone(said, any(word in said.cause.lower() for word in _GONE), Sent(remote=remote))

    def _ask(
        self, method: str, said: Mapping[str, Any], now: datetime | None = None, picture: bytes | None = None
    ) -> dict[str, Any] | wire.Fault:
        """The `result` of a method ({} where it is only true), or what became of it."""
        if picture is None:
            answer = wire.ask(self._client, "POST", f"/{method}", json=said)
        else:
            fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in said.items()}
            files = {"photo": ("card", picture, image_type(picture))}
            answer = wire.ask(self._client, "POST", f"/{method}", data=fields, files=files)
        if not isinstance(answer, wire.Said):
            return answer
        if answer.is_fine and answer.body.get("ok") is True:
            result = answer.body.get("result")
            return result if isinstance(result, dict) else {}
        fault = self._fault(answer, now)
        if isinstance(fault, Revoked) and answer.status in _ONE_CHAT and str(said.get("chat_id")).isdigit():
            return Refused(cause=fault.cause)  # a number above 0 is one person, who may block the bot
        return fault

    def _fault(self, said: wire.Said, now: datetime | None) -> wire.Fault:
        why = wire.cause(said.body.get("description"), self._token)
        parameters = said.body.get("parameters") or {}
        match said.status:
            case httpx.codes.TOO_MANY_REQUESTS:
                wait = wire.seconds(parameters.get("retry_after")) or wire.seconds(said.headers.get("retry-after"))
                return Later(cause=why, at=wire.after(now, wait), whole_channel=True)
            case httpx.codes.UNAUTHORIZED | httpx.codes.FORBIDDEN | httpx.codes.NOT_FOUND:  # 404: no such token
                return Revoked(cause=why)
        if new := parameters.get("migrate_to_chat_id"):
            return Revoked(cause=f"{why}; BAIKOO_TELEGRAM_CHAT is now {new}")
        if said.status == httpx.codes.BAD_REQUEST and any(word in why.lower() for word in _CHAT_AT_FAULT):
            return Revoked(cause=why)
        return wire.broken(said, now) or Refused(cause=why)


class TokenOnTheWire(httpx.HTTPTransport):
    """Writes the token into the address at the last moment: httpx logs, and its errors quote, the address it was given.

    It takes a connection for itself, so that no proxy of the environment sees the token either.
    """

    def __init__(self, token: str) -> None:
        super().__init__(verify=wire.tls(), limits=httpx.Limits(max_keepalive_connections=0))
        self._token = token

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it to /bot<token>/<method>."""
        before, _, method = request.url.path.rpartition("/")
        return super().handle_request(
            httpx.Request(
                method=request.method,
                url=request.url.copy_with(path=f"{before}/bot{self._token}/{method}"),
                headers=request.headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        )


def html(part: Part) -> str:
    """The part in Telegram's HTML: only the tags below, everything else escaped."""
    return "".join(_html(span) for span in part)


def _html(span: Span) -> str:
    text = escape(span.text)
    match span.mark:
        case Mark.STRONG:
            return f"<b>{text}</b>"
        case Mark.LINK if span.text and span.text != span.address and span.address.startswith(_WEB):
            return f'<a href="{escape(span.address)}">{text}</a>'
        case Mark.LINK:
            return escape(plain((span,)))
    return text


def _fits_below_a_picture(part: Part) -> bool:
    can = ABILITIES[ChannelName.TELEGRAM]
    return can.measure(part) <= can.limit_with_picture


def _preview(sending: Sending, *, is_first: bool) -> dict[str, Any]:
    """The card of our page below the text, with the first part only."""
    if not is_first or not sending.link:
        return {"is_disabled": True}
    return {"url": sending.link, "prefer_large_media": True}


def _sent(said: Mapping[str, Any]) -> Outcome:
    chat, number = said.get("chat") or {}, said.get("message_id")
    if number is None or "id" not in chat:
        return Lost(cause="Telegram's answer names no message")
    return Sent(remote=Remote(id=f"{chat['id']}/{number}", url=_address(chat, number)))


def _address(chat: Mapping[str, Any], number: int) -> str:
    """Where people see it; "" for what one person got."""
    if chat.get("username") and chat.get("type") != "private":
        return f"https://t.me/{chat['username']}/{number}"
    inner = str(chat["id"]).removeprefix("-100")
    return f"https://t.me/c/{inner}/{number}" if inner.isdigit() and inner != str(chat["id"]) else ""


def _place(remote: Remote) -> dict[str, Any] | None:
    """Chat and number as the API takes them: a number is of one chat, and the setting may name another one by now."""
    chat, _, number = remote.id.rpartition("/")
    return {"chat_id": chat, "message_id": int(number)} if chat and number.isdecimal() else None


def _may_write(chat: Mapping[str, Any], member: Mapping[str, Any]) -> bool:
    if member.get("status") == "creator":
        return True
    if chat.get("type") == "channel":
        return member.get("status") == "administrator" and member.get("can_post_messages") is True
    return member.get("status") in {"administrator", "member"}
