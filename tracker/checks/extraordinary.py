"""R36: who may ask for an extraordinary sitting, and how soon one is called (art. 32 p. 4–6, art. 33 p. 5)."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from tracker.checks.session import is_between_sessions
from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.checks.sittings import was_held
from tracker.checks.terms import When, arithmetic, is_by, when
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.dates import calendar_days
from vocab.papers import Posted
from vocab.timeline import Event, EventKind, Timeline

_DEPUTIES = "deputies"


class ExtraordinarySitting(StrEnum):
    """What R36 can say."""

    LAWFUL_INITIATIVE = "lawful_initiative"
    NOT_AN_INITIATOR = "not_an_initiator"
    TOO_FEW_DEPUTIES = "too_few_deputies"
    INITIATIVE_UNKNOWN = "initiative_unknown"
    DEPUTIES_NOT_COUNTED = "deputies_not_counted"
    CALLED_IN_TIME = "called_in_time"
    CALLED_TOO_LATE = "called_too_late"
    CALL_UNKNOWN = "call_unknown"
    IN_SESSION = "in_session"


def extraordinary_notice(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R36, once the initiative of an extraordinary sitting, and once the term in which it was called."""
    if not timeline.subject.extraordinary or not was_held(timeline):
        return ()
    asked = timeline.of(EventKind.INITIATIVE)
    seats = rules.parliament.seats_on(day)
    initiative = Question(check_id="R36", day=day, case="initiative", events=asked)
    answers = initiative.ask(rules, lambda matter: _by_whom(matter, asked, seats))
    if not asked:
        return answers
    calls = [event for event in timeline.of(EventKind.PUBLISHED) if event.what == Posted.AGENDA]
    notice = Question(check_id="R36", day=day, case="notice", events=(*asked, *calls))
    between = is_between_sessions(day, rules, around.calendar)
    return (*answers, *notice.ask(rules, lambda matter: _in_time(matter, asked[0], calls, between)))


def _by_whom(matter: Matter, asked: Sequence[Event], seats: int | None) -> Judgement:
    """One lawful initiative is enough; of those of deputies the largest counts."""
    parameters = matter.rule.parameters
    initiators = sorted({event.what for event in asked if event.what})
    figures: dict[str, Any] = {"initiators": initiators}
    if not initiators:
        return matter.cannot_tell(ExtraordinarySitting.INITIATIVE_UNKNOWN, figures)
    if set(initiators) & set(parameters["initiators"]):
        return matter.kept(ExtraordinarySitting.LAWFUL_INITIATIVE, figures)
    if _DEPUTIES not in initiators:
        return matter.broken(ExtraordinarySitting.NOT_AN_INITIATOR, figures)
    number = max((event.count for event in asked if event.what == _DEPUTIES and event.count is not None), default=None)
    if number is None or seats is None:
        return matter.cannot_tell(ExtraordinarySitting.DEPUTIES_NOT_COUNTED, figures)
    figures |= {"number": number, "seats": seats, "needed": least(parameters[_DEPUTIES], seats)}
    if number >= figures["needed"]:
        return matter.kept(ExtraordinarySitting.LAWFUL_INITIATIVE, figures)
    excusable = is_enough_with_vacancies(number, parameters[_DEPUTIES], seats, parameters["vacancies"])
    notes = (ReviewNote.VACANCIES,) if excusable else ()
    return matter.broken(ExtraordinarySitting.TOO_FEW_DEPUTIES, figures, *notes)


def _in_time(matter: Matter, asked: Event, calls: Sequence[Event], is_between: bool) -> Judgement:
    """Between sessions the Toraga calls one within so many days after the registration of the initiative.

    These days run between sessions too: the term is about that very time. A session was called by the day on which
    it sat, and by the day on which its agenda stood on the site.
    """
    if not is_between:
        return matter.not_applicable(ExtraordinarySitting.IN_SESSION, {"registered_on": asked.day.isoformat()})
    most: int = matter.rule.parameters["term_days"]
    deadline = asked.day + timedelta(days=most)
    told = [When(None, matter.question.day), *map(when, calls)]
    first = max(asked.day, min(one.latest for one in told))
    figures = arithmetic(calendar_days(asked.day, first)) | {"needed": most, "deadline": deadline.isoformat()}
    answers = [is_by(one, deadline if asked.day_told else None, deadline) for one in told]
    if True in answers:
        return matter.kept(ExtraordinarySitting.CALLED_IN_TIME, figures)
    if False in answers:
        return matter.broken(ExtraordinarySitting.CALLED_TOO_LATE, figures, ReviewNote.NOT_ON_SITE)
    return matter.cannot_tell(ExtraordinarySitting.CALL_UNKNOWN, figures)
