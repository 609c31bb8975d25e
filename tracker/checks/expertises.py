"""R08, R09 and R10: the conclusions of the parliament's experts (art. 25 p. 8, art. 49, art. 50 p. 3, art. 51 p. 2)."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from tracker.checks.paperwork import Papers, Wanted, events_of, judge_papers
from tracker.checks.reviews import Stretch, Terms, held_by, judge_term, reading_step, reviews, taken_back
from tracker.checks.steps import Course, Step
from tracker.checks.terms import Term, When, is_by, when
from tracker.judgement import Judgement, Matter, ReviewNote, SittingCalendar, Surroundings
from vocab.papers import EXPERTISES, Paper
from vocab.timeline import Event, EventKind

_EXPERTS, _VETOED = "experts", "vetoed_law"


class ExpertConclusions(StrEnum):
    """What R08 can say."""

    THERE = Papers.THERE
    MISSING = Papers.MISSING
    AFTERWARDS = Papers.AFTERWARDS
    DAY_UNKNOWN = Papers.DAY_UNKNOWN
    UNKNOWN = Papers.UNKNOWN
    OTHER_READING = "other_reading"


class FiveExpertises(StrEnum):
    """What R09 can say."""

    THERE = Papers.THERE
    MISSING = Papers.MISSING
    AFTERWARDS = Papers.AFTERWARDS
    DAY_UNKNOWN = Papers.DAY_UNKNOWN
    UNKNOWN = Papers.UNKNOWN
    NO_AMENDMENTS_KNOWN = "no_amendments_known"


class ExpertDeadlines(StrEnum):
    """What R10 can say."""

    IN_TIME = Terms.IN_TIME
    TOO_LATE = Terms.TOO_LATE
    DAY_UNKNOWN = Terms.DAY_UNKNOWN
    START_UNKNOWN = Terms.START_UNKNOWN
    END_UNKNOWN = Terms.END_UNKNOWN
    WITHDRAWN = Terms.WITHDRAWN
    AFTER_BOTH_TERMS = "after_both_terms"
    SENT_UNKNOWN = "sent_unknown"


def committee_needs_conclusions(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R08, once for the committee's first look at a bill."""
    first = reviews(course, 1)
    if not first:
        return _looked_for_another_reading(course)
    return _judge(course, when(first[0]), first[:1], reading=1, case="")


def _looked_for_another_reading(course: Course) -> tuple[Judgement, ...]:
    others = course.timeline.of(EventKind.COMMITTEE_DECISION)
    if not others:
        return ()
    readings = sorted(others[0].readings)
    return course.ask(
        others[0].day,
        others[:1],
        lambda matter: matter.not_applicable(ExpertConclusions.OTHER_READING, {"readings": readings}),
    )


