"""R01 and R02: three readings, and when they may be taken together (art. 53 p. 3, 9, 13)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from tracker.checks.shares import least
from tracker.checks.steps import DECISIVE, OUTCOMES, Course, Step
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.bodies import faction_key
from vocab.text import fold
from vocab.timeline import Event, EventKind

_BECAME_LAW = frozenset({EventKind.SENT_TO_PRESIDENT, EventKind.SIGNED, EventKind.ENACTED})
_COMPLETE = "complete_record"  # a person's note: nothing is missing in our record of this bill
_POSITIVE = frozenset({"positive", "adopt", "approve"})
_NEGATIVE = frozenset({"negative", "reject"})


class ThreeReadings(StrEnum):
    """What R01 can say."""

    ALL_READINGS = "all_readings"
    OUT_OF_ORDER = "out_of_order"
    READING_MISSING = "reading_missing"
    READING_NOT_IN_RECORD = "reading_not_in_record"
    VOTE_UNKNOWN = "vote_unknown"
    OUTCOME_UNKNOWN = "outcome_unknown"
    NOT_ADOPTED = "not_adopted"


def three_readings(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R01, once a bill: an adopted law has passed all readings, in order, each with a vote.

    A reading that our record lacks is no proof that it was skipped, unless a person noted the record as complete.
    """
    adoption = next((event for event in course.timeline.events if _is_adoption(event, course)), None)
    if adoption is None:
        return course.ask_of_all(lambda matter: _not_adopted(matter, course))
    taken = [step for step in course.steps if step.day <= adoption.day]
    events = (*(event for step in taken for event in step.events), adoption)
    return course.ask(adoption.day, events, lambda matter: _adopted(matter, taken, course))


def _is_adoption(event: Event, course: Course) -> bool:
    """True where a law is told to be adopted in its last reading, or to be a law already."""
    return event.kind in _BECAME_LAW or (event.kind is EventKind.ADOPTED and course.last_reading in event.readings)


def _not_adopted(matter: Matter, course: Course) -> Judgement:
    last = course.steps[-1]
    if course.last_reading in last.readings and not last.outcomes:
        return matter.cannot_tell(ThreeReadings.OUTCOME_UNKNOWN, last.figures())
    return matter.not_applicable(ThreeReadings.NOT_ADOPTED, last.figures())


def _adopted(matter: Matter, taken: Sequence[Step], course: Course) -> Judgement:
    wanted: list[int] = matter.rule.parameters["readings"]
    figures = {
        "adopted": matter.question.day.isoformat(),
        "readings": [step.label for step in taken],
        "days": [step.day.isoformat() for step in taken],
    }
    missing = [reading for reading in wanted if not any(reading in step.readings for step in taken)]
    if missing:
        return _missing(matter, course, {**figures, "missing": missing})
    if not _in_order(wanted, taken):
        return matter.broken(ThreeReadings.OUT_OF_ORDER, figures, ReviewNote.SLIP_OF_ORDER)
    unvoted = [reading for reading in wanted if not any(_is_voted(reading, step) for step in taken)]
    if unvoted:
        return matter.cannot_tell(ThreeReadings.VOTE_UNKNOWN, {**figures, "missing": unvoted})
    return matter.kept(ThreeReadings.ALL_READINGS, figures)


def _missing(matter: Matter, course: Course, figures: dict[str, Any]) -> Judgement:
    if any(note.choice == _COMPLETE for note in course.timeline.of(EventKind.NOTE)):
        return matter.broken(ThreeReadings.READING_MISSING, figures, ReviewNote.COMPLETE_BY_PERSON)
    return matter.cannot_tell(ThreeReadings.READING_NOT_IN_RECORD, figures)


def _in_order(wanted: Iterable[int], taken: Iterable[Step]) -> bool:
    """True when the readings follow each other somewhere in the steps; a reading may be held twice (art. 57)."""
    left = list(wanted)
    for step in taken:
        while left and left[0] in step.readings:
            left.pop(0)
    return not left


def _is_voted(reading: int, step: Step) -> bool:
    return any(reading in event.readings and event.kind in DECISIVE for event in step.events)


class CombinedReadings(StrEnum):
    """What R02 can say."""

    LAWFUL_GROUND = "lawful_ground"
    NOT_THESE_READINGS = "not_these_readings"
    GROUND_NOT_LAWFUL = "ground_not_lawful"
    COMMITTEE_AGAINST = "committee_against"
    FACTIONS_AGAINST = "factions_against"
    OUTCOME_UNKNOWN = "outcome_unknown"
    GROUND_UNKNOWN = "ground_unknown"
    COMMITTEE_UNKNOWN = "committee_unknown"
    FACTIONS_UNKNOWN = "factions_unknown"
    NOT_ADOPTED_TOGETHER = "not_adopted_together"
    TAKEN_APART = "taken_apart"
    DAY_UNKNOWN = "day_unknown"


