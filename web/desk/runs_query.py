"""Runs of the stages and what they quarantined, for the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from db.batches import rows_where
from db.pages import SourcePage
from db.runs import OPEN, Quarantine, Run
from db.upsert import table_of
from web.desk.parameters import QuarantineQuery, RunQuery

UNDER_WAY = "under_way"


def runs(wanted: RunQuery) -> Select[*tuple[Any, ...]]:
    """Runs, the newest first."""
    run = table_of(Run)
    query = select(run).order_by(run.c.id.desc())
    for column, value in ((run.c.stage, wanted.stage), (run.c.site, wanted.site)):
        query = query.where(column == value) if value else query
    if wanted.outcome == UNDER_WAY:
        return query.where(run.c.ended_at.is_(None))
    return query.where(run.c.outcome == wanted.outcome) if wanted.outcome else query


def run_by_id(conn: Connection, key: int) -> RowMapping | None:
    """One run."""
    return conn.execute(select(table_of(Run)).where(table_of(Run).c.id == key)).mappings().first()


def clean_before(conn: Connection, run: RowMapping) -> RowMapping | None:
    """The last clean run of the same stage and site that was asked for the same, to measure this one against."""
    table = table_of(Run)
    same = (table.c.stage == run["stage"], table.c.site == run["site"], table.c.asked == run["asked"])
    query = select(table).where(*same, table.c.outcome == "clean", table.c.id < run["id"])
    return conn.execute(query.order_by(table.c.id.desc()).limit(1)).mappings().first()


def sites(conn: Connection) -> list[str]:
    """The sites that a run was ever about."""
    return sorted(filter(None, conn.execute(select(table_of(Run).c.site).distinct()).scalars()))


def newest_by_stage(conn: Connection) -> list[RowMapping]:
    """The newest run of each stage and site: what is green and what is red now."""
    table = table_of(Run)
    newest = select(func.max(table.c.id)).group_by(table.c.stage, table.c.site)
    return list(conn.execute(select(table).where(table.c.id.in_(newest)).order_by(table.c.id)).mappings())


def open_count(conn: Connection) -> int:
    """How much waits in the quarantine."""
    return conn.execute(select(func.count()).select_from(table_of(Quarantine)).where(OPEN)).scalar_one()


def groups(conn: Connection) -> Sequence[RowMapping]:
    """What is open, by site, page type and reason, the most first; `ix_quarantine_open` has them."""
    own = table_of(Quarantine).c
    number = func.count().label("number")
    told = (number, func.min(own.first_seen).label("since"), func.max(own.last_seen).label("until"))
    lost = func.count().filter(own.record_lost).label("lost")
    query = select(own.site, own.kind, own.reason, *told, lost).where(OPEN).group_by(own.site, own.kind, own.reason)
    return conn.execute(query.order_by(number.desc(), own.site, own.kind, own.reason)).mappings().all()


def quarantined(wanted: QuarantineQuery) -> Select[*tuple[Any, ...]]:
    """What is open, of one site, page type or reason where it is named."""
    table = table_of(Quarantine)
    query = select(table).where(OPEN).order_by(table.c.site, table.c.kind, table.c.reason, table.c.id)
    for name in ("site", "kind", "reason"):
        value = getattr(wanted, name)
        query = query.where(table.c[name] == value) if value else query
    return query


def pages_of(conn: Connection, rows: Iterable[RowMapping]) -> dict[int, dict[str, Any]]:
    """The archived pages of these rows, by id: the address, and the version of the parser that read them."""
    wanted = {row["page_id"] for row in rows if row["page_id"]}
    return {row["id"]: row for row in rows_where(conn, SourcePage, "id", wanted)}
