"""R03, R04 and R38: the time between readings and after a rejection (art. 53 p. 10, 11, 15; counted by art. 43)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tracker.checks.steps import HANDLED, Step, is_law, steps
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, SittingCalendar, Surroundings, judge
from vocab.dates import DayCount, add_months, add_working_days, working_days
from vocab.timeline import Event, EventKind, Timeline
from vocab.verdicts import Verdict

_NO_WEEKS = "weeks in the constituencies of that time are not in the calendar; they would shorten the count"


def shortest_interval(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R03, once for each two readings that follow one another on different days."""
    return tuple(_shortest(rule, pair, around) for rule, pair in _intervals(timeline, rules, "R03"))


def longest_interval(timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R04, once for each two readings that follow one another on different days; one extension is taken in."""
    extensions = timeline.of(EventKind.EXTENSION)
    return tuple(_longest(rule, pair, extensions, around) for rule, pair in _intervals(timeline, rules, "R04"))


def _intervals(timeline: Timeline, rules: RuleBook, check: str) -> Iterator[tuple[Rule, tuple[Step, Step]]]:
    """Steps (n, n+1) with the rule of the later day; readings taken together are one step (art. 53 p. 13)."""
    if not is_law(timeline):
        return
    taken = steps(timeline)
    for later in taken:
        first = min(later.readings)
        before = [step for step in taken if step.day < later.day and max(step.readings) == first - 1]
        repeated = any(first in step.readings for step in taken if step.day < later.day)
        rule = rules.on(check, later.day)
        if before and not repeated and rule is not None:
            yield rule, (before[-1], later)


def _case(pair: tuple[Step, Step]) -> str:
    return f"{max(pair[0].readings)}-{min(pair[1].readings)}"


def _exempt_or_unknown(rule: Rule, pair: tuple[Step, Step]) -> tuple[Verdict, str] | None:
    """The answers that need no counting."""
    earlier, later = pair
    if later.ground in rule.parameters["exempt_grounds"]:
        return Verdict.NOT_APPLICABLE, "exempt_ground"
    if max(earlier.readings) not in earlier.adopted or not later.adopted:
        return Verdict.CANNOT_TELL, "outcome_unknown"
    return None


def _arithmetic(count: DayCount) -> dict[str, Any]:
    return {
        "start": count.start.isoformat(),
        "end": count.end.isoformat(),
        "days": count.days,
        "skipped": [[day.isoformat(), why.value] for day, why in count.skipped],
    }


def _shortest(rule: Rule, pair: tuple[Step, Step], around: Surroundings) -> Judgement:
    earlier, later = pair
    count = working_days(earlier.day, later.day, around.calendar)
    least = rule.parameters["least"]
    verdict, reason = _exempt_or_unknown(rule, pair) or (
        (Verdict.KEPT, "long_enough") if count.days >= least else (Verdict.BROKEN, "too_short")
    )
    figures = _arithmetic(count) | {"least": least, "readings": _case(pair)}
    evidence = earlier.evidence + later.evidence
    return judge(rule, verdict, reason, later.day, case=_case(pair), figures=figures, evidence=evidence)


def _longest(rule: Rule, pair: tuple[Step, Step], extensions: tuple[Event, ...], around: Surroundings) -> Judgement:
    earlier, later = pair
    count = working_days(earlier.day, later.day, around.calendar)
    extended = [event for event in extensions if earlier.day <= event.day <= later.day]
    deadline = _deadline(rule, earlier.day, bool(extended), around.calendar)
    verdict, reason = _exempt_or_unknown(rule, pair) or (
        (Verdict.KEPT, "in_time") if later.day <= deadline else (Verdict.BROKEN, "too_late")
    )
    doubt = None
    if verdict is Verdict.BROKEN and not around.calendar.knows_constituency_weeks(earlier.day, later.day):
        doubt = _NO_WEEKS
    figures = _arithmetic(count) | {
        "most": rule.parameters["most"],
        "extended": bool(extended),
        "deadline": deadline.isoformat(),
        "readings": _case(pair),
    }
    evidence = earlier.evidence + later.evidence + tuple(event.evidence for event in extended)
    return judge(
        rule, verdict, reason, later.day, case=_case(pair), figures=figures, evidence=evidence, needs_review=doubt
    )


def _deadline(rule: Rule, start: date, extended: bool, calendar: SittingCalendar) -> date:
    """The last lawful day: so many working days, and one month more where the committee extended it once (p. 11)."""
    last = add_working_days(start, rule.parameters["most"], calendar)
    return add_months(last, rule.parameters["extension_months"]) if extended else last


def cooldown_after_rejection(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R38, once for each rejection; a bill that was never rejected, as far as we know, has one «not applicable»."""
    handled = timeline.of(*HANDLED)
    if not handled:
        return ()
    rejections = [event for event in handled if event.kind is EventKind.REJECTED]
    if not rejections:
        rule = rules.on("R38", handled[-1].day)
        if rule is None:
            return ()
        evidence = tuple(event.evidence for event in handled)
        return (judge(rule, Verdict.NOT_APPLICABLE, "no_rejection_known", handled[-1].day, evidence=evidence),)
    found = (_cooldown(rejection, handled, rules) for rejection in rejections)
    return tuple(one for one in found if one is not None)


def _cooldown(rejection: Event, handled: tuple[Event, ...], rules: RuleBook) -> Judgement | None:
    rule = rules.on("R38", rejection.day)
    if rule is None:
        return None
    earliest = add_months(rejection.day, rule.parameters["months"])
    again = next((event for event in handled if event.day > rejection.day), None)
    figures: dict[str, Any] = {
        "rejected": rejection.day.isoformat(),
        "months": rule.parameters["months"],
        "earliest": earliest.isoformat(),
        "again": again.day.isoformat() if again else None,
        "days": (again.day - rejection.day).days if again else None,
    }
    case = rejection.day.isoformat()
    if again is None:
        return judge(
            rule,
            Verdict.NOT_APPLICABLE,
            "not_taken_again",
            rejection.day,
            case=case,
            figures=figures,
            evidence=(rejection.evidence,),
        )
    verdict, reason = (Verdict.KEPT, "waited") if again.day >= earliest else (Verdict.BROKEN, "too_early")
    evidence = (rejection.evidence, again.evidence)
    return judge(rule, verdict, reason, again.day, case=case, figures=figures, evidence=evidence)
