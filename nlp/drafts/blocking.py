"""Which titles are worth comparing: keys that two similar titles share with near certainty. Pure.

The keys are those of weighted min-hashing (Ioffe 2010, for weights that belong to the term): a row is the term that
wins a lottery in which heavy terms hold more tickets, so that two titles have a row in common with the probability of
their weighted Jaccard likeness; a key is a band of rows. Two titles that share four fifths of their weight meet with
a probability of 0.99999, two that share a quarter with 0.3; the number of pairs does not grow with the square.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from nlp.drafts.likeness import Weigh
from nlp.drafts.title_form import TitleForm, terms_of, title_lexicon

BANDS, ROWS = 24, 3

_PLAIN, _BUSY = 0.05, 0.5
_SHORT = 2
_NUMBER = 0.5
_LEAST = 0.02
_DRAWS = BANDS * ROWS
_MOST_TERMS = 200_000  # that keep their draws at hand

Draws = NDArray[np.float32]


def block_keys(title: TitleForm, weigh: Weigh, bands: int = BANDS) -> tuple[str, ...]:
    """The keys of a title, `bands` of them, at most `BANDS`; none for a title without words."""
    if not title.terms:
        return ()
    terms = sorted(title.terms)
    # The winner of a row is the term whose waiting time -ln(u)/weight is the shortest.
    waits = np.stack([draws_of(term) for term in terms]) / np.array([[weigh(term)] for term in terms], np.float32)
    winners = waits.argmin(axis=0)
    return tuple(
        _digest(band, "\x1f".join(terms[place] for place in winners[band * ROWS : (band + 1) * ROWS]))
        for band in range(bands)
    )


@lru_cache(_MOST_TERMS)
def draws_of(term: str) -> Draws:
    """What a term draws in each row, the same for ever: -ln(u), u uniform on (0, 1)."""
    seed = int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest())
    mixed = np.arange(1, _DRAWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = (mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)
    uniform = (mixed.astype(np.float64) + 0.5) / float(1 << 53)
    draws: Draws = (-np.log(uniform)).astype(np.float32)
    return draws


@lru_cache(_MOST_TERMS)
def known_weight(term: str) -> float:
    """The weight of a term by the lexicon alone, so that no other title changes it: 1, little for what all have."""
    if term[0].isdigit():
        return _NUMBER if len(term) < len("2015") else 1.0
    if len(term) <= _SHORT or term in _listed("plain"):
        return _PLAIN
    return _BUSY if term in _listed("busy") else 1.0


def learned_weights(titles: Iterable[TitleForm]) -> Weigh:
    """Weights from how many of the titles have a term (inverse document frequency), in any language.

    1 for a term that no title has, nearly that for one that a single title has, little for one that all have.
    """
    counts: Counter[str] = Counter()
    total = 0
    for title in titles:
        counts.update(title.terms.keys())
        total += 1
    most = math.log(total + 2)
    weights = {term: max(_LEAST, math.log((total + 1) / (count + 1)) / most) for term, count in counts.items()}
    unseen = max(_LEAST, math.log(total + 1) / most)
    return lambda term: weights.get(term, unseen)


@cache
def _listed(row: str) -> frozenset[str]:
    return frozenset(term for words in title_lexicon()[row].values() for term in terms_of(words))


def _digest(band: int, row: str) -> str:
    return hashlib.blake2b(f"{band}:{row}".encode(), digest_size=8).hexdigest()
