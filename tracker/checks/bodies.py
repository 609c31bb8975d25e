"""The checks of the parliament as a whole and of its committees: what they are made of, what they plan."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.timeline import SubjectKind, Timeline


@dataclass(frozen=True, slots=True)
class BodyCheck:
    """A check of bodies. `reasons` are all that `judge` can give; it is silent where there is nothing to judge."""

    id: str
    judge: Callable[[Timeline, RuleBook, Surroundings], tuple[Judgement, ...]]
    reasons: type[StrEnum]
    subject: ClassVar[SubjectKind] = SubjectKind.BODY