def five_expertises(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R09: the conclusions on the draft before the first reading, and on amendments before the second."""
    first, second = reading_step(course, 1), reading_step(course, 2)
    found = _by_step(course, first, 1) if first else ()
    if second is None or 1 in second.readings:
        return found
    if not _amended(course):
        case = f"{second.day.isoformat()}:2"
        figures = {"date": second.day.isoformat()}
        return found + course.ask(
            second.day,
            second.events,
            lambda matter: matter.not_applicable(FiveExpertises.NO_AMENDMENTS_KNOWN, figures),
            case=case,
        )
    return found + _by_step(course, second, 2)


def _by_step(course: Course, step: Step, reading: int) -> tuple[Judgement, ...]:
    by = held_by(step) or When(None, step.day)
    return _judge(course, by, step.events, reading=reading, case=f"{step.day.isoformat()}:{reading}")


def _amended(course: Course) -> bool:
    """True where it is told that there were amendments for the second reading."""
    tables = [event for event in course.timeline.of(EventKind.DOCUMENT) if event.what == Paper.AMENDMENTS_TABLE]
    return bool(tables) or any(event.count for event in course.timeline.of(EventKind.AMENDMENTS_READ))


def _judge(course: Course, by: When, events: tuple[Event, ...], *, reading: int, case: str) -> tuple[Judgement, ...]:
    """The papers that the rule of the day asks for, by a day; the rule itself names them."""
    rule = course.rules.on(course.check_id, by.latest)
    if rule is None:
        return ()
    found = Wanted(groups=rule.parameters["papers"], by=by, reading=reading).look(course.timeline)
    figures = {"date": by.latest.isoformat(), "reading": reading}
    return course.ask(
        by.latest, (*events, *events_of(found)), lambda matter: judge_papers(matter, found, figures), case=case
    )


def expert_deadlines(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R10: the term of the conclusions on the draft, on amendments and on a vetoed law, each where it began.

    The experts' term on a vetoed law begins when the speaker sends it to them; often only its arrival in the
    parliament is told.
    """

    def within(stage: str) -> Callable[[Matter, Stretch], Judgement]:
        def judge(matter: Matter, one: Stretch) -> Judgement:
            terms = matter.rule.parameters["terms"]
            if one.starts and one.starts[0].what == _VETOED:
                return _after_arrival(matter, one, terms, around.calendar)
            return judge_term(matter, one, terms[stage], around.calendar)

        return judge

    return tuple(
        judgement
        for stage, stretch in _stretches(course)
        for judgement in stretch.ask(course, within(stage), case=stage)
    )


def _after_arrival(
    matter: Matter, stretch: Stretch, terms: Mapping[str, Mapping[str, Any]], calendar: SittingCalendar
) -> Judgement:
    """Art. 59 p. 1–2: so many days to send the law on, then the experts' own; a conclusion may come by both."""
    if not stretch.ends:
        both = {**terms["vetoed"], "days": terms["vetoed_sent"]["days"] + terms["vetoed"]["days"]}
        return judge_term(matter, stretch, both, calendar)
    arrived, end = when(stretch.starts[0]), when(stretch.ends[0])
    sent_by = Term.of(arrived.latest, terms["vetoed_sent"], calendar)
    deadline = Term.of(sent_by.last, terms["vetoed"], calendar).last
    own = Term.of(arrived.latest, terms["vetoed"], calendar)
    first = Term.of(arrived.earliest, terms["vetoed"], calendar).last if arrived.earliest else None
    in_time = is_by(end, first, deadline)
    figures = own.figures(end.latest)
    if in_time:
        return matter.kept(ExpertDeadlines.IN_TIME, figures)
    figures |= {"sending": sent_by.days, "deadline": deadline.isoformat()}
    if in_time is None:
        reason = ExpertDeadlines.SENT_UNKNOWN if end.is_known else ExpertDeadlines.DAY_UNKNOWN
        return matter.cannot_tell(reason, figures)
    notes = (ReviewNote.SUM_OF_TERMS, *own.late_notes(end.latest))
    return matter.broken(ExpertDeadlines.AFTER_BOTH_TERMS, figures, *notes)


def _stretches(course: Course) -> Iterable[tuple[str, Stretch]]:
    """The start of each term and the last conclusion that is known of it."""
    sent, vetoed = _received(course, _EXPERTS), _received(course, _VETOED)
    until, read = course.timeline.of(EventKind.AMENDMENTS_UNTIL), reading_step(course, 1)
    back = vetoed[0].day if vetoed else None
    papers = [event for event in course.timeline.of(EventKind.DOCUMENT) if event.what in EXPERTISES]
    plain = [event for event in papers if not event.readings]
    draft = [event for event in papers if 1 in event.readings]
    draft += [event for event in plain if (back is None or event.day < back) and not _is_after(event, read)]
    gone = taken_back(course)
    first = tuple(event for event in sent if back is None or event.day < back)
    again = tuple(event for event in sent if event not in first)
    yield "draft", Stretch(starts=first, ends=_last(draft), gone=gone)
    yield "amendments", Stretch(starts=until, ends=_last(one for one in papers if 2 in one.readings), gone=gone)
    yield (
        "vetoed",
        Stretch(starts=again or vetoed, ends=_last(one for one in plain if back and one.day >= back), gone=gone),
    )


def _is_after(paper: Event, read: Step | None) -> bool:
    """True for a paper of the time after the first reading: it may be about amendments as well."""
    return read is not None and paper.day_told and paper.day > read.day


def _received(course: Course, what: str) -> tuple[Event, ...]:
    return tuple(event for event in course.timeline.of(EventKind.RECEIVED) if event.what == what)


def _last(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.day, reverse=True)[:1])
