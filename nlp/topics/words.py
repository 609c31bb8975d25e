"""The words that speak for a topic: which of them a text has, where, and how much each weighs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from nlp.lexicon import lexicon
from vocab.text import fold

WORD = re.compile(r"[a-zа-яөүң]+")
_LOOK_ALIKES = str.maketrans("aceopxyhkmtb", "асеорхункмтв")
_KNOWN_WORDS = 100_000
_LONGEST = 30
"""Letters of a word that are compared with beginnings: no pattern is longer."""
_COMMITTEE, _BY, _BY_KY = "комитет", "по", "боюнча"
_NEAR = 3
"""How far after «комитет» its «по» may stand: «комитет Жогорку Кенеша по»."""


class Hit(NamedTuple):
    """A pattern that fits: for which topic, how much it weighs, which words of the text (a place and a count)."""

    topic: int
    weight: int
    pattern: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words beside one another. Topic 0: they say nothing about the subject."""

    pattern: str
    topic: int
    weight: int
    rest: tuple[str, ...]


class _Word(NamedTuple):
    """What is known of a word: (topic, weight, pattern) alone, phrases that it begins, patterns that it fits."""

    alone: tuple[tuple[int, int, str], ...]
    begins: tuple[_Phrase, ...]
    fits: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    alone: Mapping[str, Sequence[tuple[int, int]]]
    phrases: Mapping[str, Sequence[_Phrase]]
    parts: frozenset[str]
    committees: frozenset[str]


def words_of(text: str) -> list[str]:
    """The words of a text in the form in which the lexicon has them, in order."""
    return WORD.findall(fold(text).replace("-", " "))


def find_words(words: Sequence[str]) -> list[Hit]:
    """The patterns that fit, in order. A word of a phrase does not count on its own."""
    known = [_known(word) for word in words]
    used = _committee_places(words)
    hits: list[Hit] = []
    for place, word in enumerate(known):
        if word is None or place in used:
            continue
        if word.begins and (best := _best_phrase(known, place, word)) is not None:
            phrase, places = best
            used |= places
            if phrase.topic:
                hits.append(Hit(phrase.topic, phrase.weight, phrase.pattern, place, max(places) - place + 1))
            continue
        hits += [Hit(topic, weight, pattern, place, 1) for topic, weight, pattern in word.alone]
    return hits


def _best_phrase(known: Sequence[_Word | None], place: int, word: _Word) -> tuple[_Phrase, set[int]] | None:
    """The longest phrase that begins here; of equals the first, and those of topics come before the ignored."""
    fitting = ((phrase, _places(known, place, phrase)) for phrase in word.begins)
    found = [(phrase, places) for phrase, places in fitting if places]
    return max(found, key=lambda one: len(one[1]), default=None)


def _places(known: Sequence[_Word | None], place: int, phrase: _Phrase) -> set[int]:
    """Where the words of a phrase stand: each right after the one before, or with one word between; or nothing."""
    places = {place}
    for pattern in phrase.rest:
        near = (next_ for next_ in (place + 1, place + 2) if next_ < len(known))
        fitting = (next_ for next_ in near if (word := known[next_]) is not None and pattern in word.fits)
        if (next_place := next(fitting, None)) is None:
            return set()
        place = next_place
        places.add(place)
    return places


def _committee_places(words: Sequence[str]) -> set[int]:
    """The places of words that only name a committee."""
    places: set[int] = set()
    for place, word in enumerate(words):
        if not word.startswith(_COMMITTEE):
            continue
        for by in range(place + 1, min(place + 2 + _NEAR, len(words))):
            if words[by] == _BY:
                places.update(_run(words, range(by + 1, len(words))))
                break
        if place and words[place - 1] == _BY_KY:
            places.update(_run(words, range(place - 2, -1, -1)))
    return places


def _run(words: Sequence[str], places: Iterable[int]) -> Iterator[int]:
    """The places as long as committees are named with their words."""
    committees = _lexicon().committees
    for place in places:
        if words[place] not in committees:
            return
        yield place


@lru_cache(_KNOWN_WORDS)
def _known(word: str) -> _Word | None:
    """What the lexicon knows of a word; most words it does not know."""
    known = _lexicon()
    plain = word.translate(_LOOK_ALIKES) if not word.isascii() else word
    patterns = [*(f"{plain[:size]}*" for size in range(2, min(len(plain), _LONGEST) + 1)), plain]
    alone = {topic: (topic, weight, pattern) for pattern in patterns for topic, weight in known.alone.get(pattern, ())}
    begins = tuple(phrase for pattern in patterns for phrase in known.phrases.get(pattern, ()))
    fits = known.parts.intersection(patterns)
    return _Word(tuple(alone.values()), begins, fits) if alone or begins or fits else None


@cache
def _lexicon() -> _Lexicon:
    rows: Mapping[str, Any] = lexicon("topics")
    alone: dict[str, list[tuple[int, int]]] = defaultdict(list)
    phrases: dict[str, list[_Phrase]] = defaultdict(list)
    for pattern, topic, weight in _patterns(rows):
        first, *rest = pattern.split()
        if rest:
            phrases[first].append(_Phrase(pattern, topic, weight, tuple(rest)))
        else:
            alone[first].append((topic, weight))
    parts = frozenset(part for group in phrases.values() for phrase in group for part in phrase.rest)
    committees = frozenset(_split(rows["committees"]))
    return _Lexicon(dict(alone), dict(phrases), parts, committees)


def _patterns(rows: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    for topic, languages in rows["topics"].items():
        for weights in languages.values():
            for weight, line in weights.items():
                yield from ((pattern, topic, weight) for pattern in _split([line]))
    yield from ((pattern, 0, 0) for pattern in _split(rows["ignored"]))


def _split(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield from (pattern.strip() for pattern in line.split(","))
