"""R37: how the agenda is approved, and how often an item is put off (art. 41 p. 2–3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.quorum import DECIDING
from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.checks.steps import Course, Step, in_plenary
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.timeline import Event, EventKind, Timeline


class AgendaMajority(StrEnum):
    """What R37 can say of a sitting's agenda."""

    ENOUGH_VOTES = "enough_votes"
    TOO_FEW_VOTES = "too_few_votes"
    FIGURES_UNKNOWN = "figures_unknown"
    FIGURES_DISAGREE = "figures_disagree"
    VOTE_UNKNOWN = "vote_unknown"
    NOT_APPROVED = "not_approved"
    OUTCOME_UNKNOWN = "outcome_unknown"


class Postponements(StrEnum):
    """What R37 can say of an item of the agenda."""

    ONCE = "once"
    BY_COMMITTEE = "by_committee"
    TOO_OFTEN = "too_often"
    COMMITTEE_UNKNOWN = "committee_unknown"
    MAY_BE_ONE = "may_be_one"
    RETURNED_INSTEAD = "returned_instead"


def agenda_majority(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R37, once a sitting whose agenda is known or was put to the vote."""
    votes = timeline.of(EventKind.AGENDA_VOTE)
    if not votes and not timeline.of(EventKind.ANNOUNCED):
        return ()
    question = Question(check_id="R37", day=day, events=votes or timeline.of(EventKind.ANNOUNCED))
    return question.ask(rules, lambda matter: _approved(matter, timeline, votes, rules.parliament.seats_on(day)))


def _approved(matter: Matter, timeline: Timeline, votes: Sequence[Event], seats: int | None) -> Judgement:
    """All sources have to say the same of the threshold, else nobody can tell."""
    if not votes:
        return matter.cannot_tell(AgendaMajority.VOTE_UNKNOWN, {})
    numbers = sorted({event.votes.in_favour for event in votes if event.votes and event.votes.in_favour is not None})
    if not numbers or seats is None:
        return matter.cannot_tell(AgendaMajority.FIGURES_UNKNOWN, {})
    needed = least(matter.rule.parameters["majority"], seats)
    figures: dict[str, Any] = {"in_favour": numbers[-1], "needed": needed, "seats": seats}
    if numbers[0] >= needed:
        return matter.kept(AgendaMajority.ENOUGH_VOTES, figures)
    if numbers[-1] >= needed:
        return matter.cannot_tell(AgendaMajority.FIGURES_DISAGREE, figures | {"told": numbers})
    return _below(matter, timeline, votes, figures)


def _below(matter: Matter, timeline: Timeline, votes: Sequence[Event], figures: Mapping[str, Any]) -> Judgement:
    """Too few votes reject an agenda; that is broken only where the sitting took it as approved all the same."""
    outcomes = {event.choice for event in votes}
    if EventKind.REJECTED in outcomes:
        return matter.not_applicable(AgendaMajority.NOT_APPROVED, figures)
    if EventKind.ADOPTED not in outcomes and not timeline.of(*DECIDING, EventKind.CONSIDERED):
        return matter.cannot_tell(AgendaMajority.OUTCOME_UNKNOWN, figures)
    parameters = matter.rule.parameters
    excusable = is_enough_with_vacancies(
        figures["in_favour"], parameters["majority"], figures["seats"], parameters["vacancies"]
    )
    notes = [ReviewNote.VACANCIES] if excusable else []
    notes += [ReviewNote.OBSERVER_ONLY] if all(event.observer for event in votes) else []
    return matter.broken(AgendaMajority.TOO_FEW_VOTES, figures, *notes)


@dataclass(frozen=True, slots=True)
class _Wait:
    """How often a bill was put off before one of its steps (None: before the next one, which is not known yet)."""

    before: Step | None
    events: tuple[Event, ...]

    @property
    def case(self) -> str:
        return f"postponed:{self.before.label if self.before else 'next'}"

    @property
    def days(self) -> list[date]:
        return sorted({event.day for event in self.events})


def agenda_postponements(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R37, once each wait of a bill in which it was put off."""
    return tuple(
        judgement
        for wait in _waits(course)
        for judgement in course.ask(wait.days[-1], wait.events, about(_put_off, wait), case=wait.case)
    )


def _waits(course: Course) -> Iterable[_Wait]:
    told = [event for event in course.timeline.of(EventKind.POSTPONED, EventKind.RETURNED) if in_plenary(event)]
    last: date = date.min
    for step in (*course.steps, None):
        here = tuple(event for event in told if last <= event.day and (step is None or event.day < step.day))
        if any(event.kind is EventKind.POSTPONED for event in here):
            yield _Wait(step, here)
        last = step.day if step else last


def _put_off(matter: Matter, wait: _Wait) -> Judgement:
    parameters = matter.rule.parameters
    put_off = [event for event in wait.events if event.kind is EventKind.POSTPONED]
    days = sorted({event.day for event in put_off})
    figures: dict[str, Any] = {
        "number": len(days),
        "days": [day.isoformat() for day in days],
        "most": parameters["most"],
    }
    if len(days) <= parameters["most"]:
        return matter.kept(Postponements.ONCE, figures)
    by_committee = {event.day for event in put_off if event.choice in parameters["by_committee"]}
    own = [day for day in days if day not in by_committee]
    if len(own) <= parameters["most"]:
        return matter.kept(Postponements.BY_COMMITTEE, figures)
    if any(event.kind is EventKind.RETURNED for event in wait.events):
        return matter.not_applicable(Postponements.RETURNED_INSTEAD, figures)
    if not all(event.day_told for event in put_off):
        return matter.cannot_tell(Postponements.MAY_BE_ONE, figures)
    if any(event.choice is None for event in put_off if event.day in own):
        return matter.cannot_tell(Postponements.COMMITTEE_UNKNOWN, figures)
    return matter.broken(Postponements.TOO_OFTEN, figures)
