"""Text with marks in it, as templates write it, and the spans that it becomes. Pure.

The marks are letters of Unicode's private area. All data go through `cleaned` first, which takes such letters out:
nothing that was scraped or typed can make a mark.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from publish.message import Mark, Part, Span

_OPEN, _ADDRESS, _CLOSE = "\ue000", "\ue001", "\ue002"
_SIGNS = {Mark.STRONG: "s", Mark.NAME: "n", Mark.LINK: "l", Mark.TAG: "t"}
_MARKS = {sign: mark for mark, sign in _SIGNS.items()}
_TOKEN = re.compile(f"{_OPEN}([snlt])|{_ADDRESS}([^{_OPEN}-{_CLOSE}]*)|({_CLOSE})|([^{_OPEN}-{_CLOSE}]+)|.", re.DOTALL)
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})
_JOINER = "\u200d"  # inside of an emoji
_CALLS = re.compile(r"(?<![A-Za-z0-9_])[@\uff20](?=\w)")  # X calls by both, and behind a full stop or a Cyrillic letter
_TWO_STOPS = re.compile(f"(?<!\\.)\\.({_CLOSE}?)\\.(?!\\.)")
_HAIR_SPACE = "\u200a"


def cleaned(text: str) -> str:
    """Data as it may stand in a post: one line, no private, control or bidi letters, nobody called by an @."""
    kept = "".join(_kept(letter) for letter in unicodedata.normalize("NFC", text))
    return _CALLS.sub(f"@{_HAIR_SPACE}", " ".join(kept.split()))


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in {"Zl", "Zp"} or letter in "\n\r\t\v\f":
        return " "
    return "" if category in _HIDDEN and letter != _JOINER else letter


def without_marks(source: str) -> str:
    """A template's own text without letters that would be marks, and without those that are no text."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff]", "", source)


def cleaned_data(value: Any) -> Any:
    """The same for all texts inside of a value as JSON knows it."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {cleaned(str(key)): cleaned_data(one) for key, one in value.items()}
    return [cleaned_data(one) for one in value] if isinstance(value, list | tuple | set | frozenset) else value


def marked(mark: Mark, text: str, address: str = "") -> str:
    """The text in marks; "" stays nothing."""
    if not text and not address:
        return ""
    link = f"{_ADDRESS}{unmarked(address)}" if mark is Mark.LINK else ""
    inner = unmarked(text) if mark is not Mark.STRONG else text
    return f"{_OPEN}{_SIGNS[mark]}{inner}{link}{_CLOSE}"


def unmarked(text: str) -> str:
    """The words of a marked text."""
    return "".join(span.text for span in spans_of(text))


def spans_of(text: str) -> Part:
    """The spans of a marked text; inside of something strong a name is a name. A mark without its mate is nothing."""
    merged: list[Span] = []
    for span in _spans(text):
        if merged and span.mark in {Mark.PLAIN, Mark.STRONG} and merged[-1].mark is span.mark:
            merged[-1] = Span(merged[-1].text + span.text, span.mark)
        else:
            merged.append(span)
    return tuple(merged)


def _spans(text: str) -> Iterator[Span]:
    opened: list[Mark] = []
    waiting = ""
    for match in _TOKEN.finditer(text):
        sign, address, closed, words = match.groups()
        inside = opened[-1] if opened else Mark.PLAIN
        if sign:
            opened.append(_MARKS[sign])
        elif address is not None and inside is Mark.LINK:
            yield Span(waiting or address, Mark.LINK, address)
            waiting = ""
        elif closed and opened:
            opened.pop()
        elif words and inside is Mark.LINK:
            waiting += words
        elif words:
            yield Span(words, inside)


def tidy(text: str) -> str:
    """A rendered text without blanks at the ends of lines and without more than one empty line in a row.

    Dates («г.») and names («А. А.») end with a full stop: at the end of a sentence one is enough.
    """
    lines = [_TWO_STOPS.sub(r".\1", line.strip(" \t")) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
