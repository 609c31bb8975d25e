"""`baikoo remind` with a real mail server on loopback."""

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import insert
from typer.testing import CliRunner

from cli.main import build
from db.audit import Act
from db.engine import open_engine
from db.sittings import Sitting
from db.upsert import table_of
from publish.channels.mail import load_mail_settings
from tests.conftest import NewHome
from tests.web.members import make_user
from tracker.week import duties, reminders
from vocab.roles import Role
from web.desk.letters import sender

DAY = date(2026, 11, 26)


class Box:
    """A mailbox; some addresses are refused."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("gone@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if envelope.rcpt_tos == ["broken@example.kg"]:
            raise ConnectionResetError
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A real server."""
    handler = Box()
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("BAIKOO_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("BAIKOO_MAIL_FROM", "baikoo@example.org")
    yield handler
    server.stop()


@pytest.fixture
def home(new_home: NewHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a sitting, two observers with mail and one without."""
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    monkeypatch.setenv("BAIKOO_PUBLIC_URL", "https://baikoo.example")
    engine = open_engine(new_home(tmp_path).database_url)
    row: dict[str, Any] = {"id": f"plenary-{DAY}", "body": "plenary", "day": DAY, "title": "Повестка"}
    row |= {"starts_at": time(10), "place": "Большой зал", "extraordinary": False, "cancelled": False}
    other = row | {"id": f"plenary-{DAY}-extraordinary", "extraordinary": True, "starts_at": None, "place": None}
    people = [make_user(engine, f"{name}@example.kg", Role.OBSERVER, language="ky") for name in ("aigul", "gone")]
    people.append(make_user(engine, "nomail", Role.OBSERVER))
    act = Act(who="chief", at=datetime.now(UTC))
    with engine.begin() as conn:
        conn.execute(insert(table_of(Sitting)), [row, other])
        for sitting, person in ((row, people[0]), (row, people[1]), (other, people[2])):
            duties.assign(conn, sitting["id"], person.id, act)
    engine.dispose()
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(build(), ["remind", *arguments])
    return result.exit_code, result.output or str(result.exception)


def test_letters_go_out_once_in_the_language_of_each(home: Path, box: Box) -> None:
    assert run("--day", str(DAY)) == (1, "2026-11-26: sent 1, failed 2, unsure 0\n")
    assert run("--day", str(DAY)) == (1, "2026-11-26: sent 0, failed 2, unsure 0\n")
    assert run("--day", "2026-11-25") == (0, "2026-11-25: sent 0, failed 0, unsure 0\n")
    [(to, letter)] = box.letters
    assert to == ["aigul@example.kg"]
    assert letter["subject"] == "Эртең: Пленардык жыйын"
    text = letter.get_content()
    assert "2026-ж., 26-ноябрь, 10:00, Большой зал" in text
    assert "https://baikoo.example/observe" in text


def test_a_connection_that_breaks_amid_a_letter_leaves_it_open(home: Path, box: Box) -> None:
    settings = load_mail_settings()
    assert settings is not None
    user = {"login": "broken@example.kg", "name": "Б", "language": "ru"}
    sitting = {"committee": "Комитет", "extraordinary": False, "day": DAY, "starts_at": None, "place": None}
    with pytest.raises(reminders.Unsure):
        sender(settings, "https://baikoo.example")(reminders.Due(user=user, sitting=sitting))
    assert box.letters == []


def test_without_a_mail_server_it_says_what_to_set(home: Path) -> None:
    code, said = run()
    assert (code != 0, "BAIKOO_SMTP_URL" in said) == (True, True)
