"""Signing in and out as a browser does it."""

import pytest
from sqlalchemy import Engine

from db.audit import newest, verify
from db.engine import reader
from db.settings import HomeSettings
from tests.web.members import Client, make_user, sign_in
from vocab.roles import Role
from web.access import safe_next
from web.app import create_app


@pytest.fixture
def house(sqlite_engine: Engine, settings: HomeSettings) -> Client:
    """A browser that is not signed in."""
    return Client(create_app(settings))


@pytest.fixture
def settings(sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> HomeSettings:
    return HomeSettings(home=tmp_path_factory.mktemp("home"), database_url=sqlite_url)


def test_an_observer_signs_in_and_out(house: Client, sqlite_engine: Engine) -> None:
    observer = make_user(sqlite_engine, "aigul@example.kg", Role.OBSERVER, language="ky")
    assert house.get("/account").headers["location"] == "/sign-in?next=/account"
    sign_in(house, observer)
    page = house.get("/account")
    assert page.status_code == 200
    assert 'lang="ky"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert house.post("/sign-out").status_code == 303
    assert house.get("/account").status_code == 303
    with reader(sqlite_engine) as conn:
        assert [row["action"] for row in newest(conn, 3)] == ["sessions ended", "signed in", "password changed"]
        assert verify(conn) is None


def test_a_lawyer_needs_the_second_factor(house: Client, sqlite_engine: Engine) -> None:
    lawyer = make_user(sqlite_engine, "lawyer", Role.LAWYER)
    house.get("/sign-in")
    house.post("/sign-in", {"login": "Lawyer ", "password": lawyer.password})
    assert house.get("/account").headers["location"] == "/sign-in/code?next=/account"
    sign_in(house, lawyer)
    assert house.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/desk/week?day=2026-11-27", "/desk/week?day=2026-11-27"),
        ("", "/o"),
        (None, "/o"),
        ("//evil.example", "/o"),
        ("/\\evil.example", "/o"),
        ("/\t/evil.example", "/o"),
        ("https://evil.example", "/o"),
        ("javascript:alert(1)", "/o"),
        ("evil.example", "/o"),
    ],
)
def test_a_way_back_stays_on_the_site(wanted: str | None, goes: str) -> None:
    assert safe_next(wanted, "/o") == goes
