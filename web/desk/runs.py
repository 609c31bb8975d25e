"""Runs, green and red, with what they counted and why they are red; and the quarantine."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from vocab.roles import Role
from web.access import SignedIn, signed_in, staff_page
from web.desk import runs_query
from web.desk.parameters import QuarantineQuery, RunQuery
from web.desk.run_words import FIGURES, OUTCOMES, STAGES
from web.i18n import translations
from web.paging import page_of
from web.parameters import PageId
from web.visit import VisitDep

router = APIRouter(prefix="/desk")
ReaderDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR, Role.LAWYER, Role.RESEARCHER))]
WORDS: dict[str, Any] = {"stage_words": STAGES, "outcomes": OUTCOMES, "run_figures": FIGURES}


@router.get("/runs")
def runs(visit: VisitDep, who: ReaderDep, wanted: Annotated[RunQuery, Query()]) -> Response:
    """Every run of a stage, the newest first, and what is green and red now."""
    words = translations(who.language)
    return staff_page(
        visit,
        who,
        "desk/runs.html",
        wanted=wanted,
        listing=page_of(visit.conn, runs_query.runs(wanted), wanted),
        newest=runs_query.newest_by_stage(visit.conn),
        quarantined=runs_query.open_count(visit.conn),
        now=datetime.now(UTC),
        stages_named=[(code, words.gettext(name)) for code, name in STAGES.items()],
        outcomes_named=[(code, words.gettext(name)) for code, (_, name, _) in OUTCOMES.items()],
        sites=runs_query.sites(visit.conn),
        **WORDS,
    )


@router.get("/runs/{key}")
def run(visit: VisitDep, who: ReaderDep, key: PageId) -> Response:
    """One run: what it counted, beside the last clean one of its kind."""
    row = runs_query.run_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    before = runs_query.clean_before(visit.conn, row)
    return staff_page(visit, who, "desk/run.html", run=row, before=before, now=datetime.now(UTC), **WORDS)


@router.get("/quarantine")
def quarantine(visit: VisitDep, who: ReaderDep, wanted: Annotated[QuarantineQuery, Query()]) -> Response:
    """What could not be read: the same reasons together, and each one with its page and place."""
    chosen = wanted.site or wanted.kind or wanted.reason
    listing = page_of(visit.conn, runs_query.quarantined(wanted), wanted) if chosen else None
    return staff_page(
        visit,
        who,
        "desk/quarantine.html",
        wanted=wanted,
        groups=[] if chosen else runs_query.groups(visit.conn),
        listing=listing,
        pages=runs_query.pages_of(visit.conn, listing.rows) if listing else {},
        quarantined=runs_query.open_count(visit.conn),
        **WORDS,
    )
