"""What an export reads: one state of the database, as known now or as it could be known on a day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select
from sqlmodel import SQLModel

from db.bills import Bill
from db.facts import StatedFact
from db.links import Link
from db.moves import moves
from db.people import Person
from db.records import RECORD_TABLES
from db.sittings import Sitting
from db.upsert import chunks, table_of
from tracker.identify.names import Roster
from tracker.stored import end_of
from tracker.timelines import bill_timelines, sitting_timelines
from vocab.timeline import Timeline
from web.bulk.aside import Aside

DOSSIERS: Mapping[str, type[SQLModel]] = {"bill": Bill, "sitting": Sitting, "person": Person}
_ROWS = 1_000
_DOSSIERS_AT_ONCE = 100


@dataclass(slots=True)
class View:
    """`as_of` None: as known now. `known` are the bills, sittings and persons, and when we first saw each.

    `tables` are those that will be asked for, `aside` rows of some of them that are known already.
    """

    conn: Connection
    as_of: date | None = None
    tables: Collection[str] = ()
    aside: Aside = field(default_factory=Aside)
    _known: dict[str, dict[str, datetime | None]] = field(default_factory=dict)
    _roster: Roster | None = None

    @property
    def moment(self) -> datetime | None:
        """The first moment that is too late to be known."""
        return end_of(self.as_of) if self.as_of else None

    def stream(self, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
        """The rows of a query, never all of them in memory."""
        return iter(self.conn.execute(query.execution_options(yield_per=_ROWS)))

    def seen_by_then(self, column: ColumnElement[Any]) -> Sequence[ColumnElement[bool]]:
        """The condition that something was known by the day; none where all is asked for."""
        return (column < self.moment,) if self.moment else ()

    def past(self, moment: datetime | None) -> datetime | None:
        """A moment; None where it lies after the day."""
        return None if moment and self.moment and moment >= self.moment else moment

    def known(self, kind: str) -> Mapping[str, datetime | None]:
        """The ids of one kind of dossier, in order, each with the moment at which we first saw a record of it.

        As of a day those are left out that no record told of by then.
        """
        if kind not in self._known:
            seen = self._first_seen(kind)
            column = table_of(DOSSIERS[kind]).c.id
            ids = self.conn.execute(select(column).order_by(column)).scalars()
            self._known[kind] = {key: seen.get(key) for key in ids if self.as_of is None or key in seen}
        return self._known[kind]

    def if_known(self, kind: str, key: str | None) -> str | None:
        """The id, None where it is not among those that are told."""
        return key if key is not None and key in self.known(kind) else None

    def bills(self) -> Iterator[tuple[str, Timeline]]:
        """The timeline of each bill."""
        for keys in chunks(list(self.known("bill")), _DOSSIERS_AT_ONCE):
            yield from bill_timelines(self.conn, keys, roster=self._names(), as_of=self.as_of).items()

    def sittings(self, telling: type[SQLModel] | None = None) -> Iterator[tuple[str, Timeline]]:
        """The timeline of each sitting; `telling`: at least of those of which this table may tell something."""
        wanted = self._told_of(telling) if telling and self.as_of is None else self.known("sitting")
        for keys in chunks([key for key in self.known("sitting") if key in wanted], _DOSSIERS_AT_ONCE):
            yield from self.sittings_of(keys).items()

    def sittings_of(self, keys: Collection[str]) -> dict[str, Timeline]:
        """The timelines of these sittings."""
        return sitting_timelines(self.conn, keys, roster=self._names(), as_of=self.as_of)

    def _names(self) -> Roster:
        self._roster = self._roster or Roster(self.conn)
        return self._roster

    def _told_of(self, model: type[SQLModel]) -> set[str]:
        """Sittings with lines of a protocol or notes in a table, with stated facts, or that others were moved to."""
        table, link, fact = table_of(model).c, table_of(Link).c, table_of(StatedFact).c
        if "sitting_id" in table:
            query: Select[Any] = select(table.sitting_id)
        else:
            protocols = (link.record_type == "sitting_record", link.dossier_type == "sitting")
            query = select(link.dossier_id).where(link.record_key.in_(select(table.sitting_key)), *protocols)
        stated = select(fact.subject_id).where(fact.subject_kind == "sitting")
        found = {key for one in (query, stated) for key in self.conn.execute(one.distinct()).scalars()}
        return found | set(moves(self.conn).values())

    def _first_seen(self, kind: str) -> dict[str, datetime]:
        link = table_of(Link).c
        found: dict[str, datetime] = {}
        for name, model in RECORD_TABLES.items():
            record = table_of(model).c
            query = (
                select(link.dossier_id, func.min(record.first_seen))
                .join(table_of(model), record.key == link.record_key)
                .where(link.record_type == name, link.dossier_type == kind, link.dossier_id.is_not(None))
                .where(*self.seen_by_then(record.first_seen))
                .group_by(link.dossier_id)
            )
            for key, moment in self.conn.execute(query):
                found[key] = min(moment, found.get(key, moment))
        return found
