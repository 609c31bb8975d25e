"""Every address that writes asks who writes, or at least that the form is ours."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import Engine

from db.audit import newest
from db.engine import reader
from db.keys import load_keys
from db.sealing import is_sealed, opened, seal
from db.settings import HomeSettings
from tests.web.members import PASSWORD, Client, make_user, sign_in
from vocab.roles import Role
from web.app import _MACHINES, _PAGES, _STAFF_ROUTERS, create_app
from web.csrf import checked

FOR_STRANGERS = {
    "/sign-in",
    "/sign-in/code",
    "/sign-in/forgotten",
    "/sign-out",
    "/welcome/{token}",
    "/remarks/new",
    "/follow/new",
    "/follow/by-mail",
    "/follow/in-telegram",
    "/follow/confirm",
    "/follow/mine",
}
"""Where people write who are not (wholly) signed in: a token of our form they need all the same."""

BY_SECRET = {"/follow/end"}
"""What a mail program sends by itself (RFC 8058): it has no form of ours, only the secret of the letter."""

KEY = bytes(32)


@pytest.fixture
def client(sqlite_engine: Engine, sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    app = create_app(HomeSettings(home=tmp_path_factory.mktemp("home"), database_url=sqlite_url))
    yield Client(app)
    app.state.site.engine.dispose()


def asked(dependant: Any) -> Iterator[Callable[..., Any]]:
    """All that is asked before a route runs."""
    for one in dependant.dependencies:
        yield one.call
        yield from asked(one)


def writing() -> Iterator[APIRoute]:
    for part in (*_PAGES, *_MACHINES, *_STAFF_ROUTERS):
        for route in part.router.routes:
            if isinstance(route, APIRoute) and set(route.methods or ()) - {"GET", "HEAD", "OPTIONS"}:
                yield route


def test_every_write_needs_our_token_and_a_session() -> None:
    routes = list(writing())
    assert len(routes) > 20, "no route was looked at"
    for route in routes:
        known = list(asked(route.dependant))
        if route.path in BY_SECRET:
            continue
        assert checked in known, f"{route.path} takes writes of other sites"
        names = {getattr(one, "__qualname__", "") for one in known}
        guarded = names & {"signed_in.<locals>.dependency", "_unfinished"}
        assert bool(guarded) != (route.path in FOR_STRANGERS), route.path


def test_a_stranger_writes_nowhere(client: Client) -> None:
    for route in writing():
        address = route.path.replace("{token}", "x").replace("{", "").replace("}", "")
        for method in route.methods or ():
            assert client.ask(method, address).status_code in {401, 403, 404, 405}, route.path


def test_no_name_is_under_the_chain(client: Client, sqlite_engine: Engine) -> None:
    lawyer = make_user(sqlite_engine, "aigul@example.kg", Role.LAWYER)
    sign_in(client, lawyer)
    client.post("/account/description", {"name": "Айгуль", "language": "ky"})
    with reader(sqlite_engine) as conn:
        acts = newest(conn, 50)
    assert len(acts) > 5
    for act in acts:
        said = f"{act['who']} {act['target']} {act['detail']}".casefold()
        assert "aigul" not in said
        assert "айгуль" not in said
    assert {act["who"] for act in acts} == {"test", f"user:{lawyer.id}"}


def test_a_secret_opens_only_with_its_key_and_for_its_owner() -> None:
    sealed = seal(KEY, "JBSWY3DP", "account:7")
    assert is_sealed(sealed)
    assert "JBSWY3DP" not in sealed
    assert opened(KEY, sealed, "account:7") == "JBSWY3DP"
    assert (
        opened(b"1" * 32, sealed, "account:7"),
        opened(KEY, sealed, "account:8"),
        opened(KEY, "v1:?", "account:7"),
    ) == (None, None, None)
    assert opened(KEY, "JBSWY3DP", "account:7") == "JBSWY3DP", "as it was kept before"


def test_the_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    assert load_keys(tmp_path, {}) == load_keys(tmp_path, {})
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_with_https_the_cookie_belongs_to_this_host_alone(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BAIKOO_PUBLIC_URL", "https://baikoo.test")
    app = create_app(HomeSettings(home=tmp_path, database_url=sqlite_url))
    client = Client(app, base="https://baikoo.test")
    make_user(sqlite_engine, "asel", Role.OBSERVER)
    client.get("/sign-in")
    answer = client.post("/sign-in", {"login": "asel", "password": PASSWORD})
    app.state.site.engine.dispose()
    [cookie] = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-baikoo_session=")
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= {one.strip().lower() for one in cookie.split(";")}
    assert "domain" not in cookie.lower()
