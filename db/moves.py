"""Sittings that became other sittings: an agenda that changed its day, two that turned out to be one."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from db.planning import SittingMark
from db.upsert import table_of

MOVED = "moved"
"""The change of a `SittingMark` that says so."""


def moves(conn: Connection) -> dict[str, str]:
    """Every sitting that became another one, and which: a few a year."""
    mark = table_of(SittingMark).c
    query = select(mark.sitting_id, mark.moved_to).where(mark.change == MOVED)
    return {row.sitting_id: row.moved_to for row in conn.execute(query)}


def follow(moved: Mapping[str, str], sitting: str) -> str:
    """Where a sitting is now, over any number of moves; a circle ends where it began."""
    seen = {sitting}
    while (after := moved.get(sitting)) is not None and after not in seen:
        seen.add(after)
        sitting = after
    return sitting


def former(moved: Mapping[str, str], sittings: Collection[str]) -> dict[str, str]:
    """Every id whose notes and duties belong to one of these sittings now, with that sitting; their own ids too."""
    wanted = set(sittings)
    every = {one: follow(moved, one) for one in wanted | moved.keys()}
    return {one: now for one, now in every.items() if now in wanted}
