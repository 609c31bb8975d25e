"""Answers that cost a look at whole tables, kept in memory until a stage ran or a person decided."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from db.findings import FindingReview
from db.happenings import Happening
from db.links import LinkChange
from db.runs import Run
from db.upsert import table_of

Value = TypeVar("Value")
Stamp = tuple[int | None, datetime | None, int | None, int | None, int | None]


def stamp_of(conn: Connection) -> Stamp:
    """The newest run, end of one, review, change of a link and happening: while they are the same, so are all pages.

    What was computed while a stage ran is computed once more when it ended; in between it is as old as the beginning.
    """
    run, review, link, told = (table_of(model).c for model in (Run, FindingReview, LinkChange, Happening))
    columns = (run.id, run.ended_at, review.id, link.id, told.seq)
    begun, ended, reviewed, linked, said = conn.execute(
        select(*(select(func.max(column)).scalar_subquery() for column in columns))
    ).one()
    return begun, ended, reviewed, linked, said


class Memory:
    """A bounded store of such answers, of one site. Threads may share it; two may compute the same at once."""

    def __init__(self, size: int = 200) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[Any, tuple[Stamp, Any]] = OrderedDict()

    def recall(self, conn: Connection, key: tuple[Any, ...], compute: Callable[[], Value]) -> Value:
        """What `compute` gives, from memory where nothing changed since. `key` names the question."""
        stamp = stamp_of(conn)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == stamp:
                self._kept.move_to_end(key)
                known: Value = kept[1]
                return known
        value = compute()
        with self._lock:
            self._kept[key] = (stamp, value)
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return value
