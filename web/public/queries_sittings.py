"""Sittings for the pages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, extract, func, literal, select, tuple_

from db.bills import Bill
from db.links import Link
from db.list_conditions import conditions
from db.protocols import AbsenceMark, RegistrationMark
from db.records import SittingRecord
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from vocab.lists import ListKind, canonical
from web.parameters import SittingQuery


def _per_sitting(model: Any, name: str, value: Any) -> Any:
    """A figure of the marks of a protocol, looked up sitting by sitting: the largest where two protocols tell of it."""
    link, mark, sitting = table_of(Link).c, table_of(model).c, table_of(Sitting)
    per_record = (
        select(value.label("figure"))
        .where(mark.sitting_key == link.record_key)
        .group_by(mark.sitting_key)
        .correlate(table_of(Link))
        .scalar_subquery()
    )
    of_sitting = (link.record_type == "sitting_record", link.place == "", link.dossier_type == "sitting")
    figures = select(func.max(per_record)).where(link.dossier_id == sitting.c.id, *of_sitting)
    return figures.correlate(sitting).scalar_subquery().label(name)


def matching(wanted: SittingQuery) -> Select[*tuple[Any, ...]]:
    """Sittings with their largest registration, absences and agenda items, newest first."""
    sitting, item = table_of(Sitting).c, table_of(AgendaItem).c
    items = select(func.count()).where(item.sitting_id == sitting.id).correlate(table_of(Sitting)).scalar_subquery()
    query = select(
        table_of(Sitting),
        _per_sitting(RegistrationMark, "registered", func.max(table_of(RegistrationMark).c["count"])),
        _per_sitting(AbsenceMark, "absent", func.count()),
        items.label("items"),
    ).order_by(sitting.day.desc(), sitting.id)
    return query.where(*conditions(ListKind.SITTINGS, canonical(ListKind.SITTINGS, dict(wanted))))


def around(conn: Connection, today: date, number: int) -> dict[str, Sequence[RowMapping]]:
    """The nearest sittings for the home page: those announced for today and later, and the latest before."""
    sitting, query = table_of(Sitting).c, matching(SittingQuery())
    coming = query.where(sitting.day >= today, sitting.cancelled.is_(False)).order_by(None)
    return {
        "coming": conn.execute(coming.order_by(sitting.day, sitting.id).limit(number)).mappings().all(),
        "sittings": conn.execute(query.where(sitting.day < today).limit(number)).mappings().all(),
    }


def of_committee(conn: Connection, committee: str, today: date, number: int) -> dict[str, Sequence[RowMapping]]:
    """Its sittings: `coming` announced for today and later, nearest first, and the latest `past` ones."""
    sitting, query = table_of(Sitting).c, matching(SittingQuery(committee=committee))
    coming = query.where(sitting.day >= today).order_by(None).order_by(sitting.day, sitting.id)
    return {
        "coming": conn.execute(coming).mappings().all(),
        "past": conn.execute(query.where(sitting.day < today).limit(number)).mappings().all(),
    }


def choices(conn: Connection) -> dict[str, Any]:
    """Years and committees that sittings are known of."""
    sitting = table_of(Sitting).c
    years = conn.execute(select(extract("year", sitting.day)).distinct()).scalars()
    names = select(sitting.committee_id, func.max(sitting.committee)).where(sitting.committee_id.is_not(None))
    committees = {str(key): str(name or key) for key, name in conn.execute(names.group_by(sitting.committee_id))}
    by_name = sorted(committees.items(), key=lambda one: one[1])
    return {"years": sorted(map(int, years), reverse=True), "committees": by_name}


def sitting_by_id(conn: Connection, key: str) -> RowMapping | None:
    """One sitting."""
    return conn.execute(select(table_of(Sitting)).where(table_of(Sitting).c.id == key)).mappings().first()


def neighbours(conn: Connection, row: RowMapping) -> dict[str, RowMapping | None]:
    """The sitting of the same body `before` a sitting, and the one `after` it: id and day."""
    sitting = table_of(Sitting).c
    same = and_(sitting.body == row["body"], sitting.committee_id.is_not_distinct_from(row["committee_id"]))
    query = select(sitting.id, sitting.day).where(same).limit(1)
    at = (sitting.day, sitting.id)
    here = (literal(row["day"]), literal(row["id"]))
    before = query.where(tuple_(*at) < tuple_(*here)).order_by(sitting.day.desc(), sitting.id.desc())
    after = query.where(tuple_(*at) > tuple_(*here)).order_by(*at)
    return {"before": conn.execute(before).mappings().first(), "after": conn.execute(after).mappings().first()}


def agenda(conn: Connection, key: str) -> Sequence[RowMapping]:
    """Its items in order, with the bills they are about."""
    item, bill = table_of(AgendaItem).c, table_of(Bill).c
    query = (
        select(table_of(AgendaItem), bill.number.label("bill_number"))
        .outerjoin(table_of(Bill), bill.id == item.bill_id)
        .where(item.sitting_id == key)
        .order_by(item.position, item.id)
    )
    return conn.execute(query).mappings().all()


def sources(conn: Connection, key: str, known_by: datetime | None = None) -> Sequence[RowMapping]:
    """The records that tell of a sitting; `known_by`: of those first seen before this moment."""
    link, record = table_of(Link).c, table_of(SittingRecord).c
    columns = ("key", "source", "url", "page_id", "first_seen", "last_seen", "vanished_at", "title", "version")
    query = (
        select(*(record[name] for name in columns))
        .join(table_of(Link), (link.record_key == record.key) & (link.record_type == "sitting_record"))
        .where(link.place == "", link.dossier_type == "sitting", link.dossier_id == key)
        .order_by(record.first_seen, record.key)
    )
    if known_by:
        query = query.where(record.first_seen < known_by)
    return conn.execute(query).mappings().all()
