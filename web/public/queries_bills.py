"""Bills for the pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from db.bills import Bill, BillAlias
from db.documents import Document
from db.links import Link
from db.list_conditions import conditions
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from vocab.lists import ListKind, canonical
from web.parameters import BillQuery

_CHOICES = ("kind", "initiator", "convocation")


def matching(wanted: BillQuery) -> Select[*tuple[Any, ...]]:
    """Bills with how often they stood on an agenda and when last, newest first."""
    bill, item, sitting = table_of(Bill).c, table_of(AgendaItem).c, table_of(Sitting).c
    seen = (
        select(item.bill_id, func.count().label("items"), func.max(sitting.day).label("last_day"))
        .join(table_of(Sitting), sitting.id == item.sitting_id)
        .where(item.bill_id.is_not(None))
        .group_by(item.bill_id)
        .subquery()
    )
    newest = func.coalesce(seen.c.last_day, bill.first_day)
    query = (
        select(table_of(Bill), func.coalesce(seen.c["items"], 0).label("items"), newest.label("last_day"))
        .outerjoin(seen, seen.c.bill_id == bill.id)
        .order_by(newest.desc().nulls_last(), bill.id)
    )
    return query.where(*conditions(ListKind.BILLS, canonical(ListKind.BILLS, dict(wanted))))


def choices(conn: Connection) -> dict[str, list[str]]:
    """Kinds, initiators and convocations that bills are known of."""
    bill = table_of(Bill).c
    found = {name: conn.execute(select(bill[name]).distinct()).scalars() for name in _CHOICES}
    return {f"{name}s": sorted(filter(None, values)) for name, values in found.items()}


def bill_by_id(conn: Connection, key: str) -> RowMapping | None:
    """One bill."""
    return conn.execute(select(table_of(Bill)).where(table_of(Bill).c.id == key)).mappings().first()


def present_id(conn: Connection, key: str) -> str | None:
    """The id that a bill with a former id has now."""
    alias = table_of(BillAlias).c
    return conn.execute(select(alias.bill_id).where(alias.alias == key)).scalar()


def documents(conn: Connection, key: str, known_by: datetime | None = None) -> Sequence[RowMapping]:
    """Files that the records of a bill offer, each address once; `known_by`: those first seen before this moment."""
    document, link = table_of(Document).c, table_of(Link).c
    query = (
        select(
            document.url, document.kind, document.title, document.language, func.min(document.first_seen).label("seen")
        )
        .join(table_of(Link), (link.record_type == document.record_type) & (link.record_key == document.record_key))
        .where(link.dossier_type == "bill", link.dossier_id == key)
        .group_by(document.url, document.kind, document.title, document.language)
        .order_by(func.min(document.first_seen), document.url)
    )
    if known_by:
        query = query.where(document.first_seen < known_by)
    return conn.execute(query).mappings().all()
