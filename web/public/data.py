"""About the data: what there is, where it comes from, how far it reaches, and what it cannot tell."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from sqlalchemy import Connection

from tracker.judging import Rules
from web.public import queries_data, queries_site
from web.visit import VisitDep
from web.words import RECORD_KINDS

router = APIRouter(prefix="/data")


@router.get("")
def about(visit: VisitDep) -> Response:
    """Numbers and days of everything, the editions that are checked against, and the ways to take it along."""
    conn = visit.conn
    return visit.page(
        "data.html",
        **visit.site.memory.recall(conn, ("data",), lambda: _numbers(conn)),
        crawls=queries_site.last_crawls(conn),
        record_kinds=RECORD_KINDS,
        editions=_editions(),
    )


def _numbers(conn: Connection) -> dict[str, Any]:
    return {
        "extents": queries_data.extents(conn),
        "sources": queries_data.source_extents(conn),
        "pages": queries_data.archived_pages(conn),
    }


def _editions() -> list[tuple[str, int, int]]:
    """Each edition in the order of the rule book: its name, how many rules it holds, how many of them were read."""
    found: dict[str, list[bool]] = {}
    for rule in Rules.load().book.rules:
        found.setdefault(rule.edition, []).append(rule.verified)
    return [(name, len(verified), sum(verified)) for name, verified in found.items()]
