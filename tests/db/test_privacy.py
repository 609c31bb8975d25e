"""Erasing a person, what is past its term, and what a person may see of what is stored."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from db import audit
from db.accounts import account_by_id, add_account, set_active
from db.audit import Act, user_reference, verify
from db.brakes import Limit, take
from db.engine import reader
from db.erasure import BLANK, erase_person
from db.metadata import METADATA
from db.observations import Observation
from db.outbox import ChannelState
from db.personal import KEPT_SECRET, SOMEBODY, references, stored_about
from db.planning import Reminder, SittingMark
from db.remarks import Remark, RemarkDecision
from db.sessions import end_sessions, open_session
from db.tickets import Purpose, issue
from db.upsert import table_of
from db.users import User
from tests.test_architecture import ROOT
from vocab.errors import UsageError
from vocab.retention import TERMS, Kept, term
from vocab.roles import Role
from web.privacy.sweep import sweep

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
ACT = Act(who="user:1", at=NOW)
NAME, MAIL = "Айгуль Токтосунова", "aigul@example.kg"


def people(conn: Connection) -> None:
    """An admin (1) and an observer (2) who did a little of everything."""
    add_account(conn, "admin", "Админ", [Role.ADMIN], "ru", act=ACT)
    observer = add_account(conn, MAIL, NAME, [Role.OBSERVER], "ky", act=ACT)
    open_session(conn, observer, "Chrome, Android", act=Act(who=observer.reference, at=NOW))
    issue(conn, observer, Purpose.RESET, act=ACT)
    note = {"uuid": "u-1", "sitting_id": "s", "kind": "note", "day": NOW.date(), "observer": "2", "device": "phone-7"}
    value = {"text": f"Токтосунова Айгуль считала, {MAIL}; депутат Токтосунова — нет", "at": ["10:05"]}
    note |= {"value": value, "observed_at": NOW, "received_at": NOW}
    conn.execute(insert(table_of(Observation)).values(**note))
    mark = {
        "sitting_id": "s",
        "change": "cancelled",
        "reason": f"сказала {NAME}",
        "marked_by": "user:1",
        "marked_at": NOW,
    }
    conn.execute(insert(table_of(SittingMark)).values(**mark))
    remark = {"receipt_hash": "r", "kind": "error", "about_kind": "bill", "about_id": "b", "page": "/bills/b"}
    remark |= {"text": "не так", "language": "ru", "state": "answered"}
    number = conn.execute(
        insert(table_of(Remark)).values(**remark, created_at=NOW).returning(table_of(Remark).c.id)
    ).scalar_one()
    told = {"remark_id": number, "decision": "answered", "reason": "", "answer": f"Вам ответит {NAME}, {MAIL}"}
    conn.execute(insert(table_of(RemarkDecision)).values(**told, decided_by="user:1", decided_at=NOW))
    letter = {"sitting_id": "s", "user_id": 2, "day": NOW.date(), "state": "failed", "reason": f"no {MAIL}", "at": NOW}
    conn.execute(insert(table_of(Reminder)).values(**letter))
    switch = {"channel": "x", "stopped_by": "user:1", "reason": f"просила {MAIL}", "changed_at": NOW}
    conn.execute(insert(table_of(ChannelState)).values(**switch, cause=""))
    audit.append(conn, ACT, action="sitting cancelled", target="sitting:s", typed={"reason": f"сказала {NAME}"})


def everything(conn: Connection) -> str:
    """All that the database says, as text."""
    return "\n".join(str(tuple(row)) for table in METADATA.sorted_tables for row in conn.execute(select(table)))


def test_an_erased_person_is_nowhere_and_the_chain_is_whole(engine: Engine) -> None:
    with engine.begin() as conn:
        people(conn)
        account = account_by_id(conn, 2)
        assert account is not None
        done = erase_person(conn, account, act=ACT)
    assert (done["account_session"], done["account_ticket"], done["reminder"], done["audit"]) == (1, 1, 1, 1)
    with reader(engine) as conn:
        told = everything(conn)
        assert verify(conn) is None
        value = conn.execute(select(table_of(Observation).c.value)).scalar_one()
    assert [word for word in (NAME, MAIL, "Айгуль", "phone-7", "aigul") if word in told] == []
    assert value == {"text": f"{BLANK} считала, {BLANK}; депутат Токтосунова — нет", "at": ["10:05"]}
    with engine.begin() as conn:
        gone = account_by_id(conn, 2)
        assert gone is not None
        assert (gone.login, gone.active, gone.roles, gone.erased_at) == ("erased-2", False, frozenset(), NOW)
        for again in (lambda: erase_person(conn, gone, act=ACT), lambda: set_active(conn, 2, True, act=ACT)):
            with pytest.raises(UsageError, match="erased"):
                again()
        admin = account_by_id(conn, 1)
        assert admin is not None
        with pytest.raises(UsageError, match="only active admin"):
            erase_person(conn, admin, act=ACT)


def test_a_person_sees_what_is_stored_and_nobody_else(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        people(conn)
        account = account_by_id(conn, 2)
        assert account is not None
        found = stored_about(conn, account)
    told = json.dumps(found, default=str, ensure_ascii=False)
    assert found.keys() == {"account", "account_session", "account_ticket", "audit", "observation", "reminder"}
    assert found["account_session"][0]["recovery_key"] == KEPT_SECRET
    assert SOMEBODY in told
    assert "Админ" not in told
    assert "user:1" not in told


def test_what_is_past_its_term_goes_once(engine: Engine) -> None:
    with engine.begin() as conn:
        people(conn)
        account = account_by_id(conn, 2)
        assert account is not None
        end_sessions(conn, account, act=ACT)
        conn.execute(update(table_of(User)).values(active=True))
        take(conn, Limit(key="address:192.0.2.1", free=1), now=NOW)
    assert set(sweep(engine, NOW).values()) == {0}
    late = NOW + timedelta(days=365)
    expected = {Kept.BRAKES: 1, Kept.SESSIONS: 1, Kept.LINKS: 1, Kept.LETTERS: 1, Kept.CONTACTS: 0, Kept.REFUSED: 0}
    expected |= {Kept.LISTS: 0, Kept.UNCONFIRMED: 0}
    assert sweep(engine, late, dry_run=True) == expected
    assert sweep(engine, late) == expected
    assert set(sweep(engine, late).values()) == {0}


def test_every_kind_has_one_term() -> None:
    assert sorted(one.kept for one in TERMS) == sorted(Kept)
    assert term(Kept.LINKS).span == timedelta(days=30)


def test_every_table_stands_in_the_document() -> None:
    document = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    assert [name for name in METADATA.tables if f"`{name}`" not in document] == []


def test_every_column_that_names_an_account_is_known() -> None:
    """A table that points at an account is shown to the person: its columns are named as `db.personal` knows them."""
    pointing = {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "account" for key in column.foreign_keys)
    }
    known = {(table.name, name) for table in METADATA.sorted_tables for name in references(table)}
    assert pointing <= known
    assert user_reference(7) == "user:7"
