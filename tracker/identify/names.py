"""Names written in protocols and among initiators → links to persons. Loads what `People` needs."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_where
from db.links import LinkDecision
from db.people import Membership, PersonKey
from db.upsert import table_of
from tracker.identify.links import LinkRow, Links
from tracker.identify.people import People, Spot
from tracker.identify.resolver import Resolver, Stretch, names_deputy
from tracker.rows import EntryRow, SittingRow, entry_row, sitting_row
from tracker.stored import records


class Roster:
    """The resolvers of one database, each built when first asked for. Valid while memberships do not change."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._resolvers: dict[str, Resolver] = {}

    def resolver(self, convocation: str) -> Resolver:
        """The deputies of a convocation."""
        if convocation not in self._resolvers:
            self._resolvers[convocation] = _resolver(self._conn, convocation)
        return self._resolvers[convocation]

    def people(self, keys: Mapping[str, Collection[str]]) -> People:
        """Who is who in these records, by record type."""
        decided: dict[Spot, str | None] = {}
        for record_type, own in keys.items():
            decided |= _decided(self._conn, record_type, own)
        return People(self.resolver, decided)


def _resolver(conn: Connection, convocation: str) -> Resolver:
    member, key = table_of(Membership), table_of(PersonKey)
    rows = conn.execute(
        select(member.c.person_id, member.c.seen_first, member.c.seen_last, member.c.faction).where(
            member.c.convocation == convocation
        )
    ).all()
    members = select(member.c.person_id).where(member.c.convocation == convocation)
    names = conn.execute(select(key.c.person_id, key.c.name).distinct().where(key.c.person_id.in_(members))).all()
    return Resolver([(identity, name) for identity, name in names], [Stretch(*row) for row in rows])


def _decided(conn: Connection, record_type: str, keys: Collection[str]) -> Mapping[Spot, str | None]:
    kind = {"record_type": record_type, "dossier_type": "person"}
    rows = rows_where(conn, LinkDecision, "record_key", keys, **kind)
    return {(record_type, row["record_key"], row["place"]): row["dossier_id"] for row in rows}


def identify_names(
    conn: Connection, roster: Roster, sitting_keys: Collection[str], entry_keys: Collection[str]
) -> None:
    """Link every name in these records to the person it means, or say why it cannot be told."""
    sittings = [sitting_row(record) for record in records(conn, "sitting_record", sitting_keys)]
    entries = [entry_row(record) for record in records(conn, "agenda_entry", entry_keys)]
    _store(conn, roster, "sitting_record", sitting_keys, (name for row in sittings for name in _absence_names(row)))
    _store(conn, roster, "agenda_entry", entry_keys, (name for row in entries for name in _initiator_names(row)))


Name = tuple[str, str, str, Any]  # record key, place, as written, day


def _absence_names(row: SittingRow) -> Iterator[Name]:
    for mark in row.marks("absences"):
        yield row.key, f"absence:{mark['seq']}", mark["name"], row.day
        if mark.get("transfer_to"):
            yield row.key, f"transfer:{mark['seq']}", mark["transfer_to"], row.day


def _initiator_names(row: EntryRow) -> Iterator[Name]:
    """Deputies among the initiators; a government is no person."""
    for number, written in enumerate(row.initiators, start=1):
        if names_deputy(written):
            yield row.key, f"initiator:{number}", written, row.day


def _store(conn: Connection, roster: Roster, record_type: str, keys: Collection[str], names: Iterable[Name]) -> None:
    people = roster.people({record_type: keys})
    links = []
    for key, place, written, day in names:
        found = people.resolution((record_type, key, place), written, day)
        links.append(
            LinkRow(
                record_type=record_type,
                record_key=key,
                place=place,
                dossier_type="person",
                dossier_id=found.person_id,
                written=written,
                method=found.method,
                score=found.score,
                candidates=found.candidates,
            )
        )
    Links(conn, record_type, "person", keys).store(links)
