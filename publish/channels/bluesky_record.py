"""A post as Bluesky keeps it: the record app.bsky.feed.post, and the key under which it stands. Pure."""

import hashlib
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from publish.message import Mark, Part

COLLECTION = "app.bsky.feed.post"
PICTURE_BYTES = 1_000_000
"""What a picture may weigh (app.bsky.embed.images)."""

Json = dict[str, Any]

_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_FIRST = 1_577_836_800_000_000  # 2020-01-01 in microseconds: no server takes our keys for some of tomorrow
_SPAN = 157_680_000_000_000  # five years
_PNG_HEAD = 24


def record_key(key: str) -> str:
    """The record key for a key of ours: always the same, so that one key never makes two records.

    It has the form of a TID (atproto.com/specs/tid): 53 bits of a moment and 10 of a clock, here both of a checksum.
    """
    number = int.from_bytes(hashlib.sha256(key.encode()).digest())
    moment, clock = _FIRST + (number >> 10) % _SPAN, number & 0x3FF
    bits = moment << 10 | clock
    return "".join(_LETTERS[bits >> shift & 31] for shift in range(60, -1, -5))


def written(part: Part) -> tuple[str, list[Json]]:
    """The text, and its facets: which of its bytes are links and hashtags."""
    text, facets = "", []
    for span in part:
        words = (span.text or span.address) if span.mark is Mark.LINK else span.text
        feature = _feature(span.mark, words, span.address)
        if feature and words:
            start = len(text.encode())
            index = {"byteStart": start, "byteEnd": start + len(words.encode())}
            facets.append({"$type": "app.bsky.richtext.facet", "index": index, "features": [feature]})
        text += words
    return text, facets


def _feature(mark: Mark, words: str, address: str) -> Json | None:
    if mark is Mark.LINK:
        return {"$type": "app.bsky.richtext.facet#link", "uri": address}
    if mark is Mark.TAG:
        return {"$type": "app.bsky.richtext.facet#tag", "tag": words.removeprefix("#")}
    return None


def post_record(part: Part, lang: str, now: datetime, more: Mapping[str, Any]) -> Json:
    """The record; `more` are its reply and its embed, where it has them."""
    text, facets = written(part)
    created = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    record: Json = {"$type": COLLECTION, "text": text, "createdAt": created, "langs": [lang]}
    return record | ({"facets": facets} if facets else {}) | dict(more)


def link_card(address: str, title: str) -> Json:
    """The card of a page below a post."""
    external = {"uri": address, "title": title, "description": ""}
    return {"$type": "app.bsky.embed.external", "external": external}


def picture_card(blob: object, alt: str, picture: bytes) -> Json:
    """An uploaded picture below a post, with its proportions, so that readers see all of it."""
    image: Json = {"image": blob, "alt": alt}
    if picture.startswith(b"\x89PNG") and len(picture) >= _PNG_HEAD:
        width, height = struct.unpack(">II", picture[16:_PNG_HEAD])
        image |= {"aspectRatio": {"width": width, "height": height}} if width and height else {}
    return {"$type": "app.bsky.embed.images", "images": [image]}
