"""How the types of the tables are written in a step: a step must run when the types' own names are long gone."""

from typing import Any, Literal

from sqlmodel import AutoString, UTCDateTime


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """The plain SQLAlchemy type of a column; False leaves the rest to alembic."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False
