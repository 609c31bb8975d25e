"""What a check says of one case, and what it may look at besides the timeline. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from tracker.editions import Rule
from vocab.dates import WorkingCalendar
from vocab.timeline import Evidence
from vocab.verdicts import Verdict


class SittingCalendar(WorkingCalendar, Protocol):
    """The calendar that checks need: besides the counting of terms, why a day is worked and where sessions end."""

    def is_moved_workday(self, day: date) -> bool:
        """True for a day of rest that is worked in place of another day."""
        ...

    def knows_constituency_weeks(self, start: date, end: date) -> bool:
        """True when all weeks in the constituencies between two days are in the data."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a check may know besides the timeline."""

    calendar: SittingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One verdict with its basis and arithmetic.

    `case` tells apart several judgements of one check on one subject ("transfer:3", "1-2", ""). `reason` is the code
    of a wording, `figures` its numbers and names (JSON), `needs_review` why a person must look first.
    """

    check_id: str
    case: str
    day: date
    verdict: Verdict
    reason: str
    rule: Rule
    figures: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    needs_review: str | None = None


UNVERIFIED = "the basis in this edition was not seen in full: {note}"


def judge(  # noqa: PLR0913 - a judgement has this many parts, all but the first by name
    rule: Rule,
    verdict: Verdict,
    reason: str,
    day: date,
    *,
    case: str = "",
    figures: Mapping[str, Any] | None = None,
    evidence: tuple[Evidence, ...] = (),
    needs_review: str | None = None,
) -> Judgement:
    """A judgement. A *broken* on a basis that was not verified always needs review (DESIGN §1.6)."""
    doubts = [needs_review] if needs_review else []
    if verdict is Verdict.BROKEN and not rule.verified:
        doubts.append(UNVERIFIED.format(note=rule.note or rule.source))
    return Judgement(
        check_id=rule.id,
        case=case,
        day=day,
        verdict=verdict,
        reason=reason,
        rule=rule,
        figures=figures or {},
        evidence=tuple(dict.fromkeys(evidence)),
        needs_review="; ".join(doubts) or None,
    )
