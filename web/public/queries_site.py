"""What the home page and the health page ask, and archived pages."""

from typing import Any

from sqlalchemy import Connection, RowMapping, func, select
from sqlmodel import SQLModel

from db.bills import Bill
from db.pages import SourcePage
from db.people import Person
from db.runs import Run
from db.sittings import Sitting
from db.upsert import table_of


def totals(conn: Connection) -> dict[str, int]:
    """How many bills, sittings and persons are known."""
    models: dict[str, type[SQLModel]] = {"bills": Bill, "sittings": Sitting, "persons": Person}
    return {
        name: conn.execute(select(func.count()).select_from(table_of(model))).scalar_one()
        for name, model in models.items()
    }


def last_crawls(conn: Connection) -> list[dict[str, Any]]:
    """The newest crawl of every site: when it began and ended, and how."""
    run = table_of(Run).c
    newest = select(func.max(run.id)).where(run.stage == "crawl").group_by(run.site)
    query = select(run.site, run.started_at, run.ended_at, run.outcome).where(run.id.in_(newest)).order_by(run.site)
    return [dict(row) for row in conn.execute(query).mappings()]


def page_by_id(conn: Connection, page_id: int) -> RowMapping | None:
    """One archived answer."""
    page = table_of(SourcePage)
    return conn.execute(select(page).where(page.c.id == page_id)).mappings().first()
