"""D02: the figures that the chair announced, as observers heard them, and those of the record (art. 84 p. 7, 10)."""

from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.cases import distinct
from tracker.checks.discrepancies import ANNOUNCED, is_same_vote, told
from tracker.checks.head_counts import Moment, clock, moments
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.timeline import Event, EventKind, Timeline


class HeardAndRecorded(StrEnum):
    """What D02 can say."""

    SAME_REGISTRATION = "same_registration"
    OTHER_REGISTRATION = "other_registration"
    REGISTRATION_NOT_RECORDED = "registration_not_recorded"
    SAME_VOTES = "same_votes"
    OTHER_VOTES = "other_votes"
    VOTES_NOT_RECORDED = "votes_not_recorded"
    NO_FIGURES = "no_figures"


def heard_and_recorded(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """D02, once each registration that observers heard announced, and once each vote.

    Where two observers heard different figures, one that stands in the record is enough.
    """
    rule = rules.on("D02", day)
    if rule is None:
        return ()
    heard = moments(timeline.of(EventKind.OBSERVED_REGISTRATION), rule.parameters["counts"])
    recorded = [one for one in timeline.of(EventKind.REGISTRATION) if one.count is not None]
    votes = [one for one in timeline.of(EventKind.OBSERVED_VOTE) if one.what == ANNOUNCED]
    return (
        *(
            answer
            for number, one in enumerate(heard, start=1)
            for answer in Question(
                check_id="D02", day=day, case=f"registration:{number}", events=(*one.events, *recorded)
            ).ask(rules, about(_registration(recorded), one))
        ),
        *_votes(timeline, votes, day, rules),
    )


def _registration(recorded: list[Event]) -> Any:
    def judge(matter: Matter, heard: Moment) -> Judgement:
        figures: dict[str, Any] = {"heard": sorted(set(heard.told)), "at": clock(heard.at) if heard.at else None}
        numbers = [one.count for one in recorded]
        figures |= {"registered": numbers}
        if not numbers:
            return matter.cannot_tell(HeardAndRecorded.REGISTRATION_NOT_RECORDED, figures)
        if set(heard.told) & set(numbers):
            return matter.kept(HeardAndRecorded.SAME_REGISTRATION, figures)
        return matter.broken(HeardAndRecorded.OTHER_REGISTRATION, figures, ReviewNote.DISCREPANCY)

    return judge


def _votes(timeline: Timeline, heard: list[Event], day: date, rules: RuleBook) -> tuple[Judgement, ...]:
    groups: list[list[Event]] = []
    for one in heard:
        same = [group for group in groups if is_same_vote(group[0], one)]
        if same:
            same[0].append(one)
        else:
            groups.append([one])
    cases = distinct(f"vote:{group[0].bill_id or group[0].seq}" for group in groups)
    return tuple(
        answer
        for case, group in zip(cases, groups, strict=True)
        for answer in Question(check_id="D02", day=day, case=case, events=(*group, *_recorded(timeline, group[0]))).ask(
            rules, about(_vote(_recorded(timeline, group[0])), group)
        )
    )


def _recorded(timeline: Timeline, heard: Event) -> list[Event]:
    return [one for one in timeline.of(EventKind.VOTE) if is_same_vote(one, heard) and told(one.votes)]


def _vote(recorded: list[Event]) -> Any:
    def judge(matter: Matter, heard: list[Event]) -> Judgement:
        said = [told(one.votes) for one in heard if told(one.votes)]
        figures: dict[str, Any] = {"heard": said, "told": [told(one.votes) for one in recorded]}
        if not said:
            return matter.cannot_tell(HeardAndRecorded.NO_FIGURES, figures)
        figures |= {"in_favour_heard": [one["in_favour"] for one in said if "in_favour" in one]}
        figures |= {"in_favour": [one["in_favour"] for one in figures["told"] if "in_favour" in one]}
        if not recorded:
            return matter.cannot_tell(HeardAndRecorded.VOTES_NOT_RECORDED, figures)
        if any(_agree(one, other) for one in said for other in figures["told"]):
            return matter.kept(HeardAndRecorded.SAME_VOTES, figures)
        return matter.broken(HeardAndRecorded.OTHER_VOTES, figures, ReviewNote.DISCREPANCY)

    return judge


def _agree(one: dict[str, int], other: dict[str, int]) -> bool:
    """True where all figures that both sides give are equal."""
    return all(one[name] == other[name] for name in one.keys() & other.keys())
