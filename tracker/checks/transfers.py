"""R27 and R28: a deputy votes in person; until 2022 a vote could be given in writing, within the faction."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.absences import NOT_CAST, RollCall, doubts_of_absence, roll_call
from tracker.checks.cases import distinct
from tracker.checks.sittings import same_person, written
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.bodies import faction_key, is_faction
from vocab.timeline import Event, EventKind, Timeline, Who

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_Decide = Callable[[Matter, Event], Judgement]


class PersonalVoting(StrEnum):
    """What R27 can say."""

    WRITTEN_TRANSFER_ALLOWED = "written_transfer_allowed"
    TRANSFER_FORBIDDEN = "transfer_forbidden"
    TRANSFER_ANNOUNCED = "transfer_announced"
    PROXY_SEEN = "proxy_seen"
    PROXY_SEEN_AND_VOTED = "proxy_seen_and_voted"
    PROXY_SEEN_WRITING_UNKNOWN = "proxy_seen_writing_unknown"
    ABSENT_AND_VOTED = "absent_and_voted"


class WithinFaction(StrEnum):
    """What R28 can say."""

    SAME_FACTION = "same_faction"
    OTHER_FACTION = "other_faction"
    OTHER_FACTION_HEARD = "other_faction_heard"
    OTHER_FACTION_NEAREST = "other_faction_nearest"
    FACTION_UNKNOWN = "faction_unknown"
    NO_FACTION = "no_faction"
    NAME_NOT_RESOLVED = "name_not_resolved"
    TRANSFERS_FORBIDDEN = "transfers_forbidden"


def personal_voting(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R27, once each way of a vote that is not cast in person.

    These are a transfer in a protocol, one announced that no protocol has, a proxy that an observer saw, and an absent
    deputy whose vote is recorded.
    """
    transfers, announced = timeline.of(EventKind.TRANSFER), _only_announced(timeline)
    return (
        *_each("R27", "transfer", transfers, day, rules, _transferred),
        *_each("R27", "announced", announced, day, rules, _announced),
        *_proxies(timeline, (*transfers, *announced), day, rules),
        *_votes_of_the_absent(timeline, day, rules),
    )


