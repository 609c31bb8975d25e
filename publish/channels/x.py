"""X: posts and threads of an account by API v2. The only module that knows tweepy, which has no types of its own.

Signed as the account's own (OAuth 1.0a): these keys have no end, while an OAuth 2.0 token has to be renewed every two
hours and the renewal be kept somewhere. Posts cannot be changed, only deleted.
"""

import base64
import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import unescape
from http import HTTPStatus
from ssl import SSLCertVerificationError
from typing import Any
from urllib.parse import unquote

import requests
import tweepy
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError, SSLError

from publish.channels import wire
from publish.channels.failures import not_sent
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
from publish.channels.registry import X_KEYS, Environ, patience, setting
from publish.message import image_type, plain
from vocab.posts import ChannelName

_HOST = "https://api.twitter.com"
"""Where tweepy sends everything, and what it signs."""
_ALT_LETTERS = 1000
_MOST_POSTS = 100
_CLOCKS = timedelta(minutes=2)
"""By how much our clock and theirs may differ."""

_NO_ACCESS = {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED}
"""402: the app has no credits left."""

# What a 403 says when the account or the app, and not the post, is at fault.
_ACCOUNT_AT_FAULT = (
    "oauth1-permissions",
    "client-forbidden",
    "client-not-enrolled",
    "unsupported-authentication",
    "suspended",
    "locked",
    "not permitted to access this feature",
)
_WINDOWS = ("x-user-limit-24hour", "x-app-limit-24hour")
"""Limits of a day stand beside those of a quarter of an hour, and the 429 may be theirs."""


def open_account(environ: Environ, lang: str) -> "X":
    """The four keys of one language, see `X_KEYS`; BAIKOO_X_API for an address that is not X's own."""
    for library in ("oauthlib", "requests_oauthlib", "tweepy"):
        logging.getLogger(library).setLevel(logging.INFO)  # below, they tell what they signed with which keys
    keys = [setting(environ, name, lang) for name in X_KEYS]
    api = wire.api_address(setting(environ, "BAIKOO_X_API", lang), "BAIKOO_X_API", _HOST)
    return X(keys, api=api, seconds=patience(environ))


class X:
    """An account and the app that may write for it."""

    name = ChannelName.X

    def __init__(self, keys: list[str], *, api: str, seconds: float) -> None:
        consumer_key, consumer_secret, access_token, access_secret = keys
        self._keys = keys
        self._client = tweepy.Client(
            consumer_key=consumer_key,
            consumer_secret=consumer_secret,
            access_token=access_token,
            access_token_secret=access_secret,
            return_type=requests.Response,
            wait_on_rate_limit=False,
        )
        session = self._client.session
        session.mount(_HOST, _Line(api, seconds))
        session.headers["Connection"] = "close"
        session.max_redirects = 0

    def check(self) -> Checked:
        """The keys are those of an account, and may write."""
        said = self._ask(lambda: self._client.get_me(user_auth=True))
        if not isinstance(said, wire.Said):
            return wire.as_checked(said)
        name = f"@{_data(said).get('username')}"
        if said.headers.get("x-access-level") == "read":
            return Checked(fault=f"the keys of {name} may only read: give the app «Read and write», then new keys")
        return Checked(account=name)

    def send(self, sending: Sending, now: datetime) -> Outcome:
        """The picture first, then the post; in a thread as an answer to the part before."""
        media = None
        if sending.picture:
            uploaded = self._upload(sending.picture, sending.alt, now)
            if not isinstance(uploaded, str):
                return uploaded
            media = [uploaded]
        before = (sending.after[-1].id or None) if sending.after else None
        said = self._ask(
            lambda: self._client.create_tweet(
                text=plain(sending.part), media_ids=media, in_reply_to_tweet_id=before, user_auth=True
            ),
            now,
        )
        if not isinstance(said, wire.Said):
            return said
        number = _data(said).get("id")
        return Sent(remote=_remote(str(number))) if number else Lost(cause="X's answer names no post")

    def find(self, sending: Sending, since: datetime) -> Found:
        """The newest of our posts with exactly this text, its short addresses written out."""
        me = self._number()
        if not isinstance(me, str):
            return CannotAsk(cause=me.cause)
        said = self._ask(
            lambda: self._client.get_users_tweets(
                me,
                start_time=since - _CLOCKS,
                max_results=_MOST_POSTS,
                tweet_fields=["created_at", "entities"],
                user_auth=True,
            )
        )
        if not isinstance(said, wire.Said):
            return CannotAsk(cause=said.cause)
        wanted = _same(plain(sending.part))
        for post in said.body.get("data") or []:
            if _same(written_out(post)) == wanted:
                return Sent(remote=_remote(str(post["id"])))
        return wire.missing(has_more="next_token" in (said.body.get("meta") or {}))

    def edit(self, remote: Remote, sending: Sending) -> Outcome:  # noqa: ARG002
        """Never."""
        return Refused(cause="X lets nobody change a post by its API: delete it, or post a correction")

    def delete(self, remote: Remote) -> Outcome:
        """Take the post away."""
        said = self._ask(lambda: self._client.delete_tweet(remote.id, user_auth=True))
        if isinstance(said, _Gone):
            return Sent(remote=remote)
        if not isinstance(said, wire.Said):
            return said
        return Sent(remote=remote) if _data(said).get("deleted") is True else Lost(cause="X does not say that it did")

    def _number(self) -> str | wire.Fault:
        """The account's number: an access token begins with it."""
        if begins := re.match(r"(\d+)-", self._keys[2]):
            return begins[1]
        said = self._ask(lambda: self._client.get_me(user_auth=True))
        return str(_data(said).get("id")) if isinstance(said, wire.Said) else said

    def _upload(self, picture: bytes, alt: str, now: datetime) -> str | wire.Fault:
        """The number of the picture, with its alternative text; whatever goes wrong here, nothing is posted yet.

        tweepy knows the upload of API v1.1 alone, which X switched off; its `request` signs that of v2 as well.
        """
        image = {
            "media": base64.b64encode(picture).decode(),
            "media_category": "tweet_image",
            "media_type": image_type(picture),
        }
        said = self._ask(lambda: self._client.request("POST", "/2/media/upload", json=image, user_auth=True), now)
        if not isinstance(said, wire.Said):
            return not_sent(said, "the picture")
        number = str(_data(said).get("id") or "")
        if not number:
            return Later(cause="X's answer names no picture")
        if alt:
            told = {"id": number, "metadata": {"alt_text": {"text": alt[:_ALT_LETTERS]}}}
            said = self._ask(lambda: self._client.request("POST", "/2/media/metadata", json=told, user_auth=True), now)
        return number if isinstance(said, wire.Said) else not_sent(said, "the picture")

    def _ask(self, request: Callable[[], requests.Response], now: datetime | None = None) -> wire.Said | wire.Fault:
        """The answer where it is one of success, or what became of it."""
        try:
            answer = request()
        except tweepy.HTTPException as error:
            answer = error.response
        except (requests.ConnectTimeout, requests.exceptions.ProxyError) as error:
            return Later(cause=f"no connection to X ({type(error).__name__})")
        except requests.ConnectionError as error:
            if _never_connected(error):
                return Later(cause="no connection to X")
            return Lost(cause="X broke the connection after the request was sent")
        except requests.RequestException as error:
            return Lost(cause=f"X was silent after the request was sent ({type(error).__name__})")
        except (AttributeError, TypeError, ValueError):
            return Lost(cause="an answer of X that cannot be read")  # tweepy takes an error's JSON for an object
        headers = {name.lower(): value for name, value in answer.headers.items()}
        said = wire.Said(status=answer.status_code, headers=headers, body=wire.json_object(answer))
        return said if said.is_fine and said.body else self._fault(said, now)

    def _fault(self, said: wire.Said, now: datetime | None) -> wire.Fault:
        listed = [error.get("message") for error in said.body.get("errors") or [] if isinstance(error, dict)]
        detail = said.body.get("detail") or said.body.get("title")
        why = wire.cause(". ".join(str(one) for one in (*listed, detail) if one), *self._keys)
        kind = f"{said.body.get('type')} {said.body.get('reason')} {why}".lower()
        if said.status == HTTPStatus.TOO_MANY_REQUESTS:
            return Later(cause=why, at=_reset(said.headers), whole_channel=True)
        is_forbidden = said.status == HTTPStatus.FORBIDDEN
        if (is_forbidden and "duplicate" in kind) or said.status == HTTPStatus.SERVICE_UNAVAILABLE:
            # A duplicate may be this very post, stored by an attempt whose answer was lost; «over capacity» comes from
            # behind the front as well, when the post is stored. We look for it.
            return Lost(cause=why)
        if said.status in _NO_ACCESS or (is_forbidden and any(word in kind for word in _ACCOUNT_AT_FAULT)):
            return Revoked(cause=why)
        if said.status == HTTPStatus.NOT_FOUND:
            return _Gone(cause=why)
        return wire.broken(said, now) or Refused(cause=why)


