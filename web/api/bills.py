"""Bills, their timelines, files and texts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import Connection, RowMapping, func, select

from db.batches import rows_in
from db.bills import Bill, BillAlias, BillKey, BillStanding
from db.links import Link
from db.list_conditions import conditions
from db.media_queries import interviews_of
from db.upsert import table_of
from tracker.timelines import bill_timelines
from vocab.lists import ListKind, canonical
from vocab.timeline import Subject, SubjectKind, Timeline
from web.api.answering import listing, moved, one, table
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.media import InterviewOut, interviews
from web.api.mistakes import MISTAKES, MOVED, TABLE
from web.api.parameters import AsOfWanted, BillsWanted, Wanted
from web.api.schema import (
    KEY,
    Api,
    EventOut,
    ListOut,
    Part,
    TimelineOut,
    Told,
    Url,
)
from web.api.told import cleaned, event
from web.public import queries_bills, queries_related
from web.public.seen import shown_events
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/bills", tags=["bills"], responses=MISTAKES)
BillId = Annotated[str, Path(pattern=KEY, description="The id of a bill.", examples=["gov-494-2014-08-29"])]


class BillOut(Told):
    """A bill."""

    id: str
    url: Url
    api: Api
    title: str
    kind: Annotated[str, Field(examples=["law"])]
    number: Annotated[str | None, Field(examples=["6-502/24"])]
    initiator: Annotated[str | None, Field(description="`government`, `deputies`, or null: not known.")]
    convocation: str | None
    first_day: Annotated[date | None, Field(description="The first day on which we know of it.")]
    first_seen: Annotated[datetime | None, Field(description="When we knew it first (UTC).")]
    stage: Annotated[str | None, Field(description="Where it stands; null: no source tells.")]
    readings: Annotated[list[int], Field(description="In which it was considered.")]
    last_day: Annotated[date | None, Field(description="The newest day that is told of it.")]
    items: Annotated[int, Field(description="On how many agendas it stood.")]


class KeyOut(Part):
    """A key by which a bill is known."""

    kind: str
    value: str


class RelatedOut(Part):
    """Another bill on the same matter."""

    id: str
    url: Url
    api: Api
    relation: Literal["alternative", "similar"]
    score: float


class RecordRef(Part):
    """A record that tells of it."""

    type: str
    key: str
    api: Api


class BillDetail(BillOut):
    """A bill with what else it is called, what is beside it, and the records that tell of it."""

    keys: list[KeyOut]
    former_ids: Annotated[list[str], Field(description="Ids that lead here: bills that turned out to be this one.")]
    related: list[RelatedOut]
    interviews: list[InterviewOut]
    records: list[RecordRef]
    timeline: Api
    documents: Api
    texts: Api
    findings: Api


@router.get("", response_model=ListOut[BillOut], responses=TABLE)
def bills(visit: VisitDep, wanted: Annotated[BillsWanted, Query()]) -> Response:
    """Bills, with the filters of the site."""
    bill = table_of(Bill)
    query = select(bill).where(*conditions(ListKind.BILLS, canonical(ListKind.BILLS, dict(wanted))))
    page = page_of(visit.conn, query, _order(wanted.sort), wanted, "bills")
    items = _told(visit.conn, page.rows, Links(visit.site.public_url))
    return listing(visit, wanted, BillOut, items, page.next_cursor)


@router.get("/{key}", response_model=BillDetail, responses=MOVED)
def bill(visit: VisitDep, key: BillId, wanted: Annotated[Wanted, Query()]) -> Response:
    """One bill. Of a bill that turned out to be another one: 308 to that one."""
    row = queries_bills.bill_by_id(visit.conn, key)
    if row is None:
        return moved_bill(visit, key)
    links = Links(visit.site.public_url)
    (told,) = _told(visit.conn, [row], links)
    parts = {name: links.api("bills", key, name) for name in ("timeline", "documents", "texts")}
    findings = {"findings": links.found(key)}
    return one(visit, wanted, BillDetail, told | parts | findings | _detail(visit.conn, key, links))


@router.get("/{key}/timeline", response_model=TimelineOut, responses=MOVED | TABLE)
def timeline(visit: VisitDep, key: BillId, wanted: Annotated[AsOfWanted, Query()]) -> Response:
    """All that is known of a bill, in order, each line with its evidence."""
    row = queries_bills.bill_by_id(visit.conn, key)
    if row is None:
        return moved_bill(visit, key, "timeline")
    known = bill_timelines(visit.conn, [key], as_of=wanted.as_of).get(key)
    subject = Subject(kind=SubjectKind.BILL, id=key, title=row["title"])
    return timeline_answer(visit, wanted, known or Timeline(subject=subject, as_of=wanted.as_of))


def timeline_answer(visit: Visit, wanted: AsOfWanted, timeline: Timeline) -> Response:
    """The lines of a timeline that the public sees."""
    links, subject = Links(visit.site.public_url), timeline.subject
    about = {"kind": subject.kind, "id": subject.id, **links.subject(subject.kind, subject.id)}
    told = {"subject": about, "title": cleaned(subject.title), "as_of": wanted.as_of}
    return table(visit, wanted, EventOut, [event(one, links) for one in shown_events(timeline)], told=told)


def moved_bill(visit: Visit, key: str, *more: str) -> Response:
    """Where a former id leads; 404 for one that never was."""
    present = queries_bills.present_id(visit.conn, key)
    if present is None:
        raise HTTPException(404)
    links = Links(visit.site.public_url)
    return moved(visit, present, links.api("bills", present, *more), links.page("bills", present))


def _order(sort: str) -> Order:
    bill = table_of(Bill).c
    if sort.removeprefix("-") == "id":
        return Order(columns=(bill.id,), kinds=(str,), newest_first=sort.startswith("-"))
    first = func.coalesce(bill.first_day, date.min)
    return Order(columns=(first, bill.id), kinds=(date, str), newest_first=sort.startswith("-"))


def _told(conn: Connection, rows: Sequence[RowMapping], links: Links) -> list[dict[str, Any]]:
    """Bills with what their agendas tell: one query for all."""
    standings = _standings(conn, [row["id"] for row in rows])
    plain = ("id", "kind", "number", "initiator", "convocation", "first_day")
    return [
        {
            **{name: row[name] for name in plain},
            **links.subject("bill", row["id"]),
            "title": cleaned(row["title"]),
            "first_seen": row["made_at"],
            **_standing(standings.get(row["id"])),
        }
        for row in rows
    ]


def _standing(row: RowMapping | None) -> dict[str, Any]:
    """Where a bill stands; nothing before the tracker has judged it."""
    if row is None:
        return {"stage": None, "readings": [], "last_day": None, "items": 0}
    readings = [int(one) for one in row["readings"].split(",") if one]
    return {"stage": row["stage"], "readings": readings, "last_day": row["last_day"], "items": row["entries"]}


def _standings(conn: Connection, keys: Sequence[str]) -> Mapping[str, RowMapping]:
    standing = table_of(BillStanding)
    return {row.bill_id: row._mapping for row in rows_in(conn, select(standing), standing.c.bill_id, keys)}


def _detail(conn: Connection, key: str, links: Links) -> dict[str, Any]:
    known, alias, link = table_of(BillKey).c, table_of(BillAlias).c, table_of(Link).c
    keys = select(known.kind, known.value).where(known.bill_id == key).order_by(known.kind, known.value)
    former = select(alias.alias).where(alias.bill_id == key).order_by(alias.alias)
    records = select(link.record_type, link.record_key).where(link.dossier_type == "bill", link.dossier_id == key)
    return {
        "keys": [dict(row) for row in conn.execute(keys).mappings()],
        "former_ids": list(conn.execute(former).scalars()),
        "related": [
            {"id": near.id, "relation": near.relation, "score": near.score, **links.subject("bill", near.id)}
            for near in queries_related.related(conn, key)
        ],
        "interviews": interviews(interviews_of(conn, bill=key), links),
        "records": [
            {"type": kind, "key": record, "api": links.api("records", kind, record)}
            for kind, record in conn.execute(records.distinct().order_by(link.record_type, link.record_key))
        ],
    }
