"""What the database knows of the bills that a batch of drafts may mean."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, String, cast, literal, select

from db.annotations import PressEventRow
from db.batches import rows_in, rows_where
from db.bills import Bill, BillAlias, BillKey
from db.links import Link
from db.records import ActRecord, AgendaEntry, RegistryEntry
from db.upsert import table_of
from tracker.identify.bill_index import KnownBills, Placed
from tracker.identify.bill_keys import Draft
from tracker.identify.bill_rows import BillRow
from tracker.identify.drafts import press_draft
from tracker.identify.merging import BILL, apart_pairs
from tracker.rows import PRESS_PLACE, local_day
from vocab.stages import LAST_READING
from vocab.text import title_key


def known_bills(
    conn: Connection, drafts: Sequence[Draft], ids: Collection[str]
) -> tuple[KnownBills, dict[str, BillRow]]:
    """The bills with these ids, and those that have a key of one of the drafts; and their rows, by id."""
    values = {value for draft in drafts for _, value in (*draft.strong_keys(), *draft.title_keys())}
    wanted = {*ids, *(row["bill_id"] for row in rows_where(conn, BillKey, "value", values))}
    keys = [(row["kind"], row["value"], row["bill_id"]) for row in rows_where(conn, BillKey, "bill_id", wanted)]
    rows = {row["id"]: row for row in rows_where(conn, Bill, "id", wanted)}
    official = list(_official(conn, wanted))
    known = KnownBills(
        keys=keys,
        placed=[*official, *_told_by_press(conn, wanted)],
        official={bill for bill, _ in official},
        initiators={bill: row["initiator"] for bill, row in rows.items() if row["initiator"]},
        apart=apart_pairs(conn, wanted),
        taken=_taken(conn, drafts),
    )
    return known, rows


def _official(conn: Connection, bills: Iterable[str]) -> Iterator[tuple[str, Placed]]:
    """On which lists the bills stand, in which readings; when they were registered, and became laws."""
    link, entry = table_of(Link).c, table_of(AgendaEntry)
    columns = (link.dossier_id, entry.c.day, entry.c.sitting_key, entry.c.readings, entry.c.title)
    listed = select(*columns).join_from(table_of(Link), entry, entry.c.key == link.record_key)
    for bill, day, sitting_key, readings, title in _of_bills(conn, listed, "agenda_entry", bills):
        numbers = frozenset(map(int, re.findall(r"\d", readings)))
        yield bill, Placed(day=day, sitting_key=sitting_key, readings=numbers, title=title_key(title))
    register, act = table_of(RegistryEntry), table_of(ActRecord)
    said = (register.c.registered_on, register.c.first_seen, register.c.title)
    entered = select(link.dossier_id, *said).join_from(table_of(Link), register, register.c.key == link.record_key)
    for bill, day, first_seen, title in _of_bills(conn, entered, "registry_entry", bills):
        yield bill, Placed(day=day or local_day(first_seen), title=title_key(title))
    enacted = select(link.dossier_id, act.c.adopted_on).join_from(table_of(Link), act, act.c.key == link.record_key)
    for bill, day in _of_bills(conn, enacted, "act_record", bills):
        yield bill, Placed(day=day, reached=LAST_READING)


def _told_by_press(conn: Connection, bills: Iterable[str]) -> Iterator[tuple[str, Placed]]:
    link, event = table_of(Link).c, table_of(PressEventRow)
    place = literal(PRESS_PLACE) + cast(event.c.seq, String)
    same = (event.c.record_key == link.record_key) & (place == link.place)
    joined = select(link.dossier_id, *event.c).join_from(table_of(Link), event, same)
    told = ((row.dossier_id, press_draft(dict(row._mapping))) for row in _of_bills(conn, joined, "press_record", bills))
    yield from ((bill, Placed.of(draft)) for bill, draft in told if draft)


def _of_bills(
    conn: Connection, query: Select[*tuple[Any, ...]], record_type: str, bills: Iterable[str]
) -> Iterator[Row[*tuple[Any, ...]]]:
    link = table_of(Link).c
    of_kind = query.where(link.dossier_type == BILL, link.record_type == record_type)
    yield from rows_in(conn, of_kind, link.dossier_id, bills)


def _taken(conn: Connection, drafts: Sequence[Draft]) -> set[str]:
    """Ids that drafts would get and that other bills have, or had. One that no record tells of is free again."""
    wanted = {one for draft in drafts if draft.makes_bill for one in (draft.new_id(), draft.second_id())}
    told = {row["dossier_id"] for row in rows_where(conn, Link, "dossier_id", wanted, dossier_type=BILL)}
    return told | {row["alias"] for row in rows_where(conn, BillAlias, "alias", wanted)}
