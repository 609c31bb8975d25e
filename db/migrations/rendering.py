"""How a step is written from the tables, and what of a database the tables do not describe.

The types of the tables are written plainly: a step must run when the types' own names are long gone.
"""

from collections.abc import MutableMapping
from typing import Any, Literal

from sqlmodel import AutoString, UTCDateTime


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """The plain SQLAlchemy type of a column; False leaves the rest to alembic."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


_BY_HAND = frozenset(
    {
        ("column", "search_document", "vector"),
        ("index", "search_document", "ix_search_document_vector"),
    }
)


def is_described(name: str | None, kind: str, parents: MutableMapping[Any, str | None]) -> bool:
    """False for what the search keeps beside its tables (step 0003): the tables of FTS5, the vector of PostgreSQL."""
    if kind == "table":
        return not (name or "").startswith("search_index")
    return (kind, parents.get("table_name"), name) not in _BY_HAND
