"""One request of httpx to a channel, and what is known after it.

A connection is never used twice: one that the other side closed meanwhile would leave us not knowing whether a post
arrived. What went wrong is told by its kind alone; the words of a library may hold an address with a token in it.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import httpx

from publish.channels.protocol import CannotAsk, Checked, Later, Lost, NotFound, Refused, Revoked, Sent
from publish.settings import is_web_address
from vocab.errors import ConfigError

_CAUSE_LETTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer: `body` is {} where it is not a JSON object, names of `headers` are small."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def is_fine(self) -> bool:
        """Whether the channel says that it did what was asked."""
        return 200 <= self.status < 300


Fault = Later | Refused | Revoked | Lost


def client(base: str, patience: float, transport: httpx.BaseTransport | None = None, **more: Any) -> httpx.Client:
    """A client for addresses below `base`; `patience` are the seconds for connecting, writing and reading each."""
    return httpx.Client(
        base_url=base,
        timeout=patience,
        transport=transport,
        verify=tls(),
        limits=httpx.Limits(max_keepalive_connections=0),
        **more,
    )


@cache
def tls() -> ssl.SSLContext:
    """The certificates that are trusted: read once, as it takes a while."""
    return httpx.create_ssl_context()


def ask(client: httpx.Client, method: str, path: str, **parts: Any) -> Said | Later | Lost:
    """Make one request. Later where it surely did not reach the channel, Lost where it may have."""
    host = client.base_url.host
    try:
        answer = client.request(method, path, **parts)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        return Later(cause=f"no connection to {host} ({type(error).__name__})")
    except httpx.HTTPError as error:
        return Lost(cause=f"{host} was silent after the request was sent ({type(error).__name__})")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Said(status=answer.status_code, headers=headers, body=json_object(answer))


def json_object(answer: Any) -> Mapping[str, Any]:
    """The body of an answer of httpx or requests, {} where it is not a JSON object."""
    try:
        read = answer.json()
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def broken(said: Said, now: datetime | None) -> Later | Lost | None:
    """What an answer means that no channel words itself: a fault of the server, or none that is known.

    A server that answers 500 may have failed after it stored the post; 502 and 504 come from a machine in between, that
    does not know. 503 is a refusal only where it says when to come back (RFC 9110, 15.6.4): an overloaded server that
    gives up half-way says 503 too. For the rest a lost post is looked for, and never sent twice.
    """
    if said.status == httpx.codes.SERVICE_UNAVAILABLE and (wait := seconds(said.headers.get("retry-after"))):
        return Later(cause="the server is overloaded (503)", at=after(now, wait), whole_channel=True)
    if said.status == httpx.codes.REQUEST_TIMEOUT:
        return Later(cause="the server did not get the whole request (408)")
    if 400 <= said.status < 500:
        return None
    return Lost(cause=f"an answer that says nothing certain ({said.status})")


def seconds(given: Any) -> float | None:
    """A number of seconds above 0 out of an answer, None where it is none."""
    try:
        wait = float(given)
    except (TypeError, ValueError):
        return None
    return wait if 0 < wait < timedelta(days=366).total_seconds() else None


def after(now: datetime | None, wait: float | None) -> datetime | None:
    """The moment so many seconds from now, None where either is not known."""
    return now + timedelta(seconds=wait) if now and wait else None


def cause(text: Any, *secrets: str) -> str:
    """The words of a channel without our secrets (some quote the token that they do not like), in one short line."""
    said = " ".join(str(text or "").split())
    for secret in secrets:
        said = said.replace(secret, "…") if secret else said
    return said[:_CAUSE_LETTERS] or "no reason given"


def api_address(given: str, name: str, default: str) -> str:
    """The address of an API without a slash at the end. Raises ConfigError, naming the setting, where it is none."""
    address = (given or default).rstrip("/")
    if not is_web_address(address):
        raise ConfigError(f"{name} is an address that begins with https://")
    return address


def as_checked(fault: Fault) -> Checked:
    """A fault as the answer to a check."""
    return Checked(fault=fault.cause)


def gone(fault: Fault, is_gone: bool, done: Sent) -> Sent | Fault:
    """What is gone already counts as done."""
    return done if is_gone else fault


def missing(has_more: bool) -> NotFound | CannotAsk:
    """What is not among the recent posts; a list that goes on is no answer."""
    return (
        CannotAsk(cause="more posts since then than the channel shows at once") if has_more else NotFound(surely=False)
    )
