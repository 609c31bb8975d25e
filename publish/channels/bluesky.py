"""Bluesky: a record for each part, under a key of ours. The only module that knows atproto.

A record is put under its key where nothing stands there yet (`swapRecord` null): the server itself refuses a second
one, and whether it has the first can be asked by the key. The library's high-level client would sign in and renew by
itself, in several requests for one outcome; so only its requests are used.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx
from atproto import Request, models
from atproto.exceptions import RequestErrorBase

from publish.channels import wire
from publish.channels.bluesky_record import COLLECTION, PICTURE_BYTES, link_card, picture_card, post_record, record_key
from publish.channels.failures import failure, not_sent, unanswered, unreadable
from publish.channels.protocol import (
    CannotAsk,
    Checked,
    Found,
    Later,
    Lost,
    NotFound,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sending,
    Sent,
)
from publish.channels.registry import Environ, patience, setting
from publish.message import image_type
from vocab.posts import ChannelName

_API = "https://bsky.social"
_PUT, _GET = "com.atproto.repo.putRecord", "com.atproto.repo.getRecord"
_SIGN_IN, _UPLOAD, _DELETE = (
    "com.atproto.server.createSession",
    "com.atproto.repo.uploadBlob",
    "com.atproto.repo.deleteRecord",
)
_EXPIRED = {"ExpiredToken", "InvalidToken"}
# Some of them come with status 400.
_REVOKED = _EXPIRED | {
    *("AccountDeactivated", "AccountSuspended", "AccountTakedown", "AuthFactorTokenRequired", "AuthenticationRequired"),
    *("RepoDeactivated", "RepoSuspended", "RepoTakendown"),
}
_NO_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def open_account(environ: Environ, lang: str) -> "Bluesky":
    """BAIKOO_BLUESKY_HANDLE and BAIKOO_BLUESKY_PASSWORD, an app password; BAIKOO_BLUESKY_URL for another server.

    Raises ConfigError for an address that is none.
    """
    url = wire.api_address(setting(environ, "BAIKOO_BLUESKY_URL", lang), "BAIKOO_BLUESKY_URL", _API)
    handle = setting(environ, "BAIKOO_BLUESKY_HANDLE", lang).removeprefix("@")
    return Bluesky(url, handle, setting(environ, "BAIKOO_BLUESKY_PASSWORD", lang), seconds=patience(environ))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    did: str
    token: str


@dataclass(slots=True)
class _Door:
    """Whether we are signed in to an account; the lock lets one worker sign in for all."""

    session: _Session | None = None
    lock: Lock = field(default_factory=Lock)


@cache
def _door(_url: str, _handle: str, _password: str) -> _Door:
    """One for each account: however often it is opened, signing in is limited to some hundred times a day."""
    return _Door()


class Bluesky:
    """An account. It signs in when it is first needed; the session is kept in memory and nowhere else."""

    name = ChannelName.BLUESKY

    def __init__(self, url: str, handle: str, password: str, *, seconds: float) -> None:
        self._url, self._host = url, urlsplit(url).netloc
        self._handle, self._password = handle, password
        limits = httpx.Limits(max_keepalive_connections=0)
        self._request = Request(timeout=seconds, limits=limits, verify=wire.tls())
        self._door = _door(url, handle, password)

    def close(self) -> None:
        """Close its connections."""
        self._request.close()

    def check(self) -> Checked:
        """See `Channel`: signs in anew."""
        with self._door.lock:
            session = self._sign_in(datetime.now(UTC))
        return Checked(account=f"@{self._handle}") if isinstance(session, _Session) else wire.as_checked(session)

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """See `Channel`. Where the key is taken already, the post is there."""
        if sending.picture and len(sending.picture) > PICTURE_BYTES:
            return Refused(cause=f"the picture has more than {PICTURE_BYTES} bytes")
        more = self._more(sending, now)
        if not isinstance(more, dict):
            return not_sent(more, "before the post")
        session = self._session(now)
        if not isinstance(session, _Session):
            return not_sent(session, "signing in")
        record = post_record(sending.part, sending.lang, now, more)
        place = _place(session, record_key(sending.key))
        said = self._ask("post", _PUT, now, json={**place, "record": record, "swapRecord": None})
        if not isinstance(said, wire.Said):
            return said
        if said.body.get("error") == "InvalidSwap":
            found = self._look(place["rkey"], now)
            return found if isinstance(found, Sent) else Sent(remote=_remote(session.did, place["rkey"], ""))
        return self._sent(said, session.did, place["rkey"]) if said.is_fine else self._failure(said, now)

    def find(self, sending: Sending, since: datetime) -> Found:  # noqa: ARG002 - the key alone tells
        """See `Channel`: by the key that it would have."""
        return self._look(record_key(sending.key), datetime.now(UTC))

    def edit(self, remote: Remote, sending: Sending) -> Outcome:  # noqa: ARG002 - whatever it is
        """See `Channel`: readers of Bluesky keep the first form of a post."""
        return Refused(cause="Bluesky has no editing: delete the post, and send another")

    def delete(self, remote: Remote) -> Outcome:
        """See `Channel`; the server says the same whether it was there or not."""
        now = datetime.now(UTC)
        session = self._session(now)
        if not isinstance(session, _Session):
            return not_sent(session, "signing in")
        said = self._ask("post", _DELETE, now, json=_place(session, _rkey(remote)))
        if not isinstance(said, wire.Said):
            return said
        return Sent(remote=remote) if said.is_fine else self._failure(said, now)

    def _more(self, sending: Sending, now: datetime) -> dict[str, Any] | wire.Fault:
        """The reply and the embed of a record."""
        more: dict[str, Any] = {}
        if sending.after:
            root, parent = (self._reference(one, now) for one in (sending.after[0], sending.after[-1]))
            if not isinstance(root, dict) or not isinstance(parent, dict):
                return root if not isinstance(root, dict) else parent
            more["reply"] = {"root": root, "parent": parent}
        if sending.picture:
            blob = self._upload(sending.picture, now)
            if not isinstance(blob, dict):
                return blob
            more["embed"] = picture_card(blob, sending.alt, sending.picture)
        elif sending.link and not sending.after:
            more["embed"] = link_card(sending.link, sending.title)
        return more

    def _reference(self, remote: Remote, now: datetime) -> dict[str, str] | wire.Fault:
        """What a reply needs of a post: address and checksum. One that a person named has no checksum yet."""
        uri, _, cid = remote.id.partition("#")
        if not cid:
            found = self._look(_rkey(remote), now)
            if not isinstance(found, Sent):
                why = "it is not there" if isinstance(found, NotFound) else found.cause
                return Later(cause=f"the post before it cannot be read: {why}")
            uri, _, cid = found.remote.id.partition("#")
        return {"uri": uri, "cid": cid}

    def _upload(self, picture: bytes, now: datetime) -> dict[str, Any] | wire.Fault:
        said = self._ask("post", _UPLOAD, now, content=picture, headers={"Content-Type": image_type(picture)})
        if not isinstance(said, wire.Said):
            return said
        if not said.is_fine:
            return self._failure(said, now)
        blob = said.body.get("blob")
        return blob if isinstance(blob, dict) else unreadable(self._host)

    def _look(self, rkey: str, now: datetime) -> Found:
        session = self._session(now)
        if not isinstance(session, _Session):
            return CannotAsk(cause=session.cause)
        said = self._ask("get", _GET, now, params=_place(session, rkey))
        if not isinstance(said, wire.Said):
            return CannotAsk(cause=said.cause)
        if said.is_fine:
            seen = self._sent(said, session.did, rkey)
            return seen if isinstance(seen, Sent) else CannotAsk(cause=seen.cause)
        if said.body.get("error") == "RecordNotFound" or "Could not locate record" in str(said.body.get("message")):
            return NotFound(surely=True)
        return CannotAsk(cause=self._failure(said, now).cause)

    def _session(self, now: datetime) -> _Session | wire.Fault:
        with self._door.lock:
            return self._door.session or self._sign_in(now)

    def _sign_in(self, now: datetime) -> _Session | wire.Fault:
        self._door.session = None
        who = {"identifier": self._handle, "password": self._password}
        said = self._one("post", _SIGN_IN, json=who)
        if not isinstance(said, wire.Said):
            return said
        if not said.is_fine:
            return self._failure(said, now)
        if said.body.get("active") is False:
            return Revoked(cause=f"the account is {wire.cause(said.body.get('status'))}")
        did, token = said.body.get("did"), said.body.get("accessJwt")
        if not isinstance(did, str) or not isinstance(token, str):
            return unreadable(self._host)
        self._door.session = session = _Session(did=did, token=token)
        return session

    def _ask(self, method: str, name: str, now: datetime, **parts: Any) -> wire.Said | wire.Fault:
        """One request under the session; a session that expired is renewed once. Nothing was done under that one."""
        said = self._signed(method, name, now, parts)
        if isinstance(said, wire.Said) and said.body.get("error") in _EXPIRED:
            self._door.session = None
            said = self._signed(method, name, now, parts)
        return said

    def _signed(self, method: str, name: str, now: datetime, parts: dict[str, Any]) -> wire.Said | wire.Fault:
        session = self._session(now)
        if not isinstance(session, _Session):
            return not_sent(session, "signing in")
        return self._one(method, name, token=session.token, **parts)

    def _one(self, method: str, name: str, *, token: str = "", **parts: Any) -> wire.Said | Later | Lost:
        headers = parts.get("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            answer = getattr(self._request, method)(url=f"{self._url}/xrpc/{name}", **parts | {"headers": headers})
        except RequestErrorBase as error:
            if error.response is None:
                return unanswered(self._host, connected=not isinstance(error.__cause__, _NO_CONNECTION))
            answer = error.response
        except httpx.HTTPError as error:
            return unanswered(self._host, connected=not isinstance(error, _NO_CONNECTION))
        except ValueError:
            return unreadable(self._host)
        return wire.Said(status=answer.status_code, headers=answer.headers, body=_body(answer.content))

    def _sent(self, said: wire.Said, did: str, rkey: str) -> Sent | Lost:
        cid = said.body.get("cid")
        remote = _remote(did, rkey, cid if isinstance(cid, str) else "")
        return Sent(remote=remote) if said.body.get("uri") == _uri(remote) else unreadable(self._host)

    def _failure(self, said: wire.Said, now: datetime) -> wire.Fault:
        error = said.body.get("error")
        words = wire.cause(f"{error}: {said.body.get('message')}", self._password)
        if error in _REVOKED:
            return Revoked(cause=f"{self._host} answered {said.status}: {words}")
        return failure(self._host, said, words if error else "", now)


def _body(content: object) -> dict[str, Any]:
    if isinstance(content, models.common.XrpcError):
        return {"error": content.error, "message": content.message}
    return content if isinstance(content, dict) else {}


def _place(session: _Session, rkey: str) -> dict[str, Any]:
    return {"repo": session.did, "collection": COLLECTION, "rkey": rkey}


def _remote(did: str, rkey: str, cid: str) -> Remote:
    uri = f"at://{did}/{COLLECTION}/{rkey}"
    return Remote(id=f"{uri}#{cid}" if cid else uri, url=f"https://bsky.app/profile/{did}/post/{rkey}")


def _uri(remote: Remote) -> str:
    return remote.id.partition("#")[0]


def _rkey(remote: Remote) -> str:
    """The key of a record; of a post that a person found only the address on the web is known."""
    return (_uri(remote) or remote.url.rstrip("/")).rpartition("/")[2]
