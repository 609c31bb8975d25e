"""The pages that we have: rows of `source_page`, found by canonical address."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select, update

from db.engine import reader
from db.pages import PageRecord, SourcePage
from db.upsert import table_of, upsert
from scrapers.content import Content, header
from scrapers.page import Link
from scrapers.plain import plain
from scrapers.visit import Ask, Known, Visit

_PAGE = table_of(SourcePage)
_RECORD = table_of(PageRecord)


def known_page(engine: Engine, site: str, address: str) -> Known | None:
    """The newest answer of this address, None where there is none."""
    query = select(_PAGE).where(_PAGE.c.site == site, _PAGE.c.address == address).order_by(_PAGE.c.id.desc())
    with reader(engine) as conn:
        row = conn.execute(query.limit(1)).first()
    return _known(row) if row else None


def readable_pages(engine: Engine, site: str) -> Iterator[tuple[Ask, Known]]:
    """The newest page with content of every address of a site and what asked for it, in the order they came."""
    newest = select(func.max(_PAGE.c.id)).where(_PAGE.c.site == site, _PAGE.c.status == 200).group_by(_PAGE.c.address)
    with reader(engine) as conn:
        ids = list(conn.execute(select(_PAGE.c.id).where(_PAGE.c.id.in_(newest)).order_by(_PAGE.c.id)).scalars())
    for one in ids:
        with reader(engine) as conn:
            row = conn.execute(select(_PAGE).where(_PAGE.c.id == one)).one()
        ask = Ask(url=row.url, kind=row.kind, address=row.address, method=row.method, body=row.request_body or "")
        yield ask, _known(row)


def insert_page(
    conn: Connection, visit: Visit, content: Content, *, site: str, run_id: int, place: tuple[str, int]
) -> int:
    """Write the row of an archived answer; `place` is its WARC file and offset. Gives the row's id."""
    answer = visit.answer
    values: dict[str, Any] = {
        "site": site,
        "kind": visit.ask.kind,
        "address": visit.ask.address,
        "url": answer.url,
        "method": visit.ask.method,
        "request_body": visit.ask.body or None,
        "status": answer.status,
        "content_type": header(answer.headers, "Content-Type"),
        "sha256": content.sha256,
        "original_sha256": content.original_sha256,
        "redacted": content.redacted,
        "size": len(content.body),
        "etag": header(answer.headers, "ETag"),
        "last_modified": header(answer.headers, "Last-Modified"),
        "shown_on": answer.shown_on,
        "fetched_at": answer.at,
        "last_seen": answer.at,
        "warc_file": place[0],
        "warc_offset": place[1],
        "run_id": run_id,
    }
    page_id: int = conn.execute(
        _PAGE.insert().values(values | _reading_values(visit)).returning(_PAGE.c.id)
    ).scalar_one()
    return page_id


def update_page(conn: Connection, visit: Visit, page_id: int, *, seen: bool) -> None:
    """Note that the same bytes came again (`seen`), and what a newer parser found in them."""
    values: dict[str, Any] = {"last_seen": visit.answer.at} if seen else {}
    if visit.reading is not None:
        values |= _reading_values(visit)
    if values:
        conn.execute(update(_PAGE).where(_PAGE.c.id == page_id).values(values))


def replace_page_records(conn: Connection, address: str, records: set[tuple[str, str]]) -> None:
    """Note which records a page states now."""
    conn.execute(_RECORD.delete().where(_RECORD.c.address == address))
    rows = [{"address": address, "record_type": kind, "record_key": key} for kind, key in sorted(records)]
    upsert(conn, PageRecord, rows, key=("address", "record_type", "record_key"), update=())


def records_of_page(conn: Connection, address: str) -> set[tuple[str, str]]:
    """The records that a page stated when it was read."""
    query = select(_RECORD.c.record_type, _RECORD.c.record_key).where(_RECORD.c.address == address)
    return {(record_type, key) for record_type, key in conn.execute(query)}


def _reading_values(visit: Visit) -> dict[str, Any]:
    links = plain(visit.reading.links) if visit.reading else []
    return {"parsed_with": visit.parsed_with, "links": links, "is_last": visit.is_last}


def _known(row: Row[Any]) -> Known:
    return Known(
        id=row.id,
        kind=row.kind,
        url=row.url,
        status=row.status,
        sha256=row.sha256,
        content_type=row.content_type,
        etag=row.etag,
        last_modified=row.last_modified,
        shown_on=row.shown_on,
        fetched_at=row.fetched_at,
        last_seen=row.last_seen,
        warc_file=row.warc_file,
        warc_offset=row.warc_offset,
        parsed_with=row.parsed_with,
        is_last=row.is_last,
        links=tuple(Link(**one) for one in row.links),
    )
