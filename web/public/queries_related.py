"""Bills that are drafts of the same matter: alternatives, and near-duplicate titles over the years."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, FromClause, and_, select

from db.annotations import DraftEdge
from db.bills import Bill
from db.links import Link
from db.upsert import table_of

ALTERNATIVE, SIMILAR = "alternative", "similar"
_ORDER = (ALTERNATIVE, SIMILAR)
_MOST = 20
_SIDE = (("record_type", "type"), ("record_key", "key"), ("place", "place"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A bill beside another one; `relation` is alternative or similar, `words` are what they have in common."""

    id: str
    title: str
    kind: str
    relation: str
    score: float
    words: tuple[str, ...]


def related(conn: Connection, key: str) -> list[Related]:
    """Alternatives first, then similar bills, the nearest first; each bill once."""
    found: dict[str, Related] = {}
    for one in sorted((*_beside(conn, key, "left", "right"), *_beside(conn, key, "right", "left")), key=_rank):
        found.setdefault(one.id, one)
    return list(found.values())[:_MOST]


def _rank(one: Related) -> tuple[int, float, str]:
    return _ORDER.index(one.relation), -one.score, one.id


def _beside(conn: Connection, key: str, here: str, there: str) -> Iterator[Related]:
    edge, bill = table_of(DraftEdge), table_of(Bill)
    own, other = table_of(Link).alias("own"), table_of(Link).alias("other")
    query = (
        select(bill.c.id, bill.c.title, bill.c.kind, edge.c.relation, edge.c.score, edge.c.words)
        .join_from(own, edge, _at(own, here))
        .join(other, _at(other, there))
        .join(bill, bill.c.id == other.c.dossier_id)
        .where(own.c.dossier_id == key, edge.c.relation.in_(_ORDER), bill.c.id != key)
    )
    for row in conn.execute(query):
        yield Related(
            id=row.id,
            title=row.title,
            kind=row.kind,
            relation=row.relation,
            score=row.score,
            words=tuple(row.words),
        )


def _at(link: FromClause, side: str) -> ColumnElement[bool]:
    edge = table_of(DraftEdge).c
    same = (link.c[name] == edge[f"{side}_{column}"] for name, column in _SIDE)
    return and_(link.c.dossier_type == "bill", *same)
