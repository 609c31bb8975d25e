"""What the feed of a followed list tells: that it is followed, what began to fit, and what happened to what fits."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, exists, or_, select, tuple_

from db.batches import rows_in
from db.bills import Bill
from db.finding_queries import is_shown, may_be_told
from db.findings import Finding
from db.following import SavedMatch, SavedSearch
from db.happenings import Happening, HappeningAbout
from db.people import Person
from db.search_documents import DocumentKind, SearchDocument
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from publish.compose import Told
from publish.fitting import DOSSIERS, Followed, followed_of
from publish.lapsing import is_followed
from publish.matching import Why
from vocab.lists import ListKind

_SEARCH = table_of(SavedSearch)
_MATCH, _HAPPENING, _ABOUT = (table_of(model).c for model in (SavedMatch, Happening, HappeningAbout))
_TITLED: dict[ListKind, tuple[ColumnElement[str], ColumnElement[str]]] = {
    ListKind.BILLS: (table_of(Bill).c.id, table_of(Bill).c.title),
    ListKind.SITTINGS: (table_of(Sitting).c.id, table_of(Sitting).c.title),
    ListKind.PERSONS: (table_of(Person).c.id, table_of(Person).c.name),
}


def changed_lists(conn: Connection, since: int | None, looked: str | None) -> tuple[list[Followed], str | None]:
    """The lists whose matches changed after `looked`, or of which a happening after `since` tells; and when that was.

    All of them where one of both is unknown.
    """
    rows = conn.execute(select(_SEARCH).where(is_followed()).order_by(_SEARCH.c.id)).mappings().all()
    newest = max((row["changed_at"] for row in rows), default=None)
    if since is None or looked is None:
        return [followed_of(row) for row in rows], newest and newest.isoformat()
    told, after = _told_after(conn, since), datetime.fromisoformat(looked)
    changed = [followed_of(row) for row in rows if row["changed_at"] > after or row["id"] in told]
    return changed, newest and newest.isoformat()


def _told_after(conn: Connection, since: int) -> set[str]:
    query = (
        select(_MATCH.search_id)
        .join(table_of(HappeningAbout), _ABOUT.dossier_id == _MATCH.dossier_id)
        .join(table_of(Happening), _HAPPENING.key == _ABOUT.happening_key)
        .where(_HAPPENING.seq > since, _MATCH.gone_at.is_(None))
        .distinct()
    )
    return set(conn.execute(query).scalars())


def names_of(conn: Connection, one: Followed) -> dict[tuple[str, str], str]:
    """What the ids among the filters of a list are called: committees and bodies, persons, subjects."""
    sitting, person, bill = (table_of(model).c for model in (Sitting, Person, Bill))
    asked = (
        ("committee", sitting.committee_id, sitting.committee),
        ("body", sitting.committee_id, sitting.committee),
        ("person", person.id, person.name),
        ("subject", bill.id, bill.title),
        ("subject", sitting.id, sitting.title),
        ("subject", person.id, person.name),
    )
    found: dict[tuple[str, str], str] = {}
    for name, key, title in asked:
        if name in one.filters:
            called = conn.execute(select(title).where(key == one.filters[name]).limit(1)).scalar()
            found |= {(name, one.filters[name]): called} if called else {}
    return found


def keys_told(one: Followed) -> Select[str]:
    """The happenings that the feed of a list tells of: those about a dossier, from when it fitted until it did not."""
    return (
        select(_ABOUT.happening_key)
        .join(table_of(SavedMatch), _MATCH.dossier_id == _ABOUT.dossier_id)
        .join(table_of(Happening), _HAPPENING.key == _ABOUT.happening_key)
        .where(_MATCH.search_id == one.id, _ABOUT.dossier_type == DOSSIERS[one.kind], _is_told())
    )


def _is_told() -> ColumnElement[bool]:
    until = or_(_MATCH.until_seq.is_(None), _HAPPENING.seq <= _MATCH.until_seq)
    return and_(_HAPPENING.seq > _MATCH.from_seq, until)


def told_matches(conn: Connection, one: Followed, limit: int) -> list[Told]:
    """What began to fit since the list is followed, the newest first; what is new itself is told by its happenings.

    A finding that no longer stands is told as such, without its words; a document that fits no more is left out.
    """
    query = select(table_of(SavedMatch)).where(_MATCH.search_id == one.id, _MATCH.why != Why.FIRST)
    if one.kind is ListKind.SEARCH:
        query = query.where(_MATCH.gone_at.is_(None))
    elif one.kind is not ListKind.FINDINGS:
        query = query.where(or_(_MATCH.why != Why.NEW, ~exists(_own_happening(one))))
    newest = query.order_by(_MATCH.first_matched.desc(), _MATCH.dossier_id).limit(limit)
    return _with_titles(conn, one, conn.execute(newest).mappings().all())


def _own_happening(one: Followed) -> Select[int]:
    return (
        select(_HAPPENING.seq)
        .join(table_of(HappeningAbout), _ABOUT.happening_key == _HAPPENING.key)
        .where(_ABOUT.dossier_type == DOSSIERS[one.kind], _ABOUT.dossier_id == _MATCH.dossier_id, _is_told())
        .correlate(table_of(SavedMatch))
    )


def _with_titles(conn: Connection, one: Followed, rows: Sequence[RowMapping]) -> list[Told]:
    ids = [row["dossier_id"] for row in rows]
    if one.kind is ListKind.FINDINGS:
        return [told for row, told in zip(rows, _findings(conn, rows), strict=True) if told]
    if one.kind is ListKind.SEARCH:
        return _documents(conn, rows)
    key, title = _TITLED[one.kind]
    titled = select(key).add_columns(title)
    titles = {row[0]: row[1] for row in rows_in(conn, titled, key, ids)}
    kind = DOSSIERS[one.kind]
    return [
        _told(row, title=titles[row["dossier_id"]], place=(kind, row["dossier_id"]))
        for row in rows
        if row["dossier_id"] in titles
    ]


def _told(row: RowMapping, **more: Any) -> Told:
    again = f":{row['times']}" if row["times"] > 1 else ""
    key = f"match:{row['search_id']}:{row['dossier_id']}{again}"
    return Told(key=key, why=row["why"], seen_at=row["first_matched"], **more)


def _findings(conn: Connection, rows: Sequence[RowMapping]) -> Iterable[Told | None]:
    finding = table_of(Finding)
    columns = (finding.c.id, finding.c.check_id, finding.c.reason, finding.c.figures, finding.c.verdict)
    public = select(*columns).where(finding.c.superseded_at.is_(None), is_shown())
    shown = {one.id: one for one in rows_in(conn, public, finding.c.id, [row["dossier_id"] for row in rows])}
    for row in rows:
        found = shown.get(row["dossier_id"])
        place = ("finding", row["dossier_id"])
        if found is None or row["gone_at"]:
            yield _told(row, title="", place=place, withdrawn=True)
        else:
            said = {"check": found.check_id, "reason": found.reason, "figures": found.figures}
            yield _told(row, title="", place=place, finding=said | {"verdict": found.verdict})


def _documents(conn: Connection, rows: Sequence[RowMapping]) -> list[Told]:
    document = table_of(SearchDocument).c
    names = [tuple(row["dossier_id"].split(":", 1)) for row in rows]
    query = select(document.kind, document.key, document.title, document.url, document.day)
    found = {
        f"{one.kind}:{one.key}": one
        for one in conn.execute(query.where(tuple_(document.kind, document.key).in_(names)))
    }
    finding = table_of(Finding).c
    keys = [one.key for one in found.values() if one.kind == DocumentKind.FINDING]
    shown = {one.id for one in rows_in(conn, select(finding.id).where(may_be_told()), finding.id, keys)}
    return [
        _told(row, title=one.title, place=("document", one.url))
        for row in rows
        if (one := found.get(row["dossier_id"])) and (one.kind != DocumentKind.FINDING or one.key in shown)
    ]


def sittings_of(one: Followed) -> Select[str]:
    """The sittings that belong into the calendar of a list: those that fit, or whose agenda names a bill that fits."""
    fits = select(_MATCH.dossier_id).where(_MATCH.search_id == one.id, _MATCH.gone_at.is_(None))
    if one.kind is ListKind.SITTINGS:
        return fits
    item = table_of(AgendaItem).c
    return select(item.sitting_id).where(item.bill_id.in_(fits))
