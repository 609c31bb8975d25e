"""Stated facts out of the database, under the ids that their dossiers have now."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from db.batches import rows_where
from db.bills import BillAlias
from db.facts import StatedFact
from db.moves import follow, former, moves
from tracker.identify.merging import current_ids
from tracker.stated import FactRow
from tracker.stored import end_of
from vocab.timeline import SubjectKind

RECORD_TYPE = "stated_fact"
"""The name of facts on the tracker's list of what to look at."""


def facts_of(
    conn: Connection, kind: SubjectKind, ids: Collection[str], as_of: date | None = None
) -> dict[str, list[FactRow]]:
    """The facts that stand, or stood at the end of a day, by dossier."""
    found: dict[str, list[FactRow]] = {}
    for dossier, row in _rows(conn, kind, ids):
        if _stands(row, as_of):
            found.setdefault(dossier, []).append(FactRow(**{name: row[name] for name in FactRow.__slots__}))
    return found


def all_facts(conn: Connection, kind: SubjectKind, subject_id: str) -> list[Mapping[str, Any]]:
    """Every fact ever stated of a dossier, withdrawn ones too, the newest first."""
    return [row for _, row in reversed(_rows(conn, kind, [subject_id]))]


def dossiers_of(conn: Connection, keys: Iterable[str]) -> dict[SubjectKind, set[str]]:
    """The dossiers that these facts (their ids) are about now, by kind."""
    found: dict[SubjectKind, set[str]] = {kind: set() for kind in SubjectKind}
    for row in rows_where(conn, StatedFact, "id", map(int, keys)):
        kind = SubjectKind(row["subject_kind"])
        found[kind].add(present_id(conn, kind, row["subject_id"]))
    return found


def present_id(conn: Connection, kind: SubjectKind, subject_id: str) -> str:
    """Today's id of a dossier: of the bill that it was merged into, of the sitting that it became."""
    if kind is SubjectKind.BILL:
        return current_ids(conn, [subject_id]).get(subject_id, subject_id)
    return follow(moves(conn), subject_id)


def _rows(conn: Connection, kind: SubjectKind, ids: Collection[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """The facts of these dossiers under all their ids, as they were stated."""
    now_at = _every_id(conn, kind, ids)
    found = rows_where(conn, StatedFact, "subject_id", now_at, subject_kind=kind.value)
    return [(now_at[row["subject_id"]], row) for row in sorted(found, key=lambda row: int(row["id"]))]


def _every_id(conn: Connection, kind: SubjectKind, ids: Collection[str]) -> dict[str, str]:
    if kind is SubjectKind.SITTING:
        return former(moves(conn), ids)
    aliases = rows_where(conn, BillAlias, "bill_id", ids)
    return {one: one for one in ids} | {row["alias"]: row["bill_id"] for row in aliases}


def _stands(row: Mapping[str, Any], as_of: date | None) -> bool:
    withdrawn: datetime | None = row["withdrawn_at"]
    if as_of is None:
        return withdrawn is None
    stated: datetime = row["stated_at"]
    return stated < end_of(as_of) and (withdrawn is None or withdrawn >= end_of(as_of))
