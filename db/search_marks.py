"""Where the words that were asked for stand in a text: the text in pieces, some of them marked. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SNIPPET = 240
"""Letters of a snippet, about."""

_BEFORE = 60  # letters shown before the first word that was asked for


class Piece(NamedTuple):
    """A piece of a text; `marked`: it is a word that was asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to mark, in normal form: whole ones, and beginnings of words."""

    whole: frozenset[str]
    beginnings: tuple[str, ...] = ()

    def __contains__(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.beginnings)


class Place(NamedTuple):
    """A word that was found: `text[start:end]`, and its normal form."""

    start: int
    end: int
    word: str


def places_of(wanted: Wanted, normal: str, places: Sequence[int]) -> list[Place]:
    """Where the words stand; `normal` and `places` are those of a stored document."""
    starts, lengths = places[::2], places[1::2]
    words = zip(normal.split(), starts, lengths, strict=False)
    return [Place(start, start + length, word) for word, start, length in words if word in wanted]


def marked(text: str, places: Sequence[Place]) -> tuple[Piece, ...]:
    """The whole text; joined, the pieces are the text."""
    return tuple(_pieces(text, places, 0, len(text)))


def snippet(text: str, places: Sequence[Place]) -> tuple[Piece, ...]:
    """The part of the text that holds most of the words that were asked for; its beginning where none stands in it."""
    start, end = _window(places) if places else (0, SNIPPET)
    start, end = _whole_words(text, start, end)
    pieces = tuple(_pieces(text, places, start, end))
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after) if pieces else ()


def _window(places: Sequence[Place]) -> tuple[int, int]:
    """The stretch with the most different words, and of those the most places; the first of several."""
    best, chosen, first = (0, 0), places[0].start, 0
    inside: dict[str, int] = {}
    for last, place in enumerate(places):
        inside[place.word] = inside.get(place.word, 0) + 1
        while place.end - places[first].start > SNIPPET - _BEFORE and first < last:
            inside[places[first].word] -= 1
            inside = {word: number for word, number in inside.items() if number}
            first += 1
        found = (len(inside), last - first + 1)
        if found > best:
            best, chosen = found, places[first].start
    start = max(0, chosen - _BEFORE)
    return start, start + SNIPPET


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without a word cut off at its ends, and without blanks there."""
    if start:
        blank = text.find(" ", start, start + _BEFORE)
        start = start if blank < 0 else blank + 1
    if end < len(text):
        blank = text.rfind(" ", max(start + 1, end - _BEFORE), end)
        end = end if blank < 0 else blank
    return start, min(end, len(text))


def _pieces(text: str, places: Sequence[Place], start: int, end: int) -> Iterator[Piece]:
    at = start
    for place in places:
        if place.start < at or place.end > end:
            continue
        if place.start > at:
            yield Piece(text[at : place.start])
        yield Piece(text[place.start : place.end], marked=True)
        at = place.end
    if at < end:
        yield Piece(text[at:end])
