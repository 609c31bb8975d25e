"""The versions of the public data that stand for download, with their files and checksums."""

from fastapi import APIRouter
from fastapi.responses import Response

from web.bulk.versions import FOLDER, versions
from web.visit import VisitDep

router = APIRouter(prefix="/data/downloads")


@router.get("")
def downloads(visit: VisitDep) -> Response:
    """The list, the newest version with all its files."""
    found = versions(visit.site.settings.public_dir / FOLDER)
    return visit.page("downloads.html", versions=found, files=list(found[0].files()) if found else [])