class _Gone(Refused):
    """There is no such post."""


class _Line(HTTPAdapter):
    """Every request with a time-out (tweepy sets none), and to `api` in place of the host that tweepy knows."""

    def __init__(self, api: str, seconds: float) -> None:
        super().__init__(max_retries=0)
        self._api, self._seconds = api, seconds

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:  # noqa: ARG002
        """Send what was signed for X's own address."""
        self.poolmanager.clear()  # no connection is used twice, see publish.channels.wire
        moved = request.copy()
        moved.url = self._api + request.path_url
        more["timeout"] = self._seconds
        return super().send(moved, **more)


def written_out(post: Mapping[str, Any]) -> str:
    """The text of a post as it was sent: addresses in full, without that of its picture, letters for entities."""
    text = str(post.get("text") or "")
    for link in (post.get("entities") or {}).get("urls") or []:
        is_picture = "media_key" in link
        text = text.replace(str(link.get("url")), "" if is_picture else str(link.get("expanded_url")))
    return unescape(text)


def _same(text: str) -> str:
    return " ".join(unquote(unicodedata.normalize("NFC", text)).split())


def _remote(number: str) -> Remote:
    return Remote(id=number, url=f"https://x.com/i/status/{number}")


def _data(said: wire.Said) -> Mapping[str, Any]:
    data = said.body.get("data")
    return data if isinstance(data, dict) else {}


def _never_connected(error: requests.ConnectionError) -> bool:
    """Refused, a name that nobody knows, or a certificate that is not good: no byte of the request went out."""
    reasons = [getattr(arg, "reason", arg) for arg in error.args]
    causes = [cause for reason in reasons if isinstance(reason, SSLError) for cause in reason.args]
    return any(isinstance(one, NewConnectionError | SSLCertVerificationError) for one in (*reasons, *causes))


def _reset(headers: Mapping[str, str]) -> datetime | None:
    """When X takes posts again, None where it does not say."""
    used_up = [window for window in _WINDOWS if headers.get(f"{window}-remaining") == "0"]
    named = f"{used_up[0]}-reset" if used_up else "x-rate-limit-reset"
    try:
        return datetime.fromtimestamp(int(headers[named]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
