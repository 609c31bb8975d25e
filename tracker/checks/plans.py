"""R45: the parliament's plans: that of a session is adopted in time, and every plan stands on the site (art. 40)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from tracker.calendar import first_workday
from tracker.checks.cases import distinct
from tracker.checks.posting import Duty, ask_posting, duty_after
from tracker.checks.session import is_between_sessions
from tracker.checks.terms import Term, is_by, when
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Matter, Question, Surroundings, about
from vocab.bodies import Body
from vocab.papers import Posted
from vocab.timeline import Event, EventKind, Timeline

_PLANS = (Posted.SESSION_PLAN, Posted.MONTHLY_PLAN)


class WorkPlans(StrEnum):
    """What R45 can say."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_THERE = "not_there"
    DAY_UNKNOWN = "day_unknown"
    NOT_SEEN = "not_seen"
    ADOPTED_IN_TIME = "adopted_in_time"
    ADOPTED_LATE = "adopted_late"
    ADOPTION_DAY_UNKNOWN = "adoption_day_unknown"
    FIRST_SESSION = "first_session"


def work_plans(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R45, for each plan that is told to have been adopted: "session_plan:<day>", "…:online"."""
    if timeline.subject.body is not Body.PLENARY:
        return ()
    plans = [event for event in timeline.of(EventKind.ADOPTED) if event.what in _PLANS]
    cases = distinct(f"{event.what}:{event.day.isoformat()}" for event in plans)
    found: list[Judgement] = []
    for case, plan in zip(cases, plans, strict=True):
        if plan.what == Posted.SESSION_PLAN and not _is_later_one(plan, plans, rules, around):
            question = Question(check_id="R45", day=plan.day, case=case, events=(plan,))
            found += question.ask(rules, about(lambda matter, one: _adopted(matter, one, rules, around), plan))
        found += _online(timeline, plan, f"{case}:online", rules, around)
    return tuple(found)


def _is_later_one(plan: Event, plans: Sequence[Event], rules: RuleBook, around: Surroundings) -> bool:
    """True for a plan of a session that has one already: it changes that plan, or is the next session's."""
    rule = rules.on("R45", plan.day)
    if rule is None:
        return False
    opening = _opening(plan.day, rule.parameters["opening_month"], rules, around)
    same = [one for one in plans if one.what == plan.what and one.day < plan.day]
    return any(_opening(one.day, rule.parameters["opening_month"], rules, around) == opening for one in same)


def _adopted(matter: Matter, plan: Event, rules: RuleBook, around: Surroundings) -> Judgement:
    parameters = matter.rule.parameters
    opening = _opening(plan.day, parameters["opening_month"], rules, around)
    deadline = date(opening.year, parameters["by_month"], parameters["by_day"])
    figures = {"adopted": plan.day.isoformat(), "opening": opening.isoformat(), "deadline": deadline.isoformat()}
    # A new parliament has three months from the day on which its committees were formed (art. 40 p. 2).
    if any(opening <= one.since <= plan.day for one in rules.parliament.convocations):
        return matter.cannot_tell(WorkPlans.FIRST_SESSION, figures)
    in_time = is_by(when(plan), deadline, deadline)
    if in_time is None:
        return matter.cannot_tell(WorkPlans.ADOPTION_DAY_UNKNOWN, figures)
    if in_time:
        return matter.kept(WorkPlans.ADOPTED_IN_TIME, figures)
    return matter.broken(WorkPlans.ADOPTED_LATE, figures)


def _opening(day: date, month: int, rules: RuleBook, around: Surroundings) -> date:
    """The first day of the session that a day lies in; between two sessions, of the one that comes."""
    opening = first_workday(day.year, month, around.calendar)
    if day >= opening or is_between_sessions(day, rules, around.calendar):
        return opening
    return first_workday(day.year - 1, month, around.calendar)


def _online(timeline: Timeline, plan: Event, case: str, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """What the site showed since the plan was adopted, and before the next of its kind."""
    what = Posted(plan.what or "")
    later = [one.day for one in timeline.of(EventKind.ADOPTED) if one.what == what and one.day > plan.day]
    until = min(later, default=date.max)
    own = tuple(one for one in timeline.events if one.day >= plan.day and one.day < until)
    since = Timeline(subject=timeline.subject, events=own)

    def duty(rule: Rule, seen: Event | None) -> Duty:
        own = duty_after(Term.of(plan.day, rule.parameters["publication"], around.calendar), seen)
        return replace(own, is_dated=plan.day_told, reasons=WorkPlans)

    question = Question(check_id="R45", day=plan.day, case=case, events=(plan,))
    return ask_posting(question, since, rules, what, duty)
