"""Every video and interview ever added, withdrawn ones and quotes that wait too: for the desk and the command line."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, func, select

from db.media import Interview, LiveVideo
from db.people import Person
from db.upsert import table_of


def videos_kept(conn: Connection, limit: int) -> Sequence[RowMapping]:
    """The newest videos, with all columns."""
    table = table_of(LiveVideo)
    return conn.execute(select(table).order_by(table.c.id.desc()).limit(limit)).mappings().all()


def interviews_kept(conn: Connection, limit: int) -> Sequence[RowMapping]:
    """The newest interviews, with all columns, and the name of the `person`."""
    table, person = table_of(Interview), table_of(Person)
    query = select(table, person.c.name.label("person")).join(person, person.c.id == table.c.person_id)
    return conn.execute(query.order_by(table.c.id.desc()).limit(limit)).mappings().all()


def quotes_waiting(conn: Connection) -> int:
    """How many quotes wait for their approval."""
    table = table_of(Interview)
    waits = (table.c.quote != "", table.c.approved_on.is_(None), table.c.withdrawn_at.is_(None))
    return conn.execute(select(func.count()).select_from(table).where(*waits)).scalar_one()
