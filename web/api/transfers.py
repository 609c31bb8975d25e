"""Votes given to another deputy in writing, as protocols name them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import Connection, RowMapping, String, and_, cast, literal, or_, select

from db.batches import rows_in
from db.links import Link
from db.protocols import TransferMark
from db.records import SittingRecord
from db.sittings import Sitting
from db.upsert import table_of
from web.api.answering import listing
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import TransfersWanted
from web.api.schema import Api, Day, EvidenceOut, FirstSeen, ListOut, Told, Url
from web.api.sittings import within
from web.api.told import cleaned
from web.visit import VisitDep

router = APIRouter(prefix="/transfers", tags=["sittings"], responses=MISTAKES)


class TransferOut(Told):
    """One vote that a deputy gave to another; ids are null where a name fits nobody or two."""

    id: str
    url: Url
    api: Api
    sitting_id: str
    day: Day
    first_seen: FirstSeen
    given_by: Annotated[str, Field(description="As written.")]
    given_by_id: str | None
    given_to: Annotated[str, Field(description="As written.")]
    given_to_id: str | None
    about: Annotated[str | None, Field(description="The single question, where it was given for one only.")]
    in_writing: bool
    evidence: EvidenceOut


@router.get("", response_model=ListOut[TransferOut], responses=TABLE)
def transfers(visit: VisitDep, wanted: Annotated[TransfersWanted, Query()]) -> Response:
    """Votes given to others, by the day of the sitting."""
    mark, link, sitting, record = (table_of(one) for one in (TransferMark, Link, Sitting, SittingRecord))
    whole = and_(link.c.record_type == "sitting_record", link.c.place == "", link.c.dossier_type == "sitting")
    columns = (sitting.c.id.label("sitting_id"), sitting.c.day, record.c.page_id, record.c.url, record.c.first_seen)
    query = (
        select(mark, *columns)
        .join(link, and_(whole, link.c.record_key == mark.c.sitting_key))
        .join(sitting, sitting.c.id == link.c.dossier_id)
        .join(record, record.c.key == mark.c.sitting_key)
    )
    query = within(query, wanted, sitting.c.day)
    query = query.where(sitting.c.id == wanted.sitting) if wanted.sitting else query
    query = query.where(_names(wanted.person)) if wanted.person else query
    order = Order(
        columns=(sitting.c.day, mark.c.sitting_key, mark.c.seq),
        kinds=(date, str, int),
        newest_first=wanted.sort == "-day",
    )
    page = page_of(visit.conn, query, order, wanted, "transfers")
    items = _told(visit.conn, page.rows, Links(visit.site.public_url))
    return listing(visit, wanted, TransferOut, items, page.next_cursor)


def _names(person: str) -> Any:
    """The line gives the person's vote, or gives a vote to the person."""
    mark, named = table_of(TransferMark).c, table_of(Link).alias("named").c
    place = cast(mark.seq, String)
    return (
        select(named.place)
        .where(
            named.record_type == "sitting_record",
            named.dossier_type == "person",
            named.dossier_id == person,
            named.record_key == mark.sitting_key,
            or_(named.place == literal("absence:") + place, named.place == literal("transfer:") + place),
        )
        .exists()
    )


def _told(conn: Connection, rows: Sequence[RowMapping], links: Links) -> list[dict[str, Any]]:
    who = _persons(conn, {row["sitting_key"] for row in rows})
    return [
        {
            "id": f"{row['sitting_key']}:{row['seq']}",
            **links.subject("sitting", row["sitting_id"]),
            **{name: row[name] for name in ("sitting_id", "day", "first_seen")},
            "given_by": cleaned(row["from_name"]),
            "given_by_id": who.get((row["sitting_key"], f"absence:{row['seq']}")),
            "given_to": cleaned(row["to_name"]),
            "given_to_id": who.get((row["sitting_key"], f"transfer:{row['seq']}")),
            "about": cleaned(row["about"]),
            "in_writing": row["written_form"],
            "evidence": _evidence(row, links),
        }
        for row in rows
    ]


def _evidence(row: RowMapping, links: Links) -> dict[str, Any]:
    return {
        "record": f"sitting_record:{row['sitting_key']}",
        "page_id": row["page_id"],
        "page_url": links.archived(row["page_id"]),
        "url": cleaned(row["url"]),
        "place": f"transfer:{row['seq']}",
        "first_seen": row["first_seen"],
    }


def _persons(conn: Connection, keys: set[str]) -> Mapping[tuple[str, str], str | None]:
    """Whom the names in these protocols mean: one query for all."""
    link = table_of(Link).c
    query = select(link.record_key, link.place, link.dossier_id).where(
        link.record_type == "sitting_record", link.dossier_type == "person"
    )
    return {(key, place): person for key, place, person in rows_in(conn, query, link.record_key, keys)}
