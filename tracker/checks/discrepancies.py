"""D01: more votes than deputies in the hall (art. 82 p. 3, art. 83 p. 3, art. 84 p. 4, 7).

Always for a person to judge: both sides stand in the evidence, and nothing is said beyond what was seen.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from tracker.checks.absences import GIVEN
from tracker.checks.cases import distinct
from tracker.checks.head_counts import Moment, clock, last_before, last_in_order, moments
from tracker.checks.quorum import REGISTRATIONS, doubts_of_counts, registered_by
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.timeline import Event, EventKind, Timeline, Votes, Who

ANNOUNCED = "announced"
"""`what` of a vote whose figures an observer heard; the others were counted by the observer."""


class VotesAboveCount(StrEnum):
    """What D01 can say."""

    WITHIN_COUNT = "within_count"
    WITHIN_REGISTERED = "within_registered"
    ABOVE_COUNT = "above_count"
    ABOVE_REGISTERED = "above_registered"
    TRANSFERS_EXPLAIN = "transfers_explain"
    NOBODY_COUNTED = "nobody_counted"


@dataclass(frozen=True, slots=True)
class _Cast:
    """A vote with its figures, what tells of it, when it was held as far as an observer tells, and who was there."""

    vote: Event
    tellings: tuple[Event, ...]
    at: time | None
    counted: tuple[Moment, ...]
    registered: int | None
    given: tuple[Event, ...]
    marks: tuple[Event, ...]

    @property
    def number(self) -> int:
        """All votes that are told to have been cast."""
        return sum(told(self.vote.votes).values())


def votes_above_count(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """D01, once each vote with figures: no more votes than deputies in the hall, by count or by registration.

    Silent where nobody counted the hall and no registration is told. Until November 2022 votes that were given to
    another deputy in writing come on top of those in the hall.
    """
    rule = rules.on("D01", day)
    if rule is None:
        return ()
    counted = moments(timeline.of(EventKind.HEAD_COUNT), rule.parameters["counts"])
    found = [_cast(timeline, vote, counted) for vote in _votes(timeline)]
    cases = distinct(f"vote:{one.vote.seq}" for one in found)
    return tuple(
        judgement
        for case, one in zip(cases, found, strict=True)
        for judgement in Question(check_id="D01", day=day, case=case, events=_evidence(one)).ask(
            rules, about(_no_more_than, one)
        )
    )


def _votes(timeline: Timeline) -> list[Event]:
    """Votes whose figures are told: those of the record, and those announced that the record does not have."""
    recorded = [event for event in timeline.of(EventKind.VOTE) if told(event.votes)]
    heard = [event for event in timeline.of(EventKind.OBSERVED_VOTE) if event.what == ANNOUNCED and told(event.votes)]
    return [*recorded, *(one for one in heard if not any(is_same_vote(one, other) for other in recorded))]


def told(votes: Votes | None) -> dict[str, int]:
    """The figures of a vote that its source gives."""
    named = {"in_favour": votes.in_favour, "against": votes.against, "abstained": votes.abstained} if votes else {}
    return {name: number for name, number in named.items() if number is not None}


def is_same_vote(one: Event, other: Event) -> bool:
    """True for two tellings of one vote: on the same bill, and not on different readings.

    Where the bill of one is unknown, on the same item of the agenda.
    """
    by_bill = one.bill_id is not None and other.bill_id is not None
    if one.bill_id != other.bill_id if by_bill else one.item is None or one.item != other.item:
        return False
    return not one.readings or not other.readings or bool(one.readings & other.readings)


def _cast(timeline: Timeline, vote: Event, counted: tuple[Moment, ...]) -> _Cast:
    seen = [one for one in timeline.of(EventKind.OBSERVED_VOTE) if one is vote or is_same_vote(one, vote)]
    at = min((one.at for one in (vote, *seen) if one.at), default=None)
    return _Cast(
        vote=vote,
        tellings=(vote, *seen),
        at=at,
        counted=counted,
        registered=registered_by(timeline, at),
        given=timeline.of(*GIVEN),
        marks=timeline.of(*REGISTRATIONS),
    )


def _evidence(one: _Cast) -> tuple[Event, ...]:
    return (one.vote, *(event for moment in one.counted for event in moment.events), *one.marks)


def _no_more_than(matter: Matter, one: _Cast) -> Judgement:
    figures: dict[str, Any] = told(one.vote.votes) | {"cast": one.number, "readings": sorted(one.vote.readings)}
    if one.counted:
        return _by_count(matter, one, figures)
    if one.registered is None:
        return matter.cannot_tell(VotesAboveCount.NOBODY_COUNTED, figures)
    figures |= {"registered": one.registered}
    return _by_registration(matter, one, figures, VotesAboveCount.WITHIN_REGISTERED)


def _by_count(matter: Matter, one: _Cast, figures: dict[str, Any]) -> Judgement:
    """By the last count before the vote, in time or in the order of its source; where none is near, by the highest."""
    parameters = matter.rule.parameters
    if one.at:
        near = last_before(one.counted, one.at, parameters["near_minutes"])
    else:
        near = last_in_order(one.counted, one.tellings)
    moment = near or max(one.counted, key=lambda other: other.counted)
    figures |= {"at": clock(one.at) if one.at else None, "registered": one.registered}
    figures |= {"in_hall": moment.counted, "head_counts": [moment.figures(parameters["counts"]["agreement"])]}
    if one.number <= moment.counted:
        return _by_registration(matter, one, figures, VotesAboveCount.WITHIN_COUNT)
    notes = [ReviewNote.DISCREPANCY, *doubts_of_counts(matter, [moment])]
    notes += [] if near else [ReviewNote.COUNT_AT_OTHER_TIME]
    return _above(matter, one, moment.counted, figures, VotesAboveCount.ABOVE_COUNT, notes)


def _by_registration(matter: Matter, one: _Cast, figures: dict[str, Any], reason: VotesAboveCount) -> Judgement:
    if one.registered is None or one.number <= one.registered:
        return matter.kept(reason, figures)
    notes = [ReviewNote.DISCREPANCY]
    return _above(matter, one, one.registered, figures, VotesAboveCount.ABOVE_REGISTERED, notes)


def _above(
    matter: Matter,
    one: _Cast,
    there: int,
    figures: dict[str, Any],
    reason: VotesAboveCount,
    notes: list[ReviewNote],
) -> Judgement:
    """Written transfers, where the edition allowed them, come on top of those who were there."""
    if matter.rule.parameters["transfers"] == "forbidden":
        return matter.broken(reason, figures, *notes)
    given = len({_name(event.who) for event in one.given})
    figures |= {"transferred": given}
    if one.number <= there + given:
        return matter.not_applicable(VotesAboveCount.TRANSFERS_EXPLAIN, figures)
    return matter.broken(reason, figures, *notes, *(() if given else (ReviewNote.TRANSFERS_UNKNOWN,)))


def _name(who: Who | None) -> str | None:
    return (who.person_id or who.written) if who else None
