"""R26 and R42: a law that came back with objections, the votes to override them and the terms (art. 59, art. 60)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from tracker.checks.cases import distinct
from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.checks.steps import Course, in_plenary
from tracker.checks.terms import Term, is_within, when
from tracker.judgement import Judgement, Matter, ReviewNote, SittingCalendar, Surroundings, about
from vocab.bodies import Body
from vocab.timeline import Event, EventKind

VETOED_LAW: Final = "vetoed_law"
"""`what` of a received law: it came back from the President with objections."""

_COMMITTEE, _EXPERTS = "committee", "experts"
_FORMED, _DECIDED = "formed", "decided"
_OVERRIDDEN, _UPHELD = "overridden", "upheld"
_TABLED = (EventKind.SCHEDULED, EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE, EventKind.OVERRIDE)


class Override(StrEnum):
    """What R26 can say."""

    ENOUGH_VOTES = "enough_votes"
    TOO_FEW_VOTES = "too_few_votes"
    NOT_OVERRIDDEN = "not_overridden"
    FIGURES_UNKNOWN = "figures_unknown"
    OUTCOME_UNKNOWN = "outcome_unknown"
    ENOUGH_BUT_UPHELD = "enough_but_upheld"
    OTHER_TEXT = "other_text"


class VetoTerms(StrEnum):
    """What R42 can say."""

    IN_TIME = "in_time"
    TOO_LATE = "too_late"
    NOT_TOLD = "not_told"
    BEGINNING_UNKNOWN = "beginning_unknown"
    DAYS_UNKNOWN = "days_unknown"
    UNANIMOUS = "unanimous"
    NOT_UNANIMOUS = "not_unanimous"
    DIVIDED_NOT_ADOPTED = "divided_not_adopted"
    AGREEMENT_UNKNOWN = "agreement_unknown"


def veto_override(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R26, once each day on which a returned law was put to the vote again.

    Where the record has no figures, those count that observers heard or counted that day.
    """
    by_day: dict[date, list[Event]] = {}
    for event in course.timeline.of(EventKind.OVERRIDE):
        by_day.setdefault(event.day, []).append(event)
    for event in course.timeline.of(EventKind.OBSERVED_VOTE):
        votes = by_day.get(event.day, [])
        if votes and _in_favour([event]) and not _in_favour(one for one in votes if one.kind is EventKind.OVERRIDE):
            votes.append(event)
    return tuple(
        judgement
        for day, votes in by_day.items()
        for judgement in course.ask(
            day, votes, about(_overridden(course.rules.parliament.seats_on(day)), votes), case=day.isoformat()
        )
    )


def _in_favour(votes: Iterable[Event]) -> set[int]:
    return {event.votes.in_favour for event in votes if event.votes and event.votes.in_favour is not None}


def _overridden(seats: int | None) -> Callable[[Matter, list[Event]], Judgement]:
    def judge(matter: Matter, votes: list[Event]) -> Judgement:
        told = _in_favour(votes)
        outcomes = {event.choice for event in votes if event.choice and event.kind is EventKind.OVERRIDE}
        figures: dict[str, Any] = {"date": votes[0].day.isoformat(), "told": sorted(told), "seats": seats}
        if outcomes and not outcomes & {_OVERRIDDEN, _UPHELD}:
            return matter.not_applicable(Override.OTHER_TEXT, figures)
        if len(told) != 1 or seats is None:
            return matter.cannot_tell(Override.FIGURES_UNKNOWN, figures)
        if len(outcomes) != 1:
            return matter.cannot_tell(Override.OUTCOME_UNKNOWN, figures | {"in_favour": told.pop()})
        return _with_figures(matter, told.pop(), seats, outcomes == {_OVERRIDDEN}, figures)

    return judge


def _with_figures(
    matter: Matter, in_favour: int, seats: int, is_overridden: bool, figures: dict[str, Any]
) -> Judgement:
    share = matter.rule.parameters["needed"]
    needed = least(share, seats)
    figures |= {"in_favour": in_favour, "needed": needed}
    if not is_overridden:
        if in_favour >= needed:
            return matter.cannot_tell(Override.ENOUGH_BUT_UPHELD, figures)
        return matter.kept(Override.NOT_OVERRIDDEN, figures)
    if in_favour >= needed:
        return matter.kept(Override.ENOUGH_VOTES, figures)
    excusable = is_enough_with_vacancies(in_favour, share, seats, matter.rule.parameters["vacancies"])
    notes = [ReviewNote.VACANCIES] if excusable else []
    heard = any(event.kind is EventKind.OBSERVED_VOTE for event in matter.question.events)
    return matter.broken(Override.TOO_FEW_VOTES, figures, *notes, *((ReviewNote.OBSERVER_ONLY,) if heard else ()))


@dataclass(frozen=True, slots=True)
class _Part:
    """One term of the way of a returned law: `starts` where it begins, `ends` what has to come within it."""

    name: str
    starts: tuple[Event, ...]
    ends: tuple[Event, ...]
    calendar: SittingCalendar


