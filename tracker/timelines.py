"""Timelines of sittings and bills out of the database, as known now or as they could be known on a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from db.annotations import PressEventRow
from db.batches import dossiers_of, rows_where
from db.bills import Bill
from db.links import Link
from db.sittings import Sitting
from tracker.beside import with_beside
from tracker.coverage import sightings, watch_of
from tracker.identify.agenda import bills_of
from tracker.identify.bill_index import SIMILAR
from tracker.identify.bill_keys import TITLE
from tracker.identify.names import Roster
from tracker.identify.people import People
from tracker.identify.sittings import is_cancelled
from tracker.merge import BillTold, Line, SittingTold, merge_bill, merge_sitting
from tracker.noted_items import notes_with_bills
from tracker.papers import PaperRow, PaperWords
from tracker.rows import (
    PRESS_PLACE,
    BallotRow,
    EntryRow,
    ObservationRow,
    PressRow,
    RecordRow,
    SittingRow,
    ballot_row,
    entry_row,
    press_row,
    sitting_row,
)
from tracker.stated import FactRow
from tracker.stored import observations, records
from tracker.stored_facts import facts_of
from tracker.stored_papers import papers_of, sure_topics
from vocab.bodies import Body
from vocab.timeline import Subject, SubjectKind, Timeline

BY_TITLE = "joined by its title alone"
BY_LIKENESS = "joined by the likeness of the titles"


def sitting_timelines(
    conn: Connection, ids: Collection[str], *, roster: Roster | None = None, as_of: date | None = None
) -> dict[str, Timeline]:
    """The timelines of these sittings, by id; an id that is no sitting's is left out."""
    sittings = {row["id"]: row for row in rows_where(conn, Sitting, "id", ids)}
    shelf = _Shelf(conn, roster or Roster(conn), as_of)
    shelf.take_sittings(sittings)
    people = shelf.people()
    found = {
        identity: merge_sitting(shelf.sitting_subject(row), shelf.sitting_told(identity), people, as_of)
        for identity, row in sorted(sittings.items())
    }
    return with_beside(conn, found, as_of)


def bill_timelines(
    conn: Connection, ids: Collection[str], *, roster: Roster | None = None, as_of: date | None = None
) -> dict[str, Timeline]:
    """The timelines of these bills, by id; an id that is no bill's is left out."""
    bills = {row["id"]: row for row in rows_where(conn, Bill, "id", ids)}
    shelf = _Shelf(conn, roster or Roster(conn), as_of)
    shelf.take_bills(bills)
    people = shelf.people()
    return {
        identity: merge_bill(shelf.bill_subject(row), shelf.bill_told(identity), people, as_of)
        for identity, row in sorted(bills.items())
    }


def sitting_timeline(conn: Connection, sitting_id: str, *, as_of: date | None = None) -> Timeline | None:
    """The timeline of one sitting, None for an id that is no sitting's."""
    return sitting_timelines(conn, (sitting_id,), as_of=as_of).get(sitting_id)


def bill_timeline(conn: Connection, bill_id: str, *, as_of: date | None = None) -> Timeline | None:
    """The timeline of one bill, None for an id that is no bill's."""
    return bill_timelines(conn, (bill_id,), as_of=as_of).get(bill_id)


