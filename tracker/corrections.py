"""Corrections: what we had said and what is right, for everybody to see and never to be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert

from db.audit import Act, append, take_audit_turn
from db.batches import rows_where
from db.engine import take_turn
from db.findings import Finding
from db.remarks import Correction
from db.upsert import table_of
from tracker.happenings import Dossier, News
from tracker.newsroom import store_news
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from vocab.timeline import SubjectKind

KIND = "correction"
_DOSSIERS: Mapping[str, str] = {SubjectKind.BODY: "committee"}
"""What feeds call the subject of a finding, where they call it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction as an editor wrote it: see `db.remarks.Correction`; `title` is what the dossier is called."""

    about: Dossier
    page: str
    title: str
    said: str
    correct: str
    reason: str
    since: date | None
    role: str


def correct(conn: Connection, corrected: Corrected, act: Act) -> int:
    """Keep a correction and tell the feeds; gives its number. Raises UsageError where words are missing."""
    if not (corrected.said and corrected.correct and corrected.reason):
        raise UsageError("a correction says what had stood there, what is right, and why")
    take_turn(conn)
    take_audit_turn(conn)
    table = table_of(Correction)
    words = {name: getattr(corrected, name) for name in ("said", "correct", "reason")}
    row: dict[str, Any] = {"about_kind": corrected.about[0], "about_id": corrected.about[1], **words}
    row |= {"page": corrected.page, "since": corrected.since, "role": corrected.role}
    row |= {"corrected_by": act.who, "corrected_at": act.at}
    number: int = conn.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
    append(conn, act, action="corrected", target=f"{KIND}:{number}", typed=words)
    news = News(
        key=f"{KIND}:{number}",
        kind=KIND,
        subject=corrected.about,
        title=corrected.title,
        day=act.at.astimezone(BISHKEK).date(),
        seen_at=act.at,
        facts=words,
        about=frozenset({corrected.about, *_concerned(conn, corrected.about)}),
    )
    store_news(conn, [news])
    return number


def _concerned(conn: Connection, about: Dossier) -> list[Dossier]:
    """The bill, sitting, person or committee that a finding is about: who follows it is told of the correction too."""
    kind, key = about
    found = rows_where(conn, Finding, "id", [key] if kind == "finding" else [])
    return [(_DOSSIERS.get(row["subject_kind"], row["subject_kind"]), row["subject_id"]) for row in found]
