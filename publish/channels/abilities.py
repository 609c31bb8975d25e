"""What each channel takes and can do, and how it counts a text. Pure; a line a channel.

The counts are those of the channels: twitter-text's configuration 3 (github.com/twitter/twitter-text,
config/v3.json), Mastodon's validator of lengths (docs.joinmastodon.org/user/posting), Bluesky's lexicon
app.bsky.feed.post, Telegram's Bot API (core.telegram.org/bots/api#sendmessage). Where a channel's own rule is hard to
repeat, we count more, never less.
"""

import math
import unicodedata
from collections.abc import Mapping
from datetime import timedelta

import regex

from publish.channels.protocol import Abilities
from publish.message import Mark, Part, plain
from vocab.posts import ChannelName

ADDRESS_LENGTH = 23
"""What an address counts on X and Mastodon, however long it is."""

_ADDRESS = regex.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)\]»”\"'…]", regex.IGNORECASE)
_BARE_ADDRESS = regex.compile(r"(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[^\s<>]*)?", regex.IGNORECASE)
_HANDLE = regex.compile(r"(?<![\w/])@([\w.-]*\w)@[\w.-]*\w")
_CLUSTER = regex.compile(r"\X")
_EMOJI = regex.compile(
    r"(?:\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?"
    r"(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)*|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)"
)
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count 1 on X; all others count 2."""


def shown(part: Part) -> str:
    """The text as a channel with markup shows it: of a link its words alone."""
    return "".join(span.text or span.address if span.mark is Mark.LINK else span.text for span in part)


def x_length(part: Part) -> int:
    """Weighted: Cyrillic and Latin letters 1, `№`, `…`, CJK and emoji 2, an address 23; of composed letters (NFC)."""
    text = unicodedata.normalize("NFC", plain(part))
    whole = _ADDRESS.findall(text)
    rest = _ADDRESS.sub("", text)
    bare = _BARE_ADDRESS.findall(rest)  # X makes an address of some of them
    more = sum(max(0, ADDRESS_LENGTH - _weight(one)) for one in bare)
    return ADDRESS_LENGTH * len(whole) + more + _weight(rest)


def _weight(text: str) -> int:
    return sum(2 if _EMOJI.fullmatch(cluster) else sum(map(_weight_of, cluster)) for cluster in _CLUSTER.findall(text))


def _weight_of(letter: str) -> int:
    code = ord(letter)
    return 1 if any(first <= code <= last for first, last in _LIGHT) else 2


def mastodon_length(part: Part) -> int:
    """Letters as people see them; an address counts 23, of a person elsewhere only the name before the server."""
    text = _HANDLE.sub(r"@\1", _ADDRESS.sub("x" * ADDRESS_LENGTH, plain(part)))
    return len(_CLUSTER.findall(text))


def bluesky_length(part: Part) -> int:
    """Letters as people see them, at most 300; or their bytes by tens where there are more of these (at most 3,000)."""
    text = shown(part)
    return max(len(_CLUSTER.findall(text)), math.ceil(len(text.encode()) / 10))


def telegram_length(part: Part) -> int:
    """UTF-16 units of the text without its markup; the address behind words does not count."""
    return len(shown(part).encode("utf-16-le")) // 2


def letters(part: Part) -> int:
    """Letters as people see them, of the text as plain text."""
    return len(_CLUSTER.findall(plain(part)))


UNCUT = 1_000_000
"""The limit of what is never cut."""

_MEGABYTE = 1_000_000

ABILITIES: Mapping[ChannelName, Abilities] = {
    ChannelName.TELEGRAM: Abilities(
        limit=4096,
        limit_with_picture=1024,
        measure=telegram_length,
        most_parts=3,
        can_edit=True,
        can_delete=True,
        picture_bytes=10 * _MEGABYTE,
        has_markup=True,
    ),
    # Facebook takes 63,206; nobody reads on after some hundred words.
    ChannelName.FACEBOOK: Abilities(
        limit=5000,
        measure=letters,
        most_parts=1,
        can_ask=True,
        can_edit=True,
        can_delete=True,
        picture_bytes=4 * _MEGABYTE,
    ),
    ChannelName.X: Abilities(
        limit=280,
        measure=x_length,
        most_parts=4,
        can_ask=True,
        can_delete=True,
        picture_bytes=5 * _MEGABYTE,
        link_leads=True,
    ),
    ChannelName.MASTODON: Abilities(
        limit=500,
        measure=mastodon_length,
        most_parts=4,
        repeat_is_safe_for=timedelta(minutes=55),  # it keeps keys for an hour
        can_ask=True,
        can_edit=True,
        can_delete=True,
        picture_bytes=16 * _MEGABYTE,
        link_leads=True,
    ),
    ChannelName.BLUESKY: Abilities(
        limit=300,
        measure=bluesky_length,
        most_parts=4,
        repeat_is_safe_for=timedelta(days=365),
        can_ask=True,
        can_delete=True,
        picture_bytes=_MEGABYTE,
        has_markup=True,
        link_leads=True,
    ),
    ChannelName.EMAIL: Abilities(
        limit=UNCUT, measure=letters, most_parts=1, picture_bytes=2 * _MEGABYTE, has_markup=True
    ),
    ChannelName.FEEDS: Abilities(
        limit=UNCUT,
        measure=letters,
        most_parts=1,
        repeat_is_safe_for=timedelta(days=365),
        can_ask=True,
        can_edit=True,
        can_delete=True,
        has_markup=True,
    ),
}
"""By channel. Telegram, Facebook and mail tell nobody what they have under a key of ours."""
