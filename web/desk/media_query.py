"""Bills as an editor names them: by number, by id, or by words of the title."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, or_, select

from db.bills import Bill
from db.upsert import table_of
from web.parameters import BillQuery
from web.public.queries_bills import bill_by_id, matching, present_id

_MOST = 10


def bills_called(conn: Connection, said: str) -> Sequence[RowMapping]:
    """The bills that somebody may mean, a few: those with this number or id alone where there are any."""
    if not said:
        return ()
    bill = table_of(Bill)
    exact = (
        conn.execute(select(bill).where(or_(bill.c.id == said, bill.c.number == said)).limit(_MOST)).mappings().all()
    )
    if exact:
        return exact
    former = present_id(conn, said)
    if former and (row := bill_by_id(conn, former)):
        return [row]
    return conn.execute(matching(conn, BillQuery(text=said[:200])).limit(_MOST)).mappings().all()
