"""Votes given to another deputy: whether that was allowed (R27), and to whom (R28)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.checks.absences import roll_call
from tracker.checks.cases import distinct
from tracker.checks.plenary import is_among, plenary_day, same_person, written
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.bodies import faction_key, is_faction
from vocab.timeline import Event, EventKind, Timeline, Who


class PersonalVoting(StrEnum):
    """What R27 can say."""

    TRANSFER_ALLOWED = "transfer_allowed"
    TRANSFER_FORBIDDEN = "transfer_forbidden"
    SEEN_VOTING_FOR_ANOTHER = "seen_voting_for_another"
    TRANSFER_NOT_EXCLUDED = "transfer_not_excluded"
    ABSENT_VOTED = "absent_voted"


class WithinFaction(StrEnum):
    """What R28 can say."""

    SAME_FACTION = "same_faction"
    SAME_FACTION_NEAREST = "same_faction_nearest"
    OTHER_FACTION = "other_faction"
    OTHER_FACTION_NEAREST = "other_faction_nearest"
    PERSON_UNKNOWN = "person_unknown"
    FACTION_UNKNOWN = "faction_unknown"
    NO_FACTION = "no_faction"
    TRANSFERS_FORBIDDEN = "transfers_forbidden"


def personal_voting(timeline: Timeline, rules: RuleBook, _around: Surroundings) -> tuple[Judgement, ...]:
    """R27: one judgement a transfer, a vote seen to be cast for another, and a recorded vote of an absent deputy.

    Art. 82 p. 3, art. 83 p. 3, art. 84 p. 4. Law 223 of 2011 allowed transfers in written form.
    """
    day = plenary_day(timeline)
    if day is None:
        return ()
    return (
        *_per_transfer("R27", timeline, day, rules, _transfer),
        *_seen_proxies(timeline, day, rules),
        *_votes_of_the_absent(timeline, day, rules),
    )


def transfer_within_faction(timeline: Timeline, rules: RuleBook, _around: Surroundings) -> tuple[Judgement, ...]:
    """R28: one judgement a transfer. Under law 223 of 2011 a vote went to a member of the same faction."""
    day = plenary_day(timeline)
    return _per_transfer("R28", timeline, day, rules, _within_faction) if day else ()


def _per_transfer(
    check_id: str, timeline: Timeline, day: date, rules: RuleBook, decide: "_Decide"
) -> tuple[Judgement, ...]:
    transfers = timeline.of(EventKind.TRANSFER)
    cases = distinct(f"transfer:{event.seq}" for event in transfers)
    return tuple(
        Question(check_id=check_id, day=day, case=case, events=(event,)).ask(
            rules, lambda matter, event=event: decide(matter, event)
        )
        for case, event in zip(cases, transfers, strict=True)
    )


def _names(event: Event) -> dict[str, str]:
    return {"giver": written(event.who), "holder": written(event.to)}


def _transfer(matter: Matter, event: Event) -> Judgement:
    if matter.rule.parameters["transfers"] == "allowed":
        return matter.not_applicable(PersonalVoting.TRANSFER_ALLOWED, _names(event))
    return matter.broken(PersonalVoting.TRANSFER_FORBIDDEN, _names(event), ReviewNote.PROTOCOL_LINE)


def _seen_proxies(timeline: Timeline, day: date, rules: RuleBook) -> Iterable[Judgement]:
    proxies = timeline.of(EventKind.OBSERVED_PROXY)
    transfers = timeline.of(EventKind.TRANSFER)
    cases = distinct(f"observed:{event.seq}" for event in proxies)
    for case, event in zip(cases, proxies, strict=True):
        question = Question(check_id="R27", day=day, case=case, events=(event,))
        yield question.ask(rules, lambda matter, event=event: _seen_proxy(matter, event, transfers))


def _seen_proxy(matter: Matter, event: Event, transfers: Iterable[Event]) -> Judgement:
    if matter.rule.parameters["transfers"] == "allowed":
        on_record = [_is_same_transfer(event, transfer) for transfer in transfers]
        if True in on_record:
            return matter.not_applicable(PersonalVoting.TRANSFER_ALLOWED, _names(event))
        if None in on_record:
            return matter.cannot_tell(PersonalVoting.TRANSFER_NOT_EXCLUDED, _names(event))
    return matter.broken(PersonalVoting.SEEN_VOTING_FOR_ANOTHER, _names(event), ReviewNote.OBSERVER_ONLY)


def _is_same_transfer(seen: Event, transfer: Event) -> bool | None:
    givers, holders = same_person(seen.who, transfer.who), same_person(seen.to, transfer.to)
    if givers is False or holders is False:
        return False
    return True if givers and holders else None


def _votes_of_the_absent(timeline: Timeline, day: date, rules: RuleBook) -> tuple[Judgement, ...]:
    rule = rules.on("R27", day)
    if rule is None:
        return ()  # R29 says that no edition is known
    called = roll_call(timeline, rule.parameters["transfers"])
    by_voter: dict[str, Event] = {}
    for ballot in called.votes_of_the_absent():
        by_voter.setdefault(_voter(ballot.who), ballot)
    return tuple(
        Matter(
            Question(check_id="R27", day=day, case=f"ballot:{voter}", events=called.told_of((ballot,))), rule
        ).broken(PersonalVoting.ABSENT_VOTED, {"voter": written(ballot.who)}, ReviewNote.MAY_HAVE_COME)
        for voter, ballot in by_voter.items()
    )
