"""Answers that a cache may keep, and tables as files."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import RowMapping

Row = Mapping[str, Any] | RowMapping
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cached(request: Request, body: bytes, media_type: str, *, seconds: int) -> Response:
    """The body with its ETag; 304 without a body for a reader who has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={seconds}"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """A table for spreadsheets: UTF-8 with a mark, and no cell that a spreadsheet would run as a formula."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([_cell(row[column]) for column in columns] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: Any) -> str:
    shown = "" if value is None else str(value)
    return f"'{shown}" if shown.startswith(_FORMULA_STARTS) else shown
