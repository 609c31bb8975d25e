"""Bills, agenda items and reviewed findings as documents of the search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import SQLModel

from db.batches import rows_in
from db.bills import Bill
from db.documents import Document, DocumentText
from db.finding_queries import newest_reviews
from db.findings import Finding
from db.links import Link
from db.people import Person
from db.records import RECORD_TABLES
from db.search_documents import DocumentKind
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from nlp.search.facets import Named, bodies_of_bills, body_id, persons_in
from nlp.search.source import Source, TextPart, facets
from nlp.topics.choices import topics_of
from vocab.verdicts import Review, Verdict, is_public

_TELLING = ("registry_entry", "agenda_entry")
"""Records whose whole text is about one bill."""

_TITLED: dict[str, tuple[type[SQLModel], str]] = {
    "bill": (Bill, "title"),
    "sitting": (Sitting, "title"),
    "person": (Person, "name"),
}


def bill_keys(conn: Connection) -> list[str]:
    """All bills."""
    return list(conn.execute(select(table_of(Bill).c.id)).scalars())


def bills(conn: Connection, keys: Sequence[str]) -> Iterator[Source]:
    """Bills with what their records say of them and the texts of their documents."""
    bill, records = table_of(Bill), _records_of(conn, keys)
    bodies, texts = bodies_of_bills(conn, keys), _document_texts(conn, records)
    persons, topics, days = _persons_of(conn, records), topics_of(conn, "bill", keys), _last_days(conn, keys)
    for row in rows_in(conn, select(bill), bill.c.id, keys):
        told = topics.get(row.id)
        yield Source(
            kind=DocumentKind.BILL,
            key=row.id,
            title=row.title,
            url=f"/bills/{row.id}",
            day=days.get(row.id) or row.first_day,
            lines=(row.number,) if row.number else (),
            parts=tuple(sorted({*records[row.id], *texts[row.id]})),
            facets=facets(body=bodies[row.id], person=persons[row.id], topic=map(str, told.topics if told else ())),
        )


def item_keys(conn: Connection) -> list[str]:
    """All agenda items."""
    return list(conn.execute(select(table_of(AgendaItem).c.id)).scalars())


def items(conn: Connection, keys: Sequence[str]) -> Iterator[Source]:
    """Agenda items with the day and body of their sitting, and the topics of their bill."""
    item, sitting = table_of(AgendaItem).c, table_of(Sitting).c
    query = select(
        item.id, item.title, item.bill_id, item.sitting_id, sitting.day, sitting.body, sitting.committee_id
    ).join_from(table_of(AgendaItem), table_of(Sitting), sitting.id == item.sitting_id)
    rows = list(rows_in(conn, query, item.id, keys))
    topics = topics_of(conn, "bill", {row.bill_id for row in rows if row.bill_id})
    for row in rows:
        told = topics.get(row.bill_id)
        yield Source(
            kind=DocumentKind.ITEM,
            key=row.id,
            title=row.title,
            url=f"/sittings/{row.sitting_id}",
            day=row.day,
            facets=facets(body=[body_id(row.body, row.committee_id)], topic=map(str, told.topics if told else ())),
        )


def finding_keys(conn: Connection) -> list[str]:
    """Findings that stand, that a person confirmed and that may be shown; an accusation nobody looked at never."""
    finding, review = table_of(Finding).c, newest_reviews().c
    confirmed = select(review.finding_id).where(review.decision == Review.CONFIRMED)
    shown = [verdict.value for verdict in Verdict if is_public(verdict, Review.CONFIRMED)]
    query = select(finding.id).where(
        finding.id.in_(confirmed), finding.superseded_at.is_(None), finding.verdict.in_(shown)
    )
    return list(conn.execute(query).scalars())


def findings(conn: Connection, keys: Sequence[str]) -> Iterator[Source]:
    """Findings under the title of what they are about, with the article and the names in their figures."""
    finding = table_of(Finding)
    rows = list(rows_in(conn, select(finding), finding.c.id, keys))
    titles, bodies = _titles(conn, rows), _bodies_of_sittings(conn, rows)
    for row in rows:
        named = {name: value for name, value in row.figures.items() if isinstance(value, str)}
        persons = {value for name, value in named.items() if name.endswith("_id")}
        persons |= {row.subject_id} if row.subject_kind == "person" else set()
        told = [value for name, value in sorted(named.items()) if not name.endswith("_id")]
        yield Source(
            kind=DocumentKind.FINDING,
            key=row.id,
            title=titles.get((row.subject_kind, row.subject_id), row.subject_id),
            url=f"/findings/{row.id}",
            day=row.day,
            verdict=row.verdict,
            lines=tuple(line for line in (row.quote, *told, f"{row.edition}, {row.article}", row.check_id) if line),
            facets=facets(body=bodies.get(row.subject_id, ()), person=persons),
        )


def _records_of(conn: Connection, bills: Iterable[str]) -> dict[str, set[TextPart]]:
    """The records that speak of one bill alone, by bill."""
    link, found = table_of(Link).c, defaultdict(set)
    for record_type in _TELLING:
        record = table_of(RECORD_TABLES[record_type]).c
        query = select(link.dossier_id, record.key, record.content_hash).join_from(
            table_of(Link), record.key.table, record.key == link.record_key
        )
        query = query.where(link.record_type == record_type, link.dossier_type == "bill", link.place == "")
        for bill, key, version in rows_in(conn, query, link.dossier_id, bills):
            found[bill].add(TextPart(record_type, key, version))
    return found


def _document_texts(conn: Connection, records: Mapping[str, Iterable[TextPart]]) -> dict[str, set[TextPart]]:
    """The texts of the files that a bill's records offer; of a file that changed, its newest text."""
    document, text = table_of(Document).c, table_of(DocumentText).c
    owners = defaultdict(set)
    for bill, parts in records.items():
        for part in parts:
            owners[part.table, part.key].add(bill)
    query = select(document.record_type, document.record_key, text.url, text.sha256, text.code_version).join_from(
        table_of(Document), table_of(DocumentText), text.url == document.url
    )
    query = query.where(text.failure.is_(None), document.record_type.in_(_TELLING)).order_by(text.first_seen)
    newest: dict[tuple[str, str], TextPart] = {}
    for record_type, key, url, sha256, code in rows_in(conn, query, document.record_key, {key for _, key in owners}):
        for bill in owners[record_type, key]:
            newest[bill, url] = TextPart("document_text", url, f"{sha256}:{code}")
    found: dict[str, set[TextPart]] = defaultdict(set)
    for (bill, _), part in newest.items():
        found[bill].add(part)
    return found


