"""R43: how many members a committee has, and how many of them one faction or group has (art. 25 p. 1, 4)."""

from collections import Counter
from enum import StrEnum

from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.bodies import Body, faction_key, faction_name, is_faction
from vocab.timeline import Event, EventKind, Timeline


class Composition(StrEnum):
    """What R43 can say."""

    ENOUGH_MEMBERS = "enough_members"
    TOO_FEW_MEMBERS = "too_few_members"
    WITHIN_LIMIT = "within_limit"
    ABOVE_LIMIT = "above_limit"
    FACTIONS_UNKNOWN = "factions_unknown"


def committee_composition(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R43, for the newest roster of a committee: its "size" and its "factions"."""
    members, committee = timeline.of(EventKind.MEMBER), timeline.subject.title
    if timeline.subject.body is not Body.COMMITTEE or not members:
        return ()
    day = max(event.day for event in members)
    roster = tuple(event for event in members if event.day == day)
    return tuple(
        judgement
        for case, decide in (("size", _size), ("factions", _factions))
        for judgement in Question(check_id="R43", day=day, case=case, events=roster).ask(
            rules, about(decide, (committee, roster))
        )
    )


def _size(matter: Matter, said: tuple[str, tuple[Event, ...]]) -> Judgement:
    committee, roster = said
    least: int = matter.rule.parameters["least_members"]
    figures = {
        "committee": committee,
        "date": matter.question.day.isoformat(),
        "members": len(roster),
        "needed": least,
    }
    if len(roster) >= least:
        return matter.kept(Composition.ENOUGH_MEMBERS, figures)
    return matter.broken(Composition.TOO_FEW_MEMBERS, figures, ReviewNote.LIST_OF_SITE)


def _factions(matter: Matter, said: tuple[str, tuple[Event, ...]]) -> Judgement:
    """Whoever belongs to no faction counts for none; where a member's faction is unknown it could be the largest."""
    committee, roster = said
    most: int = matter.rule.parameters["most_of_faction"]
    names = [event.who.faction if event.who else None for event in roster]
    factions = [name for name in names if name and is_faction(name)]
    counted = Counter(map(faction_key, factions))
    key, largest = max(counted.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    unknown = sum(not name for name in names)
    shown = next((faction_name(name) for name in factions if faction_key(name) == key), "—")
    figures = {
        "committee": committee,
        "date": matter.question.day.isoformat(),
        "faction": shown,
        "members": largest,
        "most": most,
        "unknown": unknown,
    }
    if largest > most:
        return matter.broken(Composition.ABOVE_LIMIT, figures, ReviewNote.LIST_OF_SITE)
    if largest + unknown > most:
        return matter.cannot_tell(Composition.FACTIONS_UNKNOWN, figures)
    return matter.kept(Composition.WITHIN_LIMIT, figures)
