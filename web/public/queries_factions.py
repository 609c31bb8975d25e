"""Factions: no table has them; they are what lists of deputies say of their members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.people import Membership, Person
from db.upsert import table_of
from vocab.bodies import CONVOCATIONS, is_faction
from vocab.ids import faction_id
from web.public.attendance import Stretch

_KNOWN = [one.numeral for one in CONVOCATIONS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A deputy whom lists show in a faction, over one stretch of lists."""

    person_id: str
    name: str
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Faction:
    """A faction of one convocation. `name` is the newest spelling, `names` are all; members in order of names."""

    id: str
    name: str
    names: tuple[str, ...]
    convocation: str
    members: tuple[Member, ...]

    @property
    def first(self) -> date:
        """The first list that shows it."""
        return min(one.stretch.first for one in self.members)

    @property
    def last(self) -> date:
        """The last list that shows it."""
        return max(one.stretch.last for one in self.members)

    @property
    def people(self) -> int:
        """How many deputies were ever in it."""
        return len({one.person_id for one in self.members})

    @property
    def latest(self) -> int:
        """How many its last list shows."""
        return sum(one.stretch.last == self.last for one in self.members)


def factions(conn: Connection) -> dict[str, Faction]:
    """All factions by id, the newest convocation first."""
    member, person = table_of(Membership).c, table_of(Person).c
    query = (
        select(table_of(Membership), person.name)
        .join(table_of(Person), person.id == member.person_id)
        .where(member.faction.is_not(None))
        .order_by(person.surname, person.name, member.seen_first)
    )
    groups: dict[str, list[Any]] = {}
    for row in conn.execute(query):
        if is_faction(row.faction):
            groups.setdefault(faction_id(row.convocation, row.faction), []).append(row)
    made = [_faction(key, rows) for key, rows in groups.items()]
    return {one.id: one for one in sorted(made, key=_order)}


def _order(faction: Faction) -> tuple[int, float, str]:
    numeral = faction.convocation
    place = _KNOWN.index(numeral) if numeral in _KNOWN else -1
    return -place, -faction.last.toordinal(), faction.name


def _faction(key: str, rows: Sequence[Any]) -> Faction:
    spellings = {row.faction: row.seen_last for row in sorted(rows, key=lambda row: row.seen_last)}
    return Faction(
        id=key,
        name=max(spellings, key=lambda name: (spellings[name], name)),
        names=tuple(sorted(spellings)),
        convocation=rows[0].convocation,
        members=tuple(
            Member(
                person_id=row.person_id,
                name=row.name,
                stretch=Stretch(
                    convocation=row.convocation, faction=row.faction, first=row.seen_first, last=row.seen_last
                ),
            )
            for row in rows
        ),
    )
