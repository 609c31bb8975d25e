"""What records and press releases say of bills, out of the database."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from db.annotations import PressEventRow
from db.batches import rows_where
from tracker.identify.bill_keys import BILL_KINDS, Draft, Spot, entry_draft, registry_draft
from tracker.identify.resolver import names_deputy
from tracker.rows import PRESS_PLACE, entry_row
from tracker.stored import records
from vocab.agenda_item import AgendaItemText, read_agenda_item
from vocab.errors import ReadError
from vocab.names import split_names
from vocab.numbers import BillNumber
from vocab.stages import LAST_READING
from vocab.text import fold

SOURCES = ("registry_entry", "agenda_entry", "press_record")
"""The records that tell of bills by themselves; an act only joins one."""

_GOVERNMENT = re.compile(r"кабинет|правительств|министр|өкмөт")
_LONGEST = 2_000  # characters; the longest real title has half of them, and what is longer is no title
_LETTER = re.compile(r"[^\W\d_]")
_BECAME_LAW = frozenset({"sent_to_president", "signed"})


def drafts_of(conn: Connection, keys: Mapping[str, Collection[str]]) -> list[Draft]:
    """The drafts that these records name, by record type; a record or event that is about no bill gives none."""
    entries = (entry_draft(entry_row(record)) for record in records(conn, "agenda_entry", keys.get("agenda_entry", ())))
    events = rows_where(conn, PressEventRow, "record_key", keys.get("press_record", ()))
    found = [draft for draft in (*entries, *map(press_draft, events)) if draft]
    return found + [registry_draft(one) for one in records(conn, "registry_entry", keys.get("registry_entry", ()))]


def drafts_at(conn: Connection, spots: Iterable[Spot]) -> list[Draft]:
    """The drafts at these places of records."""
    wanted = set(spots)
    keys: dict[str, set[str]] = {}
    for record_type, key, _ in wanted:
        keys.setdefault(record_type, set()).add(key)
    return [draft for draft in drafts_of(conn, keys) if draft.spot in wanted]


def press_draft(event: Mapping[str, Any]) -> Draft | None:
    """The bill that a press release tells something of, None for a resolution of the parliament.

    The initiators that a release names are rarely all of them: they tell the kind of initiator, and are no key.
    """
    if event["kind"] not in BILL_KINDS:
        return None
    words: str = event["draft"]
    item = _read(words[:_LONGEST])
    readings = frozenset(event["readings"])
    return Draft(
        record_type="press_record",
        key=event["record_key"],
        place=event_place(event["seq"]),
        day=event["day"],
        title=item.title,
        words=words,
        kind=event["kind"],
        amends=item.amends,
        number=item.bill_number,
        resolutions=item.resolutions,
        readings=readings,
        sitting_key=event["record_key"],
        is_quoted=event["quoted"] and len(words) <= _LONGEST and bool(_LETTER.search(words)),
        brought_by=_kind_of_initiator((event["initiator"] or "")[:_LONGEST]),
        reached=_reached(event["action"], event["body"], readings),
    )


def event_place(seq: int) -> str:
    """Where an event stands in its press release."""
    return f"{PRESS_PLACE}{seq}"


def _reached(action: str, body: str, readings: frozenset[int]) -> int:
    if action in _BECAME_LAW:
        return LAST_READING
    return max(readings, default=0) if action == "adopted" and body == "plenary" else 0


def _read(text: str) -> AgendaItemText:
    """A quoted title by the grammar of agenda items; one that it does not understand wholly is taken as it stands."""
    numbers = BillNumber.find_all(text)
    number = numbers[0] if len(numbers) == 1 else None
    try:
        item = read_agenda_item(text)
    except ReadError:
        return AgendaItemText(text=text, kind="other", title=text, bill_number=number)
    if item.leftovers:
        return AgendaItemText(text=text, kind="other", title=text, bill_number=number)
    return replace(item, bill_number=number)


def _kind_of_initiator(written: str) -> str | None:
    if not written:
        return None
    if _GOVERNMENT.search(fold(written)):
        return "government"
    return "deputies" if all(map(names_deputy, split_names(written))) else None
