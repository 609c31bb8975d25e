"""Corrections and decisions about remarks that say too little are refused, and so is a remark that is none."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from db.audit import Act
from tracker.corrections import Corrected, correct
from tracker.remarks import Ruling, Typed, decide_remark, keep_remark
from vocab.errors import UsageError
from vocab.remarks import RemarkKind, RemarkState

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
ACT = Act(who="user:1", at=NOW)
RULING = Ruling(decision=RemarkState.REFUSED, reason="")
TYPED = Typed(
    receipt_hash="0",
    kind=RemarkKind.ERROR,
    about=("bill", "b"),
    page="/bills/b",
    text="Опечатка",
    name="",
    post="",
    sealed="",
    language="ru",
)


def test_a_correction_says_what_is_right(sqlite_engine: Engine) -> None:
    words = {"page": "/bills/b", "title": "Закон", "said": "2017", "correct": "", "reason": "описка"}
    with sqlite_engine.begin() as conn, pytest.raises(UsageError, match="what is right"):
        correct(conn, Corrected(about=("bill", "b"), since=None, role="editor", **words), ACT)


def test_a_remark_is_refused_with_a_reason(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        number = keep_remark(conn, TYPED, NOW)
        with pytest.raises(UsageError, match=f"no remark {number + 1}"):
            decide_remark(conn, number + 1, RULING, ACT)
        with pytest.raises(UsageError):
            decide_remark(conn, number, RULING, ACT)
        decide_remark(
            conn, number, Ruling(decision=RemarkState.REFUSED, reason="не опечатка", answer="Так в источнике."), ACT
        )
