"""The API, for people: what there is, how to ask, limits and licence."""

from fastapi import APIRouter
from fastapi.responses import Response

from web.visit import VisitDep

router = APIRouter(prefix="/data/api")
EXAMPLES = (
    "bills?initiator=government&fields=title,first_day&limit=5",
    "transfers?format=csv&since=2017-01-01",
    "search?q=пенсия",
    "changes?since=2026-11-01",
)


@router.get("")
def api(visit: VisitDep) -> Response:
    """In short, with examples that can be followed."""
    return visit.page("data_api.html", examples=EXAMPLES)
