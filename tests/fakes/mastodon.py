"""A Mastodon server with one account, as docs.joinmastodon.org describes its API (4.3)."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qs

from tests.fakes.server import Answer, Asked, Fault, HttpFake, Posted, Route, Step, serving

TOKEN = "mastodon-token-of-the-tests"
ACCOUNT = "109"
LIMIT = 500
RESET = timedelta(minutes=5)
_ADDRESS = re.compile(r"https?://[^\s<]+")
_TAG = re.compile(r"(?<!\w)#(\w+)")
_SHOWN = 30  # letters of an address that people see


class FakeMastodon(HttpFake):
    """One account. `processing`: how often a picture is asked for before it is ready; `keys` are those seen."""

    def __init__(self) -> None:
        super().__init__()
        self.token = TOKEN
        self.scopes = ["read", "write"]
        self.processing = 0
        self.keys: dict[str, str] = {}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.media: dict[str, dict[str, Any]] = {}
        self._pictures: dict[str, bytes] = {}
        self._last = 112_000_000_000_000_000

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        return {"BAIKOO_MASTODON_URL": self.url, "BAIKOO_MASTODON_TOKEN": self.token}

    def routes(self) -> Sequence[Route]:
        one = r"/api/v1/statuses/(?P<id>\d+)"
        return (
            Route("POST", "/api/v1/statuses", Step.POST, self._authorized(self._post)),
            Route("POST", "/api/v2/media", Step.UPLOAD, self._authorized(self._upload)),
            Route("GET", r"/api/v1/media/(?P<id>\d+)", Step.UPLOAD, self._authorized(self._picture)),
            Route("GET", r"/api/v1/accounts/(?P<id>\d+)/statuses", Step.FIND, self._authorized(self._newest)),
            Route("GET", one, Step.EDIT, self._authorized(self._show)),
            Route("PUT", one, Step.EDIT, self._authorized(self._edit)),
            Route("DELETE", one, Step.DELETE, self._authorized(self._delete)),
            Route("GET", "/api/v1/accounts/verify_credentials", Step.CHECK, self._authorized(self._account)),
            Route("GET", "/api/v1/apps/verify_credentials", Step.CHECK, self._authorized(self._app)),
        )

    def faulty(self, fault: Fault) -> Answer:
        reset = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": _iso(_now() + RESET)}
        return {
            Fault.SERVER_ERROR: Answer(status=500, body={"error": "This page is not correct"}),
            Fault.UNAVAILABLE: _error(503, "There was a temporary problem serving your request, please try again"),
            Fault.RATE_LIMIT: Answer(status=429, body={"error": "Too many requests"}, headers=reset),
            Fault.RATE_LIMIT_BARE: _error(429, "Too many requests"),
            Fault.REVOKED: _error(401, "The access token was revoked"),
            Fault.REFUSED: _error(422, "Validation failed: Text can't be blank"),
        }[fault]

    def unknown(self, asked: Asked) -> Answer:
        return _error(404, f"Endpoint not found: {asked.path}")

    def _authorized(self, handle: Any) -> Any:
        def guarded(asked: Asked, named: Mapping[str, str]) -> Answer:
            if asked.headers.get("authorization") != f"Bearer {self.token}":
                return _error(401, "The access token is invalid")
            answer: Answer = handle(asked, named)
            return answer

        return guarded

    def _post(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        form = parse_qs(asked.body.decode())
        key = asked.headers.get("idempotency-key", "")
        if key in self.keys:  # kept for an hour (PostStatusService), whatever else the request says
            return Answer(body=self.statuses[self.keys[key]])
        text, media = form.get("status", [""])[0], form.get("media_ids[]", [])
        if problem := self._problem(text, media, form.get("in_reply_to_id", [""])[0]):
            return problem
        status = self._made(text, form, media)
        self.statuses[status["id"]] = status
        if key:
            self.keys[key] = status["id"]
        picture = self._pictures[media[0]] if media else None
        self.posts.append(
            Posted(
                id=status["id"],
                account=ACCOUNT,
                text=text,
                picture=picture,
                alt=self.media[media[0]]["description"] if media else "",
                reply_to=status["in_reply_to_id"] or "",
                raw={name: values[0] for name, values in form.items()},
            )
        )
        return Answer(body=status)

    def _problem(self, text: str, media: Sequence[str], answers: str) -> Answer | None:
        if not text.strip() and not media:
            return _error(422, "Validation failed: Text can't be blank")
        if len(_ADDRESS.sub("x" * 23, text)) > LIMIT:
            return _error(422, f"Validation failed: Text character limit of {LIMIT} exceeded")
        if any(self.media[one]["url"] is None for one in media):
            return _error(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        if answers and answers not in self.statuses:
            return _error(404, "Record not found")
        return None

    def _made(self, text: str, form: Mapping[str, list[str]], media: Sequence[str]) -> dict[str, Any]:
        self._last += 1
        address = f"{self.url}/@baikoo/{self._last}"
        return {
            "id": str(self._last),
            "created_at": _iso(_now()),
            "in_reply_to_id": form.get("in_reply_to_id", [None])[0],
            "in_reply_to_account_id": ACCOUNT if "in_reply_to_id" in form else None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": form.get("visibility", ["public"])[0],
            "language": form.get("language", ["en"])[0],
            "uri": f"{self.url}/users/baikoo/statuses/{self._last}",
            "url": address,
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": 0,
            "edited_at": None,
            "content": content_of(text),
            "reblog": None,
            "account": self._account_json(),
            "media_attachments": [self.media[one] for one in media],
            "mentions": [],
            "tags": [{"name": tag, "url": f"{self.url}/tags/{tag}"} for tag in _TAG.findall(text)],
            "emojis": [],
            "card": None,
            "poll": None,
        }

    def _upload(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        head = f"Content-Type: {asked.headers['content-type']}\r\n\r\n".encode()
        parts: dict[Any, Any] = {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in message_from_bytes(head + asked.body, policy=HTTP).iter_parts()
        }
        if not parts["file"].startswith((b"\x89PNG", b"\xff\xd8")):
            return _error(422, "Validation failed: File content type is invalid")
        self._last += 1
        key = str(self._last)
        self._pictures[key] = parts["file"]
        self.media[key] = {
            "id": key,
            "type": "image",
            "url": None if self.processing else f"{self.url}/media/{key}.png",
            "preview_url": None,
            "remote_url": None,
            "meta": {},
            "description": parts.get("description", b"").decode(),
            "blurhash": None,
        }
        return Answer(status=202 if self.processing else 200, body=self.media[key])

    def _picture(self, _: Asked, named: Mapping[str, str]) -> Answer:
        if named["id"] not in self.media:
            return _error(404, "Record not found")
        self.processing = max(0, self.processing - 1)
        if self.processing:
            return Answer(status=206, body=self.media[named["id"]])
        self.media[named["id"]]["url"] = f"{self.url}/media/{named['id']}.png"
        return Answer(body=self.media[named["id"]])

    def _newest(self, asked: Asked, _: Mapping[str, str]) -> Answer:
        upto = int(asked.query.get("max_id") or 10**20)
        shown = [one for key, one in sorted(self.statuses.items(), reverse=True) if int(key) < upto]
        return Answer(body=shown[: int(asked.query.get("limit") or 20)])

    def _show(self, _: Asked, named: Mapping[str, str]) -> Answer:
        known = self.statuses.get(named["id"])
        return Answer(body=known) if known else _error(404, "Record not found")

    def _edit(self, asked: Asked, named: Mapping[str, str]) -> Answer:
        known, form = self.statuses.get(named["id"]), parse_qs(asked.body.decode())
        if known is None:
            return _error(404, "Record not found")
        known["content"], known["edited_at"] = content_of(form["status"][0]), _iso(_now())
        known["media_attachments"] = [self.media[one] for one in form.get("media_ids[]", [])]
        post = next(one for one in self.posts if one.id == named["id"])
        post.text = form["status"][0]
        return Answer(body=known)

    def _delete(self, _: Asked, named: Mapping[str, str]) -> Answer:
        known = self.statuses.pop(named["id"], None)
        if known is None:
            return _error(404, "Record not found")
        self.posts = [one for one in self.posts if one.id != named["id"]]
        return Answer(body=known | {"text": html.unescape(known["content"])})

    def _account(self, _: Asked, __: Mapping[str, str]) -> Answer:
        return Answer(body=self._account_json() | {"source": {"privacy": "public", "sensitive": False, "language": ""}})

    def _app(self, _: Asked, __: Mapping[str, str]) -> Answer:
        return Answer(body={"id": "1", "name": "Baikoo", "website": None, "scopes": self.scopes, "redirect_uris": []})

    def _account_json(self) -> dict[str, Any]:
        return {"id": ACCOUNT, "username": "baikoo", "acct": "baikoo", "display_name": "Baikoo", "bot": True}


def content_of(text: str) -> str:
    """The text as Mastodon shows it: paragraphs, addresses in three pieces, tags as links."""
    paragraphs = (re.sub(r"\n", "<br />", _linked(one)) for one in text.split("\n\n"))
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def _linked(text: str) -> str:
    return _TAG.sub(r'<a href="/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>', _addressed(text))


def _addressed(text: str) -> str:
    escaped = html.escape(text, quote=False)
    return _ADDRESS.sub(lambda hit: _pieces(hit.group()), escaped)


def _pieces(address: str) -> str:
    scheme, _, rest = address.partition("://")
    shown, more = rest[:_SHOWN], rest[_SHOWN:]
    pieces = f'<span class="{"ellipsis" if more else ""}">{shown}</span><span class="invisible">{more}</span>'
    return f'<a href="{address}" rel="nofollow noopener"><span class="invisible">{scheme}://</span>{pieces}</a>'


def _error(status: int, words: str) -> Answer:
    return Answer(status=status, body={"error": words})


def _now() -> datetime:
    return datetime.now(UTC)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def start_mastodon() -> Iterator[FakeMastodon]:
    """A server on loopback."""
    with serving(FakeMastodon()) as fake:
        yield fake
