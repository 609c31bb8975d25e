"""R11, R13, R20 and R46: the work of the responsible committee on a bill (art. 50, 51)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.checks.reviews import Stretch, Terms, judge_term, reading_step, reviews, taken_back, taken_together
from tracker.checks.steps import Course
from tracker.checks.terms import Term, when
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.papers import Paper, Posted
from vocab.timeline import Event, EventKind

_COMMITTEE = "committee"
_ON_SITE = (EventKind.PUBLISHED, EventKind.NOT_PUBLISHED)


class FirstReview(StrEnum):
    """What R11 can say."""

    IN_TIME = Terms.IN_TIME
    SURELY_IN_TIME = Terms.SURELY_IN_TIME
    TOO_LATE = Terms.TOO_LATE
    DAY_UNKNOWN = Terms.DAY_UNKNOWN
    START_UNKNOWN = Terms.START_UNKNOWN
    END_UNKNOWN = Terms.END_UNKNOWN
    WITHDRAWN = Terms.WITHDRAWN
    OTHER_TERM = "other_term"


class CommentWindow(StrEnum):
    """What R13 can say."""

    LONG_ENOUGH = "long_enough"
    TOO_EARLY = "too_early"
    DAY_UNKNOWN = "day_unknown"
    POSTING_UNKNOWN = "posting_unknown"
    NOT_REVIEWED = "not_reviewed"


class SecondReview(StrEnum):
    """What R20 can say."""

    IN_TIME = Terms.IN_TIME
    SURELY_IN_TIME = Terms.SURELY_IN_TIME
    TOO_LATE = Terms.TOO_LATE
    DAY_UNKNOWN = Terms.DAY_UNKNOWN
    START_UNKNOWN = Terms.START_UNKNOWN
    END_UNKNOWN = Terms.END_UNKNOWN
    WITHDRAWN = Terms.WITHDRAWN
    TAKEN_TOGETHER = "taken_together"


class SignedConclusion(StrEnum):
    """What R46 can say."""

    IN_TIME = Terms.IN_TIME
    TOO_LATE = Terms.TOO_LATE
    DAY_UNKNOWN = Terms.DAY_UNKNOWN
    END_UNKNOWN = Terms.END_UNKNOWN
    WITHDRAWN = Terms.WITHDRAWN
    NO_CONCLUSION_DUE = "no_conclusion_due"
    ALL_PARTS = "all_parts"
    PARTS_MISSING = "parts_missing"


def first_review_deadline(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R11, once a bill that a committee received or looked at: its first look came within the term."""
    timeline = course.timeline
    received = tuple(event for event in timeline.of(EventKind.RECEIVED) if event.what == _COMMITTEE)
    registered = timeline.of(EventKind.SUBMITTED, EventKind.REGISTERED)
    stretch = Stretch(
        starts=received,
        ends=_reviewed(course, 1) if received else reviews(course, 1),
        earlier=registered,
        gone=taken_back(course),
    )

    def decide(matter: Matter, one: Stretch) -> Judgement:
        if course.is_titled(matter.rule.parameters["other_titles"]):
            return matter.not_applicable(FirstReview.OTHER_TERM, {})
        return judge_term(matter, one, matter.rule.parameters["term"], around.calendar)

    return stretch.ask(course, decide)


