"""A message as text that a person can edit, and the message of the edited text, fitted anew. Pure.

`**strong**`, `[words](https://address)` and #tags keep their form; names that the message held stay names, whole.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from publish.channels.abilities import ABILITIES
from publish.composing.fitting import COUNTER, fit
from publish.composing.marked import cleaned, tidy
from publish.message import Mark, Message, Part, Refusal, Span
from vocab.posts import ChannelName

_FORM = re.compile(
    r"\[(?P<words>[^\[\]\n]+)\]\((?P<to>https?://[^\s()]+)\)"
    r"|(?P<bare>https?://[^\s()<>]*[^\s()<>.,;:!?»”])"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|(?<!\w)(?P<tag>#\w+)"
)


def editable(message: Message) -> str:
    """The text of all parts in one, with its form in signs that can be typed."""
    return "\n".join("".join(map(_typed, _uncounted(part, len(message.parts)))) for part in message.parts)


def _uncounted(part: Part, number: int) -> Part:
    return part[:-1] if number > 1 and COUNTER.fullmatch(part[-1].text) else part


def _typed(span: Span) -> str:
    if span.mark is Mark.LINK:
        return span.address if span.text in ("", span.address) else f"[{span.text}]({span.address})"
    return f"**{span.text}**" if span.mark is Mark.STRONG and "\n" not in span.text else span.text


def edited(message: Message, channel: ChannelName, text: str) -> Message | Refusal:
    """The message with a person's text in place of its own, in parts that fit; a Refusal says why it cannot be."""
    lines = (cleaned(line) for line in text.splitlines())
    names = {span.text for part in message.parts for span in part if span.mark is Mark.NAME}
    part = tuple(_spans(tidy("\n".join(lines)), names))
    if not part:
        return Refusal(cause="there is no text")
    abilities = ABILITIES[channel]
    limit = abilities.limit_with_picture if message.picture else 0
    if limit and abilities.measure(part) > limit:
        return Refusal(cause=f"the text is too long under a picture: {abilities.measure(part)}, where {limit} fit")
    parts = fit(part, part, message.link, abilities)
    return parts if isinstance(parts, Refusal) else replace(message, parts=parts)


def _spans(text: str, names: Iterable[str]) -> Iterator[Span]:
    place = 0
    for match in _FORM.finditer(text):
        yield from _named(text[place : match.start()], Mark.PLAIN, names)
        place = match.end()
        words, to, bare, strong, tag = match.group("words", "to", "bare", "strong", "tag")
        if strong:
            yield from _named(strong, Mark.STRONG, names)
        elif tag:
            yield Span(tag, Mark.TAG)
        else:
            yield Span(words or bare, Mark.LINK, to or bare)
    yield from _named(text[place:], Mark.PLAIN, names)


def _named(text: str, mark: Mark, names: Iterable[str]) -> Iterator[Span]:
    """The text with the names in it, the longest first."""
    wanted = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pieces = re.split(f"({wanted})", text) if wanted else [text]
    for number, piece in enumerate(pieces):
        if piece:
            yield Span(piece, Mark.NAME if number % 2 else mark)
