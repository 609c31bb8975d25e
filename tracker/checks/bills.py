"""The checks of a bill that begin before its first reading."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tracker.checks.steps import Course, is_law, way_of
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.timeline import SubjectKind, Timeline


@dataclass(frozen=True, slots=True)
class BillCheck:
    """A check of bills from the day they are handed in: its course may have no step yet.

    `reasons` are all that `judge_bill` can give; it has nothing to say of resolutions.
    """

    id: str
    judge_bill: Callable[[Course, Surroundings], tuple[Judgement, ...]]
    reasons: type[StrEnum]
    subject: ClassVar[SubjectKind] = SubjectKind.BILL

    def judge(self, timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
        """The judgements on a bill; none where there is nothing to judge."""
        if not is_law(timeline):
            return ()
        way = way_of(timeline)
        course = Course(check_id=self.id, timeline=way.timeline, steps=way.steps, rules=rules)
        return self.judge_bill(course, around)
