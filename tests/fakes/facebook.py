"""The Graph API for one Page: https://developers.facebook.com/docs/graph-api/reference/page/feed."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from tests.fakes.server import Answer, Asked, Fault, Handle, HttpFake, Posted, Route, Step, serving
from tests.fakes.telegram import multipart

PAGE = "104857600123456"
TOKEN = "EAAFakePageToken1234567890"
REGAIN_MINUTES = 19
_USED = {"type": "pages", "call_count": 100, "total_time": 25, "estimated_time_to_regain_access": REGAIN_MINUTES}
USAGE = json.dumps({PAGE: [_USED]})


def start_facebook() -> AbstractContextManager["FacebookFake"]:
    """Run it."""
    return serving(FacebookFake())


def error(status: int, code: int, message: str, subcode: int | None = None, **headers: str) -> Answer:
    """An error as Graph words it."""
    said: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbCdEfGhIjK"}
    if subcode:
        said["error_subcode"] = subcode
    return Answer(status=status, body={"error": said}, headers=headers)


_BARE = error(400, 32, "(#32) Page request limit reached")
_WORDS = {
    Fault.SERVER_ERROR: error(500, 1, "An unknown error occurred"),
    Fault.UNAVAILABLE: error(503, 2, "Service temporarily unavailable"),
    Fault.RATE_LIMIT: Answer(
        status=_BARE.status, body=_BARE.body, headers={"x-business-use-case-usage": USAGE, "x-app-usage": "{}"}
    ),
    Fault.RATE_LIMIT_BARE: _BARE,
    Fault.REVOKED: error(
        400, 190, "Error validating access token: Session has expired on Friday, 27-Nov-26 01:00:00 PST.", 463
    ),
    Fault.REFUSED: error(400, 100, "(#100) The message is too long"),
}


class FacebookFake(HttpFake):
    """One Page and its token; the version in the path may be any."""

    def __init__(self) -> None:
        super().__init__()
        self.says: list[Answer] = []
        """Answers to the next posts, in the words of a test; nothing is stored then."""
        self.name = "Baikoo"
        self._last = 900_000

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        return {"BAIKOO_FACEBOOK_API": self.url, "BAIKOO_FACEBOOK_PAGE": PAGE, "BAIKOO_FACEBOOK_TOKEN": TOKEN}

    def routes(self) -> list[Route]:
        one = rf"/v\d+\.\d+/(?P<id>{PAGE}_\d+)"
        return [
            Route("GET", r"/v\d+\.\d+/me", Step.CHECK, _signed(self._me)),
            Route("POST", rf"/v\d+\.\d+/{PAGE}/feed", Step.POST, _signed(self._feed)),
            Route("POST", rf"/v\d+\.\d+/{PAGE}/photos", Step.POST, _signed(self._photos)),
            Route("GET", rf"/v\d+\.\d+/{PAGE}/feed", Step.FIND, _signed(self._listed)),
            Route("POST", one, Step.EDIT, _signed(self._edit)),
            Route("DELETE", one, Step.DELETE, _signed(self._delete)),
        ]

    def unknown(self, asked: Asked) -> Answer:
        return error(400, 2500, f"Unknown path components: {asked.path}")

    def faulty(self, fault: Fault) -> Answer:
        return _WORDS[fault]

    def _me(self, _asked: Asked, _named: Mapping[str, str]) -> Answer:
        return Answer(body={"id": PAGE, "name": self.name})

    def _feed(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        form = asked.form()
        return self._store(form, form.get("message", ""), None)

    def _photos(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        fields = multipart(asked)
        form = {name: value.decode() for name, value in fields.items() if name != "source"}
        return self._store(form, form.get("caption", ""), fields["source"])

    def _store(self, form: Mapping[str, str], text: str, picture: bytes | None) -> Answer:
        if self.says:
            return self.says.pop(0)
        if self.posts and self.posts[-1].text == text.strip():
            return error(400, 506, "(#506) Duplicate Post", 1455006)
        self._last += 1
        post = Posted(
            id=f"{PAGE}_{self._last}",
            account=PAGE,
            text=text.strip(),
            picture=picture,
            alt=form.get("alt_text_custom", ""),
            link=form.get("link", ""),
            raw={**form, "created": datetime.now(UTC)},
        )
        self.posts.append(post)
        if picture:
            return Answer(body={"id": str(self._last - 1000), "post_id": post.id})
        more = {"permalink_url": self.address(post)} if "permalink_url" in form.get("fields", "") else {}
        return Answer(body={"id": post.id, **more})

    def address(self, post: Posted) -> str:
        """Where people see the post."""
        return f"https://www.facebook.com/{PAGE}/posts/{post.id.partition('_')[2]}"

    def _listed(self, asked: Asked, _named: Mapping[str, str]) -> Answer:
        since = float(asked.query.get("since", 0))
        limit = int(asked.query.get("limit", 25))
        shown = [post for post in reversed(self.posts) if post.raw["created"].timestamp() >= since]
        paging = {"cursors": {"before": "QVFI", "after": "QVFJ"}}
        more = {"next": f"{self.url}{asked.path}?after=QVFJ"} if len(shown) > limit else {}
        return Answer(
            body={
                "data": [
                    {
                        "id": post.id,
                        "message": post.text,
                        "created_time": post.raw["created"].strftime("%Y-%m-%dT%H:%M:%S+0000"),
                        "permalink_url": self.address(post),
                    }
                    for post in shown[:limit]
                ],
                "paging": {**paging, **more},
            }
        )

    def _edit(self, asked: Asked, named: Mapping[str, str]) -> Answer:
        post = self._found(named["id"])
        if post is None:
            return _no_object(named["id"], "post")
        post.text = asked.form()["message"]
        return Answer(body={"success": True})

    def _delete(self, _asked: Asked, named: Mapping[str, str]) -> Answer:
        post = self._found(named["id"])
        if post is None:
            return _no_object(named["id"], "delete")
        self.posts.remove(post)
        return Answer(body={"success": True})

    def _found(self, number: str) -> Posted | None:
        return next((post for post in self.posts if post.id == number), None)


def _no_object(number: str, kind: str) -> Answer:
    return error(
        400,
        100,
        f"Unsupported {kind} request. Object with ID '{number}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation.",
        33,
    )


def _signed(handle: Handle) -> Handle:
    def signed(asked: Asked, named: Mapping[str, str]) -> Answer:
        given = asked.headers.get("authorization", "").partition(" ")[2] or asked.query.get("access_token")
        if given != TOKEN:
            return error(400, 190, f"Malformed access token {given}")
        return handle(asked, named)

    return signed
