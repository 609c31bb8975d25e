"""A message as people will see it on a channel: safe HTML for the desk, plain text for the command line. Pure."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from publish.channels.abilities import ABILITIES, UNCUT
from publish.channels.protocol import Abilities
from publish.message import Mark, Message, Part, Span, plain
from vocab.posts import ChannelName

_WEB = ("https://", "http://", "mailto:")
_TITLED = frozenset({ChannelName.EMAIL, ChannelName.FEEDS})
_LINE, _EMPTY = Markup("<br>"), Markup()


@dataclass(frozen=True, slots=True)
class Length:
    """How long a part is as its channel counts, and how long it may be; `limit` None: any length."""

    length: int
    limit: int | None

    def __str__(self) -> str:
        return f"{self.length} / {self.limit}" if self.limit else str(self.length)


def lengths(message: Message, channel: ChannelName) -> tuple[Length, ...]:
    """The length of each part."""
    abilities = ABILITIES[channel]
    limits = (_limit(message, abilities, first=not place) for place in range(len(message.parts)))
    return tuple(
        Length(abilities.measure(part), limit if limit < UNCUT else None)
        for part, limit in zip(message.parts, limits, strict=True)
    )


def _limit(message: Message, abilities: Abilities, *, first: bool) -> int:
    return (
        abilities.limit_with_picture if message.picture and first and abilities.limit_with_picture else abilities.limit
    )


def preview_html(message: Message, channel: ChannelName, *, picture_url: str = "") -> Markup:
    """The parts as an ordered list, each with its length; the card in the first, where `picture_url` leads to it.

    Everything is escaped. Where the channel has no links with words, the words and the address stand there.
    """
    has_markup = ABILITIES[channel].has_markup
    title = Markup('<p class="post-title">{}</p>').format(message.title) if channel in _TITLED else _EMPTY
    parts = [
        Markup('<li class="post-part"><p class="post-text">{}</p>{}<p class="post-length">{}</p></li>').format(
            _html(part, has_markup=has_markup),
            _EMPTY if place else _card(message, picture_url),
            str(length),
        )
        for place, (part, length) in enumerate(zip(message.parts, lengths(message, channel), strict=True))
    ]
    return Markup('<div class="post post-{}">{}<ol class="post-parts">{}</ol></div>').format(
        channel.value, title, _EMPTY.join(parts)
    )


def _card(message: Message, picture_url: str) -> Markup:
    if message.picture is None:
        return _EMPTY
    image = Markup('<img src="{}" alt="{}" width="600">').format(picture_url, message.picture.alt)
    words = Markup("<figcaption>{}</figcaption>").format(message.picture.alt)
    return Markup('<figure class="post-picture">{}{}</figure>').format(image if picture_url else _EMPTY, words)


def _html(part: Part, *, has_markup: bool) -> Markup:
    return _EMPTY.join(_span(span, has_markup=has_markup) for span in part)


def _span(span: Span, *, has_markup: bool) -> Markup:
    if span.mark is Mark.LINK and span.address.startswith(_WEB):
        words = span.text or span.address
        if has_markup or words == span.address:
            return _link(span.address, words)
        return Markup("{}: {}").format(words, _link(span.address, span.address))
    text = _LINE.join(escape(line) for line in plain((span,)).split("\n"))
    is_strong = span.mark is Mark.STRONG and has_markup
    return Markup("<strong>{}</strong>").format(text) if is_strong else text


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(address, words)


def preview_text(message: Message, channel: ChannelName) -> str:
    """The same for a terminal: the card's words in brackets, the length below each part."""
    written: list[str] = [message.title, ""] if channel in _TITLED else []
    for place, (part, length) in enumerate(zip(message.parts, lengths(message, channel), strict=True)):
        card = [f"[{message.picture.file}: {message.picture.alt}]"] if message.picture and not place else []
        written += [plain(part), *card, f"— {length}", ""]
    return "\n".join(written).rstrip()
