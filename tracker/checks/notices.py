"""R06, R07 and R50: what has to be known before a sitting: the bill, the agenda, and in time for who wants to come."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from tracker.access import request_by
from tracker.checks.posting import Duty, ask_posting, duty_before, first_seen
from tracker.checks.sittings import one_per_record, own_events, was_closed
from tracker.checks.steps import Course
from tracker.checks.terms import Term, is_by, when
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.papers import Posted
from vocab.timeline import Event, Timeline


class AccessRequest(StrEnum):
    """What R50 can say: nobody's duty, so nothing is broken."""

    AGENDA_IN_TIME = "agenda_in_time"
    AGENDA_LATER = "agenda_later"
    AGENDA_DAY_UNKNOWN = "agenda_day_unknown"
    CLOSED_SITTING = "closed_sitting"


def bill_online(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R06, once a bill, for the first time that the plenary considered it: what came later changed its text."""
    step = course.steps[0]
    question = Question(check_id="R06", day=step.day, events=step.events)

    def duty(rule: Rule, seen: Event | None) -> Duty:
        own = duty_before(Term.of(step.day, rule.parameters["notice"], around.calendar), seen)
        return replace(own, is_dated=step.is_dated, notes=(ReviewNote.EXCEPTION_OF_LAW,))

    return ask_posting(question, course.timeline, course.rules, Posted.BILL, duty)


def committee_agenda(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R07, once a sitting of a committee that something tells of."""
    told = own_events(timeline)
    if not told:
        return ()
    question = Question(check_id="R07", day=day, events=one_per_record(told))

    def duty(rule: Rule, seen: Event | None) -> Duty:
        return duty_before(Term.of(day, rule.parameters["notice"], around.calendar), seen)

    return ask_posting(question, timeline, rules, Posted.AGENDA, duty)


def access_request(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R50, once a sitting whose agenda was seen: the last day for a request to be let in is before it, or after."""
    agenda = first_seen(timeline, Posted.AGENDA)
    if agenda is None:
        return ()
    question = Question(check_id="R50", day=day, events=(agenda,))
    return question.ask(rules, about(lambda matter, event: _could_ask(matter, event, timeline), agenda))


def _could_ask(matter: Matter, agenda: Event, timeline: Timeline) -> Judgement:
    body, day = timeline.subject.body, matter.question.day
    last = request_by(matter.rule, day, body) if body else day
    figures = {"date": day.isoformat(), "deadline": last.isoformat(), "published": agenda.day.isoformat()}
    if was_closed(timeline):
        return matter.not_applicable(AccessRequest.CLOSED_SITTING, figures)
    in_time = is_by(when(agenda), last, last)
    if in_time is None:
        return matter.cannot_tell(AccessRequest.AGENDA_DAY_UNKNOWN, figures)
    if in_time:
        return matter.kept(AccessRequest.AGENDA_IN_TIME, figures)
    return matter.cannot_tell(AccessRequest.AGENDA_LATER, figures)
