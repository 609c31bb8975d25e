"""What keeps strangers out: brakes, tokens, cookies, links that work once, roles; and a real mail server."""

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message

import pyotp
import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from sqlalchemy import Engine

from db.audit import Act
from db.settings import HomeSettings
from tests.web.members import PASSWORD, Client, Member, make_user, sign_in
from vocab.roles import Role
from web.accounts.administration import invite, named
from web.app import create_app

NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
OTHER = "another long password"


class Inbox(MessageHandler):
    """Keeps what a real SMTP server took."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def settings(sqlite_engine: Engine, sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> HomeSettings:
    return HomeSettings(home=tmp_path_factory.mktemp("home"), database_url=sqlite_url)


@pytest.fixture
def client(settings: HomeSettings) -> Iterator[Client]:
    app = create_app(settings)
    yield Client(app)
    app.state.site.engine.dispose()


@pytest.fixture
def observer(sqlite_engine: Engine) -> Member:
    return make_user(sqlite_engine, "aigul@example.kg", Role.OBSERVER)


def free_port() -> int:
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port: int = ours.getsockname()[1]
        return port


def attempt(client: Client, login: str, password: str) -> int:
    client.get("/sign-in")
    return client.post("/sign-in", {"login": login, "password": password}).status_code


def test_who_guesses_has_to_wait_and_an_unknown_login_waits_alike(client: Client, observer: Member) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for login in (observer.login, "nobody@example.kg"):
            assert [attempt(client, login, "wrong password") for _ in range(6)] == [403, 403, 403, 403, 429, 429]
        assert attempt(client, observer.login, PASSWORD) == 429
        clock.shift(timedelta(seconds=61))
        assert attempt(client, observer.login, "wrong password") == 429
        clock.shift(timedelta(seconds=61))
        assert attempt(client, observer.login, PASSWORD) == 429  # twice as long
        clock.shift(timedelta(seconds=61))
        assert attempt(client, observer.login, PASSWORD) == 303


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        ({"csrf_token": ""}, {}),
        ({"csrf_token": "0" * 64}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Origin": "https://evil.example"}),
    ],
)
def test_a_write_that_is_not_from_our_page_is_refused(
    client: Client, observer: Member, form: dict[str, str], headers: dict[str, str]
) -> None:
    sign_in(client, observer)
    answer = client.post("/account/description", {"name": "Forged", "language": "ky", **form}, **headers)
    assert answer.status_code == 403
    assert "Forged" not in client.get("/account").text
    assert client.post("/account/description", {"name": "Own", "language": "ky"}).status_code == 303


def test_the_token_of_another_browser_does_not_count(client: Client, observer: Member) -> None:
    sign_in(client, observer)
    other = sign_in(Client(client.app), observer)
    assert client.post("/account/description", {"language": "ky", "csrf_token": other.token}).status_code == 403


def test_a_tampered_cookie_is_none(client: Client, observer: Member) -> None:
    sign_in(client, observer)
    value = client.cookies["baikoo_session"]
    client.cookies.clear()
    client.cookies.set("baikoo_session", ("B" if value[0] != "B" else "C") + value[1:])
    assert client.get("/account").status_code == 303


def test_a_program_is_told_in_json(client: Client) -> None:
    answer = client.get("/account", Accept="application/json")
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"


def test_one_of_two_sessions_is_ended_while_it_is_used(client: Client, observer: Member) -> None:
    sign_in(client, observer)
    phone = sign_in(Client(client.app), observer)
    assert client.post("/account/sessions/end").headers["location"] == "/account?done=ended"
    assert phone.get("/account").status_code == 303
    assert phone.post("/account/description", {"language": "ky"}).headers["location"] == "/sign-in"
    assert client.get("/account").status_code == 200


def test_another_password_ends_the_other_sessions(client: Client, observer: Member) -> None:
    sign_in(client, observer)
    phone = sign_in(Client(client.app), observer)
    new = {"password": OTHER, "again": OTHER}
    assert client.post("/account/password", {"present": "wrong password", **new}).status_code == 422
    assert (
        client.post("/account/password", {"present": PASSWORD, "password": "short", "again": "short"}).status_code
        == 422
    )
    assert client.post("/account/password", {"present": PASSWORD, **new}).status_code == 303
    assert phone.get("/account").status_code == 303
    assert (client.get("/account").status_code, attempt(phone, observer.login, OTHER)) == (200, 303)


def test_a_code_counts_once(client: Client, sqlite_engine: Engine) -> None:
    lawyer = make_user(sqlite_engine, "lawyer", Role.LAWYER)
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, lawyer)
        thief = Client(client.app)
        attempt(thief, lawyer.login, PASSWORD)
        thief.get("/sign-in/code")
        used = {"code": pyotp.TOTP(lawyer.totp_secret or "").now()}
        assert thief.post("/sign-in/code", used).status_code == 403
        assert thief.get("/account").status_code == 303
        clock.shift(timedelta(hours=13))
        assert client.get("/account").headers["location"] == "/sign-in?next=/account"


def test_roles_are_asked_at_every_write(client: Client, sqlite_engine: Engine, observer: Member) -> None:
    sign_in(client, observer)
    for address in ("/desk/users", "/desk/audit"):
        assert client.get(address).status_code == 403
    assert client.post(f"/desk/users/{observer.id}/roles", {"roles": "admin"}).status_code == 403
    bare = make_user(sqlite_engine, "bare", Role.ADMIN, second_factor=False)
    sign_in(client, bare)
    assert client.get("/desk/users").headers["location"] == "/account/second-factor"
    admin = make_user(sqlite_engine, "admin", Role.ADMIN)
    sign_in(client, admin)
    assert client.post(f"/desk/users/{observer.id}/deactivate").status_code == 303
    assert attempt(Client(client.app), observer.login, PASSWORD) == 403


def test_an_invitation_works_once_and_not_for_ever(client: Client, sqlite_engine: Engine) -> None:
    act = Act(who="test", at=datetime.now(UTC))
    token = invite(sqlite_engine, "asel", "", [Role.OBSERVER], "ky", act=act)
    client.get(f"/welcome/{token}")
    form = {"password": PASSWORD, "again": PASSWORD, "name": "<b>Асел</b>"}
    assert client.post(f"/welcome/{token}", {**form, "again": OTHER}).status_code == 422
    assert client.post(f"/welcome/{token}", form).status_code == 303
    page = client.get("/account").text
    assert "&lt;b&gt;Асел" in page
    assert client.get(f"/welcome/{token}").status_code == 410
    late = invite(sqlite_engine, "late", "", [Role.OBSERVER], "ky", act=act)
    with time_machine.travel(act.at + timedelta(days=8)):
        assert client.get(f"/welcome/{late}").status_code == 410


def test_a_forgotten_password_is_replaced_by_mail(
    settings: HomeSettings, sqlite_engine: Engine, observer: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, port = Inbox(), free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setenv("BAIKOO_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("BAIKOO_MAIL_FROM", "baikoo@example.org")
    client = Client(create_app(settings))
    answers = []
    for login in (observer.login, "nobody@example.kg"):
        client.get("/sign-in/forgotten")
        answers.append(client.post("/sign-in/forgotten", {"login": login}).text)
    server.stop()
    assert answers[0] == answers[1]
    [mail] = inbox.mails
    assert mail["To"] == observer.login
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    found = re.search(r"/welcome/[\w-]+", text.decode())
    assert found
    client.get(found.group())
    assert client.post(found.group(), {"password": OTHER, "again": OTHER}).status_code == 303
    assert client.get("/account").status_code == 200
    with sqlite_engine.begin() as conn:
        assert named(conn, observer.login).password_hash


def test_without_a_mail_server_an_admin_is_named(client: Client) -> None:
    assert "администратор" in client.get("/sign-in/forgotten").text
