"""Two bills that turn out to be one: the older id stays, the other leads to it, and the log tells why."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from db.batches import rows_where
from db.bills import Bill, BillAlias, BillKey, BillsApart
from db.happenings import HappeningAbout
from db.links import Link, LinkChange
from db.sittings import AgendaItem
from db.upsert import table_of, upsert
from tracker.identify.bill_keys import Spot
from tracker.identify.bill_rows import rewrite_bills

BILL = "bill"
MOVED, MERGED, SPLIT, APART, RELEASED = "moved", "merged", "split", "apart", "released"

LogRow = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`gone` is `kept`: by a kind of key, or by the decision of `who`. `moved` are places that came over already."""

    kept: str
    gone: str
    method: str
    score: float = 1.0
    who: str | None = None
    reason: str = ""
    moved: tuple[Spot, ...] = ()


def in_age(bills: Iterable[Mapping[str, Any]]) -> list[str]:
    """The ids of bills, the oldest first: by when the id was given, then by the first day told of."""
    ordered = sorted(bills, key=lambda one: (_moment(one["made_at"]), one["first_day"] or date.max, one["id"]))
    return [bill["id"] for bill in ordered]


def _moment(made_at: datetime | None) -> float:
    """Bills from before moments were kept are the oldest."""
    return made_at.timestamp() if made_at else 0.0


def current_ids(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Today's id of each of these bills that has another one now."""
    return {row["alias"]: row["bill_id"] for row in rows_where(conn, BillAlias, "alias", ids)}


def aliases_of(conn: Connection, ids: Iterable[str]) -> set[str]:
    """The former ids of these bills."""
    return {row["alias"] for row in rows_where(conn, BillAlias, "bill_id", ids)}


def apart_pairs(conn: Connection, ids: Collection[str]) -> set[frozenset[str]]:
    """Pairs with one of these bills of which a person decided that they are two."""
    rows = [*rows_where(conn, BillsApart, "left", ids), *rows_where(conn, BillsApart, "right", ids)]
    return {frozenset((row["left"], row["right"])) for row in rows}


def absorb(conn: Connection, merge: Merge, now: datetime) -> None:
    """Move everything of `gone` to `kept` and leave an alias."""
    kept, gone = merge.kept, merge.gone
    left = rows_where(conn, Link, "dossier_id", [gone], dossier_type=BILL)
    spots = {*merge.moved, *((row["record_type"], row["record_key"], row["place"]) for row in left)}
    log(conn, [_change(merge, spot, now) for spot in sorted(spots) or [(BILL, gone, "")]])
    link, item, key = table_of(Link), table_of(AgendaItem), table_of(BillKey)
    same = (link.c.dossier_type == BILL, link.c.dossier_id == gone)
    conn.execute(update(link).where(*same).values(dossier_id=kept))
    conn.execute(update(item).where(item.c.bill_id == gone).values(bill_id=kept))
    conn.execute(delete(key).where(key.c.bill_id == gone))
    _lead(conn, merge, now)
    _keep_apart(conn, kept, gone)
    _tell_of(conn, kept, gone)
    conn.execute(delete(table_of(Bill)).where(table_of(Bill).c.id == gone))
    rewrite_bills(conn, {kept})


def loosen(conn: Connection, spots: Collection[Spot]) -> None:
    """Take away the links of these places, and what their bills had from them: they are to be linked anew."""
    table, left = table_of(Link), set()
    for record_type, key, place in spots:
        same = (table.c.record_type == record_type, table.c.record_key == key, table.c.place == place)
        left |= set(conn.execute(select(table.c.dossier_id).where(*same, table.c.dossier_type == BILL)).scalars())
        conn.execute(delete(table).where(*same, table.c.dossier_type == BILL))
    rewrite_bills(conn, left - {None})


def log(conn: Connection, changes: Collection[Mapping[str, Any]]) -> None:
    """Append to the log of links; see `db.links.LinkChange`."""
    if changes:
        conn.execute(insert(table_of(LinkChange)), [dict(change) for change in changes])


def change_row(change: str, spot: Spot, bills: tuple[str | None, str | None], now: datetime, **said: Any) -> LogRow:
    """A row of the log: the bills are those before and after; `said` are method, score, who and reason."""
    row: LogRow = {"at": now, "change": change, "record_type": spot[0], "record_key": spot[1], "place": spot[2]}
    row |= {"dossier_type": BILL, "before": bills[0], "after": bills[1]}
    return row | {"score": 1.0, "who": None, "reason": ""} | said


def _change(merge: Merge, spot: Spot, now: datetime) -> LogRow:
    said = {name: getattr(merge, name) for name in ("method", "score", "who", "reason")}
    return change_row(MERGED, spot, (merge.gone, merge.kept), now, **said)


def _lead(conn: Connection, merge: Merge, now: datetime) -> None:
    """The former id, and those that led to it, lead to the bill."""
    alias = table_of(BillAlias)
    conn.execute(update(alias).where(alias.c.bill_id == merge.gone).values(bill_id=merge.kept))
    row = {"alias": merge.gone, "bill_id": merge.kept, "method": merge.method, "since": now}
    upsert(conn, BillAlias, [row], key=("alias",))


def _keep_apart(conn: Connection, kept: str, gone: str) -> None:
    """What a person said to be another bill than the one stays another bill than both."""
    table = table_of(BillsApart)
    for row in [*rows_where(conn, BillsApart, "left", [gone]), *rows_where(conn, BillsApart, "right", [gone])]:
        other = row["right"] if row["left"] == gone else row["left"]
        conn.execute(delete(table).where(table.c.left == row["left"], table.c.right == row["right"]))
        left, right = sorted((kept, other))
        upsert(conn, BillsApart, [row | {"left": left, "right": right}], key=("left", "right"), update=())


def _tell_of(conn: Connection, kept: str, gone: str) -> None:
    """What was told of the one was told of the bill: its feed has it too."""
    told = rows_where(conn, HappeningAbout, "dossier_id", [gone], dossier_type=BILL)
    key = ("happening_key", "dossier_type", "dossier_id")
    upsert(conn, HappeningAbout, [row | {"dossier_id": kept} for row in told], key=key, update=())
