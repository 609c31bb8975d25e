"""Addresses of videos and interviews that we lead readers to: which are taken, and the one form in which they are kept.

Readers follow these links on our word. So a video is known by its host and its number, never by how the address looks,
and of everything else in an address (tracking, start marks, names of lists) nothing is kept.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, parse_qs, quote, urlsplit, urlunsplit

MAX_ADDRESS = 2000


class Platform(StrEnum):
    """Where a sitting is shown live."""

    FACEBOOK = "facebook"
    YOUTUBE = "youtube"


PLATFORM_NAMES: Mapping[str, str] = {Platform.FACEBOOK: "Facebook", Platform.YOUTUBE: "YouTube"}
"""What a platform calls itself, in every language."""

EXAMPLES: Mapping[Platform, str] = {
    Platform.FACEBOOK: "https://www.facebook.com/watch/?v=1234567890",
    Platform.YOUTUBE: "https://www.youtube.com/watch?v=abcdefghijk",
}
"""An address of each platform in the form that is kept."""


class AddressFault(StrEnum):
    """Why an address is not taken."""

    NOT_AN_ADDRESS = "not_an_address"  # no http(s), a name or port before the host, marks that no address has
    FOREIGN_HOST = "foreign_host"
    NOT_A_VIDEO = "not_a_video"  # a channel, a page, a list: it shows something else tomorrow


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """One video on a platform; `url` is the same however the address was written."""

    platform: Platform
    url: str


def read_video(said: str) -> Video | AddressFault:
    """The video that an address leads to, or why it is none that we take."""
    parts = _parts(said)
    if parts is None:
        return AddressFault.NOT_AN_ADDRESS
    known = _HOSTS.get(parts.hostname or "")
    if known is None:
        return AddressFault.FOREIGN_HOST
    platform, read = known
    url = read(parts)
    return Video(platform=platform, url=url) if url else AddressFault.NOT_A_VIDEO


def read_link(said: str) -> str | AddressFault:
    """The address of an interview without tracking, or why it is none: the page of a paper, or a video."""
    video = read_video(said)
    if isinstance(video, Video):
        return video.url
    parts = _parts(said)
    host = _host(parts.hostname or "") if parts else None
    if parts is None or host is None:
        return AddressFault.NOT_AN_ADDRESS
    asked = "&".join(one for one in parts.query.split("&") if not _TRACKING.match(one))
    return urlunsplit((parts.scheme, host, _quoted(parts.path), _quoted(asked), _quoted(parts.fragment)))


def _parts(said: str) -> SplitResult | None:
    """The address in its parts; None for whatever a browser and we might read differently."""
    if len(said) > MAX_ADDRESS or not said.isprintable() or _UNFIT.search(said):
        return None
    try:
        parts = urlsplit(said)
        plain = parts.username is None and parts.port is None
    except ValueError:  # a bracket, a port, a letter that looks like «/» or «@»
        return None
    return parts if plain and parts.scheme in {"http", "https"} and parts.hostname else None


def _host(name: str) -> str | None:
    """The host as the network knows it: no number, no name of this machine or network."""
    try:
        host = name.encode("idna").decode()
    except UnicodeError:
        return None
    return host if _DOMAIN.fullmatch(host) else None


def _quoted(part: str) -> str:
    return quote(part, safe="/%:@!$&()*+,;=~-._?")


def _youtube(parts: SplitResult) -> str | None:
    found = _YOUTUBE_LIVE.fullmatch(parts.path)
    key = found[1] if found else _asked(parts) if parts.path in _YOUTUBE_PLAYERS else ""
    return _on_youtube(key)


def _youtube_short(parts: SplitResult) -> str | None:
    return _on_youtube(parts.path.strip("/"))


def _on_youtube(key: str) -> str | None:
    return f"https://www.youtube.com/watch?v={key}" if _YOUTUBE_KEY.fullmatch(key) else None


def _facebook(parts: SplitResult) -> str | None:
    shared = _FACEBOOK_SHARED.fullmatch(parts.path)
    if shared:
        return f"https://www.facebook.com/share/v/{shared[1]}/"
    found = _FACEBOOK_VIDEO.fullmatch(parts.path)
    key = found[1] if found else _asked(parts) if parts.path in _FACEBOOK_PLAYERS else ""
    return f"https://www.facebook.com/watch/?v={key}" if _FACEBOOK_KEY.fullmatch(key) else None


def _facebook_short(parts: SplitResult) -> str | None:
    found = _FACEBOOK_SHORT.fullmatch(parts.path)
    return f"https://fb.watch/{found[1]}/" if found else None


def _asked(parts: SplitResult) -> str:
    """The number of the video behind the `?`; "" where there is none, or more than one."""
    said = parse_qs(parts.query).get("v", [])
    return said[0] if len(said) == 1 else ""


_UNFIT = re.compile(r"[\s\\<>\"'`{}|^]")
_TRACKING = re.compile(r"(?:$|(?:utm_\w+|fbclid|gclid|yclid|igshid|igsh|mibextid|mc_[ce]id|_openstat)(?:=|$))", re.I)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")
_YOUTUBE_KEY = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_LIVE = re.compile(r"/live/([A-Za-z0-9_-]+)/?")
_YOUTUBE_PLAYERS = frozenset({"/watch", "/watch/"})
_FACEBOOK_KEY = re.compile(r"[0-9]{5,20}")
_FACEBOOK_PLAYERS = frozenset({"/watch", "/watch/", "/watch/live", "/watch/live/", "/video.php"})
_FACEBOOK_VIDEO = re.compile(r"/[^/]+/videos/(?:[^/]+/)?([0-9]+)/?")
_FACEBOOK_SHARED = re.compile(r"/share/v/([A-Za-z0-9_-]{6,20})/?")
_FACEBOOK_SHORT = re.compile(r"/([A-Za-z0-9_-]{6,20})/?")

_HOSTS: Mapping[str, tuple[Platform, Callable[[SplitResult], str | None]]] = {
    **dict.fromkeys(("youtube.com", "www.youtube.com", "m.youtube.com"), (Platform.YOUTUBE, _youtube)),
    "youtu.be": (Platform.YOUTUBE, _youtube_short),
    **dict.fromkeys(
        ("facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com"), (Platform.FACEBOOK, _facebook)
    ),
    "fb.watch": (Platform.FACEBOOK, _facebook_short),
}
"""Exactly these hosts. Whoever may choose a name below one of them could show what they like."""