def second_review_deadline(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R20, once a bill for which amendments were awaited, or that a committee prepared for the second reading."""
    until = course.timeline.of(EventKind.AMENDMENTS_UNTIL)
    first = reading_step(course, 1)
    stretch = Stretch(
        starts=until,
        ends=_reviewed(course, 2) if until else reviews(course, 2),
        earlier=first.events if first else (),
        gone=taken_back(course),
    )

    def decide(matter: Matter, one: Stretch) -> Judgement:
        if taken_together(course, (1, 2)):
            return matter.not_applicable(SecondReview.TAKEN_TOGETHER, {})
        return judge_term(matter, one, matter.rule.parameters["term"], around.calendar)

    return stretch.ask(course, decide)


def _reviewed(course: Course, reading: int) -> tuple[Event, ...]:
    """What tells that a committee looked at a bill: its decision, or at the latest the reading that followed it."""
    step = reading_step(course, reading)
    later = [replace(event, day_told=False) for event in step.events] if step else []
    return (*reviews(course, reading), *later)


def comment_window(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R13, once a bill that stood on the site: the committee did not decide before the time for remarks was over."""
    seen = tuple(event for event in course.timeline.of(*_ON_SITE) if event.what == Posted.BILL)
    review = reviews(course, 1)[:1]
    if not seen and not review:
        return ()
    events = (*seen, *review)
    return course.ask(max(one.day for one in events), events, _window(seen, review, around))


def _window(seen: tuple[Event, ...], review: tuple[Event, ...], around: Surroundings) -> Callable[[Matter], Judgement]:
    def decide(matter: Matter) -> Judgement:
        if not review:
            return matter.not_applicable(CommentWindow.NOT_REVIEWED, {})
        posted, held, limit = _posted(seen), when(review[0]), matter.rule.parameters["term"]
        if posted.earliest is not None:
            term = Term.of(posted.earliest, limit, around.calendar)
            if held.latest < term.last:
                notes = (ReviewNote.DERIVED, *term.early_notes(held.latest))
                return matter.broken(CommentWindow.TOO_EARLY, term.figures(held.latest), *notes)
        if posted.latest is None:
            return matter.cannot_tell(CommentWindow.POSTING_UNKNOWN, {"end": held.latest.isoformat()})
        term = Term.of(posted.latest, limit, around.calendar)
        figures = term.figures(held.latest)
        if held.earliest is not None and held.earliest >= term.last:
            return matter.kept(CommentWindow.LONG_ENOUGH, figures)
        return matter.cannot_tell(CommentWindow.DAY_UNKNOWN, figures)

    return decide


@dataclass(frozen=True, slots=True)
class _Posted:
    """When the bill came to the site: not before `earliest`, and by `latest`; None where nobody can tell."""

    earliest: date | None
    latest: date | None


def _posted(seen: tuple[Event, ...]) -> _Posted:
    """It came after our last look in vain, perhaps on the same day, and by the day on which we saw it."""
    there = [when(event) for event in seen if event.kind is EventKind.PUBLISHED]
    latest = there[0].latest if there else None
    vain = [event.day for event in seen if event.kind is EventKind.NOT_PUBLISHED]
    after = [day for day in vain if latest is None or day <= latest]
    told = [there[0].earliest] if there and there[0].earliest else []
    return _Posted(max([*after, *told], default=None), latest)


def conclusion_signed(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R46: the committee's conclusion was signed in time, and has its parts where its text was read."""
    held = reviews(course, 1)[:1]
    papers = tuple(
        event
        for event in course.timeline.of(EventKind.DOCUMENT)
        if event.what == Paper.COMMITTEE_CONCLUSION and (not event.readings or 1 in event.readings)
    )
    stretch = Stretch(starts=held, ends=papers if held else (), gone=taken_back(course))

    def decide(matter: Matter, one: Stretch) -> Judgement:
        if held[0].choice in matter.rule.parameters["no_conclusion"]:
            return matter.not_applicable(SignedConclusion.NO_CONCLUSION_DUE, {"date": held[0].day.isoformat()})
        return judge_term(matter, one, matter.rule.parameters["term"], around.calendar)

    read = [event for event in papers if event.parts is not None]
    found = stretch.ask(course, decide, case="signed")
    return found + (course.ask(read[0].day, read[:1], lambda one: _parts(one, read[0]), case="parts") if read else ())


def _parts(matter: Matter, paper: Event) -> Judgement:
    needed: list[str] = matter.rule.parameters["parts"]
    lacking = [part for part in needed if part not in (paper.parts or ())]
    if not lacking:
        return matter.kept(SignedConclusion.ALL_PARTS, {"sections": needed})
    figures = {"sections": needed, "lacking": lacking}
    return matter.broken(SignedConclusion.PARTS_MISSING, figures, ReviewNote.FOUND_BY_WORDS)
