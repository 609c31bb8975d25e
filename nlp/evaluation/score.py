"""The outcome of scoring one task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

WORST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One difference from the gold: `where` (an address), what was `wanted` (None: nothing), what was `found`."""

    where: str
    wanted: str | None
    found: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and F1 of a task that finds things, or the accuracy of one that chooses; `n` labels.

    `parts` are figures of the same task reported apart (a field of an agenda item). `misses` are the worst ten.
    """

    n: int
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    accuracy: float | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    misses: tuple[Miss, ...] = ()


def found_score(
    *, right: int, found: int, wanted: int, misses: Iterable[Miss] = (), parts: Mapping[str, float] | None = None
) -> Score:
    """Micro-averaged: `right` of `found` answers are right, and of `wanted` labels found; nothing wanted is 1.0."""
    precision = right / found if found else float(not wanted)
    recall = right / wanted if wanted else float(not found)
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    worst = tuple(islice(misses, WORST))
    return Score(n=wanted, precision=precision, recall=recall, f1=f1, parts=parts or {}, misses=worst)


def chosen_score(*, right: int, n: int, misses: Iterable[Miss] = (), parts: Mapping[str, float] | None = None) -> Score:
    """The share of right choices; nothing to choose has none."""
    return Score(n=n, accuracy=right / n if n else None, parts=parts or {}, misses=tuple(islice(misses, WORST)))