def combined_readings(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R02, once a day on which readings were taken together; once a bill where that never happened."""
    together = [step for step in course.steps if len(step.readings) > 1]
    if not together:
        return course.ask_of_all(lambda matter: matter.not_applicable(CombinedReadings.TAKEN_APART, {}))
    return course.ask_each(together, lambda matter, step: _together(matter, course, step))


def _together(matter: Matter, course: Course, step: Step) -> Judgement:
    figures = step.figures()
    if len(step.adopted) < 2 or not _is_one_act(step):
        return _not_together(matter, step)
    if sorted(step.adopted) not in matter.rule.parameters["combinations"]:
        return matter.broken(CombinedReadings.NOT_THESE_READINGS, figures)
    ground = _ground(matter, course, step)
    if ground is None:
        return matter.cannot_tell(CombinedReadings.GROUND_UNKNOWN, figures)
    figures["ground"] = ground
    if ground not in matter.rule.parameters["grounds"]:
        return matter.broken(CombinedReadings.GROUND_NOT_LAWFUL, figures)
    return _with_consent(matter, course, step, figures)


def _not_together(matter: Matter, step: Step) -> Judgement:
    """The answers where no two readings are known to have been adopted at once."""
    figures = step.figures()
    if len(step.adopted) > 1:
        return matter.cannot_tell(CombinedReadings.DAY_UNKNOWN, figures)
    if step.outcomes & OUTCOMES:
        return matter.not_applicable(CombinedReadings.NOT_ADOPTED_TOGETHER, figures)
    return matter.cannot_tell(CombinedReadings.OUTCOME_UNKNOWN, figures)


def _is_one_act(step: Step) -> bool:
    """False where only the publication of several releases puts the readings on one day."""
    adopted = [event for event in step.events if event.kind is EventKind.ADOPTED]
    together = any(event.readings >= step.adopted for event in adopted)
    return together or all(event.day_told for event in adopted)


def _ground(matter: Matter, course: Course, step: Step) -> str | None:
    """The ground that a source names on that day, else ratification by itself, credit agreements excepted (6)."""
    told = next((event.ground for event in course.timeline.events if event.day == step.day and event.ground), None)
    subject = course.timeline.subject
    excepted = course.is_titled(matter.rule.parameters["ratification_except"])
    if told or excepted or subject.bill_kind != "ratification":
        return told
    return "ratification"


def _with_consent(matter: Matter, course: Course, step: Step, figures: dict[str, Any]) -> Judgement:
    before = [event for event in course.timeline.events if event.day <= step.day]
    decisions = _last_words(before, step)
    factions, committees = _factions_agree(matter, before, figures), _committees_agree(decisions)
    if committees is False:
        against = [event for event in decisions if event.choice in _NEGATIVE]
        question = replace(matter.question, events=(*matter.question.events, *against))
        return Matter(question, matter.rule).broken(CombinedReadings.COMMITTEE_AGAINST, figures)
    if factions is False:
        return matter.broken(CombinedReadings.FACTIONS_AGAINST, figures)
    if committees is None:
        return matter.cannot_tell(CombinedReadings.COMMITTEE_UNKNOWN, figures)
    if factions is None:
        return matter.cannot_tell(CombinedReadings.FACTIONS_UNKNOWN, figures)
    return matter.kept(CombinedReadings.LAWFUL_GROUND, figures)


def _factions_agree(matter: Matter, events: Iterable[Event], figures: dict[str, Any]) -> bool | None:
    """Whether most factions and groups were for it; `count` of an opinion says how many there are.

    In an emergency they are not asked (ground 9). A press release that tells of one of them does not say of which.
    """
    if figures["ground"] in matter.rule.parameters["without_factions"]:
        return True
    told = [event for event in events if not event.evidence.is_press]
    opinions = [event for event in told if event.kind is EventKind.FACTION_OPINION]
    total = max((event.count or 0 for event in opinions), default=0)
    if not total:
        return None
    words = {faction_key(event.about or ""): event.choice for event in opinions}
    needed = least(matter.rule.parameters["factions"], total)
    positive = sum(choice in _POSITIVE for choice in words.values())
    figures |= {"factions_for": positive, "factions": total, "needed": needed}
    if positive >= needed:
        return True
    against = sum(choice in _NEGATIVE for choice in words.values())
    return False if total - against < needed else None


def _last_words(events: Iterable[Event], step: Step) -> list[Event]:
    """The last decision of each committee on these readings."""
    words = {
        fold(event.committee or ""): event
        for event in events
        if event.kind is EventKind.COMMITTEE_DECISION and (event.readings & step.readings or not event.readings)
    }
    return list(words.values())


def _committees_agree(decisions: Iterable[Event]) -> bool | None:
    """Whether the committees were for it."""
    choices = {event.choice for event in decisions}
    if choices & _NEGATIVE:
        return False
    return True if choices & _POSITIVE else None
