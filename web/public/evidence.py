"""Archived pages: what a source said, shown so that it can do nothing."""

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from sqlalchemy import RowMapping

from db.archive import Archive
from vocab.errors import StorageError
from web.answers import cached
from web.inert import charset_of, is_textual, raw_without_contacts, readable
from web.parameters import PageId
from web.public import queries_site
from web.security import INERT_POLICY
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/evidence")
_RAW_SECONDS = 86_400
_SANDBOX = {"Content-Security-Policy": INERT_POLICY}


@router.get("/{page_id}")
def evidence(visit: VisitDep, page_id: PageId) -> Response:
    """Where, when and how a page was fetched, its hash, and its text."""
    row = _row(visit, page_id)
    body = _body(visit, row)
    textual = is_textual(row["content_type"])
    text = readable(body, row["content_type"]) if body is not None and textual else None
    return visit.page("evidence.html", page=row, text=text, textual=textual, is_kept=body is not None)


@router.get("/{page_id}/raw")
def raw(visit: VisitDep, page_id: PageId) -> Response:
    """The archived bytes as plain text, contacts blanked."""
    row = _row(visit, page_id)
    body = _body(visit, row)
    if body is None or not is_textual(row["content_type"]):
        raise HTTPException(404)
    charset = charset_of(body, row["content_type"])
    shown = raw_without_contacts(body, charset)
    answer = cached(visit.request, shown, f"text/plain; charset={charset}", seconds=_RAW_SECONDS)
    answer.headers.update(_SANDBOX)
    return answer


def _row(visit: Visit, page_id: int) -> RowMapping:
    row = queries_site.page_by_id(visit.conn, page_id)
    if row is None:
        raise HTTPException(404)
    return row


def _body(visit: Visit, row: RowMapping) -> bytes | None:
    """None where the archive file is not beside this database."""
    try:
        return Archive(visit.site.settings.archive_dir).read(row["warc_file"], row["warc_offset"]).body
    except StorageError:
        return None
