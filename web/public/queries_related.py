"""Bills that are drafts of the same matter: alternatives, and near-duplicate titles over the years."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from db.annotations import DraftEdge
from db.bills import Bill
from db.draft_edges import is_link_of_side
from db.links import Link
from db.upsert import table_of

ALTERNATIVE, SIMILAR = "alternative", "similar"
_ORDER = (ALTERNATIVE, SIMILAR)
_MOST = 20

Side = Literal["left", "right"]


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


def _beside(conn: Connection, key: str, here: Side, there: Side) -> Iterator[Related]:
    """The other side's bill is looked up by a subquery: of a join SQLite would begin with the links of all bills."""
    edge, bill = table_of(DraftEdge), table_of(Bill)
    own, other = table_of(Link).alias("own"), table_of(Link).alias("other")
    beside = select(other.c.dossier_id).where(is_link_of_side(other, there)).correlate(edge).scalar_subquery()
    query = (
        select(bill.c.id, bill.c.title, bill.c.kind, edge.c.relation, edge.c.score, edge.c.words)
        .join_from(own, edge, is_link_of_side(own, here))
        .join(bill, bill.c.id == beside)
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
