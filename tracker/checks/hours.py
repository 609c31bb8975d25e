"""The hours of R33: ordinary sittings begin at ten and end at eighteen, unless prolonged (art. 33 p. 3)."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from tracker.checks.head_counts import clock, minute
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind, Timeline


class Hours(StrEnum):
    """What R33 can say of the hours."""

    WITHIN_HOURS = "within_hours"
    PROLONGED = "prolonged"
    BEGAN_AT_OTHER_TIME = "began_at_other_time"
    PROLONGATION_UNKNOWN = "prolongation_unknown"
    EXTRAORDINARY_HOURS = "extraordinary_hours"


def sitting_hours(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R33, once a sitting whose opening or close is told; an edition that names no hours has nothing to say."""
    told = [event for event in timeline.of(EventKind.STARTED, EventKind.ENDED) if event.at is not None]
    rule = rules.on("R33", day)
    if not told or rule is None or "hours" not in rule.parameters:
        return ()
    extensions = timeline.of(EventKind.EXTENSION)
    question = Question(check_id="R33", day=day, case="hours", events=(*told, *extensions))
    if timeline.subject.extraordinary:
        return question.ask(rules, lambda matter: matter.not_applicable(Hours.EXTRAORDINARY_HOURS, _figures(told)))
    return question.ask(rules, lambda matter: _judge(matter, told, bool(extensions)))


def _judge(matter: Matter, told: list[Event], is_prolonged: bool) -> Judgement:
    hours = matter.rule.parameters["hours"]
    opens, closes = time.fromisoformat(hours["opens"]), time.fromisoformat(hours["closes"])
    figures = _figures(told) | {"opens": hours["opens"], "closes": hours["closes"]}
    starts = [event for event in told if event.kind is EventKind.STARTED]
    # Observers' clocks differ: one that fits is enough, and the earlier close counts.
    if starts and not any(_fits(event, minute(opens), hours) for event in starts):
        return matter.broken(Hours.BEGAN_AT_OTHER_TIME, figures, *_seen_only(told))
    ends = [event.at for event in told if event.at and event.kind is EventKind.ENDED]
    if not ends or min(ends) <= closes:
        return matter.kept(Hours.WITHIN_HOURS, figures)
    if is_prolonged:
        return matter.kept(Hours.PROLONGED, figures)
    return matter.cannot_tell(Hours.PROLONGATION_UNKNOWN, figures)


def _fits(start: Event, opens: int, hours: Mapping[str, Any]) -> bool:
    """True where a sitting was opened on time, or while it waited for a quorum."""
    slack: int = hours["clock_minutes"] if start.observer else 0
    after = minute(start.at or time()) - opens
    waiting: int = hours["waiting_minutes"]
    return -slack <= after <= waiting + slack


def _seen_only(told: list[Event]) -> tuple[ReviewNote, ...]:
    return (ReviewNote.OBSERVER_ONLY,) if all(event.observer for event in told) else ()


def _figures(told: list[Event]) -> dict[str, Any]:
    """The times of day as told, those of all sources."""
    kinds = {"began": EventKind.STARTED, "ended": EventKind.ENDED}
    return {
        name: sorted({clock(event.at) for event in told if event.at and event.kind is kind}) or "—"
        for name, kind in kinds.items()
    }
