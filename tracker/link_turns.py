"""Who decides about a link second sees it: the last change of a place or of bills, and a decision made over it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, or_, select

from db.links import LinkChange, LinkDecision
from db.upsert import table_of
from tracker.identify.bill_keys import Spot
from tracker.identify.merging import BILL
from vocab.errors import UsageError


class LinkedMeanwhile(UsageError):
    """Somebody, or a run, changed the link while a person was looking."""


def last_at(conn: Connection, spot: Spot, dossier_type: str) -> int:
    """The number of the last change of what a place of a record speaks of, 0 where nothing ever changed."""
    change = table_of(LinkChange).c
    here = (change.record_type == spot[0], change.record_key == spot[1], change.place == spot[2])
    return _newest(conn, *here, change.dossier_type == dossier_type)


def last_of(conn: Connection, bills: Collection[str]) -> int:
    """The number of the last change of one of these bills, 0 where none ever changed."""
    change = table_of(LinkChange).c
    return _newest(conn, change.dossier_type == BILL, or_(change.before.in_(bills), change.after.in_(bills)))


def _newest(conn: Connection, *conditions: Any) -> int:
    return conn.execute(select(func.max(table_of(LinkChange).c.id)).where(*conditions)).scalar() or 0


def refuse_older(seen: int | None, last: int) -> None:
    """Raises LinkedMeanwhile where a change is newer than the one that the person saw; None saw whatever stands."""
    if seen is not None and last > seen:
        raise LinkedMeanwhile("somebody changed it meanwhile: look at it again")


def decision_at(conn: Connection, spot: Spot, dossier_type: str) -> RowMapping | None:
    """What a person decided of a place, if anything."""
    table = table_of(LinkDecision)
    return conn.execute(select(table).where(*_of(spot, dossier_type))).mappings().first()


def drop_decision(conn: Connection, spot: Spot, dossier_type: str) -> None:
    """What a person decided of a place no longer stands. Raises UsageError where nobody decided."""
    table = table_of(LinkDecision)
    if not conn.execute(delete(table).where(*_of(spot, dossier_type))).rowcount:
        raise UsageError(f"{':'.join(spot)}: nobody decided about it")


def _of(spot: Spot, dossier_type: str) -> tuple[Any, ...]:
    own = table_of(LinkDecision).c
    place = (own.record_type == spot[0], own.record_key == spot[1], own.place == spot[2])
    return (*place, own.dossier_type == dossier_type)
