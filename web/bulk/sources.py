"""Records, versions, pages, documents, rules, findings, happenings: the rows of the tables that are stored as such."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select

from db.documents import Document
from db.finding_queries import may_be_told, newest_reviews
from db.findings import Finding
from db.happenings import Happening
from db.links import Link
from db.pages import SourcePage
from db.records import RECORD_TABLES, RecordVersion
from db.upsert import table_of
from publish.wording import check_name, finding_sentence
from tracker.editions import RuleBook
from vocab.languages import LANGUAGES
from vocab.timeline import note_of
from vocab.verdicts import Review, Verdict
from web.bulk.view import View
from web.public.queries_findings import shown_findings

Row = Mapping[str, Any]
_CONFIRMED = "finding_confirmed"


def documents(view: View) -> Iterator[Row]:
    """Files that records offer, with the bill of the record."""
    document, link = table_of(Document).c, table_of(Link).c
    bill = (
        select(func.min(link.dossier_id))
        .where(link.record_type == document.record_type, link.record_key == document.record_key)
        .where(link.dossier_type == "bill")
        .correlate(table_of(Document))
        .scalar_subquery()
    )
    order = (document.url, document.record_type, document.record_key)
    query = select(table_of(Document), bill.label("bill_id")).where(*view.seen_by_then(document.first_seen))
    for row in view.stream(query.order_by(*order)):
        record = f"{row.record_type}:{row.record_key}"
        yield {**row._mapping, "record": record, "bill_id": view.if_known("bill", row.bill_id)}


def rules(_: View) -> Iterator[Row]:
    """The rule book."""
    for rule in sorted(RuleBook.load().rules, key=lambda one: (one.id, one.valid_from)):
        said = {name: getattr(rule, name) for name in rule.__slots__}
        names = {f"name_{lang}": check_name(rule.id, lang) for lang in LANGUAGES}
        yield said | names | {"parameters": dict(rule.parameters), "note": rule.note or None}


def findings(view: View) -> Iterator[Row]:
    """Findings that the public may see, and only those."""
    finding, decided = table_of(Finding).c, newest_reviews()
    reviewed = decided.c.decided_at.label("reviewed_at")
    query = (
        shown_findings(view.moment)
        .add_columns(reviewed, decided.c.decision)
        .outerjoin(decided, decided.c.finding_id == finding.id)
        .order_by(None)
        .order_by(finding.id)
    )
    for row in view.stream(query):
        said = dict(row._mapping)
        sentences = {
            f"sentence_{lang}": finding_sentence(said["check_id"], said["reason"], said["figures"], lang)
            for lang in LANGUAGES
        }
        yield (
            said
            | sentences
            | {
                "case_key": said["case_key"] or None,
                "edition": said["edition"] or None,
                "article": said["article"] or None,
                "evidence": [_public(piece) for piece in said["evidence"]],
                "reviewed_at": view.past(said["reviewed_at"]) if said["decision"] == Review.CONFIRMED else None,
                "superseded_at": view.past(said["superseded_at"]),
            }
        )


def _public(piece: Mapping[str, Any]) -> dict[str, Any]:
    """A piece of evidence; a note of an observer keeps no mark of the phone."""
    record = str(piece["record"])
    said = {name: piece.get(name) for name in ("record", "page_id", "url", "place", "seen_at")}
    return said if note_of(record) is None else said | {"record": "observation"}


def happenings(view: View) -> Iterator[Row]:
    """The log; an accusation that is not shown, or not any more, is left out."""
    told, finding = table_of(Happening).c, table_of(Finding).c
    shown = set(view.conn.execute(select(finding.id).where(finding.verdict == Verdict.BROKEN, may_be_told())).scalars())
    for row in view.stream(select(table_of(Happening)).where(*view.seen_by_then(told.seen_at)).order_by(told.seq)):
        about = row.facts.get("finding")
        if row.kind == _CONFIRMED and about not in shown:
            continue
        sources = [{name: piece.get(name) for name in ("url", "page_id")} for piece in row.evidence]
        yield {**row._mapping, "finding_id": about, "sources": sources}


def records(view: View) -> Iterator[Row]:
    """The head of every record, by type and key; as of a day with the version of that day."""
    then = table_of(RecordVersion).c
    names = ("key", "site", "version", "url", "page_id", "first_seen", "last_seen", "vanished_at")
    for record_type, model in sorted(RECORD_TABLES.items()):
        record = table_of(model).c
        query = select(*(record[name] for name in names)).where(*view.seen_by_then(record.first_seen))
        if view.moment:
            newest = select(then.record_key, func.max(then.version).label("version"))
            newest = newest.where(then.record_type == record_type, then.first_seen < view.moment)
            of_day = newest.group_by(then.record_key).subquery()
            page = (then.record_type == record_type) & (then.record_key == record.key)
            query = query.join(of_day, of_day.c.record_key == record.key)
            query = query.join(table_of(RecordVersion), page & (then.version == of_day.c.version))
            query = query.with_only_columns(
                *(
                    of_day.c.version if name == "version" else then.page_id if name == "page_id" else record[name]
                    for name in names
                )
            )
        for row in view.stream(query.order_by(record.key)):
            said = dict(zip(names, row, strict=True))
            last = {name: view.past(said[name]) for name in ("last_seen", "vanished_at")}
            yield said | last | {"record_type": record_type}


def record_versions(view: View) -> Iterator[Row]:
    """What every record said, version by version."""
    names = ("record_type", "version", "first_seen", "content_hash", "changes", "page_id")
    version = table_of(RecordVersion).c
    columns = (version.record_key, version.payload, *(version[name] for name in names))
    order = (version.record_type, version.record_key, version.version)
    for key, said, *rest in view.stream(
        select(*columns).where(*view.seen_by_then(version.first_seen)).order_by(*order)
    ):
        yield {"key": key, "said": said, **dict(zip(names, rest, strict=True))}


def pages(view: View) -> Iterator[Row]:
    """The archived pages."""
    page = table_of(SourcePage).c
    for row in view.stream(select(table_of(SourcePage)).where(*view.seen_by_then(page.fetched_at)).order_by(page.id)):
        yield {**row._mapping, "last_seen": view.past(row.last_seen)}
