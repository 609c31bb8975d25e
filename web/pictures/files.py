"""Pictures and their data as files, at addresses without a language: to embed, to download, to post."""

import gzip
import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from publish.charts import rendering
from publish.charts.picture import Look, Row, source_line
from web.answers import cached, csv_file
from web.pictures.kinds import KINDS, plain
from web.pictures.shown import Asked, drawing_of, origin_of, picture_of, spec_of
from web.pictures.wanted import DrawnQuery
from web.visit import PAGE_SECONDS, Visit, VisitDep, site_of

router = APIRouter(prefix="/pictures")
_FOR_EVER = "public, max-age=31536000, immutable"
Drawn = Annotated[DrawnQuery, Query()]


def asked(name: str, wanted: DrawnQuery, *, card: bool = False) -> Asked:
    """What an address asks for. Raises 404 for a picture that there is not."""
    if name not in KINDS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Asked(kind=KINDS[name], wanted=wanted, look=Look(lang=wanted.lang, theme=wanted.theme, card=card))


def _json(visit: Visit, value: object) -> Response:
    text = json.dumps(value, ensure_ascii=False, default=plain)
    return cached(visit.request, text.encode(), "application/json; charset=utf-8", seconds=PAGE_SECONDS)


@router.get("/{name}.svg")
def as_svg(visit: VisitDep, name: str, wanted: Drawn) -> Response:
    """The picture as lines and letters."""
    drawn = drawing_of(visit, asked(name, wanted))
    return _open_to_all(cached(visit.request, drawn, "image/svg+xml; charset=utf-8", seconds=PAGE_SECONDS))


@router.get("/{name}.png")
def as_png(visit: VisitDep, name: str, wanted: Drawn) -> Response:
    """The card for a post, 1200 by 630."""
    drawn = drawing_of(visit, asked(name, wanted, card=True))
    return _open_to_all(cached(visit.request, drawn, "image/png", seconds=PAGE_SECONDS))


@router.get("/{name}.vl.json")
def as_specification(visit: VisitDep, name: str, wanted: Drawn) -> Response:
    """What the chart of the picture's page is drawn from: Vega-Lite with the data in it."""
    return _json(visit, spec_of(visit, asked(name, wanted)))


@router.get("/{name}.json")
def as_json(visit: VisitDep, name: str, wanted: Drawn) -> Response:
    """All data of the picture with its words."""
    one = asked(name, wanted)
    picture = picture_of(visit, one)
    told = {"title": picture.title, "text": picture.text, "notes": picture.notes, "chosen": one.chosen}
    known = {"source": source_line(one.look, origin_of(visit)), "columns": picture.columns}
    return _json(visit, told | known | {"rows": [_only(row, picture.columns) for row in picture.rows]})


@router.get("/{name}.csv")
def as_csv(visit: VisitDep, name: str, wanted: Drawn) -> Response:
    """All data of the picture as a table."""
    picture = picture_of(visit, asked(name, wanted))
    return csv_file(name, list(picture.columns), [_only(row, picture.columns) for row in picture.rows])


@router.get("/{name}.js")
def as_script(request: Request, name: str) -> Response:
    """The program that draws charts in the browser, out of the wheel; its name changes with its content."""
    if f"{name}.js" != rendering.javascript_name():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    small: bytes = site_of(request).studio.get(name, lambda: gzip.compress(rendering.javascript(), mtime=0), len)
    headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
    packed = "gzip" in request.headers.get("accept-encoding", "")
    body, more = (small, {"Content-Encoding": "gzip"}) if packed else (gzip.decompress(small), {})
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers | more)


def _only(row: Row, columns: Iterable[str]) -> dict[str, object]:
    return {name: plain(row[name]) for name in columns}


def _open_to_all(answer: Response) -> Response:
    """Other sites may show it: it names its source itself."""
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return answer
