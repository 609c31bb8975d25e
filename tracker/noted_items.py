"""Notes about an item of the agenda → the bill of that item. It has to be the line that the observer had."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from db.batches import rows_where
from db.links import Link
from tracker.identify.agenda import bills_of
from tracker.identify.merging import current_ids
from tracker.rows import EntryRow, ObservationRow, SittingRow, entry_row, sitting_row
from tracker.stored import records


@dataclass(frozen=True, slots=True)
class Item:
    """The bill of an item, the list that it stands on, and its line there as it is now."""

    bill_id: str
    page: SittingRow
    line: EntryRow

    def was_meant(self, observed_at: datetime) -> bool:
        """False where the line became what it is after the note, on a list that we had before it: lists change."""
        return self.line.record.seen_at <= observed_at or self.page.record.first_seen > observed_at


Items = Mapping[tuple[str, int], Item]
"""By sitting and number."""


def items_of(conn: Connection, sittings: Collection[str], as_of: date | None = None) -> Items:
    """The items of these sittings that are about a bill, by the number on the agenda.

    Other lists number otherwise: their numbers are taken only where a sitting has no agenda. A number that stands
    twice is left out.
    """
    linked = rows_where(conn, Link, "dossier_id", sittings, dossier_type="sitting", record_type="sitting_record")
    sitting_of = {row["record_key"]: row["dossier_id"] for row in linked}
    pages = {one.key: sitting_row(one) for one in records(conn, "sitting_record", sitting_of, as_of=as_of)}
    with_agenda = {sitting_of[key] for key, page in pages.items() if page.source == "agenda"}
    lists = [key for key, page in pages.items() if page.source == "agenda" or sitting_of[key] not in with_agenda]
    lines = [entry_row(one) for one in records(conn, "agenda_entry", lists, column="sitting_key", as_of=as_of)]
    standing: dict[tuple[str, int], list[EntryRow]] = {}
    for line in lines:
        if line.record.vanished_at is None:
            standing.setdefault((sitting_of[line.sitting_key], line.position), []).append(line)
    bills = bills_of(conn, lines)
    single = {place: own[0] for place, own in standing.items() if len(own) == 1}
    return {
        place: Item(bill, pages[line.sitting_key], line)
        for place, line in single.items()
        if (bill := bills.get(line.key)) is not None
    }


def notes_with_bills(
    conn: Connection, notes: Iterable[ObservationRow], as_of: date | None = None
) -> list[ObservationRow]:
    """The notes with the bill by today's id, for bills were merged since; one that names but an item has its bill."""
    notes = list(notes)
    now_called = current_ids(conn, {row.value["bill"] for row in notes if row.value.get("bill")})
    unnamed = {row.sitting_id for row in notes if not row.value.get("bill") and row.value.get("item") is not None}
    items = items_of(conn, unnamed, as_of)
    return [_with_bill(row, now_called, items) for row in notes]


def _with_bill(row: ObservationRow, now_called: Mapping[str, str], items: Items) -> ObservationRow:
    bill: str | None = row.value.get("bill")
    if bill:
        bill = now_called.get(bill, bill)
    else:
        item = items.get((row.sitting_id, row.value.get("item", -1)))
        bill = item.bill_id if item and item.was_meant(row.observed_at) else None
    return replace(row, value={**row.value, "bill": bill}) if bill else row
