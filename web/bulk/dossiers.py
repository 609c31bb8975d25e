"""Bills, sittings, people and their timelines: the rows of the dossiers' tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from db.batches import rows_where
from db.bills import Bill, BillAlias
from db.links import Link
from db.people import Membership, Person
from db.records import AgendaEntry
from db.sittings import AgendaItem, Sitting
from db.upsert import chunks, table_of
from nlp.topics.choices import BILL, topics_of
from tracker.bodies import body_ids, body_timelines
from vocab.timeline import EventKind
from web.bulk.events import evidence_row
from web.bulk.view import View

Row = Mapping[str, Any]
_AT_ONCE = 400


def bills(view: View) -> Iterator[Row]:
    """Bills with their topics."""
    for keys in chunks(list(view.known("bill")), _AT_ONCE):
        topics = {} if view.as_of else topics_of(view.conn, BILL, keys)
        for row in sorted(rows_where(view.conn, Bill, "id", keys), key=lambda row: str(row["id"])):
            said = topics.get(row["id"])
            numbers = ",".join(map(str, said.topics)) if said else None
            yield row | {"topics": numbers or None, "first_seen": view.known("bill")[row["id"]]}


def bill_aliases(view: View) -> Iterator[Row]:
    """Former ids."""
    alias = table_of(BillAlias)
    query = select(alias).where(*view.seen_by_then(alias.c.since)).order_by(alias.c.alias)
    for row in view.conn.execute(query).mappings():
        if view.if_known("bill", row["bill_id"]):
            yield dict(row)


def sittings(view: View) -> Iterator[Row]:
    """Sittings; as of a day cancelled as it was known then."""
    for keys in chunks(list(view.known("sitting")), _AT_ONCE):
        then = view.sittings_of(keys) if view.as_of else {}
        for row in sorted(rows_where(view.conn, Sitting, "id", keys), key=lambda row: str(row["id"])):
            cancelled = then[row["id"]].subject.cancelled if row["id"] in then else row["cancelled"]
            yield row | {"cancelled": cancelled, "first_seen": view.known("sitting")[row["id"]]}


def agenda_items(view: View) -> Iterator[Row]:
    """Items of the sittings that are told; as of a day those that a page had shown by then."""
    item = table_of(AgendaItem)
    then = _items_seen(view) if view.as_of else None
    for row in view.stream(select(item).order_by(item.c.id)):
        told = row.id in then if then is not None else True
        if told and view.if_known("sitting", row.sitting_id):
            yield {**row._mapping, "bill_id": view.if_known("bill", row.bill_id), "readings": row.readings or None}


def _items_seen(view: View) -> set[str]:
    """The ids of the items (tracker.identify.agenda) that stood on a page by the day."""
    entry, link = table_of(AgendaEntry).c, table_of(Link).c
    query = (
        select(link.dossier_id, entry.key)
        .join(table_of(Link), link.record_key == entry.sitting_key)
        .where(link.record_type == "sitting_record", link.place == "", link.dossier_type == "sitting")
        .where(*view.seen_by_then(entry.first_seen))
    )
    return {f"{sitting}-{key.rpartition(':')[2]}" for sitting, key in view.conn.execute(query)}


def people(view: View) -> Iterator[Row]:
    """Persons."""
    for keys in chunks(list(view.known("person")), _AT_ONCE):
        for row in sorted(rows_where(view.conn, Person, "id", keys), key=lambda row: str(row["id"])):
            yield row | {"first_seen": view.known("person")[row["id"]]}


def memberships(view: View) -> Iterator[Row]:
    """Memberships, as of a day up to that day."""
    member = table_of(Membership)
    order = (member.c.person_id, member.c.convocation, member.c.seen_first)
    for row in view.conn.execute(select(member).order_by(*order)).mappings():
        began = view.as_of is None or row["seen_first"] <= view.as_of
        if began and view.if_known("person", row["person_id"]):
            yield {**row, "seen_last": min(row["seen_last"], view.as_of or row["seen_last"])}


def committees(view: View) -> Iterator[Row]:
    """Committees by id, named as the newest sitting names them."""
    sitting = table_of(Sitting).c
    query = select(sitting.id, sitting.committee_id, sitting.committee).where(sitting.committee_id.is_not(None))
    names = {key: body.subject.title for key, body in body_timelines(view.conn, body_ids(view.conn)).items()}
    if view.as_of:
        listed = body_timelines(view.conn, names, as_of=view.as_of)
        names = {key: name for key, name in names.items() if key in listed}
    for row in view.conn.execute(query.order_by(sitting.day, sitting.id)):
        if view.if_known("sitting", row.id):
            names[row.committee_id] = row.committee or row.committee_id
    yield from ({"id": key, "name": name} for key, name in sorted(names.items()))


def committee_members(view: View) -> Iterator[Row]:
    """Who is in each committee."""
    found = body_timelines(view.conn, body_ids(view.conn), as_of=view.as_of)
    for key, timeline in sorted(found.items()):
        for seq, event in enumerate(timeline.of(EventKind.MEMBER), start=1):
            yield evidence_row(event) | {
                "committee_id": key,
                "seq": seq,
                "day": event.day,
                "written": event.who.written if event.who else "",
                "person_id": view.if_known("person", event.who.person_id) if event.who else None,
                "faction": event.who.faction if event.who else None,
            }
