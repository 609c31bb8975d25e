"""Judgements → findings: what is new is added, what is no longer said is superseded, nothing is edited."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select, update

from db.batches import rows_in, rows_where
from db.findings import Finding
from db.upsert import chunks, table_of, upsert
from tracker.judgement import Judgement
from vocab.ids import digest_of_folded
from vocab.text import fold
from vocab.timeline import Evidence, Subject, SubjectKind

_CHUNK = 900
_EVIDENCE = "«evidence»:"
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a batch of judgements changed: rows of findings that are new, and that are superseded now."""

    new: tuple[dict[str, Any], ...] = ()
    superseded: tuple[dict[str, Any], ...] = ()


def finding_id(subject: Subject, judgement: Judgement) -> str:
    """The public id: a hash of check, subject, case and content, without times and numbers of rows.

    The content is one JSON object, sorted by name, and folded. It is folded in pieces, for most of them stand in many
    findings: where one ends with a comma and the next begins after a blank, that is the same.
    """
    rule = judgement.rule
    places = ", ".join([_place(one.record, one.place) for one in judgement.evidence])
    pieces = (
        _folded(f'{{"day": "{judgement.day.isoformat()}",'),
        f"{_EVIDENCE} [{places}],",
        _folded(f'"figures": {_JSON.encode(judgement.figures)},'),
        _answer(judgement.needs_review, judgement.reason),
        _wording(rule.edition, rule.article, rule.quote, rule.verified),
        _folded(f'"verdict": "{judgement.verdict.value}"}}'),
    )
    keys = (judgement.check_id, subject.kind.value, subject.id, judgement.case)
    return digest_of_folded(*map(_folded, keys), " ".join(pieces))


@lru_cache(maxsize=4096)
def _place(record: str, place: str | None) -> str:
    """A piece of evidence, folded."""
    return fold(_JSON.encode((record, place)))


@lru_cache(maxsize=1024)
def _answer(needs_review: str | None, reason: str) -> str:
    """The piece that names reason and review notes, folded."""
    return fold(f'"needs_review": {_JSON.encode(needs_review)}, "reason": {_JSON.encode(reason)},')


@lru_cache(maxsize=1024)
def _wording(*named: str | bool) -> str:
    """The piece that names edition, article and quote of a rule, folded."""
    return fold(f'"rule": {_JSON.encode(named)},')


@lru_cache(maxsize=4096)
def _folded(words: str) -> str:
    """`fold`, for what is folded again and again."""
    return fold(words)


@dataclass(frozen=True, slots=True)
class Found:
    """A judgement on a subject, to be stored as a finding."""

    subject: Subject
    judgement: Judgement


def _row(key: str, found: Found, *, code_version: str, now: datetime) -> dict[str, Any]:
    """A row of the table of findings."""
    subject, judgement, rule = found.subject, found.judgement, found.judgement.rule
    return {
        "id": key,
        "check_id": judgement.check_id,
        "subject_kind": subject.kind.value,
        "subject_id": subject.id,
        "case_key": judgement.case,
        "day": judgement.day,
        "verdict": judgement.verdict.value,
        "needs_review": judgement.needs_review,
        "reason": judgement.reason,
        "edition": rule.edition,
        "article": rule.article,
        "quote": rule.quote,
        "verified": rule.verified,
        "figures": dict(judgement.figures),
        "evidence": [evidence_json(one) for one in judgement.evidence],
        "code_version": code_version,
        "computed_at": now,
        "superseded_at": None,
    }


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """Evidence as it is kept: moments in ISO form."""
    seen_at = evidence.seen_at
    return {
        "record": evidence.record,
        "page_id": evidence.page_id,
        "url": evidence.url,
        "place": evidence.place,
        "seen_at": seen_at.isoformat() if seen_at else None,
    }


def store_findings(
    conn: Connection,
    kind: SubjectKind,
    subjects: Collection[str],
    found: Iterable[Found],
    *,
    code_version: str,
    now: datetime,
) -> Outcome:
    """Make these the findings in force on the subjects; every finding of a subject must be among them.

    Only what is new is made into rows, and only what is gone is read: most of what is said was said before.
    """
    wanted = {finding_id(one.subject, one.judgement): one for one in found}
    in_force = _in_force(conn, kind, subjects)
    new = [_row(key, one, code_version=code_version, now=now) for key, one in wanted.items() if key not in in_force]
    gone = rows_where(conn, Finding, "id", in_force - wanted.keys())
    table = table_of(Finding)
    for chunk in chunks([row["id"] for row in gone], _CHUNK):
        conn.execute(update(table).where(table.c.id.in_(chunk)).values(superseded_at=now))
    # What was superseded once and is said again is in force again, as it stood.
    upsert(conn, Finding, new, key=("id",), update=("superseded_at",))
    return Outcome(new=tuple(new), superseded=tuple(gone))


def _in_force(conn: Connection, kind: SubjectKind, subjects: Iterable[str]) -> set[str]:
    """The ids of the findings that stand now."""
    table = table_of(Finding)
    query = select(table.c.id).where(table.c.subject_kind == kind.value, table.c.superseded_at.is_(None))
    return {row.id for row in rows_in(conn, query, table.c.subject_id, subjects)}
