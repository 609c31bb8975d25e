"""Facebook: posts and photos of a Page (https://developers.facebook.com/docs/pages-api).

The live video of a sitting is announced by a post that links to it. The token goes in a header, never in an address.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from publish.channels import wire
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
from publish.message import image_type, plain
from vocab.errors import ConfigError
from vocab.posts import ChannelName

_API = "https://graph.facebook.com"
_VERSION = "v24.0"
_FIELDS = "id,message,created_time,permalink_url"
_MOST_POSTS = 100
_CLOCKS = timedelta(minutes=5)
"""By how much our clock and theirs may differ."""

# https://developers.facebook.com/docs/graph-api/guides/error-handling and …/overview/rate-limiting
_RATE_LIMITS = {4, 17, 32, 613, 80001, 80002}
_BLOCKED = 368
"""Blocked for a while for what it posted."""
_TOKENS = {102, 190, 467}
_RIGHTS = {3, 10, *range(200, 300)}
_UNSURE = {1, 2}
"""«An unknown error», «the service is down for now»: known to have posted all the same."""
_DUPLICATE = 506
_NO_SUCH_OBJECT = (100, 33)


def open_account(environ: Environ, lang: str) -> "Facebook":
    """BAIKOO_FACEBOOK_PAGE (its number) and BAIKOO_FACEBOOK_TOKEN of one language.

    BAIKOO_FACEBOOK_VERSION is the version of the Graph API, BAIKOO_FACEBOOK_API its address. Raises ConfigError for a
    page that is no number and a version that is none.
    """
    page, version = setting(environ, "BAIKOO_FACEBOOK_PAGE", lang), setting(environ, "BAIKOO_FACEBOOK_VERSION", lang)
    version = version or _VERSION
    if not page.isdecimal():
        raise ConfigError("BAIKOO_FACEBOOK_PAGE is the number of the Page, not its name")
    if not version.removeprefix("v").replace(".", "", 1).isdecimal():
        raise ConfigError(f"BAIKOO_FACEBOOK_VERSION looks like {_VERSION}")
    api = wire.api_address(setting(environ, "BAIKOO_FACEBOOK_API", lang), "BAIKOO_FACEBOOK_API", _API)
    token = setting(environ, "BAIKOO_FACEBOOK_TOKEN", lang)
    return Facebook(base=f"{api}/v{version.removeprefix('v')}", page=page, token=token, seconds=patience(environ))


class Facebook:
    """A Page and its token."""

    name = ChannelName.FACEBOOK

    def __init__(self, *, base: str, page: str, token: str, seconds: float) -> None:
        self._page, self._token = page, token
        self._client = wire.client(base, seconds, headers={"Authorization": f"Bearer {token}"})

    def check(self) -> Checked:
        """The token is that of the Page: with it, `me` is the Page itself."""
        said = self._ask("GET", "/me", params={"fields": "id,name"})
        if not isinstance(said, dict):
            return wire.as_checked(said)
        if str(said.get("id")) != self._page:
            return Checked(fault=f"the token is that of {said.get('name')!r}, not of the Page {self._page}")
        return Checked(account=str(said.get("name") or self._page))

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """A post with the preview of its link, or a photo."""
        if sending.after:
            return Refused(cause="a post on Facebook has one part")
        form = {"message": text_of(sending), "fields": "id,permalink_url"}
        if sending.picture:
            # `caption` is the text of a photo, which Facebook shows as the message of its post.
            form = {"caption": form["message"], "alt_text_custom": sending.alt}
            files = {"source": ("card", sending.picture, image_type(sending.picture))}
            said = self._ask("POST", f"/{self._page}/photos", now, data=form, files=files)
        else:
            link = {"link": sending.link} if sending.link else {}
            said = self._ask("POST", f"/{self._page}/feed", now, data={**form, **link})
        if not isinstance(said, dict):
            return said
        number = said.get("post_id") or said.get("id")
        if not number:
            return Lost(cause="Facebook's answer names no post")
        return Sent(remote=_remote({**said, "id": number}))

    def find(self, sending: Sending, since: datetime) -> Found:
        """The newest post of the Page with exactly this text."""
        asked = {"fields": _FIELDS, "limit": _MOST_POSTS, "since": int((since - _CLOCKS).timestamp())}
        said = self._ask("GET", f"/{self._page}/feed", params=asked)
        if not isinstance(said, dict):
            return CannotAsk(cause=said.cause)
        posts = said.get("data")
        if not isinstance(posts, list):
            return CannotAsk(cause="Facebook's answer holds no list of posts")
        wanted = _same(text_of(sending))
        for post in posts:
            if _same(str(post.get("message") or "")) == wanted:
                return Sent(remote=_remote(post))
        return wire.missing(has_more="next" in (said.get("paging") or {}) and len(posts) >= _MOST_POSTS)

    def edit(self, remote: Remote, sending: Sending) -> Outcome:
        """Change the text; the link preview or the photo stays."""
        said = self._ask("POST", f"/{remote.id}", data={"message": text_of(sending)})
        return self._done(said, remote)

    def delete(self, remote: Remote) -> Outcome:
        """Take the post away."""
        return self._done(self._ask("DELETE", f"/{remote.id}"), remote, gone_is_done=True)

    def _done(self, said: dict[str, Any] | wire.Fault, remote: Remote, *, gone_is_done: bool = False) -> Outcome:
        if isinstance(said, _Gone):
            ours = remote.id.startswith(f"{self._page}_")
            return wire.gone(Refused(cause=said.cause), gone_is_done and ours, Sent(remote=remote))
        if not isinstance(said, dict):
            return said
        return Sent(remote=remote) if said.get("success") is True else Lost(cause="Facebook does not say that it did")

    def _ask(self, method: str, path: str, now: datetime | None = None, **parts: Any) -> dict[str, Any] | wire.Fault:
        """The answer where it is one of success, or what became of it."""
        answer = wire.ask(self._client, method, path, **parts)
        if not isinstance(answer, wire.Said):
            return answer
        if answer.is_fine and answer.body and "error" not in answer.body:
            return dict(answer.body)
        return self._fault(answer, now)

    def _fault(self, said: wire.Said, now: datetime | None) -> wire.Fault:
        error = said.body.get("error")
        error = error if isinstance(error, dict) else {}
        code, why = error.get("code"), wire.cause(error.get("message"), self._token)
        if code in _RATE_LIMITS or code == _BLOCKED or said.status == httpx.codes.TOO_MANY_REQUESTS:
            return Later(cause=why, at=wire.after(now, _regained(said.headers)), whole_channel=True)
        if code in _TOKENS or code in _RIGHTS or said.status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            return Revoked(cause=why)
        if code in _UNSURE or code == _DUPLICATE:
            # A duplicate may be this very post, stored by an attempt whose answer was lost.
            return Lost(cause=why)
        if (code, error.get("error_subcode")) == _NO_SUCH_OBJECT:
            return _Gone(cause=why)
        return wire.broken(said, now) or Refused(cause=why)


class _Gone(Refused):
    """There is no such object, or none that we may see."""


def text_of(sending: Sending) -> str:
    """The message, always with the address: a photo has no link of its own, and a preview may fail."""
    text = plain(sending.part).strip()
    return f"{text}\n\n{sending.link}" if sending.link and sending.link not in text else text


def _remote(post: Mapping[str, Any]) -> Remote:
    number = str(post["id"])
    return Remote(id=number, url=str(post.get("permalink_url") or f"https://www.facebook.com/{number}"))


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _regained(headers: Mapping[str, str]) -> float | None:
    """Seconds until calls are taken again: the longest of what the usage header says, in minutes there."""
    try:
        usage = json.loads(headers.get("x-business-use-case-usage", "{}"))
    except ValueError:
        return wire.seconds(headers.get("retry-after"))
    cases = [case for listed in usage.values() for case in listed] if isinstance(usage, dict) else []
    minutes = [wire.seconds(case.get("estimated_time_to_regain_access")) or 0 for case in cases]
    return max(minutes, default=0) * 60 or wire.seconds(headers.get("retry-after"))
