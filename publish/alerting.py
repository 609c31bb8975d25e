"""What the staff has to be told: each condition once when it begins and once when it ends, in one message a run.

A condition is written down before the message goes out. A message that failed is tried at the next run. Where the
machine stops between sending and noting it, the staff is told twice: better than never.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from db.alerts import StaffAlert
from db.upsert import table_of, upsert

BEGUN, TOLD, ENDED, OVER = "begun", "told", "ended", "over"
_AFTER = {BEGUN: TOLD, ENDED: OVER}
_MOST = 1000  # letters of why a message did not go out


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What began and what ended: (key, words) each, in the order of the keys."""

    begun: tuple[tuple[str, str], ...] = ()
    ended: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.begun or self.ended)


def note(conn: Connection, conditions: Mapping[str, str], now: datetime, judged: Collection[str] | None = None) -> None:
    """Write down which conditions there are now, words by key: new ones begin, those that are gone end.

    `judged`: only these keys were looked at, all others stay as they are. What ended before anybody was told of it is
    told neither way; words of a condition that is still untold are those of now.
    """
    table = table_of(StaffAlert)
    rows = {row.key: row for row in conn.execute(select(table).where(table.c.state.in_((BEGUN, TOLD))))}
    fresh = [_row(key, words, now) for key, words in sorted(conditions.items()) if key not in rows]
    upsert(conn, StaffAlert, fresh, key=("key", "began_at"))
    for key, row in rows.items():
        same = (table.c.key == key, table.c.began_at == row.began_at)
        if key in conditions:
            if row.state == BEGUN:
                conn.execute(update(table).where(*same).values(words=conditions[key]))
        elif judged is None or key in judged:
            state = ENDED if row.state == TOLD else OVER
            conn.execute(update(table).where(*same).values(state=state, ended_at=now))


def _row(key: str, words: str, now: datetime) -> dict[str, Any]:
    return {"key": key, "began_at": now, "words": words, "state": BEGUN, "failed": ""}


def untold(conn: Connection) -> News:
    """What the staff does not know yet."""
    table = table_of(StaffAlert)
    query = select(table.c.state, table.c.key, table.c.words).where(table.c.state.in_(_AFTER)).order_by(table.c.key)
    rows = conn.execute(query).all()
    return News(begun=_of(rows, BEGUN), ended=_of(rows, ENDED))


def _of(rows: Sequence[Any], state: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.key, row.words) for row in rows if row.state == state)


def was_told(conn: Connection, news: News, now: datetime, failed: str = "") -> None:
    """The message with this news went out; or it failed, and why (without any secret): then it stays untold."""
    table = table_of(StaffAlert)
    for state, rows in ((BEGUN, news.begun), (ENDED, news.ended)):
        values: dict[str, Any] = {"failed": failed[:_MOST]} if failed else {"state": _AFTER[state], "told_at": now}
        for key, _ in rows:
            conn.execute(update(table).where(table.c.key == key, table.c.state == state).values(**values))
