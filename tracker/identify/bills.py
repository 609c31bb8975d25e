"""Register entries, lines of agendas and vote lists, and press releases in the database → bills, keys, links."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db.bills import Bill, BillKey
from db.upsert import upsert
from tracker.identify.bill_index import CONFLICT, BillIndex, Match
from tracker.identify.bill_keys import Draft, Spot, in_order
from tracker.identify.bill_rows import BILL_KEY, BillRow, bill_row, rewrite_bills, told_keys
from tracker.identify.drafts import SOURCES, drafts_of
from tracker.identify.known_bills import known_bills
from tracker.identify.links import LinkRow
from tracker.identify.merging import BILL, MOVED, Merge, absorb, change_row, in_age, log
from tracker.identify.resolver import DECIDED
from tracker.identify.same_drafts import SameDrafts
from tracker.identify.settled import Settled


def identify_bills(conn: Connection, keys: Mapping[str, Collection[str]], now: datetime) -> set[str]:
    """Take in these records, by record type; give the bills that they concern or no longer concern.

    A bill that turns out to be another one is among them under its former id.
    """
    own = {record_type: keys.get(record_type, ()) for record_type in SOURCES}
    drafts = drafts_of(conn, own)
    settled = Settled(conn, own, drafts)
    same = SameDrafts(conn, [draft.spot for draft in drafts])
    settled.loosen(conn, same)
    matcher = _Matcher(conn, drafts, (settled, same), now)
    found = [matcher.settle(draft) for draft in in_order(drafts) if draft.spot not in settled.refused]
    found += [_link(draft, Match(None, DECIDED)) for draft in drafts if draft.spot in settled.refused]
    found += matcher.decided({draft.spot for draft in drafts})
    matcher.store()
    links = [matcher.now_called(link) for link in found]
    touched = settled.store(links) | {link.dossier_id for link in links if link.dossier_id}
    log(conn, [_moved(link, before, now) for link, before in settled.moved if matcher.current(before) == before])
    for merge in matcher.merges(found):
        absorb(conn, merge, now)
        touched |= {merge.kept, merge.gone}
    rewrite_bills(conn, settled.lost)
    return touched


def _moved(link: LinkRow, before: str, now: datetime) -> dict[str, Any]:
    spot = (link.record_type, *link.spot)
    return change_row(MOVED, spot, (before, link.dossier_id), now, method=link.method, score=link.score)


class _Matcher:
    """Finds the bill of each draft, one after the other, and collects what is to be written."""

    def __init__(
        self, conn: Connection, drafts: Sequence[Draft], found: tuple[Settled, SameDrafts], now: datetime
    ) -> None:
        self._conn, self._now = conn, now
        self._settled, self._same = settled, same = found
        known, self._bills = known_bills(conn, drafts, settled.bills() | same.bills())
        self._index = BillIndex(known)
        self._official = set(known.official)
        self._changed: dict[str, BillRow] = {}
        self._keys: list[tuple[str, str, str]] = []
        self._merged: dict[str, tuple[str, str]] = {}

    def settle(self, draft: Draft) -> LinkRow:
        """The link of a draft; a bill once found stays as long as something supports it: public ids are stable."""
        link = self._settled.links.get(draft.spot)
        if link and link.dossier_id and link.method != CONFLICT:
            match: Match | None = Match(self.current(link.dossier_id), link.method, link.score, link.candidates)
        else:
            match = self._index.match(draft, self._same.alike(draft.spot)) or self._settled.only_here(draft.spot)
        if match is None:
            match = Match(self._index.new_id(draft), (*draft.strong_keys(), *draft.title_keys())[0][0])
        if match.bill_id and match.method != CONFLICT:
            self._take(draft, match.bill_id, match.method)
        self._same.settle(draft.spot, match.bill_id)
        return _link(draft, match)

    def decided(self, drafts: Collection[Spot]) -> list[LinkRow]:
        """Lines that are no drafts by their words, and that a person joined to a bill."""
        links = (link for spot, link in self._settled.links.items() if link.method == DECIDED and spot not in drafts)
        return [link for link in links if link.dossier_id in self._bills]

    def store(self) -> None:
        """Write bills and keys that are new or say more than before."""
        upsert(self._conn, Bill, list(self._changed.values()), key=("id",))
        keys = [(kind, value, self.current(bill)) for kind, value, bill in self._keys]
        rows = [dict(zip(BILL_KEY, key, strict=True)) for key in dict.fromkeys(keys)]
        upsert(self._conn, BillKey, rows, key=BILL_KEY, update=())

    def current(self, bill_id: str) -> str:
        """The id that a bill has after the merges so far."""
        while bill_id in self._merged:
            bill_id = self._merged[bill_id][0]
        return bill_id

    def now_called(self, link: LinkRow) -> LinkRow:
        """The link with today's id of its bill."""
        return replace(link, dossier_id=self.current(link.dossier_id)) if link.dossier_id else link

    def merges(self, found: Iterable[LinkRow]) -> list[Merge]:
        """The bills that turned out to be others, in the order of finding it, with the places linked in this run."""
        moved: dict[str, list[Spot]] = {}
        for link in found:
            if link.dossier_id in self._merged:
                moved.setdefault(link.dossier_id, []).append((link.record_type, *link.spot))
        return [
            Merge(kept=self.current(kept), gone=gone, method=method, moved=tuple(moved.get(gone, ())))
            for gone, (kept, method) in self._merged.items()
        ]

    def _take(self, draft: Draft, bill_id: str, method: str) -> None:
        speaks = not draft.is_press and bill_id not in self._official
        keys = told_keys(draft, method, lambda key: self._index.is_anothers(key, bill_id))
        new = self._index.add(draft, bill_id, keys)
        self._keys += [(kind, value, bill_id) for kind, value in new]
        before = self._bills.get(bill_id)
        bill = bill_row(draft, bill_id, before, speaks=speaks, now=self._now)
        if not draft.is_press:
            self._official.add(bill_id)
        if bill != before:
            self._bills[bill_id] = self._changed[bill_id] = bill
        for other, kind in self._index.twins(bill_id):
            self._merge(self.current(bill_id), other, kind)

    def _merge(self, one: str, other: str, kind: str) -> None:
        kept, gone = in_age([self._bills[one], self._bills[other]])
        self._index.fold(kept, gone)
        self._merged[gone] = (kept, kind)
        self._changed.pop(gone, None)
        self._official |= {kept} if gone in self._official else set()


def _link(draft: Draft, match: Match) -> LinkRow:
    return LinkRow(
        record_type=draft.record_type,
        record_key=draft.key,
        place=draft.place,
        dossier_type=BILL,
        dossier_id=match.bill_id,
        written=draft.written,
        method=match.method,
        score=match.score,
        candidates=match.candidates,
    )
