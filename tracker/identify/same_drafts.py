"""Which records the text layer takes for one draft, and the bills of these. Nothing here decides."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection

from db.annotations import DraftEdge
from db.batches import rows_where
from db.links import Link
from tracker.identify.bill_index import SAME_SCORE
from tracker.identify.bill_keys import Spot

SAME, PERHAPS = "same", "perhaps"
_SIDES = ("left", "right")


class SameDrafts:
    """The neighbours of some places of records by edges of the relation "same", with their bills."""

    def __init__(self, conn: Connection, spots: Iterable[Spot]) -> None:
        self._near: dict[Spot, list[tuple[Spot, float]]] = {}
        wanted = set(spots)
        for spot, other, score in _edges(conn, wanted):
            self._near.setdefault(spot, []).append((other, score))
        self._bill_of = _bills(conn, {other for near in self._near.values() for other, _ in near})

    def bills(self) -> set[str]:
        """All bills of the neighbours, as they were linked before."""
        return set(self._bill_of.values())

    def alike(self, spot: Spot) -> list[tuple[str, float]]:
        """The bills of the neighbours of a place, each with the score of its edge."""
        near = ((self._bill_of.get(other), score) for other, score in self._near.get(spot, ()))
        return [(bill, score) for bill, score in near if bill]

    def beside(self, spot: Spot, bill_id: str) -> list[Spot]:
        """The neighbours of a place that resemble it well enough to join it to this bill of theirs."""
        near = self._near.get(spot, ())
        return [other for other, score in near if score >= SAME_SCORE and self._bill_of.get(other) == bill_id]

    def settle(self, spot: Spot, bill_id: str | None) -> None:
        """The bill of a place is found (None: it has none): its neighbours see it at once."""
        self._bill_of.pop(spot, None)
        if bill_id:
            self._bill_of[spot] = bill_id


def forsaken(similar: Mapping[Spot, str], held: Collection[str], same: SameDrafts) -> set[Spot]:
    """The places that were joined to a bill by likeness, and that nothing resembles any more which speaks of it. Pure.

    `similar` has the bill of each such place, `held` are the bills that other places lead to. A bill that is held by
    these alone keeps the first of them: ids last. What resembles only a place that is forsaken is so itself.
    """
    left, has_one = dict(similar), set(held)
    for spot in sorted(similar, key=lambda one: (one[0] == "press_record", one)):
        if similar[spot] not in has_one:
            has_one.add(left.pop(spot))
    while found := [spot for spot, bill in left.items() if any(near not in left for near in same.beside(spot, bill))]:
        left = {spot: bill for spot, bill in left.items() if spot not in found}
    return set(left)


def _edges(conn: Connection, spots: Collection[Spot]) -> Iterable[tuple[Spot, Spot, float]]:
    """(place, neighbour, score), seen from each side that was asked for."""
    keys: dict[str, set[str]] = {}
    for record_type, key, _ in spots:
        keys.setdefault(record_type, set()).add(key)
    for record_type, own in keys.items():
        for side, other in (_SIDES, _SIDES[::-1]):
            kind = {f"{side}_type": record_type, "relation": SAME}
            rows = rows_where(conn, DraftEdge, f"{side}_key", own, **kind)
            found = ((_spot(row, side), _spot(row, other), row["score"]) for row in rows)
            yield from (edge for edge in found if edge[0] in spots)


def _spot(row: Mapping[str, str], side: str) -> Spot:
    return row[f"{side}_type"], row[f"{side}_key"], row[f"{side}_place"]


def _bills(conn: Connection, spots: Collection[Spot]) -> dict[Spot, str]:
    rows = rows_where(conn, Link, "record_key", {key for _, key, _ in spots}, dossier_type="bill")
    linked = {(row["record_type"], row["record_key"], row["place"]): row["dossier_id"] for row in rows}
    return {spot: bill for spot in spots if (bill := linked.get(spot))}
