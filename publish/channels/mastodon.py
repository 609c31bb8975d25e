"""Mastodon: a status for each part, under an idempotency key. The only module that knows Mastodon.py.

The library's exceptions do not say whether the server had the request; its answer does. So the last answer is kept by a
hook of the session, and the outcome is read from that. The library never waits: `ratelimit_method="throw"`.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon
from mastodon.errors import MastodonError
from mastodon.return_types import Status
from urllib3.exceptions import NewConnectionError

from publish.channels import wire
from publish.channels.failures import failure, not_sent, unanswered, unreadable
from publish.channels.protocol import (
    CannotAsk,
    Checked,
    Found,
    Later,
    NotFound,
    Outcome,
    Remote,
    Sending,
    Sent,
)
from publish.channels.registry import Environ, patience, setting
from publish.message import image_type, plain
from vocab.posts import ChannelName
from vocab.text import fold_space

T = TypeVar("T")

_VERSION = "4.3.0"  # the oldest that is served; named so that the library does not ask for it
_PROCESSING = timedelta(seconds=10)
_CLOCKS_APART = timedelta(minutes=2)
_PAGE, _PAGES = 40, 5
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_MAY_WRITE = {"write", "write:statuses"}


def open_account(environ: Environ, lang: str) -> "MastodonChannel":
    """The account of BAIKOO_MASTODON_URL and BAIKOO_MASTODON_TOKEN (or …_KY, …_RU, …_EN).

    Raises ConfigError for an address that is none.
    """
    url = wire.api_address(setting(environ, "BAIKOO_MASTODON_URL", lang), "BAIKOO_MASTODON_URL", "")
    return MastodonChannel(url, setting(environ, "BAIKOO_MASTODON_TOKEN", lang), seconds=patience(environ))


class MastodonChannel:
    """An account on one server. Pictures that are still processed are remembered while the program runs."""

    name = ChannelName.MASTODON

    def __init__(self, url: str, token: str, *, seconds: float) -> None:
        self._host, self._token = urlsplit(url).netloc, token
        self._answer: requests.Response | None = None
        session = requests.Session()
        session.max_redirects = 0  # a POST that was redirected would become a GET
        session.hooks["response"].append(self._keep)
        self._client = Mastodon(
            access_token=token,
            api_base_url=url,
            session=session,
            mastodon_version=_VERSION,
            version_check_mode="created",
            ratelimit_method="throw",
            request_timeout=seconds,
            user_agent="baikoo",
        )
        self._account_id = ""
        self._uploaded: dict[str, str] = {}

    def close(self) -> None:
        """Close its connections."""
        self._client.session.close()

    def check(self) -> Checked:
        """See `Channel`: the account of the token, and whether the token may write statuses."""
        try:
            account = self._ask(self._client.account_verify_credentials)
            scopes = set(self._ask(self._client.app_verify_credentials).get("scopes") or _MAY_WRITE)
        except MastodonError as error:
            return Checked(fault=self._failure(error, datetime.now(UTC)).cause)
        if not scopes & _MAY_WRITE:
            return Checked(account=self._named(account.acct), fault="the token may not write: it needs write:statuses")
        return Checked(account=self._named(account.acct))

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """See `Channel`. The same key within an hour gives the status that is there already."""
        media: list[str] = []
        if sending.picture:
            uploaded = self._upload(sending.key, sending.picture, sending.alt, now)
            if not isinstance(uploaded, str):
                return uploaded
            media = [uploaded]
        try:
            status = self._ask(
                lambda: self._client.status_post(
                    plain(sending.part),
                    in_reply_to_id=_id(sending.after[-1]) if sending.after else None,
                    media_ids=media or None,
                    visibility="public",
                    language=sending.lang,
                    idempotency_key=sending.key,
                )
            )
        except MastodonError as error:
            return self._failure(error, now)
        self._uploaded.pop(sending.key, None)
        return self._sent(status)

    def find(self, sending: Sending, since: datetime) -> Found:
        """See `Channel`: among the account's newest statuses, by text and by what it answers to."""
        wanted, answers = fold_space(plain(sending.part)), _id(sending.after[-1]) if sending.after else None
        try:
            for status in self._newest(since - _CLOCKS_APART):
                same_place = answers is None or str(status.in_reply_to_id) == answers
                if same_place and text_of(status.content) == wanted:
                    return Sent(remote=_remote(status))
        except MastodonError as error:
            return CannotAsk(cause=self._failure(error, datetime.now(UTC)).cause)
        except (AttributeError, TypeError):
            return CannotAsk(cause=unreadable(self._host).cause)
        return NotFound(surely=False)

    def edit(self, remote: Remote, sending: Sending) -> Outcome:
        """See `Channel`. What is attached stays: an edit that names no media would take them off."""
        try:
            media = [one.id for one in self._ask(lambda: self._client.status(_id(remote))).media_attachments]
            changed = self._ask(
                lambda: self._client.status_update(_id(remote), plain(sending.part), media_ids=media or None)
            )
        except MastodonError as error:
            return self._failure(error, datetime.now(UTC))
        return self._sent(changed)

    def delete(self, remote: Remote) -> Outcome:
        """See `Channel`."""
        try:
            self._ask(lambda: self._client.status_delete(_id(remote)))
        except MastodonError as error:
            if self._status() in _GONE:
                return Sent(remote=remote)
            return self._failure(error, datetime.now(UTC))
        return Sent(remote=remote)

    def _upload(self, key: str, picture: bytes, alt: str, now: datetime) -> str | Outcome:
        """The id of the picture as it can be attached, or why it cannot. The status was not sent in any case."""
        try:
            if (known := self._uploaded.get(key)) is None:
                media = self._ask(lambda: self._client.media_post(picture, image_type(picture), description=alt))
                if self._is_done(media):
                    return str(media.id)
                known = self._uploaded[key] = str(media.id)
            if self._is_done(self._ask(lambda: self._client.media(known))):
                return known
        except MastodonError as error:
            self._uploaded.pop(key, None)
            return not_sent(self._failure(error, now), "the picture")
        except (AttributeError, TypeError):
            return not_sent(unreadable(self._host), "the picture")
        return Later(cause="the server still processes the picture", at=now + _PROCESSING)

    def _is_done(self, media: Any) -> bool:
        return bool(media.url) and self._status() == HTTPStatus.OK

    def _newest(self, since: datetime) -> Iterator[Status]:
        """The account's own statuses from the newest back to this time, at most 200."""
        if not self._account_id:
            self._account_id = str(self._ask(self._client.account_verify_credentials).id)
        before: str | None = None
        for _ in range(_PAGES):
            own = partial(self._client.account_statuses, self._account_id, exclude_reblogs=True, limit=_PAGE)
            page: Sequence[Status] = self._ask(partial(own, max_id=before))
            yield from (status for status in page if status.created_at >= since)
            if len(page) < _PAGE or page[-1].created_at < since:
                return
            before = str(page[-1].id)

    def _sent(self, status: Status) -> Outcome:
        try:
            return Sent(remote=_remote(status))
        except (AttributeError, KeyError, TypeError):
            return unreadable(self._host)

    def _ask(self, request: Callable[[], T]) -> T:
        self._client.session.close()  # a connection that was kept may be gone when it is used again
        self._answer = None
        return request()

    def _keep(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        self._answer = answer

    def _status(self) -> int:
        """Of the last answer; 0 where there was none."""
        return self._answer.status_code if self._answer is not None else 0

    def _named(self, account: str) -> str:
        return f"@{account}@{self._host}"

    def _failure(self, error: MastodonError, now: datetime) -> wire.Fault:
        """What an error means, by what the server answered."""
        answer = self._answer
        if answer is None:
            return unanswered(self._host, connected=not _never_left(error))
        if answer.ok:
            return unreadable(self._host)
        body = wire.json_object(answer)
        said = wire.Said(status=answer.status_code, headers=answer.headers, body=body)
        return failure(self._host, said, wire.cause(body.get("error"), self._token) if body else "", now)


def _never_left(error: BaseException) -> bool:
    """Whether no connection came about: nothing was sent."""
    inner = error.__context__ or error.__cause__
    if isinstance(inner, requests.ConnectTimeout | requests.exceptions.InvalidURL):
        return True
    reason = getattr(inner.args[0], "reason", None) if inner and inner.args else None
    return isinstance(reason, NewConnectionError)


def _remote(status: Status) -> Remote:
    return Remote(id=str(status.id), url=str(status.url or status.uri))


def _id(remote: Remote) -> str:
    """The number of a status; of one that a person found it is the end of its address."""
    return remote.id or remote.url.rstrip("/").rpartition("/")[2]


class _Text(HTMLParser):
    """The text of a status; a break or a new paragraph is a blank."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - html.parser's signature
        if tag in {"br", "p"}:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def text_of(content: str) -> str:
    """The HTML of a status as text on one line. Links stand there in pieces that add up to the whole address."""
    reader = _Text()
    reader.feed(content)
    reader.close()
    return fold_space("".join(reader.pieces))
