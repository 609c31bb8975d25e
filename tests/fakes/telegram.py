"""A Bot API server: https://core.telegram.org/bots/api, with its strict reading of HTML."""

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from email import message_from_bytes
from email.policy import HTTP
from html import unescape
from typing import Any

from tests.fakes.server import Answer, Asked, Fault, HttpFake, Posted, Route, Step, serving

TOKEN = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFake"
CHANNEL = -1001234567890
USERNAME = "baikoo_news"
RETRY_AFTER = 14
BOT = {"id": 123456789, "is_bot": True, "first_name": "Baikoo", "username": "baikoo_bot"}

_TAG = re.compile(r'<(/?)(b|strong|i|em|u|s|code|pre|a|blockquote|tg-spoiler)(?: href="([^"<>]*)")?>')
_WORDS = {
    Fault.SERVER_ERROR: (500, "Internal Server Error"),
    Fault.UNAVAILABLE: (503, "Service Unavailable"),
    Fault.RATE_LIMIT: (429, f"Too Many Requests: retry after {RETRY_AFTER}"),
    Fault.RATE_LIMIT_BARE: (429, "Too Many Requests"),
    Fault.REVOKED: (401, "Unauthorized"),
    Fault.REFUSED: (400, "Bad Request: message is too long"),
}


def start_telegram() -> AbstractContextManager["TelegramFake"]:
    """Run it."""
    return serving(TelegramFake())


def error(status: int, description: str, **parameters: int) -> Answer:
    """An error as the Bot API words it."""
    more = {"parameters": parameters} if parameters else {}
    return Answer(status=status, body={"ok": False, "error_code": status, "description": description, **more})


