"""Which dossiers the last look at followed lists did not know yet: their own happenings tell of them."""

from collections.abc import Collection, Mapping, Set
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from db.batches import rows_in
from db.bills import Bill
from db.findings import Finding
from db.happenings import Happening, HappeningAbout
from db.people import Person
from db.search_documents import SearchDocument
from db.upsert import table_of
from vocab.lists import ListKind

Told = Mapping[str, Any]
"""The figures of the last look; empty before the first."""


def new_dossiers(conn: Connection, kind: ListKind, ids: Collection[str], told: Told) -> Set[str]:
    """Those of these dossiers that came after the last look; none before the first look."""
    if not told:
        return frozenset()
    since = datetime.fromisoformat(told["at"])
    if kind is ListKind.BILLS:
        bill = table_of(Bill).c
        return _ids(conn, select(bill.id).where(bill.made_at > since), bill.id, ids)
    if kind is ListKind.FINDINGS:
        finding = table_of(Finding).c
        return _ids(conn, select(finding.id).where(finding.computed_at > since), finding.id, ids)
    if kind is ListKind.SITTINGS:
        return set(ids) - _told_of(conn, ids, told["last_seq"])
    return _new_documents(conn, ids, told["last_document"]) if kind is ListKind.SEARCH else frozenset()


def newest_document(conn: Connection) -> int:
    """The number of the newest document of the search, 0 where there is none."""
    return conn.execute(select(func.max(table_of(SearchDocument).c.seq))).scalar() or 0


def everybody(conn: Connection) -> list[str]:
    """The ids of all persons."""
    return list(conn.execute(select(table_of(Person).c.id)).scalars())


def _ids(conn: Connection, query: Select[Any], column: ColumnElement[Any], ids: Collection[str]) -> set[str]:
    return {row[0] for row in rows_in(conn, query, column, ids)}


def _told_of(conn: Connection, sittings: Collection[str], last_seq: int) -> set[str]:
    """The sittings that a happening up to this one told of."""
    about, happening = table_of(HappeningAbout).c, table_of(Happening).c
    query = (
        select(about.dossier_id)
        .join(table_of(Happening), happening.key == about.happening_key)
        .where(about.dossier_type == "sitting", happening.seq <= last_seq)
    )
    return _ids(conn, query, about.dossier_id, sittings)


def _new_documents(conn: Connection, ids: Collection[str], last: int) -> set[str]:
    document = table_of(SearchDocument).c
    names = [tuple(one.split(":", 1)) for one in ids]
    query = select(document.kind, document.key).where(
        document.seq > last, tuple_(document.kind, document.key).in_(names)
    )
    return {f"{kind}:{key}" for kind, key in conn.execute(query)}
