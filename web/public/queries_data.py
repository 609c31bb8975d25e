"""What there is, in numbers: for the page about the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlmodel import SQLModel

from db.bills import Bill
from db.observations import Observation
from db.pages import SourcePage
from db.people import Person
from db.records import RECORD_TABLES, RecordVersion
from db.sittings import Sitting
from db.upsert import table_of

DOSSIERS: Mapping[str, tuple[type[SQLModel], str | None]] = {
    "bills": (Bill, "first_day"),
    "sittings": (Sitting, "day"),
    "persons": (Person, None),
    "observations": (Observation, "day"),
}
"""Tables of what is understood, and the column of the day that a row is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many rows, and the days of the first and the last; None where rows have no day, or there are none."""

    number: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceExtent:
    """What one kind of record holds: how many, of which site, first and last seen, and versions kept of them."""

    record_type: str
    site: str
    number: int
    versions: int
    first_seen: datetime
    last_seen: datetime


def extents(conn: Connection) -> dict[str, Extent]:
    """Dossiers and notes, by the names of DOSSIERS."""
    return {name: _extent(conn, model, day) for name, (model, day) in DOSSIERS.items()}


def _extent(conn: Connection, model: type[SQLModel], day: str | None) -> Extent:
    table = table_of(model)
    if day is None:
        return Extent(number=conn.execute(select(func.count()).select_from(table)).scalar_one())
    column = table.c[day]
    number, first, last = conn.execute(
        select(func.count(), func.min(column), func.max(column)).select_from(table)
    ).one()
    return Extent(number=number, first=first, last=last)


def source_extents(conn: Connection) -> list[SourceExtent]:
    """Records by kind and site, in the order of the kinds."""
    version = table_of(RecordVersion).c
    counted = select(version.record_type, func.count().label("number")).group_by(version.record_type)
    versions = {row.record_type: row.number for row in conn.execute(counted)}
    found = []
    for kind, model in RECORD_TABLES.items():
        record = table_of(model).c
        by_site = select(record.site, func.count(), func.min(record.first_seen), func.max(record.last_seen))
        for site, number, first, last in conn.execute(by_site.group_by(record.site).order_by(record.site)):
            known = {"number": number, "versions": versions.get(kind, 0), "first_seen": first, "last_seen": last}
            found.append(SourceExtent(record_type=kind, site=site, **known))
    return found


def archived_pages(conn: Connection) -> int:
    """How many answers of sites are archived."""
    return conn.execute(select(func.count()).select_from(table_of(SourcePage))).scalar_one()
