"""What is stored of visitors, of people who write to us, and of observers; how long, and what everybody may ask for."""

from fastapi import APIRouter
from fastapi.responses import Response

from publish.settings import load_public_settings
from vocab.retention import TERMS
from web.privacy.words import WHAT, WHY
from web.visit import VisitDep

router = APIRouter(prefix="/privacy")


@router.get("")
def privacy(visit: VisitDep) -> Response:
    """The page; its table of terms is the declaration that the sweep keeps."""
    return visit.page("privacy.html", terms=TERMS, what=WHAT, why=WHY, contact=load_public_settings().contact)
