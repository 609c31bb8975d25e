"""What a channel is given: text in spans, cut into parts that fit, with a picture. Pure types, and their form as JSON.

A span is the smallest thing that has a meaning; each channel writes it in its own way (Telegram as HTML, Bluesky as a
facet, X as plain text). Names of people and bills are spans of their own and are never cut.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Mark(StrEnum):
    """What a span is."""

    PLAIN = "plain"
    STRONG = "strong"
    NAME = "name"
    """The name of a person or the title of a bill, a sitting, an act: whole or not at all."""
    LINK = "link"
    TAG = "tag"
    """A hashtag, with its #."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text; `address` is where a link leads (its text may be other words, or the address itself)."""

    text: str
    mark: Mark = Mark.PLAIN
    address: str = ""


Part = tuple[Span, ...]
"""One post of a thread; line feeds stand inside of spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A card: `file` is its name below the home's folder of cards (hash of the content), `alt` what it shows."""

    file: str
    alt: str
    media_type: str = "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A post composed for one channel in one language; `title` is the subject of a mail, `link` the main address."""

    title: str
    parts: tuple[Part, ...]
    link: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a post cannot be composed for a channel in a language, in words for an editor."""

    cause: str


def image_type(picture: bytes) -> str:
    """The media type of a card, which is PNG or JPEG."""
    return "image/jpeg" if picture.startswith(b"\xff\xd8") else "image/png"


def plain(part: Part) -> str:
    """The part as text without any form; a link with other words than its address is words and address."""
    return "".join(_plain(span) for span in part)


def _plain(span: Span) -> str:
    if span.mark is Mark.LINK and span.text != span.address:
        return f"{span.text}: {span.address}" if span.text else span.address
    return span.text


def as_json(message: Message) -> dict[str, Any]:
    """The message as the outbox keeps it."""
    parts = [[[span.text, span.mark.value, span.address] for span in part] for part in message.parts]
    picture = asdict(message.picture) if message.picture else None
    return {"title": message.title, "parts": parts, "link": message.link, "picture": picture}


def from_json(kept: Mapping[str, Any]) -> Message:
    """The message that `as_json` kept."""
    parts = tuple(tuple(Span(text, Mark(mark), address) for text, mark, address in part) for part in kept["parts"])
    picture = Picture(**kept["picture"]) if kept["picture"] else None
    return Message(title=kept["title"], parts=parts, link=kept["link"], picture=picture)