def _persons_of(conn: Connection, records: Mapping[str, Iterable[TextPart]]) -> Named:
    """Whom the records of each bill name."""
    found: Named = defaultdict(set)
    for record_type in _TELLING:
        keys = {part.key for parts in records.values() for part in parts if part.table == record_type}
        named = persons_in(conn, record_type, keys)
        for bill, parts in records.items():
            for part in parts:
                found[bill] |= named.get(part.key, set()) if part.table == record_type else set()
    return found


def _last_days(conn: Connection, bills: Iterable[str]) -> dict[str, Any]:
    """When each bill stood on an agenda last."""
    item, sitting = table_of(AgendaItem).c, table_of(Sitting).c
    query = select(item.bill_id, func.max(sitting.day)).join_from(
        table_of(AgendaItem), table_of(Sitting), sitting.id == item.sitting_id
    )
    return dict(rows_in(conn, query.group_by(item.bill_id), item.bill_id, bills))


def _titles(conn: Connection, rows: Sequence[Any]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for kind, (model, column) in _TITLED.items():
        table = table_of(model).c
        ids = {row.subject_id for row in rows if row.subject_kind == kind}
        for key, title in rows_in(conn, select(table.id, table[column]), table.id, ids):
            found[kind, key] = title
    return found


def _bodies_of_sittings(conn: Connection, rows: Sequence[Any]) -> dict[str, list[str]]:
    sitting = table_of(Sitting).c
    ids = {row.subject_id for row in rows if row.subject_kind == "sitting"}
    found = rows_in(conn, select(sitting.id, sitting.body, sitting.committee_id), sitting.id, ids)
    return {key: [body_id(body, committee)] for key, body, committee in found}
