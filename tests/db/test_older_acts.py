"""Acts and decisions that were written down with logins: migration 0011 names people by ids and chains anew."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import Engine, text

from db.audit import newest, verify
from db.engine import open_engine, reader
from db.migrate import config, upgrade

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def older(database_url: str) -> Iterator[Engine]:
    """A database as it was before."""
    opened = open_engine(database_url)
    with opened.begin() as conn:
        command.upgrade(config(conn), "0010")
    yield opened
    opened.dispose()


def test_older_acts_lose_their_names_and_keep_their_chain(older: Engine) -> None:
    acts = [
        ("cli:root", "account added", "account:asel@example.kg", '{"name": "Асель", "roles": ["lawyer"]}'),
        ("asel@example.kg", "account described", "account:asel@example.kg", '{"name": "А.", "language": "ky"}'),
        ("asel@example.kg", "finding confirmed", "f1", '{"reason": "сверено с Асель"}'),
        ("somebody", "sitting moved", "sitting:s", '{"to": "t", "reason": ""}'),
        ("nobody", "locked after failed tries", "account:gone", '{"until": "x"}'),
    ]
    said = "INSERT INTO audit VALUES (:id, :at, :who, :action, :target, :detail, 'x', 'y')"
    with older.begin() as conn:
        account = "7, 'asel@example.kg', 'Асель', '[]', 'ky', :yes, '[]', :at"
        columns = "id, login, name, roles, language, active, recovery_codes, created_at"
        conn.execute(text(f"INSERT INTO account ({columns}) VALUES ({account})"), {"yes": True, "at": NOW})
        for number, (who, action, target, detail) in enumerate(acts, start=1):
            row = {"id": number, "at": NOW, "who": who, "action": action, "target": target, "detail": detail}
            conn.execute(text(said), row)
        for number, (who, *_) in enumerate(acts, start=1):
            watched = {"id": str(number), "who": who, "at": NOW}
            conn.execute(text("INSERT INTO watched_committee VALUES (:id, 'n', :who, :at)"), watched)
    upgrade(older)
    with reader(older) as conn:
        assert verify(conn) is None
        rows = [(row["who"], row["target"], row["detail"], row["typed"]) for row in reversed(newest(conn, 9))]
        deciders = conn.execute(text("SELECT chosen_by FROM watched_committee ORDER BY committee_id")).scalars().all()
    assert deciders == ["cli", "user:7", "user:7", "cli", "nobody"]
    assert rows == [
        ("cli", "account:7", {"roles": ["lawyer"]}, None),
        ("user:7", "account:7", {"changed": ["language", "name"]}, None),
        ("user:7", "f1", {}, {"reason": "сверено с Асель"}),
        ("cli", "sitting:s", {"to": "t"}, None),
        ("nobody", "account:0", {"until": "x"}, None),
    ]
