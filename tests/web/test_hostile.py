"""What people type and phones send to break the site: refused in words, and never a failure of ours."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.observations import Observation
from db.settings import HomeSettings
from db.upsert import table_of
from tests.web.conftest import Visitor
from tests.web.members import Client, make_user, sign_in
from vocab.roles import Role
from web.app import create_app
from web.bodies import MOST

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def client(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Client]:
    app = create_app(HomeSettings(home=tmp_path, database_url=database_url))
    yield Client(app)
    app.state.site.engine.dispose()


@pytest.fixture
def inside(client: Client, engine: Engine) -> Client:
    """An observer who is signed in and knows the token."""
    return sign_in(client, make_user(engine, "aigul", Role.OBSERVER))


@pytest.mark.parametrize("name", ["😀" * 200, "../all", ".", "a" * 200])
def test_the_feed_of_a_committee_that_is_none(empty: Visitor, tmp_path: Path, name: str) -> None:
    """The name goes into the name of a file, which a disk may find too long; what lies elsewhere is not its feed."""
    (tmp_path / "public" / "feeds" / "ru" / "committee").mkdir(parents=True)
    (tmp_path / "public" / "feeds" / "ru" / "all.atom").write_text("<feed/>")
    answer = empty.get(f"/ru/sittings?committee={name}")
    assert answer.status_code == 200
    assert "/feeds/ru/committee/" not in answer.text


def test_a_login_that_no_database_keeps(client: Client) -> None:
    client.get("/sign-in")
    assert client.post("/sign-in", {"login": "\0", "password": "x"}).status_code == 403


@pytest.mark.parametrize("key", [2**31, 2**63, 10**30, -1, 0])
def test_a_session_whose_number_no_database_has(inside: Client, key: int) -> None:
    assert inside.post("/account/sessions/end", {"key": key}).status_code == 422
    assert inside.get("/account").status_code == 200


def test_a_form_without_end(client: Client) -> None:
    """Of somebody who is not signed in: refused by its length, or cut off where it says none."""
    client.get("/sign-in")
    long = {"Content-Type": "multipart/form-data; boundary=x"}
    start = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
    answer = client.ask("POST", "/sign-in", content=start + b"a" * MOST, headers=long)
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (413, "nosniff")
    answer = client.ask("POST", "/sign-in", content=start + b"a" * MOST, headers={**long, "Content-Length": "none"})
    assert answer.status_code == 400


def test_notes_sent_as_a_form_are_refused(inside: Client) -> None:
    """Whether the token stands in the form or beside it."""
    body = f"csrf_token={inside.token}".encode()
    answer = inside.ask("POST", "/observe/api/notes", content=body, headers=FORM)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    answer = inside.ask("POST", "/observe/api/notes", content=body, headers={**FORM, "X-CSRF-Token": inside.token})
    assert (answer.status_code, answer.json()["reason"]) == (400, "not_a_batch")


@pytest.mark.parametrize("year", [1970, 2000, 2100])
def test_a_clock_that_is_decades_off(inside: Client, engine: Engine, year: int) -> None:
    """1970 is what a phone says whose battery was empty."""
    note: dict[str, Any] = {
        "uuid": "2f0c0000-0000-4000-8000-000000000001",
        "sitting": "plenary-2026-11-26",
        "kind": "head_count",
    }
    note |= {"value": {"count": 54}, "device_at": f"{year}-01-02T03:04:05+06:00"}
    batch = {"device": "phone", "device_now": f"{year}-01-02T03:04:15+06:00", "notes": [note]}
    answer = inside.post_json("/observe/api/notes", batch)
    assert answer.json()["notes"][0]["marks"] == ["clock_corrected"]
    with engine.connect() as conn:
        [seen] = conn.execute(select(table_of(Observation).c.observed_at)).scalars()
    assert 9 <= (datetime.now(UTC) - seen).total_seconds() < 60


def test_a_failure_of_ours_is_told_to_programs_in_json(inside: Client, engine: Engine) -> None:
    with engine.begin() as conn:
        table_of(Observation).drop(conn)
    answer = inside.get("/observe/api/notes?sitting=plenary-2026-11-26")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
