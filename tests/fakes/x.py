"""X's API v2 for one account: https://docs.x.com/x-api. Signatures (OAuth 1.0a) are computed again and compared."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from tests.fakes.server import Answer, Asked, Fault, Handle, HttpFake, Posted, Route, Step, serving

USER = "1702345678901234567"
SIGNED_HOST = "https://api.twitter.com"
KEYS = {
    "BAIKOO_X_CONSUMER_KEY": "fakeConsumerKey",
    "BAIKOO_X_CONSUMER_SECRET": "fakeConsumerSecret",
    "BAIKOO_X_ACCESS_TOKEN": f"{USER}-fakeAccessToken",
    "BAIKOO_X_ACCESS_SECRET": "fakeAccessSecret",
}
RESET = 1_900_000_000

_LINK = re.compile(r"https?://\S+")
_SHORT = 23
_MOST_WEIGHT = 280
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


def start_x() -> AbstractContextManager["XFake"]:
    """Run it."""
    return serving(XFake())


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Answer:
    """An error as API v2 words it (RFC 7807)."""
    headers = {"Content-Type": "application/problem+json"}
    return Answer(
        status=status, body={"title": title, "detail": detail, "type": kind, "status": status, **more}, headers=headers
    )


_BARE = problem(429, "Too Many Requests", "Too Many Requests")
_LIMITS = {"x-rate-limit-limit": "100", "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(RESET)}
_WORDS = {
    Fault.SERVER_ERROR: problem(500, "Internal Server Error", "Internal Server Error"),
    Fault.UNAVAILABLE: Answer(status=503, body={"errors": [{"code": 130, "message": "Over capacity"}]}),
    Fault.RATE_LIMIT: Answer(status=429, body=_BARE.body, headers={**_BARE.headers, **_LIMITS}),
    Fault.RATE_LIMIT_BARE: _BARE,
    Fault.REVOKED: problem(401, "Unauthorized", "Unauthorized"),
    Fault.REFUSED: problem(
        400,
        "Invalid Request",
        "One or more parameters to your request was invalid.",
        "https://api.twitter.com/2/problems/invalid-request",
        errors=[{"parameters": {}, "message": "Your Tweet text is too long."}],
    ),
}


class XFake(HttpFake):
    """One account and one app that may read and write."""

    def __init__(self) -> None:
        super().__init__()
        self.says: list[Answer] = []
        """Answers to the next posts, in the words of a test; nothing is stored then."""
        self.access_level = "read-write"
        self.media: dict[str, bytes] = {}
        self.alts: dict[str, str] = {}
        self._last = 1_990_000_000_000_000_000

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        return {"BAIKOO_X_API": self.url, **KEYS}

    def routes(self) -> list[Route]:
        return [
            Route("GET", "/2/users/me", Step.CHECK, _signed(self._me)),
            Route("POST", "/2/media/upload", Step.UPLOAD, _signed(self._upload)),
            Route("POST", "/2/media/metadata", Step.UPLOAD, _signed(self._metadata)),
            Route("POST", "/2/tweets", Step.POST, _signed(self._create)),
            Route("GET", f"/2/users/{USER}/tweets", Step.FIND, _signed(self._timeline)),
            Route("DELETE", r"/2/tweets/(?P<id>\d+)", Step.DELETE, _signed(self._delete)),
        ]

    def unknown(self, asked: Asked) -> Answer:  # noqa: ARG002
        return problem(404, "Not Found", "Not Found")

    def faulty(self, fault: Fault) -> Answer:
        return _WORDS[fault]

    def _me(self, _asked: Asked, _named: Mapping[str, str]) -> Answer:
        body = {"data": {"id": USER, "name": "Baikoo", "username": "baikoo"}}
        return Answer(body=body, headers={"x-access-level": self.access_level})

    def _upload(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        said = asked.json()
        number = self._next()
        self.media[number] = base64.b64decode(said["media"], validate=True)
        size = len(self.media[number])
        return Answer(
            body={"data": {"id": number, "media_key": f"3_{number}", "expires_after_secs": 86_400, "size": size}}
        )

    def _metadata(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        said = asked.json()
        self.alts[said["id"]] = said["metadata"]["alt_text"]["text"]
        return Answer(body={"data": {"id": said["id"], "associated_metadata": said["metadata"]}})

    def _create(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        if self.says:
            return self.says.pop(0)
        said = asked.json()
        if weight(said["text"]) > _MOST_WEIGHT:
            return _WORDS[Fault.REFUSED]
        if any(post.text == said["text"] for post in self.posts):
            return problem(403, "Forbidden", "You are not allowed to create a Tweet with duplicate content.")
        pictures = (said.get("media") or {}).get("media_ids", [])
        if any(number not in self.media for number in pictures):
            return problem(400, "Invalid Request", "Your media IDs are invalid.")
        number = self._next()
        self.posts.append(
            Posted(
                id=number,
                account=USER,
                text=said["text"],
                picture=self.media[pictures[0]] if pictures else None,
                alt=self.alts.get(pictures[0], "") if pictures else "",
                reply_to=(said.get("reply") or {}).get("in_reply_to_tweet_id", ""),
                raw={"created": datetime.now(UTC)},
            )
        )
        data = {"id": number, "text": _shortened(self.posts[-1])[0], "edit_history_tweet_ids": [number]}
        return Answer(status=201, body={"data": data})

    def _timeline(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        since = datetime.fromisoformat(asked.query["start_time"]) if "start_time" in asked.query else None
        most = int(asked.query.get("max_results", 10))
        shown = [post for post in reversed(self.posts) if since is None or post.raw["created"] >= since]
        meta: dict[str, Any] = {"result_count": len(shown[:most])}
        if len(shown) > most:
            meta["next_token"] = "7140dibdnow9c7btw"
        if not shown:
            return Answer(body={"meta": meta})
        return Answer(body={"data": [_listed(post) for post in shown[:most]], "meta": meta})

    def _delete(self, _asked: Asked, named: Mapping[str, str]) -> Answer:
        post = next((post for post in self.posts if post.id == named["id"]), None)
        if post is None:
            return problem(
                404,
                "Not Found Error",
                f"Could not find tweet with id: [{named['id']}].",
                "https://api.twitter.com/2/problems/resource-not-found",
            )
        self.posts.remove(post)
        return Answer(body={"data": {"deleted": True}})

    def _next(self) -> str:
        self._last += 1
        return str(self._last)


def weight(text: str) -> int:
    """What a text counts (twitter-text, config/v3.json): an address 23, most letters 1, the rest 2."""
    letters = map(ord, _LINK.sub("x" * _SHORT, text))
    return sum(1 if any(first <= letter <= last for first, last in _LIGHT) else 2 for letter in letters)


def _shortened(post: Posted) -> tuple[str, list[dict[str, Any]]]:
    """The text as X gives it back, escaped and with short addresses, and what these stand for."""
    links = _LINK.findall(post.text)
    text, entities = post.text, []
    for place, link in enumerate(links):
        short = f"https://t.co/{post.id[-4:]}abc{place:03d}"
        text = text.replace(link, short, 1)
        entities.append({"url": short, "expanded_url": link, "display_url": link.partition("//")[2][:26] + "…"})
    if post.picture is not None:
        short = f"https://t.co/{post.id[-4:]}photo1"
        text = f"{text} {short}"
        where = f"https://twitter.com/baikoo/status/{post.id}/photo/1"
        entities.append({"url": short, "expanded_url": where, "media_key": f"3_{post.id}"})
    return escape(text, quote=False), entities


def _listed(post: Posted) -> dict[str, Any]:
    text, links = _shortened(post)
    created = post.raw["created"].strftime("%Y-%m-%dT%H:%M:%S.000Z")
    listed: dict[str, Any] = {"id": post.id, "text": text, "created_at": created, "edit_history_tweet_ids": [post.id]}
    return {**listed, "entities": {"urls": links}} if links else listed


def _signed(handle: Handle) -> Handle:
    def signed(asked: Asked, named: Mapping[str, str]) -> Answer:
        return handle(asked, named) if _is_ours(asked) else problem(401, "Unauthorized", "Unauthorized")

    return signed


def _is_ours(asked: Asked) -> bool:
    """Whether the request is signed with our keys (RFC 5849, 3.4; a body of JSON is not signed)."""
    given = dict(re.findall(r'(oauth_\w+)="([^"]*)"', asked.headers.get("authorization", "")))
    oauth = {name: unquote(value) for name, value in given.items()}
    signature = oauth.pop("oauth_signature", "")
    if (oauth.get("oauth_consumer_key"), oauth.get("oauth_token")) != (
        KEYS["BAIKOO_X_CONSUMER_KEY"],
        KEYS["BAIKOO_X_ACCESS_TOKEN"],
    ):
        return False
    pairs = sorted((_quoted(name), _quoted(value)) for name, value in {**asked.query, **oauth}.items())
    signed = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join(map(_quoted, (asked.method, SIGNED_HOST + asked.path, signed)))
    key = f"{_quoted(KEYS['BAIKOO_X_CONSUMER_SECRET'])}&{_quoted(KEYS['BAIKOO_X_ACCESS_SECRET'])}"
    computed = base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
    return hmac.compare_digest(computed, signature)


def _quoted(text: str) -> str:
    return quote(text, safe="-._~")
