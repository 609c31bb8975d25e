"""From an edge between drafts to the bills of its two sides."""

from typing import Literal

from sqlalchemy import ColumnElement, FromClause, and_

from db.annotations import DraftEdge
from db.upsert import table_of

_SIDE = (("record_type", "type"), ("record_key", "key"), ("place", "place"))


def is_link_of_side(link: FromClause, side: Literal["left", "right"]) -> ColumnElement[bool]:
    """The condition that joins one side of an edge to the link of its place to a bill; `link` may be an alias."""
    edge = table_of(DraftEdge).c
    same = (link.c[name] == edge[f"{side}_{column}"] for name, column in _SIDE)
    return and_(*same, link.c.dossier_type == "bill", link.c.dossier_id.is_not(None))