def proxy_within_faction(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R28, once a transfer: both deputies belong to one faction on that day.

    A transfer stands in a protocol, or the chair announced it, as observers heard, and no protocol has it.
    """
    return (
        *_each("R28", "transfer", timeline.of(EventKind.TRANSFER), day, rules, _within_faction),
        *_each("R28", "announced", _only_announced(timeline), day, rules, _within_faction),
    )


def _only_announced(timeline: Timeline) -> tuple[Event, ...]:
    """The transfers that observers heard announced and that no protocol has, each once."""
    told = list(timeline.of(EventKind.TRANSFER))
    found: list[Event] = []
    for heard in timeline.of(EventKind.PROXY_ANNOUNCED):
        if not any(_is_on_record(heard, one) for one in (*told, *found)):
            found.append(heard)
    return tuple(found)


def _each(
    check_id: str, what: str, events: tuple[Event, ...], day: date, rules: RuleBook, decide: _Decide
) -> tuple[Judgement, ...]:
    """A judgement an event, named by its place in the protocol or among the observations: "transfer:3"."""
    cases = distinct(f"{what}:{event.seq}" for event in events)
    return tuple(
        judgement
        for case, event in zip(cases, events, strict=True)
        for judgement in Question(check_id=check_id, day=day, case=case, events=(event,)).ask(
            rules, about(decide, event)
        )
    )


def _transferred(matter: Matter, event: Event) -> Judgement:
    if matter.rule.parameters["transfers"] == "allowed":
        return matter.not_applicable(PersonalVoting.WRITTEN_TRANSFER_ALLOWED, _figures(event))
    return matter.broken(PersonalVoting.TRANSFER_FORBIDDEN, _figures(event), ReviewNote.PROTOCOL_LINE)


def _announced(matter: Matter, event: Event) -> Judgement:
    if matter.rule.parameters["transfers"] == "allowed":
        return matter.not_applicable(PersonalVoting.WRITTEN_TRANSFER_ALLOWED, _figures(event))
    return matter.broken(PersonalVoting.TRANSFER_ANNOUNCED, _figures(event), ReviewNote.OBSERVER_ONLY)


def _proxies(timeline: Timeline, given: Iterable[Event], day: date, rules: RuleBook) -> tuple[Judgement, ...]:
    """Each proxy that an observer saw, with the votes that the record has for the deputy whose vote was cast."""
    proxies = timeline.of(EventKind.OBSERVED_PROXY)
    cast = [event for event in timeline.of(EventKind.BALLOT) if event.choice not in NOT_CAST]
    given = tuple(given)
    return tuple(
        judgement
        for case, seen in zip(distinct(f"proxy:{one.seq}" for one in proxies), proxies, strict=True)
        for judgement in Question(
            check_id="R27",
            day=day,
            case=case,
            events=(seen, *(one for one in cast if same_person(one.who, seen.who))),
        ).ask(rules, lambda matter: _seen(matter, matter.question.events, given))
    )


def _seen(matter: Matter, told: Sequence[Event], transfers: Iterable[Event]) -> Judgement:
    """An observer saw a vote cast for another: lawful where that transfer stands in the protocol, or was announced.

    Behind the note stand the votes that the record has for the deputy whose vote was cast.
    """
    event, recorded = told[0], told[1:]
    if matter.rule.parameters["transfers"] == "forbidden":
        if recorded:
            figures = _figures(event) | {"ballots": len(recorded)}
            return matter.broken(PersonalVoting.PROXY_SEEN_AND_VOTED, figures, ReviewNote.DISCREPANCY)
        return matter.broken(PersonalVoting.PROXY_SEEN, _figures(event), ReviewNote.OBSERVER_ONLY)
    if any(_is_on_record(event, transfer) for transfer in transfers):
        return matter.not_applicable(PersonalVoting.WRITTEN_TRANSFER_ALLOWED, _figures(event))
    return matter.cannot_tell(PersonalVoting.PROXY_SEEN_WRITING_UNKNOWN, _figures(event))


def _is_on_record(seen: Event, transfer: Event) -> bool:
    return bool(same_person(seen.who, transfer.who) and same_person(seen.to, transfer.to))


def _votes_of_the_absent(timeline: Timeline, day: date, rules: RuleBook) -> tuple[Judgement, ...]:
    rule = rules.on("R27", day)
    called = roll_call(timeline, rule) if rule else RollCall(0, (), (), ())
    by_voter: dict[str, Event] = {}
    for ballot in called.votes_of_the_absent():
        by_voter.setdefault(_voter(ballot.who), ballot)
    return tuple(
        judgement
        for voter, ballot in by_voter.items()
        for judgement in Question(
            check_id="R27", day=day, case=f"ballot:{voter}", events=called.contradiction((ballot,))
        ).ask(rules, about(_absent_and_voted, ballot))
    )


def _voter(who: Who | None) -> str:
    return (who.person_id if who else None) or written(who)


def _absent_and_voted(matter: Matter, ballot: Event) -> Judgement:
    figures = {"person": written(ballot.who)}
    return matter.broken(PersonalVoting.ABSENT_AND_VOTED, figures, *doubts_of_absence(matter))


def _within_faction(matter: Matter, event: Event) -> Judgement:
    figures = _figures(event)
    giver, holder = event.who, event.to
    if matter.rule.parameters["transfers"] == "forbidden":
        return matter.not_applicable(WithinFaction.TRANSFERS_FORBIDDEN, figures)
    if giver is None or holder is None or giver.person_id is None or holder.person_id is None:
        return matter.cannot_tell(WithinFaction.NAME_NOT_RESOLVED, figures)
    if not giver.faction or not holder.faction:
        return matter.cannot_tell(WithinFaction.FACTION_UNKNOWN, figures)
    if not is_faction(giver.faction) or not is_faction(holder.faction):
        return matter.cannot_tell(WithinFaction.NO_FACTION, figures)
    return _compared(matter, giver.faction, holder.faction, figures)


def _compared(matter: Matter, giver: str, holder: str, figures: dict[str, Any]) -> Judgement:
    if faction_key(giver) == faction_key(holder):
        return matter.kept(WithinFaction.SAME_FACTION, figures)
    heard = all(event.kind is EventKind.PROXY_ANNOUNCED for event in matter.question.events)
    notes = (ReviewNote.OBSERVER_ONLY,) if heard else ()
    if figures["list_days"]:
        return matter.broken(WithinFaction.OTHER_FACTION_NEAREST, figures, ReviewNote.NEAREST_LIST, *notes)
    return matter.broken(WithinFaction.OTHER_FACTION_HEARD if heard else WithinFaction.OTHER_FACTION, figures, *notes)


def _figures(event: Event) -> dict[str, Any]:
    """Both deputies as written, with their factions; `list_days` are those of lists of other days that tell them."""
    notes = " ".join(who.faction_note for who in (event.who, event.to) if who and who.faction_note)
    return {
        "giver": written(event.who),
        "giver_id": event.who.person_id if event.who else None,
        "giver_faction": _faction(event.who),
        "holder": written(event.to),
        "holder_id": event.to.person_id if event.to else None,
        "holder_faction": _faction(event.to),
        "list_days": sorted(set(_ISO_DAY.findall(notes))),
    }


def _faction(who: Who | None) -> str:
    return (who.faction if who else None) or "—"
