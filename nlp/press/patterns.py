"""Wordings as data: rows of a lexicon matched on words. The notation stands at the head of `lexicon/press_events.yml`.

No regular expression is involved: a row is tried only where its first word stands, and looks at most at a few words
for each of its own, so that the work grows with the text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from nlp.lexicon import lexicon
from nlp.press.words import Word

LEXICON = "press_events"
GAP = 5
"""Words that «...» passes at most."""

_MOST_FORMS = 50_000
_OUTSIDE_BRACKETS = re.compile(r"\|(?![^(]*\))")
_ENDINGS = re.compile(r"(.*)\(([^()]*)\)$")
_CLASSES = {"<dash>": ("-", "–", "—", ":")}
_HARD = frozenset({";", ".", "!", "?"})


@dataclass(frozen=True, slots=True)
class Element:
    """One word of a wording: its forms, or how it begins or ends; `optional` it may be missing, `gap` is «...»."""

    forms: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def fits(self, form: str) -> bool:
        """True where a word of this form is meant."""
        return (
            form in self.forms
            or bool(self.starts and form.startswith(self.starts))
            or bool(self.ends and form.endswith(self.ends))
        )


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A wording and what it means; `order` is its place in the lexicon."""

    wording: str
    elements: tuple[Element, ...]
    order: int
    meaning: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that fits words `[start, end)` of a sentence; `taken` are the places of its own words, without gaps."""

    row: Row
    start: int
    end: int
    taken: tuple[int, ...]


def element(text: str) -> Element:
    """One word of the notation. Raises ValueError for an empty one."""
    if text == "...":
        return Element(gap=True)
    optional = text.endswith("?") and len(text) > 1
    forms: set[str] = set()
    starts: list[str] = []
    ends: list[str] = []
    for one in _OUTSIDE_BRACKETS.split(text.removesuffix("?") if optional else text):
        for form in _forms(one):
            if form.endswith("*"):
                starts.append(form[:-1])
            elif form.startswith("*"):
                ends.append(form[1:])
            else:
                forms.add(form)
    if "" in {*forms, *starts, *ends}:
        raise ValueError(f"an empty word in «{text}»")
    return Element(frozenset(forms), tuple(starts), tuple(ends), optional)


def _forms(one: str) -> Iterable[str]:
    if one in _CLASSES:
        return _CLASSES[one]
    if one == "<abroad>":
        return [form for state in lexicon(LEXICON)["abroad"] for form in _forms(state)]
    match = _ENDINGS.match(one)
    return [one] if match is None else [match[1], *(match[1] + ending for ending in match[2].split("|"))]


def row(wording: str, order: int = 0, meaning: Mapping[str, Any] | None = None) -> Row:
    """A wording, read. Raises ValueError for an empty word, or a first or last one that may be missing."""
    elements = tuple(element(one) for one in wording.split())
    if not elements or elements[0].gap or elements[0].optional or elements[-1].gap:
        raise ValueError(f"«{wording}» has to begin with a word and to end with one")
    return Row(wording, elements, order, meaning or {})


class Matcher:
    """Finds rows in words."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self._starting: dict[str, tuple[Row, ...]] = {}

    def _rows_for(self, form: str) -> tuple[Row, ...]:
        """The rows that a word of this form begins, remembered."""
        if len(self._starting) >= _MOST_FORMS:
            self._starting.clear()
        rows = self._starting[form] = tuple(one for one in self._rows if one.elements[0].fits(form))
        return rows

    def at(self, words: Sequence[Word], place: int) -> Hit | None:
        """The row that takes most words from `place` on, of equal ones the first; None behind the last word too."""
        if not 0 <= place < len(words):
            return None
        best: Hit | None = None
        form = words[place].form
        rows = self._starting.get(form)
        for one in self._rows_for(form) if rows is None else rows:
            taken = _taken(one.elements, words, place)
            if taken and (best is None or len(taken) > len(best.taken)):
                best = Hit(one, place, taken[-1] + 1, taken)
        return best

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """All rows that fit, in order; a word that one has taken is not the first of another."""
        found: list[Hit] = []
        taken: set[int] = set()
        starting = self._starting
        for place, word in enumerate(words):
            # most words begin no row: this line is most of the work of the whole search
            if starting.get(word.form) == () or place in taken:
                continue
            if hit := self.at(words, place):
                found.append(hit)
                taken.update(hit.taken)
        return found


def _taken(elements: Sequence[Element], words: Sequence[Word], place: int) -> tuple[int, ...]:
    """The places that the elements take from `place` on, () where they do not fit; the nearest word after a gap."""
    taken: list[int] = []
    reach = 0
    for one in elements:
        if one.gap:
            reach = GAP
            continue
        found = _next(one, words, place, reach)
        if found is not None:
            taken.append(found)
            place, reach = found + 1, 0
        elif not one.optional:
            return ()
    return tuple(taken)


def _next(one: Element, words: Sequence[Word], place: int, reach: int) -> int | None:
    for here in range(place, min(place + reach + 1, len(words))):
        form = words[here].form
        if one.fits(form):
            return here
        if form in _HARD:
            return None
    return None


@cache
def matcher(section: str) -> Matcher:
    """The matcher of one section of the lexicon. Raises ValueError for a wording that cannot be read."""
    rows: list[Row] = []
    for group in lexicon(LEXICON)[section]:
        meaning = {key: value for key, value in group.items() if key != "wordings"}
        rows.extend(row(str(wording), len(rows), meaning) for wording in group["wordings"])
    return Matcher(rows)


@cache
def phrases(section: str) -> Matcher:
    """The matcher of a section that is a plain list of wordings. Raises ValueError as `matcher`."""
    return Matcher(row(str(wording), order) for order, wording in enumerate(lexicon(LEXICON)[section]))


@cache
def word_set(section: str) -> frozenset[str]:
    """The words of a section that is a plain list of words."""
    return frozenset(lexicon(LEXICON)[section])
