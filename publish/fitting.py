"""Which of the dossiers that changed fit which of the lists that people follow.

Each filter is asked once, whoever follows it, and of the changed dossiers only: a thousand lists share some hundred
filters. A list holds what fits all of its filters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, case, select
from sqlmodel import SQLModel

from db.batches import rows_in
from db.bills import Bill
from db.findings import Finding
from db.list_conditions import condition, conditions, in_list
from db.people import Person
from db.search import QueryWord, SearchQuery, found_names
from db.search_documents import DocumentKind
from db.search_filter import bills_with_words
from db.search_fitting import fitting_documents, holding_words
from db.sittings import Sitting
from db.upsert import chunks, table_of
from vocab.lists import Filters, ListKind

TABLES: Mapping[ListKind, type[SQLModel]] = {
    ListKind.BILLS: Bill,
    ListKind.SITTINGS: Sitting,
    ListKind.PERSONS: Person,
    ListKind.FINDINGS: Finding,
}
DOSSIERS = {
    ListKind.BILLS: "bill",
    ListKind.SITTINGS: "sitting",
    ListKind.PERSONS: "person",
    ListKind.FINDINGS: "finding",
    ListKind.SEARCH: "document",
}
"""What a list holds, as links and dirty sets name it."""

_AT_ONCE = 100
"""Filters in one statement."""

Filter = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A list that is followed, see `db.following.SavedSearch`."""

    id: str
    kind: ListKind
    filters: Filters
    made_at: datetime
    changed_at: datetime
    words: Sequence[QueryWord] = ()
    from_seq: int = 0


def followed_of(row: Mapping[Any, Any]) -> Followed:
    """The list of a row of `saved_search`."""
    known = {name: row[name] for name in ("id", "filters", "from_seq", "made_at", "changed_at")}
    return Followed(**known, kind=ListKind(row["kind"]), words=[QueryWord(**word) for word in row["words"]])


def fitting(conn: Connection, followed: Sequence[Followed], ids: Collection[str]) -> dict[str, set[str]]:
    """Which of these dossiers (or documents, `kind:key`) fit each of the lists, all of one kind; by id of the list."""
    kind = followed[0].kind
    if kind is ListKind.SEARCH:
        return fitting_documents(conn, {one.id: search_query(one) for one in followed}, ids)
    there, fits = _ask(conn, kind, {pair for one in followed for pair in one.filters.items()}, ids)
    worded = _worded(conn, followed, there) if kind is ListKind.BILLS else {}
    return {
        one.id: there.intersection(
            *(fits[pair] | (worded.get(one.id, set()) if pair[0] == "text" else set()) for pair in one.filters.items())
        )
        for one in followed
    }


def _worded(conn: Connection, followed: Sequence[Followed], bills: Collection[str]) -> dict[str, set[str]]:
    """The bills in which the search finds the words of a list, in any form; by id of the list."""
    asked = {one.id: one.words for one in followed if "text" in one.filters}
    found = holding_words(conn, asked, [f"{DocumentKind.BILL}:{key}" for key in bills])
    return {key: {one.partition(":")[2] for one in documents} for key, documents in found.items()}


def all_fitting(conn: Connection, one: Followed, limit: int) -> list[str]:
    """Everything that fits a list now, at most so many ids, in any order."""
    if one.kind is ListKind.SEARCH:
        return [f"{kind}:{key}" for kind, key in found_names(conn, replace(search_query(one), limit=limit))]
    column = table_of(TABLES[one.kind]).c.id
    filters = dict(one.filters)
    written = filters.pop("text", None) if one.kind is ListKind.BILLS else None
    wanted = conditions(one.kind, filters)
    if written:
        wanted.append(bills_with_words(conn, written, one.words))
    return list(conn.execute(select(column).where(*in_list(one.kind), *wanted).limit(limit)).scalars())


def search_query(one: Followed) -> SearchQuery:
    """A followed search as the search understands it."""
    said = one.filters
    return SearchQuery(
        words=one.words,
        kinds=[DocumentKind(said["kind"])] if "kind" in said else (),
        body=said.get("body"),
        topic=int(said["topic"]) if "topic" in said else None,
        person=said.get("person"),
        verdict=said.get("verdict"),
        since=date.fromisoformat(said["since"]) if "since" in said else None,
        until=date.fromisoformat(said["until"]) if "until" in said else None,
    )


def _ask(
    conn: Connection, kind: ListKind, filters: Iterable[Filter], ids: Collection[str]
) -> tuple[set[str], Mapping[Filter, set[str]]]:
    """The dossiers that are in the list at all, and those that fit each filter."""
    key, fits = table_of(TABLES[kind]).c.id, defaultdict[Filter, set[str]](set)
    there = {row.id for row in rows_in(conn, select(key).where(*in_list(kind)), key, ids)}
    for some in chunks(sorted(filters), _AT_ONCE):
        wanted = [case((condition(kind, *one), 1), else_=0).label(f"f{place}") for place, one in enumerate(some)]
        for dossier, *marks in rows_in(conn, select(key, *wanted), key, there):
            for one, mark in zip(some, marks, strict=True):
                if mark:
                    fits[one].add(dossier)
    return there, fits
