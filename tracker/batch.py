"""One batch of changed records: understand them, then check what they touched and note what is new."""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_where
from db.links import Link
from db.moves import follow, moves
from db.observations import Observation
from db.records import AgendaEntry, BallotRecord, SittingRecord
from db.sittings import AgendaItem
from db.upsert import table_of
from tracker.beside import committees_of_days, counted_since
from tracker.bodies import bodies_of
from tracker.checks import judge_all
from tracker.dirty import Batch
from tracker.findings import Found, Outcome, store_findings
from tracker.identify.acts import identify_acts
from tracker.identify.agenda import rewrite_agenda_items
from tracker.identify.bills import identify_bills
from tracker.identify.names import Roster, identify_names
from tracker.identify.persons import Changed, identify_persons
from tracker.identify.sittings import identify_sittings
from tracker.judging import Rules
from tracker.not_applicable import counted, store_counts
from tracker.stored_facts import RECORD_TYPE, dossiers_of
from vocab.bodies import convocation_named
from vocab.timeline import SubjectKind, Timeline
from vocab.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Touched:
    """The dossiers that have to be looked at again, and the pages and lines that tell of them anew."""

    sittings: frozenset[str] = frozenset()
    bills: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()


def identify(conn: Connection, batch: Batch, roster: Roster, now: datetime, since: datetime | None = None) -> Touched:
    """Join the records of a batch to their dossiers; give the dossiers that changed.

    `since`: lists of deputies that were seen by then have been taken in.
    """
    changed = identify_persons(conn, batch.of("deputy_record"))
    pages, lines = set(batch.of("sitting_record")), set(batch.of("agenda_entry"))
    sittings = identify_sittings(conn, pages, now)
    bills = identify_bills(conn, {**batch.keys, "agenda_entry": lines}, now)
    bills |= identify_acts(conn, batch.of("act_record"))
    # Other memberships give the names of their days other bearers.
    pages |= {key for one in changed for key in _keys_of(conn, SittingRecord, one)}
    lines |= {key for one in changed for key in _keys_of(conn, AgendaEntry, one)}
    identify_names(conn, roster, pages, lines)
    ballots = rows_where(conn, BallotRecord, "key", batch.of("ballot_record"))
    votes = {row["entry_key"] for row in ballots if row["entry_key"]}
    sittings |= _sittings_of(conn, pages | _pages_of(conn, lines | votes))
    seen = rows_where(conn, Observation, "uuid", batch.of("observation"))
    now_at = moves(conn)
    sittings |= {follow(now_at, row["sitting_id"]) for row in seen} | set(batch.of("sitting"))
    stated = dossiers_of(conn, batch.of(RECORD_TYPE))
    sittings |= stated[SubjectKind.SITTING]
    bills |= stated[SubjectKind.BILL]
    rewrite_agenda_items(conn, sittings)
    items = rows_where(conn, AgendaItem, "sitting_id", sittings)
    bills |= {row["bill_id"] for row in items if row["bill_id"]}
    lists = batch.of("deputy_record")
    bodies = bodies_of(conn, lists)
    sittings |= committees_of_days(conn, sittings) | (counted_since(conn, lists, since) if bodies else set())
    return Touched(frozenset(sittings), frozenset(bills), frozenset(pages), frozenset(lines), bodies)


def _keys_of(conn: Connection, model: type[SittingRecord] | type[AgendaEntry], changed: Changed) -> Iterable[str]:
    """The records of the days for which memberships changed."""
    convocation = convocation_named(changed.convocation)
    if convocation is None:
        return ()
    table = table_of(model)
    query = select(table.c.key).where(table.c.day >= convocation.since)
    if convocation.until:
        query = query.where(table.c.day < convocation.until)
    if changed.since:
        query = query.where(table.c.day > changed.since)
    return conn.execute(query).scalars()


def _pages_of(conn: Connection, lines: Collection[str]) -> set[str]:
    return {row["sitting_key"] for row in rows_where(conn, AgendaEntry, "key", lines)}


def _sittings_of(conn: Connection, pages: Collection[str]) -> set[str]:
    kind = {"record_type": "sitting_record", "dossier_type": "sitting"}
    return {row["dossier_id"] for row in rows_where(conn, Link, "record_key", pages, **kind) if row["dossier_id"]}


def check(
    conn: Connection,
    kind: SubjectKind,
    ids: Collection[str],
    timelines: Mapping[str, Timeline],
    rules: Rules,
    now: datetime,
) -> Outcome:
    """Judge these dossiers again and store what came out; an id without a timeline keeps no finding."""
    found: list[Found] = []
    counts: list[dict[str, Any]] = []
    with _uncollected():
        for timeline in timelines.values():
            said, subject = judge_all(timeline, rules.book, rules.surroundings), timeline.subject
            found += [Found(subject, one) for one in said if one.verdict is not Verdict.NOT_APPLICABLE]
            counts += counted(subject, (one for one in said if one.verdict is Verdict.NOT_APPLICABLE))
        store_counts(conn, kind, ids, counts)
        return store_findings(conn, kind, ids, found, code_version=rules.code_version, now=now)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for garbage in rings.

    A batch makes half a million objects and no ring; looking at them again and again took a quarter of the time
    (`benchmarks/checking.py`).
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
