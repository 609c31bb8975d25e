"""`baikoo alerts` with a real HTTP server and a real mail server at the other end."""

import json
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from sqlalchemy import Engine, delete, select, text, update

from db.alerts import StaffAlert
from db.engine import open_engine
from db.runs import Run
from db.upsert import table_of, upsert
from publish.alerting import BEGUN, note, untold, was_told
from publish.channels.staff import staff_addresses
from tests.cli.conftest import exit_code
from vocab.errors import ConfigError

# apprise looks at every channel that it has; that of X still asks for a module that Python 3.13 lacks.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
SECRET = "very-secret-token"


class Inbox(ThreadingHTTPServer):
    """Takes notifications, and refuses them while `is_broken`."""

    is_broken = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.taken: list[dict[str, Any]] = []


class _Taking(BaseHTTPRequestHandler):
    server: Inbox

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.server.is_broken:
            self.server.taken.append(body)
        self.send_response(500 if self.server.is_broken else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    server = Inbox()
    thread = Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("BAIKOO_ALERTS", f"json://user:{SECRET}@127.0.0.1:{server.server_port}")
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def engine(empty_home: str) -> Iterator[Engine]:
    opened = open_engine(empty_home)
    yield opened
    opened.dispose()


def run(engine: Engine, number: int, outcome: str) -> None:
    row: dict[str, Any] = {"id": number, "stage": "track", "site": None, "origin": "replay", "asked": "", "figures": {}}
    row |= {"started_at": NOW, "ended_at": NOW, "outcome": outcome, "reasons": ["no space left"]}
    with engine.begin() as conn:
        upsert(conn, Run, [row], key=("id",))


def states(engine: Engine) -> list[tuple[str, str]]:
    table = table_of(StaffAlert)
    with engine.connect() as conn:
        return [tuple(row) for row in conn.execute(select(table.c.key, table.c.state).order_by(table.c.began_at))]


def test_each_thing_is_told_once_when_it_begins_and_once_when_it_ends(
    engine: Engine, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "alerts", "send") == 0
    assert inbox.taken == []
    run(engine, 1, "red")
    inbox.is_broken = True
    assert exit_code(monkeypatch, "alerts", "send") == 1
    assert states(engine) == [("run:track", BEGUN)]
    inbox.is_broken = False
    for _ in range(3):
        assert exit_code(monkeypatch, "alerts", "send") == 0
    [message] = inbox.taken
    assert "последний запуск со сбоем. no space left" in message["message"]
    run(engine, 2, "clean")
    for _ in range(2):
        assert exit_code(monkeypatch, "alerts", "send") == 0
    assert [one["title"] for one in inbox.taken] == ["Байкоо: нужно внимание", "Байкоо: снова в порядке"]
    run(engine, 3, "failed")
    assert exit_code(monkeypatch, "alerts", "send") == 0
    assert states(engine) == [("run:track", "over"), ("run:track", "told")]
    shown = capfd.readouterr()
    assert "1 (json): NOT sent" in shown.out
    assert SECRET not in shown.out + shown.err
    with engine.connect() as conn:
        assert SECRET not in str(conn.execute(select(table_of(StaffAlert))).all())


def test_the_database_and_the_backups_are_looked_at(
    engine: Engine, inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    assert exit_code(monkeypatch, "alerts", "send") == 0
    old = backups / "old.tar"
    old.touch()
    os.utime(old, ((datetime.now(UTC) - timedelta(days=3)).timestamp(),) * 2)
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert exit_code(monkeypatch, "alerts", "send") == 0
    assert states(engine) == [("backup", "told"), ("database", "told")]
    with engine.begin() as conn:
        conn.execute(text("DROP TABLE staff_alert"))
    assert exit_code(monkeypatch, "alerts", "send") == 1
    assert len(inbox.taken) == 2


def test_a_message_goes_by_mail(
    empty_home: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    taken: list[Message] = []

    class Taking(MessageHandler):
        def handle_message(self, message: Message) -> None:
            taken.append(message)

    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
    server = Controller(Taking(), hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv(
        "BAIKOO_ALERTS", f"mailto://127.0.0.1:{port}?to=desk@example.org&from=baikoo@example.org&mode=insecure"
    )
    try:
        assert exit_code(monkeypatch, "alerts", "test") == 0
    finally:
        server.stop()
    [mail] = taken
    assert "desk@example.org" in mail["To"]
    assert "1 (mailto): sent" in capfd.readouterr().out


def test_addresses_are_understood_or_refused_without_being_shown(
    empty_home: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert staff_addresses({}) == ()
    with pytest.raises(ConfigError, match="address 2 is none") as refused:
        staff_addresses({"BAIKOO_ALERTS": f"json://localhost {SECRET}"})
    assert SECRET not in str(refused.value)
    monkeypatch.delenv("BAIKOO_ALERTS", raising=False)
    assert exit_code(monkeypatch, "alerts", "test") == 2


def test_what_ended_untold_is_not_told(engine: Engine) -> None:
    with engine.begin() as conn:
        note(conn, {"a": "first", "b": "b"}, NOW)
        note(conn, {"a": "second"}, NOW, judged=["a"])
        assert untold(conn).begun == (("a", "second"), ("b", "b"))
        note(conn, {"a": "second"}, NOW)
        assert untold(conn).begun == (("a", "second"),)
        was_told(conn, untold(conn), NOW)
        assert not untold(conn)
        conn.execute(update(table_of(StaffAlert)).values(state="over"))
        conn.execute(delete(table_of(StaffAlert)))
