"""The protocols of all sittings in the database, as `web.public.attendance` counts them."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, FromClause, String, and_, cast, select

from db.links import Link
from db.people import Membership
from db.protocols import TransferMark
from db.records import SittingRecord
from db.sittings import Sitting
from db.upsert import table_of
from web.public.attendance import Given, Register, Stretch, faction_on
from web.visit import Visit

_RECORD, _PERSON, _SITTING = "sitting_record", "person", "sitting"


def register(visit: Visit) -> Register:
    """All of it, from memory where nothing changed."""
    return visit.site.memory.recall(visit.conn, ("register",), lambda: load_register(visit.conn))


def load_register(conn: Connection) -> Register:
    """All of it, read anew: four queries, whatever the number of deputies."""
    lists = stretches(conn)
    return Register(protocols=_protocols(conn), absences=_absences(conn), given=_given(conn, lists), stretches=lists)


def _protocols(conn: Connection) -> Sequence[date]:
    """The days of the sittings that have a protocol, one a sitting."""
    sitting, record, link = table_of(Sitting).c, table_of(SittingRecord).c, table_of(Link).c
    query = (
        select(sitting.id, sitting.day)
        .distinct()
        .join(table_of(Link), and_(link.dossier_id == sitting.id, link.dossier_type == _SITTING))
        .join(table_of(SittingRecord), and_(link.record_key == record.key, link.record_type == _RECORD))
        .where(record.source == "protocol")
    )
    return sorted(row.day for row in conn.execute(query))


def _absences(conn: Connection) -> dict[str, set[tuple[str, date]]]:
    link, whole, sitting = table_of(Link).c, table_of(Link).alias("whole"), table_of(Sitting).c
    query = (
        select(link.dossier_id, sitting.id, sitting.day)
        .join(whole, and_(whole.c.record_key == link.record_key, *_is_whole(whole)))
        .join(table_of(Sitting), sitting.id == whole.c.dossier_id)
        .where(link.record_type == _RECORD, link.dossier_type == _PERSON, link.dossier_id.is_not(None))
        .where(link.place.like("absence:%"))
    )
    found: dict[str, set[tuple[str, date]]] = {}
    for person, key, day in conn.execute(query):
        found.setdefault(person, set()).add((key, day))
    return found


def _is_whole(link: FromClause) -> list[ColumnElement[bool]]:
    """The link of a record as a whole to its sitting."""
    columns = link.c
    return [columns.record_type == _RECORD, columns.place == "", columns.dossier_type == _SITTING]


def _given(conn: Connection, lists: Mapping[str, Sequence[Stretch]]) -> list[Given]:
    mark, sitting, record = table_of(TransferMark).c, table_of(Sitting).c, table_of(SittingRecord).c
    whole, giver, holder = (table_of(Link).alias(name) for name in ("whole", "giver", "holder"))
    query = (
        select(
            *(sitting.id, sitting.day, mark.from_name, mark.to_name, mark.about, record.page_id),
            giver.c.dossier_id.label("giver_id"),
            holder.c.dossier_id.label("holder_id"),
        )
        .select_from(table_of(TransferMark))
        .join(whole, and_(whole.c.record_key == mark.sitting_key, *_is_whole(whole)))
        .join(table_of(Sitting), sitting.id == whole.c.dossier_id)
        .outerjoin(table_of(SittingRecord), record.key == mark.sitting_key)
        .outerjoin(giver, _is_named(giver, "absence:"))
        .outerjoin(holder, _is_named(holder, "transfer:"))
        .order_by(sitting.day.desc(), sitting.id, mark.seq)
    )
    return [
        Given(
            sitting_id=row.id,
            day=row.day,
            giver=row.from_name,
            giver_id=row.giver_id,
            holder=row.to_name,
            holder_id=row.holder_id,
            about=row.about,
            page_id=row.page_id,
            giver_faction=faction_on(lists, row.giver_id, row.day),
            holder_faction=faction_on(lists, row.holder_id, row.day),
        )
        for row in conn.execute(query)
    ]


def _is_named(link: FromClause, place: str) -> ColumnElement[bool]:
    """The link of the person who stands at the place of a transfer's line."""
    columns, mark = link.c, table_of(TransferMark).c
    return and_(
        columns.record_key == mark.sitting_key,
        columns.record_type == _RECORD,
        columns.dossier_type == _PERSON,
        columns.place == place + cast(mark.seq, String),
    )


def stretches(conn: Connection) -> dict[str, list[Stretch]]:
    """Where lists of deputies show each person, the earliest first."""
    member = table_of(Membership)
    found: dict[str, list[Stretch]] = {}
    for row in conn.execute(select(member).order_by(member.c.person_id, member.c.seen_first)):
        stretch = Stretch(convocation=row.convocation, faction=row.faction, first=row.seen_first, last=row.seen_last)
        found.setdefault(row.person_id, []).append(stretch)
    return found
