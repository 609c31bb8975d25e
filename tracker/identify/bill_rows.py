"""Bills and their keys written anew from the records that are linked to them, where one left or two became one."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, update

from db.batches import rows_where
from db.bills import Bill, BillAlias, BillKey
from db.happenings import Happening
from db.links import Link, LinkDecision
from db.sittings import AgendaItem
from db.upsert import table_of, upsert
from tracker.identify.bill_index import CONFLICT, SIMILAR
from tracker.identify.bill_keys import Draft, Key, Spot, in_order
from tracker.identify.drafts import SOURCES, drafts_at
from tracker.identify.resolver import DECIDED

BILL_KEY = ("kind", "value", "bill_id")

BillRow = dict[str, Any]
Told = dict[str, list[tuple[Draft, str]]]  # the drafts of each bill, each with the method that joined it


def bill_row(draft: Draft, bill_id: str, before: BillRow | None, *, speaks: bool, now: datetime) -> BillRow:
    """The bill with what the draft adds. `speaks`: no better source gave title and kind so far.

    The register's title is the one to show, else the first one of an agenda, else that of a press release.
    """
    said = {
        "id": bill_id,
        "title": draft.shown_title(),
        "kind": draft.kind,
        "number": str(draft.number) if draft.number else None,
        "initiator": draft.initiator,
        "convocation": draft.convocation or None,
        "first_day": draft.day,
        "made_at": now,
    }
    if before is None:
        return said
    bill = {name: said[name] if before[name] is None else before[name] for name in said}
    bill["made_at"] = before["made_at"]
    bill["first_day"] = min(before["first_day"] or draft.day, draft.day)
    if speaks or draft.record_type == "registry_entry":
        bill["title"] = said["title"]
    if before["kind"] == "other" or (speaks and draft.kind != "other"):
        bill["kind"] = draft.kind
    return bill


def told_keys(draft: Draft, method: str, is_anothers: Callable[[Key], bool]) -> list[Key]:
    """The keys that a bill gets from a draft that was joined to it by this method.

    The wording of a press release that was joined by likeness is no name of the bill. A person may give a record to a
    bill against its number: a number that is another bill's stays that bill's.
    """
    strong = [key for key in draft.strong_keys() if method != DECIDED or not is_anothers(key)]
    return strong if draft.is_press and method == SIMILAR else [*strong, *draft.title_keys()]


def rewrite_bills(conn: Connection, ids: Collection[str], without: Collection[Spot] = ()) -> None:
    """Write these bills and their keys anew from their records; one that no record tells of any more goes.

    `without`: places that are linked to them still and are to say nothing of them.
    """
    bills = {row["id"]: row for row in rows_where(conn, Bill, "id", ids)}
    linked = rows_where(conn, Link, "dossier_id", bills, dossier_type="bill")
    told: Told = {}
    links = {(row["record_type"], row["record_key"], row["place"]): row for row in linked}
    for draft in in_order(drafts_at(conn, (spot for spot in links if spot[0] in SOURCES))):
        link = links[draft.spot]
        if link["method"] != CONFLICT and draft.spot not in without:
            told.setdefault(link["dossier_id"], []).append((draft, link["method"]))
    upsert(conn, Bill, [_rewritten(bills[one], drafts) for one, drafts in told.items()], key=("id",))
    _rewrite_keys(conn, bills, told)
    _drop(conn, bills.keys() - {row["dossier_id"] for row in linked})


def _rewritten(stored: BillRow, drafts: Sequence[tuple[Draft, str]]) -> BillRow:
    row: BillRow | None = None
    for draft, _ in drafts:
        row = bill_row(draft, stored["id"], row, speaks=False, now=stored["made_at"])
    return row or stored


def _rewrite_keys(conn: Connection, bills: Collection[str], told: Told) -> None:
    owners = _owners(conn, bills, told)
    wanted = {
        (kind, value, bill)
        for bill, drafts in told.items()
        for draft, method in drafts
        for kind, value in told_keys(draft, method, lambda key, own=bill: bool(owners.get(key, set()) - {own}))  # type: ignore[misc]
    }
    stored = {(row["kind"], row["value"], row["bill_id"]) for row in rows_where(conn, BillKey, "bill_id", bills)}
    table = table_of(BillKey)
    for kind, value, bill in stored - wanted:
        same = (table.c.kind == kind, table.c.value == value, table.c.bill_id == bill)
        conn.execute(delete(table).where(*same))
    new = [dict(zip(BILL_KEY, key, strict=True)) for key in sorted(wanted - stored)]
    upsert(conn, BillKey, new, key=BILL_KEY, update=())


def _owners(conn: Connection, bills: Collection[str], told: Told) -> dict[Key, set[str]]:
    """Whose the numbers and resolutions of records are that a person gave to a bill, by what was computed."""
    drafts = [(bill, draft, method) for bill, own in told.items() for draft, method in own]
    values = {value for _, draft, method in drafts if method == DECIDED for _, value in draft.strong_keys()}
    stored = [row for row in rows_where(conn, BillKey, "value", values) if row["bill_id"] not in bills]
    owned = [((row["kind"], row["value"]), row["bill_id"]) for row in stored]
    owned += [(key, bill) for bill, draft, method in drafts if method != DECIDED for key in draft.strong_keys()]
    owners: dict[Key, set[str]] = {}
    for key, bill in owned:
        owners.setdefault(key, set()).add(bill)
    return owners


def _drop(conn: Connection, ids: Collection[str]) -> None:
    """What was told to people, or decided by them, keeps its page; the rest was a reading that no longer holds."""
    kept = {row["subject_id"] for row in rows_where(conn, Happening, "subject_id", ids, subject_kind="bill")}
    kept |= {row["bill_id"] for row in rows_where(conn, BillAlias, "bill_id", ids)}
    kept |= {row["dossier_id"] for row in rows_where(conn, LinkDecision, "dossier_id", ids, dossier_type="bill")}
    item, bill = table_of(AgendaItem), table_of(Bill)
    conn.execute(update(item).where(item.c.bill_id.in_(set(ids))).values(bill_id=None))
    conn.execute(delete(bill).where(bill.c.id.in_(set(ids) - kept)))
