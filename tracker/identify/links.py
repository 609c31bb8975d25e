"""Links record → dossier in the database. A person's decision stands above every computed link."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete

from db.links import Link, LinkDecision
from db.upsert import table_of, upsert
from tracker.identify.resolver import DECIDED
from tracker.stored import rows_where

Place = tuple[str, str]  # a record's key and the place in it
_KEY = ("record_type", "record_key", "place", "dossier_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A link as it stands in the table, see `db.links`."""

    record_type: str
    record_key: str
    dossier_type: str
    dossier_id: str | None
    method: str
    place: str = ""
    written: str = ""
    score: float = 1.0
    candidates: tuple[str, ...] = ()


class Links:
    """The links of some records to dossiers of one type, and what people decided about them."""

    def __init__(self, conn: Connection, record_type: str, dossier_type: str, keys: Collection[str]) -> None:
        self._conn, self._record_type, self._dossier_type = conn, record_type, dossier_type
        self._keys = sorted(set(keys))
        self._stored = {(row["record_key"], row["place"]): row for row in self._rows(Link)}
        self.decided: Mapping[Place, str | None] = {
            (row["record_key"], row["place"]): row["dossier_id"] for row in self._rows(LinkDecision)
        }

    def _rows(self, model: type[Link] | type[LinkDecision]) -> list[dict[str, Any]]:
        kind = {"record_type": self._record_type, "dossier_type": self._dossier_type}
        return rows_where(self._conn, model, "record_key", self._keys, **kind)

    def linked(self) -> dict[str, LinkRow]:
        """The links of whole records that lead to a dossier, by the record's key; decisions first."""
        stored = [LinkRow(**row | {"candidates": tuple(row["candidates"])}) for row in self._stored.values()]
        found = {row.record_key: row for row in stored if not row.place}
        whole = {key: dossier for (key, place), dossier in self.decided.items() if not place}
        found |= {key: replace(self._blank(key), dossier_id=one, method=DECIDED) for key, one in whole.items()}
        return {key: row for key, row in found.items() if row.dossier_id}

    def refused(self) -> set[str]:
        """The records of which a person decided that they speak of no dossier."""
        return {key for (key, place), dossier in self.decided.items() if not place and dossier is None}

    def _blank(self, key: str) -> LinkRow:
        return LinkRow(
            record_type=self._record_type,
            record_key=key,
            dossier_type=self._dossier_type,
            dossier_id=None,
            method="unknown",
        )

    def store(self, rows: Sequence[LinkRow]) -> set[str]:
        """Make these the links of the records; give the dossiers that gained or lost one."""
        wanted = {(row.record_key, row.place): _as_stored(self._with_decision(row)) for row in rows}
        gone = [place for place in self._stored if place not in wanted]
        changed = [row for place, row in wanted.items() if self._stored.get(place) != row]
        touched = {self._stored[place]["dossier_id"] for place in gone}
        for row in changed:
            before = self._stored.get((row["record_key"], row["place"]))
            touched |= {row["dossier_id"], before and before["dossier_id"]}
        self._delete(gone)
        upsert(self._conn, Link, changed, key=_KEY)
        return {one for one in touched if one}

    def _with_decision(self, row: LinkRow) -> LinkRow:
        place = (row.record_key, row.place)
        if place not in self.decided:
            return row
        return replace(row, dossier_id=self.decided[place], method=DECIDED, score=1.0)

    def _delete(self, places: Sequence[Place]) -> None:
        table = table_of(Link)
        kind = (table.c.record_type == self._record_type, table.c.dossier_type == self._dossier_type)
        for key, place in places:
            self._conn.execute(delete(table).where(*kind, table.c.record_key == key, table.c.place == place))


def _as_stored(row: LinkRow) -> dict[str, Any]:
    return asdict(row) | {"candidates": list(row.candidates)}
