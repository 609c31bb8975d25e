"""R29: nobody votes who is absent (art. 84 p. 7–9, art. 85 p. 4–5: the computers of the absent are off)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.sittings import is_among, one_per_record, written
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind, Timeline

NOT_CAST = frozenset({"absent", "not_voted", "отсутствовал", "не голосовал"})
"""Choices in a roll call that are no votes."""


GIVEN = (EventKind.TRANSFER, EventKind.PROXY_ANNOUNCED)
"""A vote given to another deputy: as a protocol tells it, and as an observer heard it announced."""


class AbsentVoted(StrEnum):
    """What R29 can say."""

    NONE_VOTED = "none_voted"
    ABSENT_AND_VOTED = "absent_and_voted"
    ABSENT_UNKNOWN = "absent_unknown"
    NO_ROLL_CALL = "no_roll_call"
    NOT_COMPARABLE = "not_comparable"
    ALL_TRANSFERRED = "all_transferred"


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who is told to be absent, and whose votes are recorded.

    Under an edition that allowed transfers, an absent deputy who gave the vote away is not among the absent: the
    holder voted. `told` counts all that are told of; who is absent to one and present to another is `disputed`.
    """

    told: int
    absent: tuple[Event, ...]
    disputed: tuple[Event, ...]
    ballots: tuple[Event, ...]

    def votes_of_the_absent(self) -> tuple[Event, ...]:
        """The recorded votes of deputies who are certainly among the absent."""
        absent = [event.who for event in self.absent]
        return tuple(ballot for ballot in self.ballots if is_among(ballot.who, absent))

    def is_certain(self) -> bool:
        """True when every recorded vote could be told apart from every absent deputy."""
        absent = [event.who for event in (*self.absent, *self.disputed)]
        return all(is_among(ballot.who, absent) is False for ballot in self.ballots)

    def contradiction(self, ballots: Iterable[Event]) -> tuple[Event, ...]:
        """Recorded votes together with the absences that they contradict."""
        ballots = tuple(ballots)
        voters = [ballot.who for ballot in ballots]
        return (*(event for event in self.absent if is_among(event.who, voters)), *ballots)


def roll_call(timeline: Timeline, rule: Rule) -> RollCall:
    """The absent and the voters of a sitting, as the edition has them."""
    allowed = rule.parameters["transfers"] == "allowed"
    given = [event.who for event in timeline.of(*GIVEN)] if allowed else []
    seen = [event.who for event in timeline.of(EventKind.OBSERVED_PRESENT)]
    told = timeline.of(EventKind.ABSENCE, EventKind.OBSERVED_ABSENT)
    counted = [event for event in told if is_among(event.who, given) is not True]
    return RollCall(
        told=len(told),
        absent=tuple(event for event in counted if is_among(event.who, seen) is False),
        disputed=tuple(event for event in counted if is_among(event.who, seen) is not False),
        ballots=tuple(event for event in timeline.of(EventKind.BALLOT) if event.choice not in NOT_CAST),
    )


def absent_but_voted(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R29, once a plenary sitting."""
    told = timeline.of(EventKind.ABSENCE, EventKind.OBSERVED_ABSENT, EventKind.BALLOT)
    question = Question(check_id="R29", day=day, events=one_per_record(told))
    return question.ask(rules, lambda matter: _judge(matter, roll_call(timeline, matter.rule)))


def doubts_of_absence(matter: Matter) -> tuple[ReviewNote, ...]:
    """Who was absent may have come; that an observer marked it is another side than the record's."""
    seen = any(event.kind is EventKind.OBSERVED_ABSENT for event in matter.question.events)
    return (ReviewNote.MAY_HAVE_COME, *((ReviewNote.DISCREPANCY,) if seen else ()))


def _judge(matter: Matter, called: RollCall) -> Judgement:
    figures: dict[str, Any] = {"absent": len(called.absent) + len(called.disputed), "ballots": len(called.ballots)}
    if not called.told:
        return matter.cannot_tell(AbsentVoted.ABSENT_UNKNOWN, figures)
    if not figures["absent"]:
        return matter.not_applicable(AbsentVoted.ALL_TRANSFERRED, figures | {"transferred": called.told})
    if not called.ballots:
        return matter.cannot_tell(AbsentVoted.NO_ROLL_CALL, figures)
    found = called.votes_of_the_absent()
    if found:
        narrowed = Matter(replace(matter.question, events=called.contradiction(found)), matter.rule)
        names = sorted({written(ballot.who) for ballot in found})
        figures |= {"names": names, "number": len(names)}
        return narrowed.broken(AbsentVoted.ABSENT_AND_VOTED, figures, *doubts_of_absence(narrowed))
    if not called.is_certain():
        return matter.cannot_tell(AbsentVoted.NOT_COMPARABLE, figures)
    return matter.kept(AbsentVoted.NONE_VOTED, figures)
