"""R33 and R35: on which days the plenary sits, and from when to when (art. 32 p. 1, art. 33 p. 2, 5)."""

from datetime import date, timedelta
from typing import Any

from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, SittingCalendar, Surroundings, judge
from vocab.bodies import Body
from vocab.timeline import EventKind, Subject, Timeline
from vocab.verdicts import Verdict

_ONLY_PLANNED = frozenset({EventKind.ANNOUNCED, EventKind.SCHEDULED, EventKind.CANCELLED, EventKind.PRESS})
_EXCEPTION = "art. 33 p. 2 allows exceptions that the law provides for: look whether one was named"


def plenary_days(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R33, once a plenary sitting that was held."""
    held = _held(timeline)
    rule = rules.on("R33", held) if held else None
    if held is None or rule is None:
        return ()
    verdict, reason = _lawful_day(timeline.subject, held, rule, around.calendar)
    doubt = _EXCEPTION if reason == "other_day" else None
    figures = {"day": held.isoformat(), "weekday": held.isoweekday(), "allowed": list(rule.parameters["weekdays"])}
    return (judge(rule, verdict, reason, held, figures=figures, evidence=_evidence(timeline), needs_review=doubt),)


def _lawful_day(subject: Subject, day: date, rule: Rule, calendar: SittingCalendar) -> tuple[Verdict, str]:
    ordinary_day = day.isoweekday() in rule.parameters["weekdays"]
    if subject.extraordinary:
        # Art. 33 p. 5: any day but those of ordinary sittings.
        return (Verdict.BROKEN, "extraordinary_on_ordinary_day") if ordinary_day else (Verdict.KEPT, "extraordinary")
    if ordinary_day:
        return Verdict.KEPT, "ordinary_day"
    if day == _first(day.year, rule.parameters["opening_month"], calendar):
        return Verdict.KEPT, "opens_session"
    if calendar.is_moved_workday(day):
        return Verdict.KEPT, "moved_workday"
    return Verdict.BROKEN, "other_day"


def session_bounds(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R35, once a plenary sitting that was held: ordinary sittings stay within the session."""
    held = _held(timeline)
    rule = rules.on("R35", held) if held else None
    if held is None or rule is None:
        return ()
    opening = _first(held.year, rule.parameters["opening_month"], around.calendar)
    closing = _last(held.year, rule.parameters["closing_month"], around.calendar)
    if timeline.subject.extraordinary:
        verdict, reason = Verdict.NOT_APPLICABLE, "extraordinary"
    elif held >= opening or held <= closing:
        verdict, reason = Verdict.KEPT, "in_session"
    else:
        verdict, reason = Verdict.BROKEN, "out_of_session"
    figures: dict[str, Any] = {
        "day": held.isoformat(),
        "opening": opening.isoformat(),
        "closing": closing.isoformat(),
    }
    return (judge(rule, verdict, reason, held, figures=figures, evidence=_evidence(timeline)),)


def _held(timeline: Timeline) -> date | None:
    """The day of a plenary sitting that is known to have been held, not only announced."""
    subject = timeline.subject
    if subject.body is not Body.PLENARY or subject.cancelled:
        return None
    if all(event.kind in _ONLY_PLANNED for event in timeline.events):
        return None
    return subject.day


def _evidence(timeline: Timeline) -> tuple[Any, ...]:
    """The sources of the day: one line of each is enough."""
    by_record = {event.evidence.record: event.evidence for event in reversed(timeline.events)}
    return tuple(by_record[record] for record in sorted(by_record))


def _first(year: int, month: int, calendar: SittingCalendar) -> date:
    day = date(year, month, 1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _last(year: int, month: int, calendar: SittingCalendar) -> date:
    day = date(year, month + 1, 1) - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day
