"""Records: what one page said, and every version of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import Connection, RowMapping, select

from db.records import RECORD_TABLES, RecordVersion
from db.upsert import table_of
from web.api.answering import listing, one
from web.api.cursors import encode
from web.api.keyset import Order, page_of, position
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import ListWanted, RecordsWanted, Wanted, misread
from web.api.schema import Api, FirstSeen, Key, ListOut, PageId, SourceUrl, Told
from web.api.told import cleaned
from web.visit import VisitDep

router = APIRouter(prefix="/records", tags=["records"], responses=MISTAKES)
VERSION_COLUMNS = ("record_type", "record_key", "version", "content_hash", "changes", "page_id", "first_seen")
_PLAIN = ("key", "site", "version", "content_hash", "page_id", "first_seen", "last_seen", "vanished_at")
EvidencePage = Annotated[str | None, Field(description="The page that shows the archived page.")]


class RecordOut(Told):
    """What one source said of one thing, as far as it was seen."""

    id: Annotated[str, Field(description="Type and key.", examples=["press_record:kenesh:press:43952"])]
    url: EvidencePage
    api: Api
    type: Annotated[str, Field(description="The table of records.")]
    key: Annotated[str, Field(description="The site, the type of page, and the source's own key.")]
    site: str
    title: str | None
    version: Annotated[int, Field(description="The newest version; counts from 1.")]
    content_hash: Annotated[str, Field(description="A hash of each part that pages told.")]
    page_id: PageId
    source_url: SourceUrl
    first_seen: FirstSeen
    last_seen: datetime
    vanished_at: Annotated[datetime | None, Field(description="When the source no longer showed it.")]


class RecordDetail(RecordOut):
    """A record with what it says."""

    versions: Api
    payload: Annotated[dict[str, Any], Field(description="Part by part, the fields; contacts are blanked.")]


class VersionOut(Told):
    """A version of a record."""

    id: Annotated[str, Field(description="Type, key and number.")]
    url: EvidencePage
    api: Api
    type: str
    key: str
    version: int
    content_hash: str
    changes: Annotated[list[str], Field(description="What differs from the version before; nothing for the first.")]
    page_id: PageId
    first_seen: FirstSeen


class VersionDetail(VersionOut):
    """A version with what it says."""

    payload: Annotated[dict[str, Any], Field(description="Part by part, the fields; contacts are blanked.")]


@router.get("", response_model=ListOut[RecordOut], responses=TABLE)
def records(visit: VisitDep, wanted: Annotated[RecordsWanted, Query()]) -> Response:
    """All records, by type and key."""
    if wanted.type and wanted.type not in RECORD_TABLES:
        raise misread("type", f"There are: {', '.join(sorted(RECORD_TABLES))}.")
    types = [wanted.type] if wanted.type else sorted(RECORD_TABLES)
    found = _after(visit.conn, types, wanted, position(wanted, "records", (str, str)))
    rows, links = found[: wanted.rows], Links(visit.site.public_url)
    more = encode(wanted.scope("records"), [rows[-1][0], rows[-1][1]["key"]]) if len(found) > len(rows) else None
    return listing(visit, wanted, RecordOut, [_told(kind, row, links) for kind, row in rows], more)


@router.get("/{type}/{key:path}/versions", response_model=ListOut[VersionDetail], responses=TABLE)
def versions(visit: VisitDep, type: Key, key: Key, wanted: Annotated[ListWanted, Query()]) -> Response:
    """Every version of a record, the first one first."""
    _row(visit.conn, type, key)
    version = table_of(RecordVersion)
    query = select(version).where(version.c.record_type == type, version.c.record_key == key)
    order = Order(columns=(version.c.version,), kinds=(int,))
    page = page_of(visit.conn, query, order, wanted, f"versions of {type}:{key}")
    links = Links(visit.site.public_url)
    items = [told_version(row, links) | {"payload": cleaned(row["payload"])} for row in page.rows]
    return listing(visit, wanted, VersionDetail, items, page.next_cursor)


@router.get("/{type}/{key:path}", response_model=RecordDetail)
def record(visit: VisitDep, type: Key, key: Key, wanted: Annotated[Wanted, Query()]) -> Response:
    """One record with what it says now."""
    row, links = _row(visit.conn, type, key), Links(visit.site.public_url)
    more = {"versions": links.api("records", type, key, "versions"), "payload": cleaned(row["payload"])}
    return one(visit, wanted, RecordDetail, _told(type, row, links) | more, changed=row["last_seen"])


def told_version(row: RowMapping, links: Links) -> dict[str, Any]:
    """A version without what it says."""
    kind, key = row["record_type"], row["record_key"]
    return {
        "id": f"{kind}:{key}:{row['version']}",
        "url": links.archived(row["page_id"]),
        "api": links.api("records", kind, key, "versions"),
        "type": kind,
        "key": key,
        "changes": cleaned(row["changes"]),
        **{name: row[name] for name in ("version", "content_hash", "page_id", "first_seen")},
    }


def _after(
    conn: Connection, types: Iterable[str], wanted: RecordsWanted, after: Sequence[str] | None
) -> list[tuple[str, RowMapping]]:
    """One more row than asked for, from the tables one after the other."""
    found: list[tuple[str, RowMapping]] = []
    for kind in types:
        table = table_of(RECORD_TABLES[kind])
        if after and kind < after[0]:
            continue
        query = select(*(column for column in table.c if column.name != "payload")).order_by(table.c.key)
        query = query.where(table.c.key > after[1]) if after and kind == after[0] else query
        query = query.where(table.c.site == wanted.site) if wanted.site else query
        rows = conn.execute(query.limit(wanted.rows + 1 - len(found))).mappings()
        found += [(kind, row) for row in rows]
    return found


def _row(conn: Connection, kind: str, key: str) -> RowMapping:
    model = RECORD_TABLES.get(kind)
    table = table_of(model) if model else None
    row = conn.execute(select(table).where(table.c.key == key)).mappings().first() if table is not None else None
    if row is None:
        raise HTTPException(404)
    return row


def _told(kind: str, row: RowMapping, links: Links) -> dict[str, Any]:
    return {
        "id": f"{kind}:{row['key']}",
        "type": kind,
        **{name: row[name] for name in _PLAIN},
        "url": links.archived(row["page_id"]),
        "api": links.api("records", kind, row["key"]),
        "title": cleaned(row.get("title", row.get("name"))),
        "source_url": cleaned(row["url"]),
    }
