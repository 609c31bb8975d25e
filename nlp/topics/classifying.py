"""What a text is about: its major topics of the Comparative Agendas Project, with the words that decided.

Two opinions are added: a lexicon (`lexicon/topics.yml`) and a linear model that learned from lines of our own
(`lexicon/topic_lines.tsv`). The title weighs most, then the lead, then the rest. Russian and Kyrgyz alike.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from nlp.topics.model import explain, opinion
from nlp.topics.words import Hit, find_words, words_of
from vocab.topics import TOPICS

LONGEST = 20_000
"""Characters of a body that are looked at: a subject is told before them."""

_LEAD = 60
"""Words of a body that are its lead."""
_TITLE_WEIGHT, _LEAD_WEIGHT, _BODY_WEIGHT = 3.0, 1.5, 1.0
_AGAIN = 0.5
"""What a word adds, logarithmically, by standing in the body again."""
_MODEL_WEIGHT = 6.0
"""The points of a topic of which the model is certain: as two strong hints in a title."""
_SURE = 0.5
"""The share of the model's opinion that decides where the lexicon has no word."""
_SECOND = 0.55
"""A second topic has at least this share of the points of the main one."""
_WORDS = 5


class _Why(TypedDict):
    words: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGuess:
    """A topic of a text; `score` 0–1 is its share among all topics, `words` are those of the text that decided.

    `method` is lexicon, model, or lexicon+model where both name it.
    """

    topic: int
    score: float
    words: tuple[str, ...]
    method: str


def classify(title: str, body: str) -> tuple[TopicGuess, ...]:
    """One or two topics, the main one first; () where nothing decides."""
    head, rest = words_of(title[:LONGEST]), words_of(body[:LONGEST])
    words = [*head, *rest]
    points, telling = _points(find_words(words), words, len(head))
    chances = opinion([*head, *rest[:_LEAD]])
    if not points and max(chances.values(), default=0.0) < _SURE:
        return ()
    total = {topic: points.get(topic, 0.0) + _MODEL_WEIGHT * chances.get(topic, 0.0) for topic in TOPICS}
    ranked = sorted(total, key=lambda topic: (-total[topic], topic))
    chosen = [ranked[0], *(topic for topic in ranked[1:2] if total[topic] >= _SECOND * total[ranked[0]])]
    everything = sum(total.values())
    return tuple(
        TopicGuess(topic=topic, score=round(total[topic] / everything, 3), **_why(topic, telling, chances, words))
        for topic in chosen
    )


def _points(
    hits: Sequence[Hit], words: Sequence[str], title_size: int
) -> tuple[dict[int, float], dict[int, dict[str, float]]]:
    """The points of each topic, and of each of its words in the form in which it stands first."""
    same: dict[tuple[int, str], list[Hit]] = defaultdict(list)
    for hit in hits:
        same[hit.topic, hit.pattern].append(hit)
    points: dict[int, float] = defaultdict(float)
    telling: dict[int, dict[str, float]] = defaultdict(dict)
    for (topic, _), found in same.items():
        first = found[0]
        value = first.weight * (_zone(first.start, title_size) + _AGAIN * math.log(len(found)))
        points[topic] += value
        written = " ".join(words[first.start : first.start + first.size])
        telling[topic][written] = telling[topic].get(written, 0.0) + value
    return points, telling


def _zone(place: int, title_size: int) -> float:
    if place < title_size:
        return _TITLE_WEIGHT
    return _LEAD_WEIGHT if place < title_size + _LEAD else _BODY_WEIGHT


def _why(
    topic: int, telling: Mapping[int, dict[str, float]], chances: Mapping[int, float], words: Sequence[str]
) -> _Why:
    """The words and the method that name a topic."""
    if topic not in telling:
        return {"words": tuple(explain(words, topic)[:_WORDS]), "method": "model"}
    model_too = chances.get(topic, 0.0) >= _SURE
    known = tuple(sorted(telling[topic], key=lambda word: -telling[topic][word])[:_WORDS])
    return {"words": known, "method": "lexicon+model" if model_too else "lexicon"}
