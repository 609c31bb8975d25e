"""A text made plain for finding acts: one form of letters and quotes, every place still known in the source."""

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from vocab.text import plain_quotes

_LOOK_ALIKES = str.maketrans("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ")
_MIXED = re.compile(r"[А-Яа-яЁёӨөҮүҢң][A-Za-z]|[A-Za-z][А-Яа-яЁёӨөҮүҢң]")
_MIXED_WORD = re.compile(r"(?<!\w)(?=[A-Za-z]*[А-Яа-яЁёӨөҮүҢң])(?=[^\W\d_]*[A-Za-z])[^\W\d_]{2,40}(?!\w)")
_TAG = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,5});")
_TWO_MARKS = re.compile(r"<<|>>|''|``|,,")
_STRUCTURE = re.compile(r"[«»()\n]")
SENTENCE_END = re.compile(r"(?:(?<=[а-яёөүң]{3})|(?<=[»)]))[.!?]\s+(?=[А-ЯЁӨҮҢ«])")
_TITLE_START = re.compile(r"«\s*об?о?\s")
_LONGEST_OPEN = 300
LONGEST_TITLE = 1500
"""Characters; a quote that closes later is broken, not a title."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What stands in quotes: `text[start]` is «, `text[end - 1]` the mark that closes it.

    Not `closed`: the mark that closes it was forgotten, and `end` is the first one that follows, or where the
    sentence ends.
    """

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text with plain letters and quotes, the same in small letters, and its quotes by where they open.

    `places` are the places of its characters in the source, None where they are the same.
    """

    source: str
    text: str
    lower: str
    quotes: Mapping[int, Quote]
    places: tuple[int, ...] | None = field(default=None, repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the source that `text[start:end]` was made of."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def make_plain(source: str) -> PlainText:
    """The plain form of any text; never raises."""
    text, places = _visible(source)
    text = _TWO_MARKS.sub(_one_mark, _TAG.sub(_blank, text))
    if "&" in text:
        text = _ENTITY.sub(_plain_entity, text)
    text = plain_quotes(text)
    if _MIXED.search(text):
        text = _MIXED_WORD.sub(lambda word: word.group().translate(_LOOK_ALIKES), text)
    lower = "".join(_small(mark) for mark in text) if len(text.lower()) != len(text) else text.lower()
    lower = lower.replace("ё", "е")
    return PlainText(source, text, lower, quotes_of(text, lower), places)


def _visible(source: str) -> tuple[str, tuple[int, ...] | None]:
    """The text without invisible characters, letters composed; where each of its characters stood."""
    if source.isprintable() or not _hides_something(source):
        return source, None
    kept: list[str] = []
    places: list[int] = []
    for place, mark in enumerate(source):
        if kept and unicodedata.combining(mark) and len(one := unicodedata.normalize("NFC", kept[-1] + mark)) == 1:
            kept[-1] = one
        elif mark in "\n\t " or unicodedata.category(mark)[0] != "C":
            kept.append(mark)
            places.append(place)
        elif mark in "\r\x0b\x0c\x85":
            kept.append(" ")
            places.append(place)
    return "".join(kept), tuple(places)


_HIDDEN = re.compile("[^\n\t -~А-яЁёӨөҮүҢң«»№–—“”„’\u00a0…]")


def _hides_something(source: str) -> bool:
    found = set(_HIDDEN.findall(source))
    return any(unicodedata.combining(mark) or unicodedata.category(mark)[0] == "C" for mark in found)


def _small(mark: str) -> str:
    small = mark.lower()
    return small if len(small) == 1 else mark


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _one_mark(match: re.Match[str]) -> str:
    """Two marks that stand for one quote: the quote and a blank, so that every place stays."""
    marks, text = match.group(), match.string
    opens = match.end() < len(text) and text[match.end()].isalnum()
    if marks == ",,":
        return " «" if opens else marks
    return " «" if marks == "<<" or (opens and marks != ">>") else " »"


def _plain_entity(match: re.Match[str]) -> str:
    marks, text = html.unescape(match.group()), match.string
    blanks = " " * (len(match.group()) - 1)
    if marks in "«“„" or (marks == '"' and match.end() < len(text) and text[match.end()].isalnum()):
        return blanks + "«"
    return blanks + ("»" if marks in '»”"' else " ")


def quotes_of(text: str, lower: str) -> dict[int, Quote]:
    """The quotes of a plain text by where they open.

    The sources forget to close them: what is open at the end of a bracket, of a line, or, in a title, of a sentence
    ends at the first closing mark after it.
    """
    quotes: dict[int, Quote] = {}
    opened: list[int] = []
    closers: list[int] = []
    broken: list[int] = []
    for match in _STRUCTURE.finditer(text):
        place, mark = match.start(), match.group()
        if mark in "«(":
            opened.append(place)
        elif mark == "»":
            closers.append(place)
            _close(text, opened, place, quotes, broken)
        elif mark == ")":
            if any(text[one] == "(" for one in opened[-20:]):
                while text[one := opened.pop()] != "(":
                    broken.append(one)
        else:
            broken.extend(one for one in opened if text[one] == "«")
            opened.clear()
    broken.extend(one for one in opened if text[one] == "«")
    broken.extend(one.start for one in quotes.values() if _runs_on(text, lower, one))
    _end_broken(text, lower, quotes, sorted(set(broken)), closers)
    return quotes


def _close(text: str, opened: list[int], place: int, quotes: dict[int, Quote], broken: list[int]) -> None:
    """The mark at `place` closes the last open quote; brackets that were left open inside of it are forgotten."""
    if not any(text[one] == "«" for one in opened[-20:]):
        return
    while text[start := opened.pop()] != "«":
        continue
    if place - start <= LONGEST_TITLE:
        quotes[start] = Quote(start, place + 1, closed=True)
    else:
        broken.append(start)


def _runs_on(text: str, lower: str, quote: Quote) -> bool:
    """True for a title that goes on in another sentence: its own closing mark was forgotten."""
    if not _TITLE_START.match(lower, quote.start):
        return False
    return SENTENCE_END.search(text, quote.start, quote.end) is not None


def _end_broken(text: str, lower: str, quotes: dict[int, Quote], broken: list[int], closers: list[int]) -> None:
    place = 0
    for start in broken:
        while place < len(closers) and closers[place] < start:
            place += 1
        line_end = text.find("\n", start, start + LONGEST_TITLE)
        limit = line_end if line_end >= 0 else min(len(text), start + LONGEST_TITLE)
        is_title = _TITLE_START.match(lower, start) is not None
        if is_title and (sentence := SENTENCE_END.search(text, start, limit)):
            limit = sentence.start()
        if place < len(closers) and closers[place] < limit:
            quotes[start] = Quote(start, _past_bracket(text, start, closers[place] + 1, limit), closed=False)
        elif is_title:
            quotes[start] = Quote(start, _clause_end(text, start, min(limit, start + _LONGEST_OPEN)), closed=False)
        else:
            quotes.pop(start, None)


def _clause_end(text: str, start: int, limit: int) -> int:
    """Where a title ends that nothing closes: at `limit`, or before a bracket that is the last thing there."""
    bracket = text.find("(", start, limit)
    if bracket >= 0 and not any(mark.isalnum() for mark in text[text.rfind(")", bracket, limit) + 1 or limit : limit]):
        limit = bracket
    return start + len(text[start:limit].rstrip(" .,;\n"))


def _past_bracket(text: str, start: int, end: int, limit: int) -> int:
    """The end of a broken quote, moved behind the bracket that it would cut in two."""
    if text.count("(", start, end) <= text.count(")", start, end):
        return end
    bracket = text.find(")", end, limit)
    return bracket + 1 if bracket >= 0 else end
