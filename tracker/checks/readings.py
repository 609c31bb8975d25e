"""R01 and R02: three readings, and when they may be taken together (art. 53 p. 3, 13)."""

from collections.abc import Mapping
from datetime import date

from tracker.checks.steps import Step, is_law, steps
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Surroundings, judge
from vocab.timeline import Event, EventKind, Timeline
from vocab.verdicts import Verdict

_FINAL = (EventKind.SENT_TO_PRESIDENT, EventKind.SIGNED, EventKind.ENACTED)
_COMPLETE = "complete_record"  # a person's note: nothing is missing in our record of this bill
_POSITIVE = "positive"


def three_readings(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R01, once a bill: an adopted law has passed all readings, in order.

    A reading that our record lacks is no proof that it was skipped, unless a person noted the record as complete.
    """
    taken = steps(timeline)
    if not is_law(timeline) or not taken:
        return ()
    last = taken[-1]
    rule = rules.on("R01", last.day)
    if rule is None:
        return ()
    wanted = tuple(rule.parameters["readings"])
    finals = timeline.of(*_FINAL)
    adopted = {reading: step.day for step in taken for reading in sorted(step.adopted)}
    figures = {"wanted": list(wanted), "adopted": {str(one): day.isoformat() for one, day in sorted(adopted.items())}}
    evidence = tuple(one for step in taken for one in step.evidence) + tuple(event.evidence for event in finals)
    verdict, reason, doubt = _three_readings(timeline, taken, adopted, wanted, bool(finals))
    return (judge(rule, verdict, reason, last.day, figures=figures, evidence=evidence, needs_review=doubt),)


def _three_readings(
    timeline: Timeline, taken: tuple[Step, ...], adopted: Mapping[int, date], wanted: tuple[int, ...], final: bool
) -> tuple[Verdict, str, str | None]:
    """Verdict, reason, and why a person must look first."""
    if not final and wanted[-1] not in adopted:
        if any(wanted[-1] in step.readings for step in taken):
            return Verdict.CANNOT_TELL, "outcome_unknown", None
        return Verdict.NOT_APPLICABLE, "not_adopted", None
    if any(reading not in adopted for reading in wanted):
        if any(note.choice == _COMPLETE for note in timeline.of(EventKind.NOTE)):
            return Verdict.BROKEN, "reading_missing", "a person noted the record as complete"
        return Verdict.CANNOT_TELL, "reading_not_in_record", None
    if list(adopted) != sorted(adopted):
        return Verdict.BROKEN, "out_of_order", "the order of readings may be a slip of the source"
    return Verdict.KEPT, "all_readings", None


def combined_readings(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R02, once a day on which two or three readings were taken together."""
    if not is_law(timeline):
        return ()
    found = []
    for step in steps(timeline):
        rule = rules.on("R02", step.day)
        if rule is not None and len(step.readings) > 1:
            found.append(_combined(timeline, step, rule))
    return tuple(found)


def _combined(timeline: Timeline, step: Step, rule: Rule) -> Judgement:
    ground = step.ground or _ground_of_kind(timeline, rule)
    opinions = [event for event in timeline.of(EventKind.FACTION_OPINION) if event.day <= step.day]
    decisions = [event for event in timeline.of(EventKind.COMMITTEE_DECISION) if event.day <= step.day]
    verdict, reason = _lawful(ground, opinions, decisions, rule)
    figures = {
        "readings": sorted(step.readings),
        "ground": ground,
        "factions_for": sum(event.choice == _POSITIVE for event in opinions),
        "factions": len(opinions),
        "committees_for": sum(event.choice == _POSITIVE for event in decisions),
        "committees": len(decisions),
    }
    case = "-".join(map(str, sorted(step.readings))) + f"@{step.day.isoformat()}"
    evidence = step.evidence + tuple(event.evidence for event in (*opinions, *decisions))
    return judge(rule, verdict, reason, step.day, case=case, figures=figures, evidence=evidence)


def _ground_of_kind(timeline: Timeline, rule: Rule) -> str | None:
    """Ratification is a ground by itself, credit agreements excepted (art. 53 p. 13 (6))."""
    excepted = rule.parameters.get("ratification_except", ())
    title = timeline.subject.title.lower()
    if timeline.subject.bill_kind == "ratification" and not any(word in title for word in excepted):
        return "ratification"
    return None


def _lawful(ground: str | None, opinions: list[Event], decisions: list[Event], rule: Rule) -> tuple[Verdict, str]:
    grounds = rule.parameters.get("grounds")
    if grounds is None:
        return Verdict.CANNOT_TELL, "grounds_not_seen"
    if ground is None:
        return Verdict.CANNOT_TELL, "ground_unknown"
    if ground not in grounds:
        return Verdict.BROKEN, "ground_not_lawful"
    return _supported(opinions, decisions, asks_factions=ground not in rule.parameters["without_factions"])


def _supported(opinions: list[Event], decisions: list[Event], *, asks_factions: bool) -> tuple[Verdict, str]:
    """The committees and a majority of the factions are for it; in an emergency the factions are not asked."""
    if not decisions or (asks_factions and not opinions):
        return Verdict.CANNOT_TELL, "opinions_unknown"
    if any(event.choice != _POSITIVE for event in decisions):
        return Verdict.BROKEN, "committee_against"
    if asks_factions and 2 * sum(event.choice == _POSITIVE for event in opinions) <= len(opinions):
        return Verdict.BROKEN, "factions_against"
    return Verdict.KEPT, "lawful_ground"
