"""The home page."""

from fastapi import APIRouter
from fastapi.responses import Response

from web.parameters import BillQuery
from web.public import queries_bills, queries_findings, queries_site, queries_sittings
from web.visit import VisitDep

router = APIRouter()
LATEST = 6


@router.get("/")
def home(visit: VisitDep) -> Response:
    """The newest of everything, and how much there is."""
    conn = visit.conn
    findings = queries_findings.telling(conn, LATEST)
    return visit.page(
        "home.html",
        totals=queries_site.totals(conn),
        verdict_counts=queries_findings.counts(conn),
        **queries_sittings.around(conn, visit.today, LATEST),
        bills=conn.execute(queries_bills.matching(conn, BillQuery()).limit(LATEST)).mappings().all(),
        findings=findings,
        titles=queries_findings.subject_titles(conn, findings),
        crawls=queries_site.last_crawls(conn),
    )
