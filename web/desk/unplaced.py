"""Notes that belong to no sitting yet, and the sittings that they may belong to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from db.moves import MOVED
from db.observations import Observation
from db.planning import SittingMark
from db.sittings import Sitting
from db.upsert import table_of
from web.desk.week_query import sittings_between

NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Notes of one observer under an id that is no sitting, or one that was called off (`is_cancelled`)."""

    sitting: str
    observer: str
    day: date
    notes: int
    last: datetime
    is_cancelled: bool
    near: list[dict[str, Any]]


def unplaced(conn: Connection) -> list[Unplaced]:
    """The newest first, each with the sittings of the days around."""
    own, sitting, mark = table_of(Observation).c, table_of(Sitting).c, table_of(SittingMark).c
    placed = select(mark.sitting_id).where(mark.change == MOVED)
    query = (
        select(own.sitting_id, own.observer, func.min(own.day), func.count(), func.max(own.received_at), sitting.id)
        .outerjoin(table_of(Sitting), sitting.id == own.sitting_id)
        .where(or_(sitting.id.is_(None), sitting.cancelled.is_(True)), own.sitting_id.not_in(placed))
        .group_by(own.sitting_id, own.observer, sitting.id)
        .order_by(func.max(own.received_at).desc(), own.sitting_id, own.observer)
    )
    return [_unplaced(conn, row) for row in conn.execute(query).all()]


def _unplaced(conn: Connection, row: Any) -> Unplaced:
    key, observer, day, number, last, there = row
    around = sittings_between(conn, day - NEAR, day + NEAR)
    return Unplaced(
        sitting=key,
        observer=observer,
        day=day,
        notes=number,
        last=last,
        is_cancelled=there is not None,
        near=sorted((one for one in around if _may_be(one, key)), key=lambda one: abs(one["day"] - day)),
    )


def _may_be(row: Mapping[str, Any], key: str) -> bool:
    return row["id"] != key and not row["cancelled"]
