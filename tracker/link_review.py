"""What a person should look at among the links of bills, and what was decided and found before."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from db.annotations import DraftEdge
from db.batches import rows_where
from db.bills import Bill, BillKey
from db.draft_edges import is_link_of_side
from db.links import UNSURE, Link, LinkChange
from db.upsert import table_of
from tracker.identify.bill_index import SAME_SCORE, BillIndex
from tracker.identify.bill_keys import NUMBER, TITLE, TITLE_AND_INITIATORS
from tracker.identify.known_bills import known_bills
from tracker.identify.merging import BILL, aliases_of, current_ids
from tracker.identify.same_drafts import PERHAPS, SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A bill by its id and title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A place of a record whose bill is not certain: `bill` is the one it is linked to now, if any."""

    record: str
    place: str
    written: str
    method: str
    score: float
    bill: Named | None
    candidates: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`what` is merge (two bills may be one) or split (one bill may be several); `words` are what says so."""

    what: str
    bills: tuple[Named, ...]
    score: float
    method: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line of the log, see `db.links.LinkChange`."""

    at: datetime
    change: str
    record: str
    place: str
    before: str | None
    after: str | None
    method: str
    score: float
    who: str | None
    reason: str


def unsure_links(conn: Connection) -> list[Unsure]:
    """Links that several bills come into question for, that keys disagree about, or that likeness alone made."""
    link = table_of(Link)
    query = select(link).where(link.c.dossier_type == BILL, UNSURE).order_by(*link.primary_key.columns)
    return described(conn, map(dict, conn.execute(query).mappings()))


def described(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> list[Unsure]:
    """These rows of `db.links.Link`, bills by their titles and ids of today."""
    rows = list(rows)
    current = current_ids(conn, {one for row in rows for one in row["candidates"]})
    named = _named(conn, {one for row in rows for one in (row["dossier_id"], *row["candidates"], *current.values())})
    return [
        Unsure(
            record=f"{row['record_type']}:{row['record_key']}",
            place=row["place"],
            written=row["written"],
            method=row["method"],
            score=row["score"],
            bill=named.get(row["dossier_id"]),
            candidates=tuple(_known(named, (current.get(one, one) for one in row["candidates"]))),
        )
        for row in rows
    ]


def _named(conn: Connection, ids: Iterable[str | None]) -> dict[str | None, Named]:
    rows = rows_where(conn, Bill, "id", {one for one in ids if one})
    return {row["id"]: Named(id=row["id"], title=row["title"]) for row in rows}


def _known(named: Mapping[str | None, Named], ids: Iterable[str]) -> Iterator[Named]:
    return (named[one] for one in dict.fromkeys(ids) if one in named)


Pair = tuple[str, str]


def proposals(conn: Connection) -> list[Proposal]:
    """Bills that may be one, by a title that they share or by likeness, and bills that several numbers name."""
    found: dict[Pair, tuple[float, str, tuple[str, ...]]] = {}
    for pair, score, method, words in sorted((*_same_titles(conn), *_alike(conn)), key=lambda one: -one[1]):
        found.setdefault(pair, (score, method, words))
    ids = {one for pair in found for one in pair}
    known, _ = known_bills(conn, (), ids)
    index, named = BillIndex(known), _named(conn, ids)
    merges = [
        Proposal(what="merge", bills=tuple(named[one] for one in pair), score=score, method=method, words=words)
        for pair, (score, method, words) in sorted(found.items(), key=lambda one: (-one[1][0], one[0]))
        if index.resemble(*pair)
    ]
    return [*merges, *_several_numbers(conn)]


def _same_titles(conn: Connection) -> Iterator[tuple[Pair, float, str, tuple[str, ...]]]:
    one, other = table_of(BillKey).alias("one"), table_of(BillKey).alias("other")
    same = and_(one.c.kind == other.c.kind, one.c.value == other.c.value, one.c.bill_id < other.c.bill_id)
    query = select(one.c.bill_id, other.c.bill_id, one.c.kind).join_from(one, other, same)
    for left, right, kind in conn.execute(query.where(one.c.kind.in_((TITLE, TITLE_AND_INITIATORS)))):
        yield (left, right), 1.0 if kind == TITLE_AND_INITIATORS else SAME_SCORE, kind, ()


def _alike(conn: Connection) -> Iterator[tuple[Pair, float, str, tuple[str, ...]]]:
    edge, left, right = table_of(DraftEdge).c, table_of(Link).alias("one"), table_of(Link).alias("other")
    query = select(left.c.dossier_id, right.c.dossier_id, edge.score, edge.method, edge.words)
    query = query.join_from(table_of(DraftEdge), left, is_link_of_side(left, "left"))
    query = query.join(right, is_link_of_side(right, "right"))
    asked = or_(and_(edge.relation == SAME, edge.score >= SAME_SCORE), edge.relation == PERHAPS)
    for one, other, score, method, words in conn.execute(query.where(asked, left.c.dossier_id != right.c.dossier_id)):
        yield (min(one, other), max(one, other)), score, method, tuple(words)


def _several_numbers(conn: Connection) -> list[Proposal]:
    key = table_of(BillKey).c
    numbers: dict[str, list[str]] = {}
    for bill, value in conn.execute(select(key.bill_id, key.value).where(key.kind == NUMBER).order_by(key.value)):
        numbers.setdefault(bill, []).append(value)
    several = {bill: tuple(values) for bill, values in numbers.items() if len(values) > 1}
    named = _named(conn, several)
    return [
        Proposal(what="split", bills=(named[bill],), score=1.0, method=NUMBER, words=values)
        for bill, values in sorted(several.items())
    ]


def changes(conn: Connection, bill: str | None = None) -> list[Change]:
    """The log, newest first; of one bill under all its ids, if one is named."""
    table = table_of(LinkChange)
    query = select(table).where(table.c.dossier_type == BILL).order_by(table.c.id.desc())
    if bill is not None:
        ids = _ids_of(conn, bill)
        query = query.where(or_(table.c.before.in_(ids), table.c.after.in_(ids)))
    names = ("at", "change", "place", "before", "after", "method", "score", "who", "reason")
    return [
        Change(record=f"{row['record_type']}:{row['record_key']}", **{name: row[name] for name in names})
        for row in conn.execute(query).mappings()
    ]


def _ids_of(conn: Connection, bill: str) -> Collection[str]:
    current = current_ids(conn, [bill]).get(bill, bill)
    return {bill, current, *aliases_of(conn, [current])}
