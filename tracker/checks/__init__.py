"""All checks: a line each. A check is a pure function over a timeline and the rules in force on its days."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.checks import intervals, quorum, readings, session, transfers, votes
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.timeline import SubjectKind, Timeline

Judge = Callable[[Timeline, RuleBook, Surroundings], tuple[Judgement, ...]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check by its id, what it looks at, and the function that judges; no case to judge gives ()."""

    id: str
    subject: SubjectKind
    judge: Judge


CHECKS: tuple[Check, ...] = (
    Check("R01", SubjectKind.BILL, readings.three_readings),
    Check("R02", SubjectKind.BILL, readings.combined_readings),
    Check("R03", SubjectKind.BILL, intervals.shortest_interval),
    Check("R04", SubjectKind.BILL, intervals.longest_interval),
    Check("R23", SubjectKind.SITTING, quorum.plenary_quorum),
    Check("R25", SubjectKind.BILL, votes.law_majority),
    Check("R27", SubjectKind.SITTING, transfers.personal_voting),
    Check("R28", SubjectKind.SITTING, transfers.proxy_within_faction),
    Check("R29", SubjectKind.SITTING, votes.absent_but_voted),
    Check("R33", SubjectKind.SITTING, session.plenary_days),
    Check("R35", SubjectKind.SITTING, session.session_bounds),
    Check("R38", SubjectKind.BILL, intervals.cooldown_after_rejection),
)