def veto_terms(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R42, once each term of a returned law of which an end is told, and once each agreement of a conciliation group.

    The term of the expert services (art. 59 p. 2) is R10's.
    """
    returned = _returned(course)
    if not returned:
        return ()
    answers: list[Judgement] = []
    for law in returned:
        for part in _parts(course, law, around.calendar):
            if part.starts or part.ends:
                case = f"{law.day.isoformat()}:{part.name}"
                answers += course.ask(law.day, (*part.starts, *part.ends), about(_in_time, part), case=case)
    return (*answers, *_agreements(course, returned))


def _returned(course: Course) -> list[Event]:
    """The law as the parliament received it; where that is not told, the day of the objections."""
    received = [one for one in course.timeline.of(EventKind.RECEIVED) if one.what == VETOED_LAW]
    found = received or list(course.timeline.of(EventKind.VETOED))
    return list({event.day: event for event in found}.values())


def _parts(course: Course, law: Event, calendar: SittingCalendar) -> Iterable[_Part]:
    after = [event for event in course.timeline.events if event.day >= law.day and event is not law]
    received = [one for one in after if one.kind is EventKind.RECEIVED]
    committee = tuple(one for one in received if one.what == _COMMITTEE)[:1]
    experts = tuple(one for one in received if one.what == _EXPERTS)[:1]
    decisions = [one for one in after if one.kind is EventKind.COMMITTEE_DECISION and one.body is Body.COMMITTEE]
    formed = tuple(one for one in after if one.kind is EventKind.CONCILIATION and one.what == _FORMED)[:1]
    tabled = _after_group(after, formed)
    knows_receipt = law.kind is EventKind.RECEIVED
    yield _Part("forwarded", (law,) if knows_receipt else (), committee or experts, calendar)
    yield _Part("committee", committee, tuple(decisions[:1]), calendar)
    yield _Part("conciliation", formed, tabled, calendar)


def _after_group(after: Sequence[Event], formed: Sequence[Event]) -> tuple[Event, ...]:
    """What the group brought: its decision; else, by the day on which it took the law up, the plenary had it."""
    if not formed:
        return ()
    later = [one for one in after if one.day > formed[0].day]
    decided = [one for one in later if one.kind is EventKind.CONCILIATION and one.what == _DECIDED]
    tabled = (replace(one, day_told=False) for one in later if one.kind in _TABLED and in_plenary(one))
    return tuple((*decided, *tabled)[:1])


def _in_time(matter: Matter, part: _Part) -> Judgement:
    figures: dict[str, Any] = {"part": f"veto_{part.name}"}
    if not part.starts:
        return matter.cannot_tell(VetoTerms.BEGINNING_UNKNOWN, figures)
    limit, start = matter.rule.parameters[part.name], part.starts[0]
    term = Term.of(start.day, limit, part.calendar)
    if not part.ends:
        told = {"start": start.day.isoformat(), "needed": term.days, "deadline": term.last.isoformat()}
        return matter.cannot_tell(VetoTerms.NOT_TOLD, figures | told)
    figures |= term.figures(part.ends[0].day)
    answer = is_within(when(start), when(part.ends[0]), limit, part.calendar)
    if answer is None:
        return matter.cannot_tell(VetoTerms.DAYS_UNKNOWN, figures)
    if answer:
        return matter.kept(VetoTerms.IN_TIME, figures)
    return matter.broken(VetoTerms.TOO_LATE, figures, *term.late_notes(part.ends[0].day))


def _agreements(course: Course, returned: Sequence[Event]) -> tuple[Judgement, ...]:
    """Art. 60 p. 3: the group decides unanimously; where it did not, the law must not be adopted in its wording."""
    decided = [
        one for one in course.timeline.of(EventKind.CONCILIATION) if one.what == _DECIDED and one.day >= returned[0].day
    ]
    cases = distinct(f"{one.day.isoformat()}:agreement" for one in decided)
    answer = _agreed(course)
    return tuple(
        judgement
        for case, one in zip(cases, decided, strict=True)
        for judgement in course.ask(one.day, (one, *_adopted_after(course, one)), about(answer, one), case=case)
    )


def _adopted_after(course: Course, group: Event) -> tuple[Event, ...]:
    return tuple(one for one in course.timeline.of(EventKind.ADOPTED) if one.day >= group.day and in_plenary(one))


def _agreed(course: Course) -> Callable[[Matter, Event], Judgement]:
    def judge(matter: Matter, group: Event) -> Judgement:
        figures = {"date": group.day.isoformat()}
        if group.choice is None:
            return matter.cannot_tell(VetoTerms.AGREEMENT_UNKNOWN, figures)
        if group.choice in matter.rule.parameters["unanimous"]:
            return matter.kept(VetoTerms.UNANIMOUS, figures)
        if _adopted_after(course, group):
            return matter.broken(VetoTerms.NOT_UNANIMOUS, figures)
        return matter.not_applicable(VetoTerms.DIVIDED_NOT_ADOPTED, figures)

    return judge
