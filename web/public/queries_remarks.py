"""What the public reads of remarks and corrections, and only that."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from db.happenings import Happening
from db.remarks import Correction, Remark, RemarkDecision
from db.sessions import hash_of
from db.upsert import table_of
from publish.newsroom import TAKEN_BACK
from vocab.remarks import RemarkKind, RemarkState

_PUBLIC = ("id", "about_kind", "about_id", "page", "said", "correct", "reason", "since", "role", "corrected_at")
_OF_SENDER = ("id", "kind", "page", "text", "name", "post", "state", "created_at")


def replies(conn: Connection, finding: str) -> Sequence[RowMapping]:
    """The replies that stand beside a finding, in the order in which they came: whose, what, when.

    A reply that was shown and refused later stands there no more.
    """
    remark, made = table_of(Remark), table_of(RemarkDecision)
    newest = select(func.max(made.c.id)).group_by(made.c.remark_id)
    query = (
        select(remark.c.id, remark.c.text, remark.c.created_at, made.c.shown_as, made.c.decided_at)
        .join(made, made.c.remark_id == remark.c.id)
        .where(
            remark.c.about_kind == "finding",
            remark.c.about_id == finding,
            remark.c.kind == RemarkKind.REPLY.value,
            remark.c.state == RemarkState.SHOWN.value,
            made.c.id.in_(newest),
        )
        .order_by(remark.c.id)
    )
    return conn.execute(query).mappings().all()


def by_receipt(conn: Connection, receipt: str) -> Mapping[str, Any] | None:
    """A remark as its sender sees it: `answers` are the words of the desk, the newest last."""
    remark, made = table_of(Remark), table_of(RemarkDecision)
    columns = [remark.c[name] for name in _OF_SENDER]
    row = conn.execute(select(*columns).where(remark.c.receipt_hash == hash_of(receipt))).mappings().first()
    if row is None:
        return None
    told = select(made.c.decision, made.c.answer, made.c.decided_at).where(made.c.remark_id == row["id"])
    return dict(row) | {"answers": conn.execute(told.order_by(made.c.id)).mappings().all()}


def corrections_of(conn: Connection, kind: str, key: str) -> Sequence[RowMapping]:
    """What was corrected of one dossier, finding or rule, the newest first."""
    table = table_of(Correction)
    query = select(*(table.c[name] for name in _PUBLIC)).where(table.c.about_kind == kind, table.c.about_id == key)
    return conn.execute(query.order_by(table.c.id.desc())).mappings().all()


def all_corrections() -> Select[*tuple[Any, ...]]:
    """Everything that was corrected or taken back, as the log of happenings tells it; the newest first."""
    table = table_of(Happening)
    names = ("seq", "kind", "subject_kind", "subject_id", "title", "day", "seen_at", "facts")
    query = select(*(table.c[name] for name in names)).where(table.c.kind.in_(TAKEN_BACK))
    return query.order_by(table.c.seen_at.desc(), table.c.seq.desc())
