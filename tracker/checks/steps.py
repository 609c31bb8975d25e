"""The readings of a bill as steps in time, as the checks of bills see them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from tracker.checks.cases import distinct
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, Surroundings, about
from vocab.bodies import Body
from vocab.text import fold
from vocab.timeline import Event, EventKind, SubjectKind, Timeline

LAWS = frozenset({"law", "constitutional_law", "code", "ratification"})
OUTCOMES = frozenset({EventKind.ADOPTED, EventKind.REJECTED})
DECISIVE = (EventKind.VOTE, EventKind.PUT_TO_VOTE, EventKind.ADOPTED, EventKind.REJECTED)
_READ = (*DECISIVE, EventKind.CONSIDERED)
_RETOLD_WITHIN = timedelta(days=7)  # a press release is about the sitting of its week


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Readings that ended on one day: more than one when they were taken together.

    A reading ends with its vote (art. 53 p. 9), so its day is that of the vote; where none is known, that of the
    discussion. `adopted`: the readings that are told to have been adopted on that day.
    """

    day: date
    readings: frozenset[int]
    adopted: frozenset[int]
    events: tuple[Event, ...]

    @property
    def label(self) -> str:
        """The readings in short: "2-3" for the second and third."""
        return "-".join(map(str, sorted(self.readings)))

    @property
    def outcomes(self) -> frozenset[EventKind]:
        """What is told to have come of it: adopted, rejected, both (sources disagree) or nothing."""
        return frozenset(event.kind for event in self.events) & OUTCOMES

    @property
    def is_dated(self) -> bool:
        """False where no source tells the day: it happened by then."""
        return any(event.day_told for event in self.events)

    def figures(self) -> dict[str, Any]:
        """The readings and the day, for a wording."""
        return {"readings": sorted(self.readings), "date": self.day.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A law's way through the parliament, for one check. There is at least one step."""

    check_id: str
    timeline: Timeline
    steps: tuple[Step, ...]
    rules: RuleBook

    @property
    def title(self) -> str:
        """The title as texts are compared, see `vocab.text.fold`."""
        return _folded_title(self.timeline.subject.title)

    @property
    def last_reading(self) -> int:
        """The number of the reading in which a law is adopted."""
        return self.rules.parliament.last_reading

    def has_ground(self, grounds: Collection[str]) -> bool:
        """True where one of these grounds of art. 53 p. 13 is named for the bill."""
        return any(event.ground in grounds for event in self.timeline.events)

    def is_titled(self, wordings: Iterable[str]) -> bool:
        """True where the title holds one of these wordings, which a rule writes as titles are compared."""
        return any(words in self.title for words in wordings)

    def ask(
        self, day: date, events: Iterable[Event], decide: Callable[[Matter], Judgement], *, case: str = ""
    ) -> tuple[Judgement, ...]:
        """The judgement under the rule of `day`."""
        question = Question(check_id=self.check_id, day=day, case=case, events=tuple(events))
        return question.ask(self.rules, decide)

    def ask_of_all(self, decide: Callable[[Matter], Judgement]) -> tuple[Judgement, ...]:
        """The judgement on the whole course, on the day of its last step."""
        return self.ask(self.steps[-1].day, (event for step in self.steps for event in step.events), decide)

    def ask_each(self, steps: Sequence[Step], decide: Callable[[Matter, Step], Judgement]) -> tuple[Judgement, ...]:
        """A judgement a step, named by its day and readings: "2021-07-28:2-3"."""
        cases = distinct(f"{step.day.isoformat()}:{step.label}" for step in steps)
        return tuple(
            judgement
            for case, step in zip(cases, steps, strict=True)
            for judgement in self.ask(step.day, step.events, about(decide, step), case=case)
        )


@lru_cache(maxsize=64)
def _folded_title(title: str) -> str:
    return fold(title)


@dataclass(frozen=True, slots=True)
class LawCheck:
    """A check of bills: it has nothing to say of resolutions, and nothing before the first reading.

    `reasons` are all that `judge_course` can give.
    """

    id: str
    judge_course: Callable[[Course, Surroundings], tuple[Judgement, ...]]
    reasons: type[StrEnum]
    subject: ClassVar[SubjectKind] = SubjectKind.BILL

    def judge(self, timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
        """The judgements on a bill; none where there is nothing to judge."""
        way = way_of(timeline)
        if not way.steps or not is_law(timeline):
            return ()
        course = Course(check_id=self.id, timeline=way.timeline, steps=way.steps, rules=rules)
        return self.judge_course(course, around)


@dataclass(frozen=True, slots=True)
class Way:
    """What all checks of a bill look at: the timeline with retellings on their days, and its steps."""

    timeline: Timeline
    steps: tuple[Step, ...]


class _Latest:
    """The way of the timeline that was asked for last: some thirty checks ask for the same one in a row."""

    def __init__(self) -> None:
        self._known: tuple[Timeline, Way] | None = None

    def of(self, timeline: Timeline) -> Way:
        known = self._known
        if known is None or known[0] is not timeline:
            told = on_days_told(timeline)
            known = self._known = timeline, Way(told, steps(told))
        return known[1]


way_of = _Latest().of
"""The way of a bill, computed once for all checks that ask for it in a row."""


def is_law(timeline: Timeline) -> bool:
    """True for a draft that becomes a law, and for one whose kind is unknown: resolutions have no readings."""
    return timeline.subject.bill_kind is None or timeline.subject.bill_kind in LAWS


def on_days_told(timeline: Timeline) -> Timeline:
    """The timeline with retellings on the day of what they tell.

    A press release that does not say when the plenary decided stands on the day of its publication. Where another
    source tells of the same readings on a day shortly before, that is the day: one reading is not two.
    """
    if all(event.day_told for event in timeline.events):
        return timeline
    told = [event for event in timeline.of(*_READ) if in_plenary(event) and event.day_told]
    events = [_on_day_told(event, told) for event in timeline.events]
    return replace(timeline, events=tuple(sorted(events, key=lambda event: (event.day, event.seq))))


def _on_day_told(event: Event, told: Iterable[Event]) -> Event:
    if event.day_told or event.kind not in _READ or not in_plenary(event):
        return event
    days = [
        one.day
        for one in told
        if timedelta() <= event.day - one.day <= _RETOLD_WITHIN and (one.readings & event.readings)
    ]
    return replace(event, day=max(days), day_told=True) if days else event


def in_plenary(event: Event) -> bool:
    """False for what happened in a committee."""
    return event.body is not Body.COMMITTEE


def decided(timeline: Timeline) -> tuple[Event, ...]:
    """Votes of the plenary on readings and what came of them, in order."""
    return tuple(event for event in timeline.of(*DECISIVE) if in_plenary(event) and event.readings)


def step(day: date, readings: Iterable[int], events: Iterable[Event]) -> Step:
    """A step made of what is told of one day."""
    events = tuple(events)
    adopted = frozenset[int]().union(*(event.readings for event in events if event.kind is EventKind.ADOPTED))
    return Step(day=day, readings=frozenset(readings), adopted=adopted, events=events)


def steps(timeline: Timeline) -> tuple[Step, ...]:
    """The days on which readings ended, in order; a discussion that a vote followed belongs to the vote's day."""
    votes = decided(timeline)
    talks = [event for event in timeline.of(EventKind.CONSIDERED) if in_plenary(event) and event.readings]
    by_day: dict[date, list[Event]] = {}
    for event in (*votes, *(event for event in talks if not _is_followed_by_vote(event, votes))):
        by_day.setdefault(event.day, []).append(event)
    return tuple(
        step(day, (reading for event in by_day[day] for reading in event.readings), by_day[day])
        for day in sorted(by_day)
    )


def _is_followed_by_vote(talk: Event, votes: Sequence[Event]) -> bool:
    later = [event for event in votes if event.day >= talk.day]
    return any(event.readings & talk.readings for event in later if event.day == later[0].day)
