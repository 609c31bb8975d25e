"""The runs of stages that work on the dirty set: what the last one worked with, and the row of this one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from db.runs import Origin, Run
from db.upsert import table_of


def last_figures(conn: Connection, stage: str) -> Mapping[str, Any]:
    """The figures of the last finished run of a stage, empty before the first one."""
    table = table_of(Run)
    done = select(table.c.figures).where(table.c.stage == stage, table.c.ended_at.is_not(None))
    figures: Mapping[str, Any] | None = conn.execute(done.order_by(table.c.id.desc()).limit(1)).scalar()
    return figures or {}


def remember_run(
    conn: Connection,
    stage: str,
    figures: Mapping[str, Any],
    *,
    started_at: datetime,
    took: timedelta,
    reasons: Sequence[str] = (),
) -> None:
    """The row of a run, written when all is done: a killed run leaves the rest on the list, and no row.

    `reasons` say why the run is red; without any it is clean.
    """
    row: dict[str, Any] = {
        "stage": stage,
        "origin": conn.execute(select(table_of(Origin).c.kind)).scalar() or "none",
        "started_at": started_at,
        "ended_at": started_at + took,
        "outcome": "red" if reasons else "clean",
        "figures": dict(figures),
        "reasons": list(reasons),
    }
    conn.execute(insert(table_of(Run)).values(**row))
