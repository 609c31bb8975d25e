"""Links record → dossier in the database. A person's decision stands above every computed link."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete

from db.batches import rows_where
from db.links import Link, LinkDecision
from db.upsert import table_of, upsert
from tracker.identify.resolver import DECIDED

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

    @property
    def spot(self) -> Place:
        """The record's key and the place in it."""
        return self.record_key, self.place


class Links:
    """The links of some records to dossiers of one type, and what people decided about them.

    `places` finds the place of words in a record, for a decision that goes with its words, see `db.links`. `changed`
    are the links that `store` put in the place of others, None for a link that is no more.
    """

    def __init__(
        self,
        conn: Connection,
        record_type: str,
        dossier_type: str,
        keys: Collection[str],
        places: Callable[[str, str, str], str | None] | None = None,
    ) -> None:
        self._conn, self._record_type, self._dossier_type = conn, record_type, dossier_type
        self._keys = sorted(set(keys))
        self._stored = {(row["record_key"], row["place"]): row for row in self._rows(Link)}
        self.changed: list[tuple[LinkRow, LinkRow | None]] = []
        self.decided: dict[Place, str | None] = {}
        for row in self._rows(LinkDecision):
            key, place, written = row["record_key"], row["place"], row["written"]
            now_at = places(key, place, written) if places and written is not None else place
            if now_at is not None:
                self.decided[(key, now_at)] = row["dossier_id"]

    def follow(self, current: Mapping[str, str]) -> None:
        """A decision for a dossier that has another id now is one for that."""
        self.decided = {place: current.get(one, one) if one else one for place, one in self.decided.items()}

    def _rows(self, model: type[Link] | type[LinkDecision]) -> list[dict[str, Any]]:
        kind = {"record_type": self._record_type, "dossier_type": self._dossier_type}
        return rows_where(self._conn, model, "record_key", self._keys, **kind)

    def stored(self) -> dict[Place, LinkRow]:
        """The links as they stand in the table."""
        return {place: LinkRow(**row | {"candidates": tuple(row["candidates"])}) for place, row in self._stored.items()}

    def linked(self) -> dict[Place, LinkRow]:
        """The links that lead to a dossier, by record and place; decisions first."""
        found = self.stored() | {place: self._decision(place, dossier) for place, dossier in self.decided.items()}
        return {place: row for place, row in found.items() if row.dossier_id}

    def refused(self) -> set[Place]:
        """The places of which a person decided that they speak of no dossier."""
        return {place for place, dossier in self.decided.items() if dossier is None}

    def _decision(self, place: Place, dossier: str | None) -> LinkRow:
        return LinkRow(
            record_type=self._record_type,
            record_key=place[0],
            place=place[1],
            dossier_type=self._dossier_type,
            dossier_id=dossier,
            method=DECIDED,
        )

    def store(self, rows: Sequence[LinkRow]) -> set[str]:
        """Make these the links of the records; give the dossiers that gained or lost one."""
        wanted = {row.spot: self._with_decision(row) for row in rows}
        before = self.stored()
        gone = [place for place in before if place not in wanted]
        changed = {place: row for place, row in wanted.items() if before.get(place) != row}
        self.changed = [(before[place], wanted.get(place)) for place in (*gone, *changed) if place in before]
        touched = {old.dossier_id for old, _ in self.changed} | {row.dossier_id for row in changed.values()}
        self._delete(gone)
        upsert(self._conn, Link, list(map(_as_stored, changed.values())), key=_KEY)
        return {one for one in touched if one}

    def _with_decision(self, row: LinkRow) -> LinkRow:
        if row.spot not in self.decided:
            return row
        return replace(row, dossier_id=self.decided[row.spot], method=DECIDED, score=1.0)

    def _delete(self, places: Sequence[Place]) -> None:
        table = table_of(Link)
        kind = (table.c.record_type == self._record_type, table.c.dossier_type == self._dossier_type)
        for key, place in places:
            self._conn.execute(delete(table).where(*kind, table.c.record_key == key, table.c.place == place))


def _as_stored(row: LinkRow) -> dict[str, Any]:
    return asdict(row) | {"candidates": list(row.candidates)}
