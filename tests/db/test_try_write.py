"""A small write that may be left out does not wait for a long writer."""

import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from db.accounts import add_account
from db.audit import Act
from db.engine import try_write
from vocab.roles import Role

ACT = Act(who="cli", at=datetime(2026, 9, 1, tzinfo=UTC))


def test_it_is_left_out_while_somebody_else_writes(engine: Engine) -> None:
    rename = text("UPDATE account SET name = 'b'")
    with engine.begin() as conn:
        add_account(conn, "asel", "a", [Role.OBSERVER], "ky", act=ACT)
    with engine.begin() as conn:
        conn.execute(text("UPDATE account SET name = 'c'"))
        began = time.monotonic()
        assert not try_write(engine, lambda other: other.execute(rename))
        assert time.monotonic() - began < 1
    assert try_write(engine, lambda other: other.execute(rename))
    with engine.connect() as conn:
        assert conn.execute(text("SELECT name FROM account")).scalar_one() == "b"


def test_another_fault_is_told(engine: Engine) -> None:
    with engine.begin() as conn:
        add_account(conn, "asel", "a", [Role.OBSERVER], "ky", act=ACT)
    twice = text("INSERT INTO account SELECT * FROM account")
    with pytest.raises(IntegrityError):
        try_write(engine, lambda other: other.execute(twice))
