"""What a check says of one case, and what it may look at besides the timeline. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from tracker.editions import Rule, RuleBook
from vocab.dates import WorkingCalendar
from vocab.timeline import Event, Evidence
from vocab.verdicts import Verdict

Figures = Mapping[str, Any]
_Thing = TypeVar("_Thing")


class SittingCalendar(WorkingCalendar, Protocol):
    """The calendar that checks need: besides the counting of terms, why a day is worked and where sessions end."""

    def __hash__(self) -> int:
        """A calendar does not change: what was counted by it once is remembered."""
        ...

    def is_moved_workday(self, day: date) -> bool:
        """True for a day of rest that is worked in place of another day."""
        ...

    def knows_constituency_weeks(self, start: date, end: date) -> bool:
        """True when all weeks in the constituencies between two days are in the data."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a check may know besides the timeline."""

    calendar: SittingCalendar


class ReviewNote(StrEnum):
    """Why a person has to look first. The words stand in `publish/templates/<language>/findings.yml`."""

    UNVERIFIED_RULE = "unverified_rule"  # the text of the rule in this edition was not seen
    UNCERTAIN_SOURCE = "uncertain_source"  # something was repaired or assumed when the source was read
    VACANCIES = "vacancies"  # art. 82 p. 2: vacant seats would lower what is needed
    RECESS = "recess"  # broken only because terms stand still between sessions
    WEEKS_UNKNOWN = "weeks_unknown"  # weeks in the constituencies may be missing; they would shorten the count
    NEAREST_LIST = "nearest_list"  # a faction is known from another day's list
    EXCEPTION_OF_LAW = "exception_of_law"  # the rule allows exceptions made by other laws
    DISCREPANCY = "discrepancy"  # observers and the protocol tell different things
    OBSERVER_ONLY = "observer_only"  # nothing but an observer's note tells it
    MAY_HAVE_COME = "may_have_come"  # who was announced as absent may have come later
    VOTES_AFTER = "votes_after"  # whether a vote was held afterwards has to be found out
    BREAK_LENGTH = "break_length"  # the break was longer than the rule has it, or its length is unknown
    BREAK_NOT_RECORDED = "break_not_recorded"  # no break is told between a low registration and the next
    PROTOCOL_LINE = "protocol_line"  # the line of the protocol has to be read by a person
    SLIP_OF_ORDER = "slip_of_order"  # the order of readings may be a slip of the source
    PRESS_TOLD = "press_told"  # a press release tells a part of it: prose, read by a machine
    SUM_OF_TERMS = "sum_of_terms"  # the term is the sum of several that follow one another
    TERM_BORROWED = "term_borrowed"  # the Rules name no term for it: that of a neighbouring rule is taken
    TOPIC_BY_MACHINE = "topic_by_machine"  # that the rule concerns the bill was computed from its text
    WITH_CIVIL_SOCIETY = "with_civil_society"  # the rule is about events with organisations of civil society
    LIST_OF_SITE = "list_of_site"  # known from a list on the site, which may not be whole
    EARLIER_PAPER = "earlier_paper"  # the paper that we know is dated later: an earlier one may not be in our record
    FOUND_BY_WORDS = "found_by_words"  # a machine looked for words in a text or title
    DERIVED = "derived"  # the Rules give a right or a term from which the rule follows, they do not state it
    COUNTS_DISAGREE = "counts_disagree"  # two observers counted one hall differently; the higher figure was taken
    COUNT_AT_OTHER_TIME = "count_at_other_time"  # nobody counted near the vote: the highest count of the day was taken
    TRANSFERS_UNKNOWN = "transfers_unknown"  # votes could be given in writing; how many were, no source tells
    MAY_BE_EDITORIAL = "may_be_editorial"  # editorial corrections are allowed: what changed has to be read
    NOT_ON_SITE = "not_on_site"  # that nothing was done is taken from the site, where it did not stand
    ONLY_ANNOUNCED = "only_announced"  # that a sitting was held is known from its announcement only
    COMPLETE_BY_PERSON = "complete_by_person"  # that the record is complete is the word of a person
    STATED_BY_PERSON = "stated_by_person"  # a person of the coalition typed a part of it, by a letter or a paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One verdict with its basis and arithmetic.

    `case` tells apart several judgements of one check on one subject ("transfer:3", "1-2", ""). `reason` is the code
    of a wording, `figures` its numbers and names (JSON, days in ISO form), `needs_review` the review notes, separated
    by blanks, None where nobody has to look first.
    """

    check_id: str
    case: str
    day: date
    verdict: Verdict
    reason: str
    rule: Rule
    figures: Figures = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    needs_review: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One case of a check. `day` decides the edition; `events` are what the answer rests on."""

    check_id: str
    day: date
    case: str = ""
    events: tuple[Event, ...] = ()

    def ask(self, rules: RuleBook, decide: "Callable[[Matter], Judgement]") -> tuple[Judgement, ...]:
        """The answer under the rule in force on the day; none where no edition of it is known."""
        rule = rules.on(self.check_id, self.day)
        return (decide(Matter(self, rule)),) if rule else ()


@dataclass(frozen=True, slots=True)
class Matter:
    """A question under the rule of its day; gives the four answers."""

    question: Question
    rule: Rule

    def kept(self, reason: StrEnum, figures: Figures, *notes: ReviewNote) -> Judgement:
        """The rule was kept."""
        return self._answer(Verdict.KEPT, reason, figures, notes)

    def broken(self, reason: StrEnum, figures: Figures, *notes: ReviewNote) -> Judgement:
        """The rule was broken; an unverified basis, a repaired source, the press, a typed fact need review."""
        weak = list(notes)
        if not self.rule.verified:
            weak.append(ReviewNote.UNVERIFIED_RULE)
        if any(event.uncertain for event in self.question.events):
            weak.append(ReviewNote.UNCERTAIN_SOURCE)
        if any(event.evidence.is_press for event in self.question.events):
            weak.append(ReviewNote.PRESS_TOLD)
        if any(event.evidence.is_stated for event in self.question.events):
            weak.append(ReviewNote.STATED_BY_PERSON)
        return self._answer(Verdict.BROKEN, reason, figures, tuple(weak))

    def cannot_tell(self, reason: StrEnum, figures: Figures, *notes: ReviewNote) -> Judgement:
        """What is known does not decide it."""
        return self._answer(Verdict.CANNOT_TELL, reason, figures, notes)

    def not_applicable(self, reason: StrEnum, figures: Figures) -> Judgement:
        """The rule has nothing to say about this."""
        return self._answer(Verdict.NOT_APPLICABLE, reason, figures, ())

    def _answer(self, verdict: Verdict, reason: StrEnum, figures: Figures, notes: tuple[ReviewNote, ...]) -> Judgement:
        return Judgement(
            check_id=self.question.check_id,
            case=self.question.case,
            day=self.question.day,
            verdict=verdict,
            reason=reason.value,
            rule=self.rule,
            figures=figures,
            evidence=tuple(dict.fromkeys(event.evidence for event in self.question.events)),
            needs_review=" ".join(notes) or None,
        )


def about(decide: Callable[[Matter, _Thing], Judgement], thing: _Thing) -> Callable[[Matter], Judgement]:
    """The decision on one thing, for `Question.ask`."""
    return lambda matter: decide(matter, thing)
