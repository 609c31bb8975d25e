"""Sittings, their agendas and timelines."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import RowMapping, Select, select

from db.bills import Bill
from db.list_conditions import conditions
from db.media_queries import videos_of
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from tracker.timelines import sitting_timelines
from vocab.bodies import Body
from vocab.lists import ListKind, canonical
from vocab.timeline import Subject, SubjectKind, Timeline
from web.api.answering import listing, one
from web.api.bills import timeline_answer
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.media import VideoOut, videos
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import AsOfWanted, ListWanted, SittingsWanted, SpanWanted, Wanted
from web.api.schema import KEY, Api, Day, ListOut, Part, SourceUrl, TimelineOut, Told, Url
from web.api.told import cleaned
from web.public import queries_sittings
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/sittings", tags=["sittings"], responses=MISTAKES)
SittingId = Annotated[str, Path(pattern=KEY, description="The id of a sitting.", examples=["plenary-2017-05-17"])]


class SittingOut(Told):
    """A sitting of the plenary or of a committee."""

    id: str
    url: Url
    api: Api
    day: Day
    starts_at: Annotated[str | None, Field(description="In Bishkek.", examples=["10:00:00"])]
    place: str | None
    body: Annotated[str, Field(description="`plenary` or `committee`.")]
    committee_id: str | None
    committee: str | None
    number: str | None
    title: str
    extraordinary: bool
    cancelled: bool


class SourceOut(Part):
    """A record that tells of the sitting."""

    type: str
    key: str
    api: Api
    source: Annotated[str, Field(description="`agenda`, `protocol` or `vote_list`.")]
    url: SourceUrl
    page_id: int | None
    page_url: str | None
    version: int
    first_seen: datetime
    last_seen: datetime
    vanished_at: datetime | None


class SittingDetail(SittingOut):
    """A sitting with the records that tell of it."""

    sources: list[SourceOut]
    videos: Annotated[list[VideoOut], Field(description="Where it is shown live, and later as a recording.")]
    agenda: Api
    timeline: Api
    findings: Api


class ItemOut(Told):
    """An item of an agenda."""

    id: str
    url: Url
    api: Api
    sitting_id: str
    position: int
    title: str
    kind: str
    readings: Annotated[str, Field(description="Numbers by commas.", examples=["2,3"])]
    bill_id: str | None
    bill_number: str | None


def within(query: Select[*tuple[Any, ...]], wanted: SpanWanted, day: Any) -> Select[*tuple[Any, ...]]:
    """The rows of the days that a reader asked for."""
    query = query.where(day >= wanted.since) if wanted.since else query
    return query.where(day <= wanted.until) if wanted.until else query


@router.get("", response_model=ListOut[SittingOut], responses=TABLE)
def sittings(visit: VisitDep, wanted: Annotated[SittingsWanted, Query()]) -> Response:
    """Sittings, with the filters of the site."""
    sitting = table_of(Sitting)
    filters = conditions(ListKind.SITTINGS, canonical(ListKind.SITTINGS, dict(wanted)))
    query = within(select(sitting).where(*filters), wanted, sitting.c.day)
    order = Order(columns=(sitting.c.day, sitting.c.id), kinds=(date, str), newest_first=wanted.sort == "-day")
    page = page_of(visit.conn, query, order, wanted, "sittings")
    links = Links(visit.site.public_url)
    return listing(visit, wanted, SittingOut, [_told(row, links) for row in page.rows], page.next_cursor)


@router.get("/{key}", response_model=SittingDetail)
def sitting(visit: VisitDep, key: SittingId, wanted: Annotated[Wanted, Query()]) -> Response:
    """One sitting."""
    row = _row(visit, key)
    links = Links(visit.site.public_url)
    parts = {name: links.api("sittings", key, name) for name in ("agenda", "timeline")}
    found = {"findings": links.found(key)}
    sources = [_source(one, links) for one in queries_sittings.sources(visit.conn, key)]
    shown = videos(videos_of(visit.conn, [key]).get(key, ()))
    more = parts | found | {"sources": sources, "videos": shown}
    return one(visit, wanted, SittingDetail, _told(row, links) | more)


@router.get("/{key}/agenda", response_model=ListOut[ItemOut], responses=TABLE)
def agenda(visit: VisitDep, key: SittingId, wanted: Annotated[ListWanted, Query()]) -> Response:
    """The items of a sitting in their order, with the bills that they are about."""
    _row(visit, key)
    item, bill = table_of(AgendaItem), table_of(Bill).c
    query = select(item, bill.number.label("bill_number")).outerjoin(table_of(Bill), bill.id == item.c.bill_id)
    order = Order(columns=(item.c.position, item.c.id), kinds=(int, str))
    page = page_of(visit.conn, query.where(item.c.sitting_id == key), order, wanted, f"agenda of {key}")
    items = _items(page.rows, Links(visit.site.public_url))
    return listing(visit, wanted, ItemOut, items, page.next_cursor)


@router.get("/{key}/timeline", response_model=TimelineOut, responses=TABLE)
def timeline(visit: VisitDep, key: SittingId, wanted: Annotated[AsOfWanted, Query()]) -> Response:
    """All that is known of a sitting, in order, each line with its evidence."""
    row = _row(visit, key)
    known = sitting_timelines(visit.conn, [key], as_of=wanted.as_of).get(key)
    subject = Subject(kind=SubjectKind.SITTING, id=key, title=row["title"], body=Body(row["body"]), day=row["day"])
    return timeline_answer(visit, wanted, known or Timeline(subject=subject, as_of=wanted.as_of))


def _row(visit: Visit, key: str) -> RowMapping:
    row = queries_sittings.sitting_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(404)
    return row


def _told(row: RowMapping, links: Links) -> dict[str, Any]:
    plain = ("id", "day", "starts_at", "body", "committee_id", "number", "extraordinary", "cancelled")
    words = ("place", "committee", "title")
    return {
        **{name: row[name] for name in plain},
        **{name: cleaned(row[name]) for name in words},
        **links.subject("sitting", row["id"]),
    }


def _source(row: RowMapping, links: Links) -> dict[str, Any]:
    plain = ("key", "source", "url", "page_id", "version", "first_seen", "last_seen", "vanished_at")
    return {
        "type": "sitting_record",
        **{name: row[name] for name in plain},
        "api": links.api("records", "sitting_record", row["key"]),
        "page_url": links.archived(row["page_id"]),
    }


def _items(rows: Sequence[RowMapping], links: Links) -> list[dict[str, Any]]:
    plain = ("id", "sitting_id", "position", "kind", "readings", "bill_id", "bill_number")
    return [
        {
            **{name: row[name] for name in plain},
            "title": cleaned(row["title"]),
            "url": links.page("sittings", row["sitting_id"]),
            "api": links.api("sittings", row["sitting_id"], "agenda"),
        }
        for row in rows
    ]
