"""Register entries and lines of agendas and vote lists in the database → bills, their keys, links."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from db.bills import Bill, BillKey
from db.links import Link
from db.records import AgendaEntry
from db.upsert import chunks, table_of, upsert
from tracker.identify.bill_index import CONFLICT, BillIndex, Match, Placed
from tracker.identify.bill_keys import Draft, entry_draft, in_order, registry_draft
from tracker.identify.links import LinkRow, Links
from tracker.identify.resolver import DECIDED
from tracker.rows import entry_row
from tracker.stored import records, rows_where
from vocab.text import title_key

_CHUNK = 900


def identify_bills(conn: Connection, registry_keys: Collection[str], entry_keys: Collection[str]) -> set[str]:
    """Take in these records; give the bills that they concern or no longer concern."""
    entries = [entry_draft(entry_row(record)) for record in records(conn, "agenda_entry", entry_keys)]
    drafts = [draft for draft in entries if draft]
    drafts += [registry_draft(record) for record in records(conn, "registry_entry", registry_keys)]
    links = {
        "agenda_entry": Links(conn, "agenda_entry", "bill", entry_keys),
        "registry_entry": Links(conn, "registry_entry", "bill", registry_keys),
    }
    settled = {key: link for group in links.values() for key, link in group.linked().items()}
    refused = links["agenda_entry"].refused() | links["registry_entry"].refused()
    matcher = _Matcher(conn, drafts, settled)
    found = [matcher.settle(draft) for draft in in_order(drafts) if draft.key not in refused]
    found += [_link(draft, Match(None, DECIDED)) for draft in drafts if draft.key in refused]
    found += matcher.decided({draft.key for draft in drafts})
    matcher.store()
    touched = {row.dossier_id for row in found if row.dossier_id}
    for record_type, group in links.items():
        touched |= group.store([row for row in found if row.record_type == record_type])
    return touched


class _Matcher:
    """Finds the bill of each draft, one after the other, and collects what is to be written."""

    def __init__(self, conn: Connection, drafts: Sequence[Draft], settled: dict[str, LinkRow]) -> None:
        self._conn, self._settled = conn, settled
        values = {value for draft in drafts for _, value in (*draft.strong_keys(), *draft.title_keys())}
        ids = {row["bill_id"] for row in rows_where(conn, BillKey, "value", values)}
        ids |= {link.dossier_id for link in settled.values() if link.dossier_id}
        known = rows_where(conn, BillKey, "bill_id", ids)
        keys = [(row["kind"], row["value"], row["bill_id"]) for row in known]
        self._index = BillIndex(keys, _placed(conn, ids))
        self._bills = {row["id"]: row for row in rows_where(conn, Bill, "id", ids)}
        self._changed: dict[str, dict[str, Any]] = {}
        self._keys: list[dict[str, str]] = []

    def settle(self, draft: Draft) -> LinkRow:
        """The link of a draft; a bill once found stays, for public ids are stable."""
        link = self._settled.get(draft.key)
        if link and link.dossier_id:
            match: Match | None = Match(link.dossier_id, link.method, link.score, link.candidates)
        else:
            match = self._index.match(draft)
        if match is None:
            match = Match(self._index.new_id(draft), (*draft.strong_keys(), *draft.title_keys())[0][0])
        if match.bill_id and match.method != CONFLICT:
            self._take(draft, match.bill_id)
        return _link(draft, match)

    def decided(self, drafts: Collection[str]) -> list[LinkRow]:
        """Lines that are no drafts by their words, and that a person joined to a bill."""
        links = (link for key, link in self._settled.items() if link.method == DECIDED and key not in drafts)
        return [link for link in links if link.dossier_id in self._bills]

    def store(self) -> None:
        """Write bills and keys that are new or say more than before."""
        upsert(self._conn, Bill, list(self._changed.values()), key=("id",))
        upsert(self._conn, BillKey, self._keys, key=("kind", "value", "bill_id"), update=())

    def _take(self, draft: Draft, bill_id: str) -> None:
        new = self._index.add(draft, bill_id)
        self._keys += [{"kind": kind, "value": value, "bill_id": bill_id} for kind, value in new]
        before = self._bills.get(bill_id)
        bill = _bill(draft, bill_id, before)
        if bill != before:
            self._bills[bill_id] = self._changed[bill_id] = bill


def _bill(draft: Draft, bill_id: str, before: dict[str, Any] | None) -> dict[str, Any]:
    """The bill with what the draft adds; the register's title is the one to show, else the first one met."""
    said = {
        "id": bill_id,
        "title": draft.shown_title(),
        "kind": draft.kind,
        "number": str(draft.number) if draft.number else None,
        "initiator": draft.initiator,
        "convocation": draft.convocation or None,
        "first_day": draft.day,
    }
    if before is None:
        return said
    bill = {name: said[name] if before[name] is None else before[name] for name in said}
    bill["first_day"] = min(before["first_day"] or draft.day, draft.day)
    if draft.record_type == "registry_entry":
        bill["title"] = said["title"]
    if before["kind"] == "other":
        bill["kind"] = draft.kind
    return bill


def _link(draft: Draft, match: Match) -> LinkRow:
    return LinkRow(
        record_type=draft.record_type,
        record_key=draft.key,
        dossier_type="bill",
        dossier_id=match.bill_id,
        written=draft.title,
        method=match.method,
        score=match.score,
        candidates=match.candidates,
    )


def _placed(conn: Connection, bills: Iterable[str]) -> list[tuple[str, Placed]]:
    """On which lists the bills stand, and in which readings."""
    link, entry = table_of(Link).c, table_of(AgendaEntry).c
    found: list[tuple[str, Placed]] = []
    for chunk in chunks(sorted(bills), _CHUNK):
        query = (
            select(link.dossier_id, entry.sitting_key, entry.readings, entry.title)
            .join_from(table_of(Link), table_of(AgendaEntry), entry.key == link.record_key)
            .where(link.dossier_type == "bill", link.record_type == "agenda_entry", link.dossier_id.in_(chunk))
        )
        for bill_id, sitting_key, readings, title in conn.execute(query):
            numbers = frozenset(map(int, re.findall(r"\d", readings)))
            found.append((bill_id, Placed(sitting_key, numbers, title_key(title))))
    return found
