"""Lists of deputies that name committees → who is in a committee, and since when that is so. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vocab.bodies import Body, faction_name
from vocab.ids import committee_id
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What a list said of a deputy from a day on: the committees, and the faction (None: it names none)."""

    since: date
    committees: frozenset[str]
    faction: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeputy:
    """A deputy on a list, with all that it said one after the other; the last stand holds."""

    name: str
    person_id: str | None
    evidence: Evidence
    stands: tuple[Stand, ...]


def committee_timelines(deputies: Sequence[ListedDeputy], as_of: date | None = None) -> dict[str, Timeline]:
    """The timeline of each committee that has members now, by its id: a *member* event each.

    All stand on the day since which the committee is made up as it is.
    """
    names = {name for one in deputies for name in one.stands[-1].committees}
    return {committee_id(name): _timeline(name, deputies, as_of) for name in sorted(names)}


def committees_named(deputies: Iterable[ListedDeputy]) -> frozenset[str]:
    """The ids of all committees that were ever named."""
    return frozenset(committee_id(name) for one in deputies for stand in one.stands for name in stand.committees)


def members_on(deputies: Iterable[ListedDeputy], committee: str, day: date) -> tuple[Event, ...]:
    """The members of a committee, by its id, as the lists that were seen by a day tell them; none where none was."""
    found: list[tuple[ListedDeputy, Stand, str]] = []
    for one in deputies:
        stand = next((stand for stand in reversed(one.stands) if stand.since <= day), None)
        names = [name for name in stand.committees if committee_id(name) == committee] if stand else []
        if stand and names:
            found.append((one, stand, names[0]))
    ordered = sorted(found, key=lambda said: (said[0].name, said[0].evidence.record))
    return tuple(_member(one, stand, name, day, place) for place, (one, stand, name) in enumerate(ordered, start=1))


def _timeline(committee: str, deputies: Sequence[ListedDeputy], as_of: date | None) -> Timeline:
    day = max(_since(one, committee) for one in deputies)
    members = [one for one in deputies if committee in one.stands[-1].committees]
    subject = Subject(
        kind=SubjectKind.BODY, id=committee_id(committee), title=committee, body=Body.COMMITTEE, committee=committee
    )
    ordered = sorted(members, key=lambda one: (one.name, one.evidence.record))
    events = tuple(_member(one, one.stands[-1], committee, day, place) for place, one in enumerate(ordered, start=1))
    return Timeline(subject=subject, events=events, as_of=as_of, sources=frozenset({"deputy_record"}))


def _since(deputy: ListedDeputy, committee: str) -> date:
    """Since when a deputy stands to a committee as now; who was never in it changed nothing."""
    said = [(stand.since, stand.faction if committee in stand.committees else "") for stand in deputy.stands]
    changes = [day for (day, now), (_, before) in zip(said[1:], said, strict=False) if now != before]
    if changes:
        return changes[-1]
    return said[0][0] if committee in deputy.stands[0].committees else date.min


def _member(deputy: ListedDeputy, stand: Stand, committee: str, day: date, place: int) -> Event:
    faction = stand.faction
    who = Who(
        written=deputy.name, person_id=deputy.person_id, faction=faction_name(faction) if faction is not None else None
    )
    return Event(
        kind=EventKind.MEMBER,
        day=day,
        seq=place,
        evidence=deputy.evidence,
        body=Body.COMMITTEE,
        committee=committee,
        who=who,
    )
