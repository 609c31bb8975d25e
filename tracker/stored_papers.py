"""The files of bills and what their texts say, and the topics of bills, out of the database."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from db.annotations import TopicDecision, TopicRow
from db.batches import rows_where
from db.bills import BillAlias
from db.documents import Document, DocumentText
from tracker.papers import PaperRow, PaperWords
from tracker.stored import end_of

Linked = Sequence[Mapping[str, Any]]

SURE = 0.5
"""The share of a text's main topic from which on its word is taken for sure; a person's always is."""

_OF_THE_BILL = frozenset({"registry_entry", "act_record", "agenda_entry"})  # a press release tells of several drafts


def papers_of(conn: Connection, linked: Linked, words: PaperWords, as_of: date | None) -> dict[str, list[PaperRow]]:
    """The files that the records of bills offer, by bill, as seen by the end of a day; each address once.

    `linked` are rows of `db.links.Link`.
    """
    bill_of = {(row["record_type"], row["record_key"]): row["dossier_id"] for row in linked}
    offered = rows_where(conn, Document, "record_key", {key for _, key in bill_of})
    offered = [row for row in offered if (row["record_type"], row["record_key"]) in bill_of]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(_seen(offered, as_of), key=lambda one: (one["first_seen"], one["record_key"])):
        found.setdefault((bill_of[row["record_type"], row["record_key"]], row["url"]), row)
    wanted = {row["url"] for row in found.values() if words.has_parts(row["kind"], row["title"])}
    texts = _texts(conn, wanted, as_of)
    papers: dict[str, list[PaperRow]] = defaultdict(list)
    for (bill, url), row in found.items():
        papers[bill].append(_paper(row, texts.get(url)))
    return papers


def _paper(row: Mapping[str, Any], text: Mapping[str, Any] | None) -> PaperRow:
    read = text if text and text["failure"] is None else None
    said: str | None = row["language"] or (read["language"] if read else None)
    return PaperRow(
        **{name: row[name] for name in ("record_type", "record_key", "url", "kind", "title", "first_seen")},
        language=said,
        text=read["text"] if read else None,
        page_id=text["page_id"] if text else None,
    )


def _texts(conn: Connection, urls: Collection[str], as_of: date | None) -> dict[str, dict[str, Any]]:
    """The newest text of each address."""
    rows = _seen(rows_where(conn, DocumentText, "url", urls), as_of)
    return {row["url"]: row for row in sorted(rows, key=lambda one: (one["first_seen"], one["sha256"]))}


def _seen(rows: Sequence[dict[str, Any]], as_of: date | None) -> list[dict[str, Any]]:
    return [row for row in rows if as_of is None or row["first_seen"] < end_of(as_of)]


def sure_topics(
    conn: Connection, bills: Collection[str], linked: Linked, as_of: date | None = None
) -> dict[str, frozenset[int]]:
    """The topics (vocab.topics) of bills that a person chose, or that the texts of their records tell for sure."""
    bill_of = {
        (row["record_type"], row["record_key"]): row["dossier_id"]
        for row in linked
        if row["record_type"] in _OF_THE_BILL
    }
    topics: dict[str, set[int]] = defaultdict(set)
    for row in rows_where(conn, TopicRow, "record_key", {key for _, key in bill_of}):
        bill = bill_of.get((row["record_type"], row["record_key"]))
        if bill and row["score"] >= SURE:
            topics[bill].add(row["topic"])
    for bill, chosen in _decided(conn, bills, as_of).items():
        topics[bill] = chosen
    return {bill: frozenset(found) for bill, found in topics.items()}


def _decided(conn: Connection, bills: Collection[str], as_of: date | None) -> dict[str, set[int]]:
    """The newest choice of each bill, also under a former id."""
    owners = {row["alias"]: row["bill_id"] for row in rows_where(conn, BillAlias, "bill_id", bills)}
    owners |= {bill: bill for bill in bills}
    rows = rows_where(conn, TopicDecision, "subject_id", owners, subject_type="bill")
    known = [row for row in rows if as_of is None or _by(row["decided_at"], as_of)]
    return {owners[row["subject_id"]]: set(row["topics"]) for row in sorted(known, key=lambda one: int(one["id"]))}


def _by(moment: datetime, day: date) -> bool:
    return moment < end_of(day)
