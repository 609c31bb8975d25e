"""What texts are read with, out of the database: the persons known on their days."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from db.records import DeputyRecord
from db.upsert import table_of
from nlp.persons.gazetteer import Gazetteer, KnownPerson
from vocab.bodies import convocation_named, convocation_on
from vocab.errors import ReadError
from vocab.names import PersonName

_DIGEST = 6


@dataclass(frozen=True, slots=True, order=True)
class Listed:
    """A name on the lists of deputies: its convocation, the first day a list shows it, a record of that name."""

    name: str
    convocation: str | None
    day: date
    key: str


def listed_deputies(conn: Connection) -> list[Listed]:
    """Every name on the lists of deputies, once a convocation, sorted."""
    table = table_of(DeputyRecord).c
    shown = (func.min(table.shown_on), func.min(table.key))
    found = conn.execute(select(table.name, table.convocation, *shown).group_by(table.name, table.convocation))
    return sorted((_listed(*row) for row in found), key=lambda one: (one.name, one.convocation or "", one.key))


def _listed(name: str, numeral: str | None, day: date, key: str) -> Listed:
    sitting = convocation_on(day)
    return Listed(name, numeral or (sitting.numeral if sitting else None), day, key)


def gazetteer(listed: Iterable[Listed]) -> Gazetteer:
    """The deputies of these lists with the days of their convocations, and the officials of the lexicon."""
    return Gazetteer(person for one in listed if (person := _person(one)))


def names_version(listed: Iterable[Listed]) -> str:
    """A hash that changes when other names stand on the lists: texts are then read again."""
    text = "\n".join(f"{one.name}\t{one.convocation}\t{one.key}" for one in listed)
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST).hexdigest()


def _person(one: Listed) -> KnownPerson | None:
    try:
        PersonName.parse(one.name, "nominative")
    except ReadError:
        return None
    convocation = convocation_named(one.convocation) if one.convocation else None
    if convocation is None:
        return KnownPerson(key=one.key, name=one.name, since=one.day)
    return KnownPerson(key=one.key, name=one.name, since=convocation.since, until=convocation.until)