class TelegramFake(HttpFake):
    """One bot; it may write in the channel of `CHANNEL`, and to whoever did not block it."""

    def __init__(self) -> None:
        super().__init__()
        self.says: list[Answer] = []
        """Answers to the next messages, in the words of a test; nothing is stored then."""
        self.blocked: set[str] = set()
        """Persons who do not want to hear from the bot."""
        self.may_post = True
        self.updates: list[dict[str, Any]] = []
        """What the bot was not told of yet; see `write` and `block`."""
        self._last_update = 700_000_000
        self._last = 0

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        return {
            "BAIKOO_TELEGRAM_API": self.url,
            "BAIKOO_TELEGRAM_TOKEN": TOKEN,
            "BAIKOO_TELEGRAM_CHAT": f"@{USERNAME}",
        }

    def routes(self) -> list[Route]:
        bot = f"/bot{re.escape(TOKEN)}/"
        return [
            Route("POST", f"{bot}getMe", Step.CHECK, lambda _asked, _named: result(BOT)),
            Route("POST", f"{bot}getChat", Step.CHECK, self._get_chat),
            Route("POST", f"{bot}getChatMember", Step.CHECK, self._get_member),
            Route("POST", f"{bot}getUpdates", Step.FIND, self._get_updates),
            Route("POST", f"{bot}sendMessage", Step.POST, self._send_message),
            Route("POST", f"{bot}sendPhoto", Step.POST, self._send_photo),
            Route("POST", f"{bot}editMessageText", Step.EDIT, self._edit),
            Route("POST", f"{bot}editMessageCaption", Step.EDIT, self._edit),
            Route("POST", f"{bot}deleteMessage", Step.DELETE, self._delete),
        ]

    def unknown(self, asked: Asked) -> Answer:
        return error(401, "Unauthorized") if re.match(r"/bot\d+:\w+/", asked.path) else error(404, "Not Found")

    def faulty(self, fault: Fault) -> Answer:
        status, words = _WORDS[fault]
        return error(status, words, **({"retry_after": RETRY_AFTER} if fault is Fault.RATE_LIMIT else {}))

    def write(self, chat: int, text: str, language: str = "ru", kind: str = "private") -> None:
        """Somebody writes to the bot; in a group where `kind` says so."""
        sender = {"id": chat, "is_bot": False, "first_name": "Aida", "language_code": language}
        where = {"id": chat, "first_name": "Aida", "type": kind}
        message = {"message_id": len(self.updates) + 1, "from": sender, "chat": where, "date": 1_780_000_000}
        self._update("message", message | {"text": text})

    def block(self, chat: int) -> None:
        """Somebody blocks the bot."""
        self.blocked.add(str(chat))
        sender = {"id": chat, "is_bot": False, "first_name": "Aida", "language_code": "ru"}
        where = {"id": chat, "first_name": "Aida", "type": "private"}
        new = {"user": BOT, "status": "kicked", "until_date": 0}
        states = {"old_chat_member": {"user": BOT, "status": "member"}, "new_chat_member": new}
        self._update("my_chat_member", {"chat": where, "from": sender, "date": 1_780_000_000, **states})

    def _update(self, kind: str, said: Mapping[str, Any]) -> None:
        self._last_update += 1
        self.updates.append({"update_id": self._last_update, kind: said})

    def _get_updates(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        """An update is confirmed, and gone, as soon as a higher offset is asked for."""
        said = asked.json()
        offset, wanted = int(said.get("offset", 0)), said.get("allowed_updates") or ["message"]
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        return result([one for one in self.updates if one.keys() & set(wanted)][:100])

    def _get_chat(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        chat = _chat(asked.json()["chat_id"])
        return result(chat) if chat else error(400, "Bad Request: chat not found")

    def _get_member(self, _asked: Asked, _named: Mapping[str, str]) -> Answer:
        rights = {"can_post_messages": self.may_post, "can_edit_messages": True, "can_delete_messages": True}
        return result({"status": "administrator", "user": BOT, **rights})

    def _send_message(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        return self._store(asked.json(), asked.json().get("text", ""), 4096, None)

    def _send_photo(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        fields = multipart(asked)
        said = {name: value.decode() for name, value in fields.items() if name != "photo"}
        if "reply_parameters" in said:
            said["reply_parameters"] = json.loads(said["reply_parameters"])
        return self._store(said, said.get("caption", ""), 1024, fields["photo"])

    def _store(self, said: dict[str, Any], html: str, limit: int, picture: bytes | None) -> Answer:
        if self.says:
            return self.says.pop(0)
        chat, text = _chat(said["chat_id"]), seen(html)
        if fault := self._fault_of(chat, text, limit, has_picture=picture is not None):
            return error(*fault)
        chat, text = chat or {}, (text or "").strip()
        self._last += 1
        reply = str((said.get("reply_parameters") or {}).get("message_id", ""))
        preview = str((said.get("link_preview_options") or {}).get("url", ""))
        self.posts.append(
            Posted(
                id=f"{chat['id']}/{self._last}",
                account=str(said["chat_id"]),
                text=text,
                picture=picture,
                reply_to=reply,
                link=preview,
                raw=said,
            )
        )
        return result(_message(chat, self._last, text, picture))

    def _fault_of(
        self, chat: Mapping[str, Any] | None, text: str | None, limit: int, *, has_picture: bool
    ) -> tuple[int, str] | None:
        if chat is None:
            return 400, "Bad Request: chat not found"
        if str(chat["id"]) in self.blocked:
            return 403, "Forbidden: bot was blocked by the user"
        if chat["type"] == "channel" and not self.may_post:
            return 400, "Bad Request: need administrator rights in the channel chat"
        if text is None:
            return 400, "Bad Request: can't parse entities: Unsupported start tag"
        if len(text.encode("utf-16-le")) // 2 > limit:
            return 400, f"Bad Request: message {'caption ' if has_picture else ''}is too long"
        return None

    def _edit(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        said = asked.json()
        post = self._found(said)
        text = seen(said.get("text", said.get("caption", "")))
        if post is None:
            return error(400, "Bad Request: message to edit not found")
        if post.picture and "text" in said:
            return error(400, "Bad Request: there is no text in the message to edit")
        if text == post.text:
            return error(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message",
            )
        post.text = text or ""
        return result(_message(_chat(said["chat_id"]) or {}, int(said["message_id"]), post.text, post.picture))

    def _delete(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        post = self._found(asked.json())
        if post is None:
            return error(400, "Bad Request: message to delete not found")
        self.posts.remove(post)
        return Answer(body={"ok": True, "result": True})

    def _found(self, said: Mapping[str, Any]) -> Posted | None:
        chat = _chat(said["chat_id"]) or {}
        return next((post for post in self.posts if post.id == f"{chat.get('id')}/{said['message_id']}"), None)


def result(said: Mapping[str, Any] | Sequence[Any]) -> Answer:
    """A success as the Bot API words it."""
    return Answer(body={"ok": True, "result": said})


def seen(html: str) -> str | None:
    """The text that people see; None where Telegram would not read it."""
    text = _TAG.sub("", html)
    opened = [tag for closing, tag, _ in _TAG.findall(html) if not closing]
    closed = [tag for closing, tag, _ in _TAG.findall(html) if closing]
    return None if "<" in text or sorted(opened) != sorted(closed) else unescape(text)


def multipart(asked: Asked) -> dict[str, bytes]:
    """The fields of a form with files."""
    head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + asked.body, policy=HTTP).iter_parts()
    return {str(part.get_param("name", header="content-disposition")): _bytes(part) for part in parts}


def _bytes(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _chat(asked: Any) -> dict[str, Any] | None:
    if str(asked) in {f"@{USERNAME}", str(CHANNEL)}:
        return {"id": CHANNEL, "title": "Baikoo", "username": USERNAME, "type": "channel"}
    if str(asked).isdigit():
        return {"id": int(asked), "first_name": "Aida", "type": "private"}
    return None


def _message(chat: Mapping[str, Any], number: int, text: str, picture: bytes | None) -> dict[str, Any]:
    body = {"text": text} if picture is None else {"caption": text, "photo": [{"file_id": "AgACAgI", "width": 1200}]}
    return {"message_id": number, "sender_chat": chat, "chat": chat, "date": 1_780_000_000, **body}
