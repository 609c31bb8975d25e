"""Absent deputies and recorded votes: who is absent cannot have voted (R29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tracker.checks.plenary import is_among, one_per_record, plenary_day, written
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind, Timeline

NOT_CAST: Final = frozenset({"absent", "not_voted"})
"""Choices of a roll call that are no vote."""


class AbsentVoted(StrEnum):
    """What R29 can say."""

    NONE_VOTED = "none_voted"
    ABSENT_VOTED = "absent_voted"
    ABSENCES_UNKNOWN = "absences_unknown"
    BALLOTS_UNKNOWN = "ballots_unknown"
    NAMES_UNRESOLVED = "names_unresolved"


@dataclass(frozen=True, slots=True)
class RollCall:
    """Who is told to be absent, and whose votes are recorded.

    Under an edition that allows transfers, an absent deputy who gave the vote away is not among the absent: the
    holder votes. Whom another observer saw is left to `disputed`.
    """

    absent: tuple[Event, ...]
    disputed: tuple[Event, ...]
    ballots: tuple[Event, ...]

    def votes_of_the_absent(self) -> tuple[Event, ...]:
        """The recorded votes of deputies who are certainly among the absent."""
        absent = [event.who for event in self.absent]
        return tuple(ballot for ballot in self.ballots if is_among(ballot.who, absent))

    def is_certain(self) -> bool:
        """True when every recorded vote could be compared with every absent deputy."""
        absent = [event.who for event in (*self.absent, *self.disputed)]
        return all(is_among(ballot.who, absent) is False for ballot in self.ballots)

    def told_of(self, ballots: Iterable[Event]) -> tuple[Event, ...]:
        """Recorded votes together with the absences that they contradict."""
        voters = [ballot.who for ballot in ballots]
        return (*ballots, *(event for event in self.absent if is_among(event.who, voters)))


def roll_call(timeline: Timeline, transfers: str) -> RollCall:
    """The absent and the voters of a sitting; `transfers` is "allowed" or "forbidden", as the edition has it."""
    given = [event.who for event in timeline.of(EventKind.TRANSFER)] if transfers == "allowed" else []
    seen = [event.who for event in timeline.of(EventKind.OBSERVED_PRESENT)]
    told = timeline.of(EventKind.ABSENCE, EventKind.OBSERVED_ABSENT)
    counted = [event for event in told if is_among(event.who, given) is not True]
    return RollCall(
        absent=tuple(event for event in counted if is_among(event.who, seen) is False),
        disputed=tuple(event for event in counted if is_among(event.who, seen) is not False),
        ballots=tuple(event for event in timeline.of(EventKind.BALLOT) if event.choice not in NOT_CAST),
    )


def absent_but_voted(timeline: Timeline, rules: RuleBook, _around: Surroundings) -> tuple[Judgement, ...]:
    """R29: one judgement a plenary sitting (art. 84 p. 7–9, art. 85 p. 4–5: computers of the absent are off)."""
    day = plenary_day(timeline)
    if day is None:
        return ()
    told = timeline.of(EventKind.ABSENCE, EventKind.OBSERVED_ABSENT, EventKind.BALLOT)
    question = Question(check_id="R29", day=day, events=one_per_record(told))
    return (question.ask(rules, lambda matter: _judge(matter, timeline, rules)),)


def _judge(matter: Matter, timeline: Timeline, rules: RuleBook) -> Judgement:
    called = roll_call(timeline, matter.rule.parameters["transfers"])
    figures = {"absent": len(called.absent), "ballots": len(called.ballots)}
    if not (called.absent or called.disputed):
        return matter.cannot_tell(AbsentVoted.ABSENCES_UNKNOWN)
    if not called.ballots:
        return matter.cannot_tell(AbsentVoted.BALLOTS_UNKNOWN, figures)
    found = called.votes_of_the_absent()
    if found:
        figures_found = {**figures, "names": sorted({written(ballot.who) for ballot in found})}
        question = Question(check_id="R29", day=matter.question.day, events=called.told_of(found))
        return question.ask(
            rules, lambda one: one.broken(AbsentVoted.ABSENT_VOTED, figures_found, ReviewNote.MAY_HAVE_COME)
        )
    if not called.is_certain():
        return matter.cannot_tell(AbsentVoted.NAMES_UNRESOLVED, figures)
    return matter.kept(AbsentVoted.NONE_VOTED, figures)
