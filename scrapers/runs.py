"""Run rows: opened, gone on with after an interruption, ended with a judgement; the origin of a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from db.runs import Origin, Run
from db.upsert import table_of
from vocab.errors import OriginMismatch

_RUN = table_of(Run)
_ORIGIN = table_of(Origin)
_GOES_ON = timedelta(hours=24)  # what an older crawl saw is too old to be one picture with what is seen now


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """A run under way: its row, its start, what it counted before an interruption."""

    id: int
    started_at: datetime
    figures: Mapping[str, Any]


def claim_origin(engine: Engine, origin: str, detail: str, now: datetime) -> None:
    """The first crawl says where the data of a database comes from. Raises OriginMismatch for another origin."""
    with engine.begin() as conn:
        kind = conn.execute(select(_ORIGIN.c.kind)).scalar()
        if kind is None:
            conn.execute(_ORIGIN.insert().values(id=1, kind=origin, detail=detail, since=now))
        elif kind != origin:
            raise OriginMismatch(
                f"This database holds {kind} data; a {origin} crawl would mix them. "
                "Use another folder: BAIKOO_HOME=./another baikoo crawl …"
            )


def open_run(engine: Engine, *, stage: str, site: str, origin: str, asked: str, now: datetime) -> OpenRun:
    """Go on with a run that was interrupted less than a day ago and was asked for the same, else begin one.

    Interrupted runs that nobody goes on with are ended as failed.
    """
    with engine.begin() as conn:
        for row in conn.execute(_unfinished(stage, site)).all():
            if row.asked == asked and now - row.started_at < _GOES_ON:
                return OpenRun(id=row.id, started_at=row.started_at, figures=row.figures)
            end_run(conn, row.id, now, outcome="failed", figures=row.figures, reasons=("interrupted",))
        values = {"stage": stage, "site": site, "origin": origin, "asked": asked, "started_at": now}
        values |= {"figures": {}, "reasons": []}
        run_id: int = conn.execute(_RUN.insert().values(values).returning(_RUN.c.id)).scalar_one()
    return OpenRun(id=run_id, started_at=now, figures={})


def end_run(
    conn: Connection, run_id: int, now: datetime, *, outcome: str, figures: Mapping[str, Any], reasons: Sequence[str]
) -> None:
    """Write how a run ended."""
    values = {"ended_at": now, "outcome": outcome, "figures": dict(figures), "reasons": list(reasons)}
    conn.execute(update(_RUN).where(_RUN.c.id == run_id).values(values))


def _unfinished(stage: str, site: str) -> Any:
    return (
        select(_RUN)
        .where(_RUN.c.stage == stage, _RUN.c.site == site, _RUN.c.ended_at.is_(None))
        .order_by(_RUN.c.id.desc())
    )
