"""Which topics a bill or a press release has in the end: a person's choice, else what its texts say.

A bill's topics are those of its records: a record's say is the score of the topic times what the kind of record knows
of the whole bill. A press release tells of several drafts, so it is asked last, for bills without another record.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from db.annotations import TopicDecision, TopicRow
from db.audit import Act, append
from db.batches import rows_in, rows_where
from db.bills import Bill, BillAlias
from db.engine import take_turn
from db.links import Link
from db.pending import mark_pending
from db.records import PressRecord
from db.upsert import table_of
from vocab.errors import UsageError
from vocab.topics import checked_topics

BILL, PRESS = "bill", "press_record"
SUBJECTS = (BILL, PRESS)

_SAY = {"registry_entry": 1.0, "act_record": 1.0, "agenda_entry": 0.8}
_LAST = {PRESS: 1.0}
_MOST = 2
_SECOND = 0.5
"""A bill's second topic has at least this share of what speaks for the main one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectTopics:
    """The topics of a bill or press release, the main one first, never empty.

    `decided_by` and `reason` where a person chose them; else `words` are those of the texts that decided.
    """

    topics: tuple[int, ...]
    words: tuple[str, ...] = ()
    decided_by: str | None = None
    reason: str = ""


def decide_topics(
    engine: Engine, subject: str, topics: Sequence[int], *, who: str, reason: str, now: datetime
) -> tuple[int, ...]:
    """Give a subject, `bill:ID` or `press_record:KEY`, the topics that a person chose, the main one first.

    The choice stands above every computation until the next one; all are kept, and the same again changes nothing.
    Raises UsageError for an unknown subject, for an unknown topic or none, and without a reason.
    """
    if not reason.strip():
        raise UsageError("a decision needs a reason: --reason «…»")
    chosen = list(checked_topics(topics))
    with engine.begin() as conn:
        take_turn(conn)
        kind, key = _subject(conn, subject)
        before = _decisions(conn, kind, {key: key}).get(key)
        if before is None or before["topics"] != chosen:
            row = {"subject_type": kind, "subject_id": key, "topics": chosen, "decided_by": who, "reason": reason}
            conn.execute(insert(table_of(TopicDecision)).values(**row, decided_at=now))
            act, target = Act(who=who, at=now), f"{kind}:{key}"
            detail = {"topics": chosen, "before": before and before["topics"]}
            append(conn, act, action="topics decided", target=target, detail=detail, typed={"reason": reason})
            if kind == BILL:
                _tell_tracker(conn, key)
    return tuple(chosen)


def _tell_tracker(conn: Connection, bill: str) -> None:
    """The records of a bill are looked at again: some checks ask for its topics."""
    for row in rows_where(conn, Link, "dossier_id", [bill], dossier_type=BILL):
        mark_pending(conn, row["record_type"], [row["record_key"]])


def topics_of(conn: Connection, subject_type: str, ids: Iterable[str]) -> dict[str, SubjectTopics]:
    """The topics of bills, or of press releases, by id; a subject without topics is left out."""
    wanted = sorted(set(ids))
    owners = {one: one for one in wanted} | (_aliases(conn, wanted) if subject_type == BILL else {})
    found = _bill_topics(conn, wanted) if subject_type == BILL else _press_topics(conn, wanted)
    for subject_id, row in _decisions(conn, subject_type, owners).items():
        found[subject_id] = SubjectTopics(
            topics=tuple(row["topics"]), decided_by=row["decided_by"], reason=row["reason"]
        )
    return found


def _subject(conn: Connection, subject: str) -> tuple[str, str]:
    """Kind and id of an existing subject; a bill's former id leads to the bill."""
    kind, _, key = subject.partition(":")
    if kind not in SUBJECTS or not key:
        raise UsageError(f"no subject {subject!r}: write bill:ID or press_record:KEY")
    if kind == BILL:
        alias = table_of(BillAlias)
        key = conn.execute(select(alias.c.bill_id).where(alias.c.alias == key)).scalar() or key
    column = table_of(Bill).c.id if kind == BILL else table_of(PressRecord).c.key
    if conn.execute(select(column).where(column == key)).first() is None:
        raise UsageError(f"no {subject}: `baikoo show bill ID` shows a bill by its id")
    return kind, key


def _decisions(conn: Connection, subject_type: str, owners: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The newest decision of each subject; `owners` are present ids by present and former ones."""
    newest: dict[str, dict[str, Any]] = {}
    for row in rows_where(conn, TopicDecision, "subject_id", owners, subject_type=subject_type):
        owner = owners[row["subject_id"]]
        if owner not in newest or newest[owner]["id"] < row["id"]:
            newest[owner] = row
    return newest


def _aliases(conn: Connection, bills: Sequence[str]) -> dict[str, str]:
    return {row["alias"]: row["bill_id"] for row in rows_where(conn, BillAlias, "bill_id", bills)}


def _press_topics(conn: Connection, keys: Sequence[str]) -> dict[str, SubjectTopics]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_where(conn, TopicRow, "record_key", keys, record_type=PRESS):
        rows[row["record_key"]].append(row)
    ranked = {key: sorted(own, key=lambda row: row["rank"]) for key, own in rows.items()}
    return {
        key: SubjectTopics(topics=tuple(row["topic"] for row in own), words=tuple(own[0]["words"]))
        for key, own in ranked.items()
    }


def _bill_topics(conn: Connection, bills: Sequence[str]) -> dict[str, SubjectTopics]:
    link, topic = table_of(Link), table_of(TopicRow)
    same = (link.c.record_type == topic.c.record_type) & (link.c.record_key == topic.c.record_key)
    query = select(link.c.dossier_id, topic).select_from(link.join(topic, same)).where(link.c.dossier_type == BILL)
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_in(conn, query, link.c.dossier_id, bills):
        rows[row.dossier_id].append(dict(row._mapping))
    summed = {bill: _summed(own, _SAY) or _summed(own, _LAST) for bill, own in rows.items()}
    return {bill: topics for bill, topics in summed.items() if topics is not None}


def _summed(rows: Iterable[Mapping[str, Any]], say: Mapping[str, float]) -> SubjectTopics | None:
    points: dict[int, float] = defaultdict(float)
    words: dict[int, dict[str, None]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (row["record_type"], row["record_key"], row["rank"])):
        if row["record_type"] in say:
            points[row["topic"]] += say[row["record_type"]] * row["score"]
            words[row["topic"]].update(dict.fromkeys(row["words"]))
    if not points:
        return None
    ranked = sorted(points, key=lambda topic: (-points[topic], topic))[:_MOST]
    fitting = tuple(topic for topic in ranked if points[topic] >= _SECOND * points[ranked[0]])
    return SubjectTopics(topics=fitting, words=tuple(words[ranked[0]]))
