"""What a check had nothing to say of: counted by check, edition, reason and year, never kept as findings.

A written transfer of 2017 is no news: 1,264 of them are one line a sitting. Counts are replaced, not superseded.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, tuple_

from db.batches import rows_where
from db.findings import NotApplicable
from db.upsert import chunks, table_of, upsert
from tracker.judgement import Judgement
from vocab.timeline import Subject, SubjectKind

_KEY = ("subject_kind", "subject_id", "check_id", "edition", "reason", "year")
_CHUNK = 150  # keys of six values a statement


def counted(subject: Subject, judgements: Iterable[Judgement]) -> list[dict[str, Any]]:
    """Rows of the table for the judgements of one subject, all of them *not applicable*."""
    numbers = Counter((one.check_id, one.rule.edition, one.reason, one.day.year) for one in judgements)
    about = {"subject_kind": subject.kind.value, "subject_id": subject.id}
    return [
        {**about, "check_id": check, "edition": edition, "reason": reason, "year": year, "number": number}
        for (check, edition, reason, year), number in numbers.items()
    ]


def store_counts(
    conn: Connection, kind: SubjectKind, subjects: Collection[str], rows: Iterable[dict[str, Any]]
) -> None:
    """Make these the counts of the subjects; all that is to be counted of a subject must be among them."""
    wanted = {_key(row): row for row in rows}
    known = {_key(row): row for row in rows_where(conn, NotApplicable, "subject_id", subjects, subject_kind=kind.value)}
    upsert(conn, NotApplicable, [row for key, row in wanted.items() if known.get(key) != row], key=_KEY)
    table = table_of(NotApplicable)
    columns = tuple_(*(table.c[name] for name in _KEY))
    for gone in chunks([key for key in known if key not in wanted], _CHUNK):
        conn.execute(table.delete().where(columns.in_(gone)))


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KEY)
