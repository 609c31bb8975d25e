"""The course of a bill through its readings, as the checks of bills see it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from tracker.checks.cases import distinct
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, Surroundings
from vocab.bodies import Body
from vocab.stages import READING_STAGES
from vocab.timeline import Event, EventKind, Timeline

DECISIVE: Final = (EventKind.VOTE, EventKind.PUT_TO_VOTE, EventKind.ADOPTED, EventKind.REJECTED)
OUTCOMES: Final = frozenset({EventKind.ADOPTED, EventKind.REJECTED})
LAST_READING: Final = max(READING_STAGES)

_LAW_KINDS = frozenset({"law", "code", "constitutional_law", "ratification"})


class CourseReason(StrEnum):
    """Reasons that all checks of bills share."""

    NOT_A_LAW = "not_a_law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Readings held on one day: more than one when they were taken together.

    A reading ends with its vote (art. 53 p. 9), so its day is that of the vote; where none is known, that of the
    discussion. `events` are what is known of the day.
    """

    day: date
    readings: frozenset[int]
    events: tuple[Event, ...]

    @property
    def first(self) -> int:
        """The lowest reading of the day."""
        return min(self.readings)

    @property
    def last(self) -> int:
        """The highest reading of the day."""
        return max(self.readings)

    @property
    def label(self) -> str:
        """ "2-3" for the second and third reading."""
        return label(self.readings)

    @property
    def outcomes(self) -> frozenset[EventKind]:
        """What is said to have come out: adopted, rejected, both (sources disagree) or neither."""
        return frozenset(event.kind for event in self.events) & OUTCOMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A bill that was before the parliament at least once, for one check."""

    check_id: str
    timeline: Timeline
    steps: tuple[Step, ...]
    rules: RuleBook

    def ask(
        self, day: date, events: Iterable[Event], decide: Callable[[Matter], Judgement], *, case: str = ""
    ) -> Judgement:
        """One judgement under the rule of `day`."""
        question = Question(check_id=self.check_id, day=day, case=case, events=tuple(events))
        return question.ask(self.rules, decide)

    def ask_once(self, decide: Callable[[Matter], Judgement]) -> tuple[Judgement, ...]:
        """The one judgement of a check that looks at the whole course, on the day of its last step."""
        events = (event for step in self.steps for event in step.events)
        return (self.ask(self.steps[-1].day, events, decide),)


CourseJudge = Callable[[Course, Surroundings], tuple[Judgement, ...]]


def check_of_laws(
    check_id: str, judge: CourseJudge
) -> Callable[[Timeline, RuleBook, Surroundings], tuple[Judgement, ...]]:
    """A check of bills: silent before the first reading, not applicable to what is no law."""

    def judge_timeline(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
        course = Course(check_id=check_id, timeline=timeline, steps=steps_of(timeline), rules=rules)
        if not course.steps:
            return ()
        if timeline.subject.bill_kind not in (None, *_LAW_KINDS):
            return course.ask_once(lambda matter: matter.not_applicable(CourseReason.NOT_A_LAW))
        return judge(course, around)

    return judge_timeline


def label(readings: Iterable[int]) -> str:
    """Readings as a case's name has them: "1", "2-3"."""
    return "-".join(map(str, sorted(readings)))


def steps_of(timeline: Timeline) -> tuple[Step, ...]:
    """The days on which readings ended, in order; a discussion that a vote followed belongs to the vote's day."""
    decided = [event for event in timeline.of(*DECISIVE) if in_plenary(event) and event.readings]
    discussed = [event for event in timeline.of(EventKind.CONSIDERED) if in_plenary(event) and event.readings]
    by_day: dict[date, list[Event]] = {}
    for event in (*decided, *(event for event in discussed if not _is_followed_by_vote(event, decided))):
        by_day.setdefault(event.day, []).append(event)
    return tuple(_step(day, by_day[day]) for day in sorted(by_day))


def in_plenary(event: Event) -> bool:
    """False for what happened in a committee."""
    return event.body is not Body.COMMITTEE


def named(steps: Sequence[Step]) -> tuple[tuple[str, Step], ...]:
    """Each step with the name of its case: "2021-07-28:2-3"."""
    names = distinct(f"{step.day.isoformat()}:{step.label}" for step in steps)
    return tuple(zip(names, steps, strict=True))


def _step(day: date, events: Sequence[Event]) -> Step:
    return Step(day=day, readings=frozenset().union(*(event.readings for event in events)), events=tuple(events))


def _is_followed_by_vote(discussion: Event, decided: Sequence[Event]) -> bool:
    later = [event for event in decided if event.day >= discussion.day]
    return any(event.readings & discussion.readings for event in later if event.day == later[0].day)
