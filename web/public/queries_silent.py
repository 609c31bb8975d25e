"""How many cases a check had nothing to say of: counted, shown as numbers, never listed."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, select

from db.findings import NotApplicable
from db.upsert import table_of


def silent_about(conn: Connection, kind: str, subject: str) -> Sequence[RowMapping]:
    """`check_id` and `number` of what does not apply to one bill or sitting, by check."""
    count = table_of(NotApplicable).c
    query = select(count.check_id, func.sum(count.number).label("number"))
    query = query.where(count.subject_kind == kind, count.subject_id == subject)
    return conn.execute(query.group_by(count.check_id).order_by(count.check_id)).mappings().all()


def silent_numbers(conn: Connection, year: int | None, subject: str | None) -> dict[str, int]:
    """How often each check did not apply, of one year and one subject where they are given."""
    count = table_of(NotApplicable).c
    query = select(count.check_id, func.sum(count.number))
    for column, value in ((count.year, year), (count.subject_id, subject)):
        query = query.where(column == value) if value else query
    return {check: int(number) for check, number in conn.execute(query.group_by(count.check_id))}
