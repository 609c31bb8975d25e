"""What a failed request means for a post, on channels that answer by the status codes of HTTP. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from publish.channels import wire
from publish.channels.protocol import Later, Lost, Refused, Revoked

_RESETS = ("x-ratelimit-reset", "ratelimit-reset", "retry-after")
_YEAR = 366 * 86_400  # seconds: more of them are counted since 1970
_UNAUTHORIZED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


def failure(host: str, said: wire.Said, words: object, now: datetime) -> wire.Fault:
    """The outcome of a request that was answered, but not by success; `words` are those of the channel.

    429 says that it was not done, for now; 401 and 403 that we may not; a redirect that the address of the server is
    wrong; any other 4xx that it is not taken as it is.
    """
    cause = f"{host} answered {said.status}: {wire.cause(words)}"
    if said.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(cause=cause, at=reset(said.headers, now), whole_channel=True)
    if said.status in _UNAUTHORIZED:
        return Revoked(cause=cause)
    if said.status // 100 == HTTPStatus.MULTIPLE_CHOICES // 100:
        return Revoked(cause=f"{cause}; the server has another address than the one that is set")
    return wire.broken(said, now) or Refused(cause=cause)


def unreadable(host: str) -> Lost:
    """The outcome of an answer that is none."""
    return Lost(cause=f"{host} gave an answer that cannot be read")


def unanswered(host: str, *, connected: bool) -> Later | Lost:
    """The outcome of a request without an answer; surely not done only where no connection came about."""
    if connected:
        return Lost(cause=f"{host} did not answer: the line broke, or it took too long")
    return Later(cause=f"no connection to {host}")


def not_sent(failed: wire.Fault, what: str) -> wire.Fault:
    """The outcome for a post where a request before it failed: whatever became of that, the post was not sent."""
    return Later(cause=f"{what}: {failed.cause}") if isinstance(failed, Lost) else failed


def reset(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When a limit ends: a moment, seconds since 1970, or seconds from now; None where nothing usable says so."""
    moments = (_moment(headers.get(name, "").strip(), now) for name in _RESETS)
    return next((at for at in moments if at and at > now), None)


def _moment(value: str, now: datetime) -> datetime | None:
    try:
        if value.isdigit():
            seconds = int(value)
            return now + timedelta(seconds=seconds) if seconds < _YEAR else datetime.fromtimestamp(seconds, UTC)
        at = parsedate_to_datetime(value) if "," in value else datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else None
