"""A linear model of topics, learned from lines of our own when it is first asked: the same each time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import RidgeClassifier  # type: ignore[import-untyped]

from nlp.topics.words import words_of

_BEGINNINGS = (3, 4, 5, 6)
"""Letters of a word that count, from its beginning: Russian endings and Kyrgyz suffixes come after them."""
_SHORT = 3
"""A word of fewer letters says nothing."""
_PENALTY = 0.3
"""How strongly weights are kept small; by five-fold trials on the lines."""
_SHARPNESS = 4.0
"""From margins to chances: so that on lines not learned from, a chance is the share of right ones."""
_KNOWN_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class _Model:
    """`weights` has a row a feature (its place: `places`) and a column a topic; `rarity` is a feature's idf."""

    topics: tuple[int, ...]
    places: Mapping[str, int]
    rarity: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]


def opinion(words: Sequence[str]) -> dict[int, float]:
    """The probability of each topic; {} where no word occurs in a line."""
    model = _model()
    places = _places(model, words)
    if not places:
        return {}
    values = model.rarity[places]
    scores = (values / np.linalg.norm(values)) @ model.weights[places] + model.bias
    chances = np.exp(_SHARPNESS * (scores - scores.max()))
    return dict(zip(model.topics, (chances / chances.sum()).tolist(), strict=True))


def explain(words: Sequence[str], topic: int) -> list[str]:
    """The words that speak for a topic, the strongest first."""
    model = _model()
    column = model.topics.index(topic)
    weighed: dict[str, float] = {}
    for word in dict.fromkeys(words):
        if places := _places(model, [word]):
            weight = float((model.rarity[places] * model.weights[places, column]).sum())
            if weight > 0:
                weighed[word] = weight
    return sorted(weighed, key=lambda word: -weighed[word])


def labelled_lines() -> list[tuple[int, str]]:
    """The lines that the model learns from: topic and text."""
    text = (files("nlp") / "lexicon" / "topic_lines.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [(int(topic), line) for topic, _, line in rows]


def _places(model: _Model, words: Iterable[str]) -> list[int]:
    features = dict.fromkeys(feature for word in words for feature in _features(word))
    return [place for feature in features if (place := model.places.get(feature)) is not None]


@lru_cache(_KNOWN_WORDS)
def _features(word: str) -> tuple[str, ...]:
    """The beginnings of a word."""
    return tuple(dict.fromkeys(word[:size] for size in _BEGINNINGS)) if len(word) >= _SHORT else ()


@cache
def _model() -> _Model:
    topics, lines = zip(*labelled_lines(), strict=True)
    vectors = TfidfVectorizer(analyzer=_analysed, binary=True)
    learned = RidgeClassifier(alpha=_PENALTY, class_weight="balanced")
    learned.fit(vectors.fit_transform(lines), topics)
    return _Model(
        topics=tuple(learned.classes_.tolist()),
        places=dict(vectors.vocabulary_),
        rarity=vectors.idf_,
        weights=np.ascontiguousarray(learned.coef_.T),
        bias=learned.intercept_,
    )


def _analysed(line: str) -> list[str]:
    return [feature for word in words_of(line) for feature in _features(word)]
