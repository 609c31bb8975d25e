"""Answers of the API: JSON or a table, the fields that were asked for, a tag by which a cache knows what it has."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from web.answers import cached, csv_file
from web.api.parameters import ListWanted, TableWanted, Wanted, misread
from web.visit import Visit

JSON, CSV = "application/json", "text/csv"
SECONDS = 60
Item = Mapping[str, Any]


def one(
    visit: Visit, wanted: Wanted, model: type[BaseModel], item: Item, *, changed: datetime | None = None
) -> Response:
    """One object; `changed` is when it last did, where that is known."""
    accepted(visit.request, JSON)
    fields = chosen(wanted, model)
    told = {name: item[name] for name in model.model_fields if name in fields}
    return _cached(visit.request, encoded(told), changed=changed)


def listing(
    visit: Visit, wanted: ListWanted, model: type[BaseModel], items: Sequence[Item], next_cursor: str | None
) -> Response:
    """A page of a list, with the address of the next one in its body and in its header."""
    following = here(visit, cursor=next_cursor) if next_cursor else None
    told = {"next": following, "next_cursor": next_cursor, "limit": wanted.rows}
    return table(visit, wanted, model, items, told=told)


def table(
    visit: Visit,
    wanted: TableWanted,
    model: type[BaseModel],
    items: Iterable[Item],
    *,
    told: Item,
    seconds: int = SECONDS,
) -> Response:
    """Rows under `items`, beside what is `told` of them; or the rows alone as CSV. `next` is the address of more."""
    kind, fields = _kind(visit.request, wanted), chosen(wanted, model)
    columns = [name for name in model.model_fields if name in fields]
    rows = [{name: item[name] for name in columns} for item in items]
    if kind == CSV:
        name = visit.request.url.path.strip("/").replace("/", "-").replace(":", "-")
        ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
        file = csv_file(ascii_name, columns, [{name: _cell(row[name]) for name in columns} for row in rows])
        answer = _cached(visit.request, bytes(file.body), "text/csv; charset=utf-8", seconds=seconds)
        answer.headers["Content-Disposition"] = file.headers["Content-Disposition"]
    else:
        answer = _cached(visit.request, encoded({"items": rows, **told}), seconds=seconds)
    if following := told.get("next"):
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


def moved(visit: Visit, present: str, address: str, page: str) -> Response:
    """What turned out to be another one, by its present id."""
    query = f"?{visit.request.url.query}" if visit.request.url.query else ""
    told = {"id": present, "url": page, "api": address, "status": HTTPStatus.PERMANENT_REDIRECT}
    headers = {"Location": f"{address}{query}", "Cache-Control": f"public, max-age={SECONDS}"}
    return JSONResponse(told, HTTPStatus.PERMANENT_REDIRECT, headers)


def chosen(wanted: Wanted, model: type[BaseModel]) -> frozenset[str]:
    """The fields that were asked for. Raises RequestValidationError for one that is not there."""
    known = model.model_fields
    names = [name.strip() for name in (wanted.fields or "").split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        raise misread("fields", f"There is no field {', '.join(unknown)}. There are: {', '.join(known)}.")
    return frozenset({*names, "id"} & known.keys()) if names else frozenset(known)


def accepted(request: Request, *offered: str) -> str:
    """The kind of answer that the header Accept wants most, the first where it does not care. Raises 406."""
    said = request.headers.get("accept") or "*/*"
    wishes = [_wish(entry) for entry in said.split(",")]
    weights = {kind: _weight(kind, wishes) for kind in offered}
    best = max(offered, key=lambda kind: weights[kind])
    if weights[best] <= 0:
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE, f"There is {' and '.join(offered)} here.")
    return best


def _kind(request: Request, wanted: TableWanted) -> str:
    if wanted.format:
        return CSV if wanted.format == "csv" else JSON
    return accepted(request, JSON, CSV)


def _wish(entry: str) -> tuple[str, float]:
    """«text/csv;q=0.5» is ("text/csv", 0.5); what cannot be read wants nothing."""
    kind, *parameters = (part.strip().lower() for part in entry.split(";"))
    weights = [part[2:] for part in parameters if part.startswith("q=")]
    try:
        return kind, float(weights[0]) if weights else 1.0
    except ValueError:
        return kind, 0.0


def _weight(kind: str, wishes: Iterable[tuple[str, float]]) -> float:
    """By the nearest range that covers it (RFC 9110, 12.5.1)."""
    ranges = (kind, f"{kind.split('/')[0]}/*", "*/*")
    found = [(ranges.index(name), weight) for name, weight in wishes if name in ranges]
    return min(found, key=lambda one: one[0])[1] if found else 0.0


def _cached(
    request: Request,
    body: bytes,
    media_type: str = JSON,
    *,
    changed: datetime | None = None,
    seconds: int = SECONDS,
) -> Response:
    answer = cached(request, body, media_type, seconds=seconds)
    answer.headers["Vary"] = "Accept"
    if changed:
        answer.headers["Last-Modified"] = format_datetime(changed.astimezone(UTC).replace(microsecond=0), usegmt=True)
    return answer


def here(visit: Visit, **parameters: str) -> str:
    """This address with other parameters, as people reach it."""
    url = visit.request.url.include_query_params(**parameters)
    return f"{visit.site.public_url}{url.path}?{url.query}"


def encoded(told: Item) -> bytes:
    """The bytes of JSON."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=plain, allow_nan=False).encode()


def _cell(value: Any) -> Any:
    """What stands in a cell: objects and lists as JSON."""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return plain(value) if isinstance(value, date | time) else value


def plain(value: Any) -> Any:
    """Days in ISO form, moments in UTC, sets in order. Raises TypeError for what has no form in JSON."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date() | time():
            return value.isoformat()
        case set() | frozenset():
            return sorted(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
