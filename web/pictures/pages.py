"""The gallery, and the page of one picture."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from publish.charts.picture import Look, Picture, source_line
from publish.charts.rendering import javascript_name
from publish.wording import check_name
from vocab.bodies import CONVOCATIONS
from web.parameters import FindingQuery
from web.pictures.kinds import KINDS
from web.pictures.shown import Asked, origin_of, picture_of
from web.pictures.wanted import PictureQuery
from web.public import queries_bills, queries_findings, queries_persons, queries_sittings
from web.security import PICTURE_POLICY
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/pictures")
_ROWS_SHOWN = 100


@router.get("")
def gallery(visit: VisitDep) -> Response:
    """All pictures, each with what it shows in a sentence or two."""
    pictures = {name: _picture(visit, name, PictureQuery()) for name in KINDS}
    return visit.page("pictures/gallery.html", pictures=pictures)


@router.get("/{name}")
def picture(visit: VisitDep, name: str, wanted: Annotated[PictureQuery, Query()]) -> Response:
    """One picture with its text, its source, its data and the ways to take it along."""
    if name not in KINDS:
        raise HTTPException(404)
    kind = KINDS[name]
    drawn = _picture(visit, name, wanted)
    rows = drawn.rows[:_ROWS_SHOWN]
    answer = visit.page(
        "pictures/picture.html",
        name=name,
        picture=drawn,
        rows=rows,
        chosen=wanted.only(kind.choices),
        wanted=wanted,
        source=source_line(Look(lang=visit.lang), origin_of(visit)),
        script=javascript_name(),
        choices=_choices(visit, kind.choices),
        about=_about(visit, wanted, kind.choices),
    )
    answer.headers["Content-Security-Policy"] = PICTURE_POLICY
    return answer


def _picture(visit: Visit, name: str, wanted: PictureQuery) -> Picture:
    return picture_of(visit, Asked(kind=KINDS[name], wanted=wanted, look=Look(lang=visit.lang)))


def _choices(visit: Visit, names: tuple[str, ...]) -> dict[str, Any]:
    """What may be chosen in the form, by name: pairs of value and words. A person and a bill come by a link."""
    conn = visit.conn
    sittings = queries_sittings.choices(conn)
    found: dict[str, Any] = {"year": [(year, year) for year in sittings["years"]]}
    if "convocation" in names:
        found["convocation"] = [(one.numeral, one.numeral) for one in CONVOCATIONS]
    if "committee" in names:
        found["committee"] = sittings["committees"]
    if "check" in names:
        checks = queries_findings.tally(conn, FindingQuery()).checks
        found["check"] = [(check, check_name(check, visit.lang)) for check in checks]
    return found


def _about(visit: Visit, wanted: PictureQuery, names: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """The person or bill that the picture is narrowed to: its address and what it is called."""
    found = {}
    if "person" in names and wanted.person and (row := queries_persons.person_by_id(visit.conn, wanted.person)):
        found["person"] = (f"/persons/{row['id']}", str(row["name"]))
    if "bill" in names and wanted.bill and (row := queries_bills.bill_by_id(visit.conn, wanted.bill)):
        found["bill"] = (f"/bills/{row['id']}", str(row["title"]))
    return found