class _Shelf:
    """What was read for a batch of dossiers."""

    def __init__(self, conn: Connection, roster: Roster, as_of: date | None) -> None:
        self._conn, self._roster, self._as_of = conn, roster, as_of
        self._pages: dict[str, SittingRow] = {}
        self._pages_of: dict[str, list[SittingRow]] = {}
        self._sitting_of: dict[str, str] = {}
        self._lines: dict[str, list[Line]] = {}
        self._observations: dict[str, list[ObservationRow]] = {}
        self._registry: dict[str, list[RecordRow]] = {}
        self._acts: dict[str, list[RecordRow]] = {}
        self._press: dict[str, list[PressRow]] = {}
        self._releases: set[str] = set()
        self._doubts: dict[str, dict[str, str]] = {}
        self._papers: dict[str, list[PaperRow]] = {}
        self._topics: dict[str, frozenset[int]] = {}
        self._facts: dict[str, list[FactRow]] = {}
        self._watch = watch_of(conn, as_of)

    def take_sittings(self, ids: Collection[str]) -> None:
        """Read everything that tells of these sittings."""
        self._take_pages(ids)
        self._facts = facts_of(self._conn, SubjectKind.SITTING, ids, self._as_of)
        found = self._records("agenda_entry", self._sitting_of, "sitting_key")
        self._take_entries([entry_row(record) for record in found])
        self._watch_over(page.record for page in self._pages.values())
        self._watch_over(one.record for own in self._lines.values() for line in own for one in line.ballots)
        self._take_observations(ids)

    def take_bills(self, ids: Collection[str]) -> None:
        """Read everything that tells of these bills."""
        linked = rows_where(self._conn, Link, "dossier_id", ids, dossier_type="bill")
        self._registry = self._by_bill("registry_entry", linked)
        self._watch_over(record for own in self._registry.values() for record in own)
        self._acts = self._by_bill("act_record", linked)
        self._take_press([row for row in linked if row["record_type"] == "press_record"])
        self._papers = papers_of(self._conn, linked, PaperWords.load(), self._as_of)
        self._topics = sure_topics(self._conn, ids, linked, self._as_of)
        self._facts = facts_of(self._conn, SubjectKind.BILL, ids, self._as_of)
        for row in linked:
            if doubt := _doubt(row):
                record = f"{row['record_type']}:{row['record_key']}"
                self._doubts.setdefault(row["dossier_id"], {})[record] = doubt
        lines = self._by_bill("agenda_entry", linked)
        entries = [entry_row(record) for found in lines.values() for record in found]
        pages = {entry.sitting_key for entry in entries}
        sittings = set(filter(None, dossiers_of(self._conn, "sitting_record", pages, "sitting").values()))
        self._take_pages(sittings)
        self._take_entries(entries)
        self._take_observations(sittings)

    def _by_bill(self, record_type: str, linked: Sequence[Mapping[str, Any]]) -> dict[str, list[RecordRow]]:
        bill_of = {row["record_key"]: row["dossier_id"] for row in linked if row["record_type"] == record_type}
        found: dict[str, list[RecordRow]] = {}
        for record in self._records(record_type, bill_of):
            found.setdefault(bill_of[record.key], []).append(record)
        return found

    def _take_press(self, linked: Sequence[Mapping[str, Any]]) -> None:
        """What releases tell of bills; as of a day, of those that had been seen by then with as much of their text.

        Only the newest reading of a release is kept: its events are those of the text as it stands now.
        """
        self._releases = {row["record_key"] for row in linked}
        said = {record.key: record for record in self._records("press_record", self._releases)}
        known = {
            key: record for key, record in said.items() if "body" in record.fields or not record.columns["has_body"]
        }
        events = {
            (row["record_key"], row["seq"]): row for row in rows_where(self._conn, PressEventRow, "record_key", known)
        }
        for row in linked:
            event = events.get((row["record_key"], int(row["place"].removeprefix(PRESS_PLACE))))
            if event and event["draft"] == row["written"]:  # else it was read anew, and is not taken in yet
                told = press_row(known[row["record_key"]], event)
                self._press.setdefault(row["dossier_id"], []).append(told)

    def _take_pages(self, sittings: Collection[str]) -> None:
        """All pages of these sittings: only all of them together tell whether one was cancelled."""
        linked = rows_where(self._conn, Link, "dossier_id", sittings, dossier_type="sitting")
        self._sitting_of = {row["record_key"]: row["dossier_id"] for row in linked}
        for record in self._records("sitting_record", self._sitting_of):
            self._pages[record.key] = sitting_row(record)
            self._pages_of.setdefault(self._sitting_of[record.key], []).append(self._pages[record.key])

    def _take_entries(self, entries: Collection[EntryRow]) -> None:
        """The lines that stand on the pages, with the votes on them; a line that was taken off is left out."""
        there = [entry for entry in entries if entry.record.vanished_at is None and entry.sitting_key in self._pages]
        bill_of = bills_of(self._conn, there)
        ballots: dict[str | None, list[BallotRow]] = {}
        for record in self._records("ballot_record", [entry.key for entry in there], "entry_key"):
            ballots.setdefault(record.columns["entry_key"], []).append(ballot_row(record))
        for entry in there:
            line = Line(
                entry=entry,
                page=self._pages[entry.sitting_key],
                sitting_id=self._sitting_of[entry.sitting_key],
                bill_id=bill_of.get(entry.key),
                ballots=tuple(ballots.get(entry.key, ())),
            )
            for dossier in filter(None, (line.sitting_id, line.bill_id)):
                self._lines.setdefault(dossier, []).append(line)

    def _take_observations(self, sittings: Collection[str]) -> None:
        seen = observations(self._conn, sittings, self._as_of)
        for row in notes_with_bills(self._conn, seen, self._as_of):
            self._observations.setdefault(row.sitting_id, []).append(row)

    def _records(self, record_type: str, values: Collection[str], column: str = "key") -> list[RecordRow]:
        return records(self._conn, record_type, values, column=column, as_of=self._as_of)

    def _watch_over(self, records: Iterable[RecordRow]) -> None:
        """Of live data: since when these records could be seen."""
        if self._watch.is_live:
            self._watch = replace(self._watch, sighted={**self._watch.sighted, **sightings(self._conn, records)})

    def people(self) -> People:
        """Who is who in the pages that were read."""
        return self._roster.people({"sitting_record": self._pages, "press_record": self._releases})

    def sitting_subject(self, row: Mapping[str, Any]) -> Subject:
        """The subject of a sitting's timeline; cancelled as it was known on the day."""
        pages = self._pages_of.get(row["id"], ())
        cancelled = is_cancelled(pages, row["day"]) if pages or self._as_of else row["cancelled"]
        return Subject(
            kind=SubjectKind.SITTING,
            id=row["id"],
            title=row["title"],
            body=Body(row["body"]),
            committee=row["committee"],
            day=row["day"],
            extraordinary=row["extraordinary"],
            cancelled=cancelled,
        )

    def bill_subject(self, row: Mapping[str, Any]) -> Subject:
        """The subject of a bill's timeline."""
        return Subject(
            kind=SubjectKind.BILL,
            id=row["id"],
            title=row["title"],
            bill_kind=row["kind"],
            initiator=row["initiator"],
            topics=self._topics.get(row["id"], frozenset()),
        )

    def sitting_told(self, identity: str) -> SittingTold:
        """What tells of one sitting."""
        return SittingTold(
            pages=tuple(self._pages_of.get(identity, ())),
            lines=tuple(self._lines.get(identity, ())),
            observations=tuple(self._observations.get(identity, ())),
            facts=tuple(self._facts.get(identity, ())),
            watch=self._watch,
        )

    def bill_told(self, identity: str) -> BillTold:
        """What tells of one bill."""
        lines = self._lines.get(identity, [])
        sittings = sorted({line.sitting_id for line in lines})
        seen = [row for one in sittings for row in self._observations.get(one, ())]
        cancelled = {one for one in sittings if is_cancelled(self._pages_of[one], self._pages_of[one][0].day)}
        return BillTold(
            registry=tuple(self._registry.get(identity, ())),
            lines=tuple(lines),
            acts=tuple(self._acts.get(identity, ())),
            press=tuple(self._press.get(identity, ())),
            observations=tuple(row for row in seen if row.value.get("bill") == identity),
            papers=tuple(self._papers.get(identity, ())),
            facts=tuple(self._facts.get(identity, ())),
            cancelled=frozenset(cancelled),
            doubts=self._doubts.get(identity, {}),
            watch=self._watch,
        )


def _doubt(link: Mapping[str, Any]) -> str | None:
    """What was assumed when a record was joined to its bill."""
    if link["method"] == SIMILAR:
        return BY_LIKENESS
    return BY_TITLE if link["record_type"] == "act_record" and link["method"] == TITLE else None
