"""What protocols tell of deputies: who was named as absent, and whose vote was given to whom. Pure.

A protocol names the absent and counts the registered; it does not name those who were there. So nobody can be called
present: what can be told is in how many of the protocols a deputy is named as absent. A given vote says the same, for
only the vote of an absent deputy is given; votes given and held are counted apart and never as attendance. The base
are the protocols of days on which the lists show the deputy: outside of them the membership is unknown.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vocab.ids import faction_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days from one list of deputies to another that show a person in a faction (None: in none)."""

    convocation: str
    faction: str | None
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """True for a day between the lists."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A vote given to another deputy, as a protocol has it; an id is None where nobody was identified.

    The factions are those, by id, that the lists show them in on the day; None where no list tells, or in none.
    """

    sitting_id: str
    day: date
    giver: str
    giver_id: str | None
    holder: str
    holder_id: str | None
    about: str | None
    page_id: int | None
    giver_faction: str | None = None
    holder_faction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All protocols together: their days in order, the absent by person, votes given (newest first), memberships."""

    protocols: Sequence[date]
    absences: Mapping[str, Collection[tuple[str, date]]] = field(default_factory=dict)
    given: Sequence[Given] = ()
    stretches: Mapping[str, Sequence[Stretch]] = field(default_factory=dict)


def faction_on(stretches: Mapping[str, Sequence[Stretch]], person: str | None, day: date) -> str | None:
    """The id of the faction that the lists show a person in on a day; None where they do not tell, or in none."""
    found = next((one for one in stretches.get(person or "", ()) if one.holds(day)), None)
    return faction_id(found.convocation, found.faction) if found and found.faction else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Of so many `protocols`, so many name somebody as absent; `outside` do so on days that no list covers."""

    protocols: int
    absent: int
    outside: int = 0


def attendance(register: Register, person: str, stretches: Iterable[Stretch]) -> Attendance:
    """Counted over these memberships of a person."""
    within = list(stretches)
    named = set(register.absences.get(person, ()))
    inside = sum(any(one.holds(day) for one in within) for _, day in named)
    held = _held(register.protocols, within)
    return Attendance(protocols=held, absent=inside, outside=len(named) - inside)


def by_year(register: Register, person: str) -> dict[int, Attendance]:
    """The same by year, the newest first; years without a protocol are left out."""
    stretches = register.stretches.get(person, ())
    named = Counter(
        day.year for _, day in set(register.absences.get(person, ())) if any(one.holds(day) for one in stretches)
    )
    held = Counter(day.year for day in register.protocols if any(one.holds(day) for one in stretches))
    years = sorted(held, reverse=True)
    return {year: Attendance(protocols=held[year], absent=named[year]) for year in years}


def _held(days: Sequence[date], stretches: Iterable[Stretch]) -> int:
    """How many of the days the stretches hold; one that two of them hold counts once, as an absence on it does."""
    number = told = 0
    for one in sorted(stretches, key=lambda one: one.first):
        begin, end = max(told, bisect_left(days, one.first)), bisect_right(days, one.last)
        number += max(0, end - begin)
        told = max(told, end)
    return number


def partners(
    given: Iterable[Given], other: Callable[[Given], tuple[str, str | None]]
) -> list[tuple[str, str | None, int]]:
    """With whom and how often, the most often first: the name as written last, and the id where it is known.

    `other` tells name and id of the second person.
    """
    names: dict[str, tuple[str, str | None]] = {}
    counts: Counter[str] = Counter()
    for one in given:
        name, identity = other(one)
        key = identity or name
        names.setdefault(key, (name, identity))
        counts[key] += 1
    return [(*names[key], number) for key, number in sorted(counts.items(), key=lambda said: (-said[1], said[0]))]
