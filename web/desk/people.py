"""Who is who on the desk: accounts by id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from db.audit import user_reference
from db.observations import Observation
from db.upsert import table_of
from db.users import User
from vocab.roles import Role


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody with an account."""

    rows: Sequence[Mapping[str, Any]]

    @staticmethod
    def of(conn: Connection) -> "Staff":
        """All accounts, by name."""
        table = table_of(User)
        return Staff([dict(row) for row in conn.execute(select(table).order_by(table.c.name, table.c.id)).mappings()])

    def observers(self) -> list[Mapping[str, Any]]:
        """The active observers."""
        return [row for row in self.rows if row["active"] and Role.OBSERVER in row["roles"]]

    def name(self, known_as: object) -> str:
        """The name behind an id or the reference of a decision ("user:7"); what is neither stays as it is."""
        wanted = str(known_as)
        return next((row["name"] for row in self.rows if wanted in (str(row["id"]), user_reference(row["id"]))), wanted)

    def login(self, known_as: object) -> str:
        """The login behind an id, "" where there is none."""
        return next((str(row["login"]) for row in self.rows if str(known_as) == str(row["id"])), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one observer sent of one sitting: how many notes, and when the last one came."""

    notes: int
    last: Any


def reports(conn: Connection, now_at: Mapping[str, str]) -> dict[str, dict[str, Report]]:
    """By sitting and observer; `now_at` says which sitting the notes of an id belong to."""
    own = table_of(Observation).c
    query = select(own.sitting_id, own.observer, func.count(), func.max(own.received_at))
    grouped = query.where(own.sitting_id.in_(sorted(now_at))).group_by(own.sitting_id, own.observer)
    return _summed(conn.execute(grouped), now_at) if now_at else {}


def _summed(rows: Iterable[Any], now_at: Mapping[str, str]) -> dict[str, dict[str, Report]]:
    found: dict[str, dict[str, Report]] = {}
    for sitting, observer, number, last in rows:
        of_sitting = found.setdefault(now_at[sitting], {})
        before = of_sitting.get(observer)
        of_sitting[observer] = Report(
            notes=number + (before.notes if before else 0), last=max(last, before.last) if before else last
        )
    return found
