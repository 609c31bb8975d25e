"""What changed, from any moment on; and what is told by no address."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from db.engine import reader, take_turn
from db.happenings import Happening
from db.versions import Statement, store_statements
from tests.web import sample
from tests.web.api.conftest import CONTACT, SECRET
from tests.web.api.test_lists import LISTS, OBJECTS, V1, page_by_page
from tests.web.conftest import Visitor
from web.api.changes import ChangesOut, Place, changes_after, place_of

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def state(conn: Connection, key: str, words: str, now: datetime = NOW) -> None:
    one = Statement(
        record_type="press_record",
        key=key,
        site="s",
        scope="s:press",
        part="list",
        fields={"title": words},
        columns={"title": words, "has_body": False},
    )
    store_statements(conn, [one], now=now)


def tell(conn: Connection, key: str, now: datetime = NOW) -> None:
    row = {"key": key, "kind": "press_released", "subject_kind": "body", "subject_id": "x", "title": key}
    sample.add(conn, Happening, row | {"day": now.date(), "seen_at": now, "facts": {}, "evidence": []})


def read(engine: Engine, place: Place, rows: int = 7) -> tuple[list[Any], Place]:
    """All that comes after a place, a few at a time."""
    found: list[Any] = []
    while True:
        with reader(engine) as conn:
            told = changes_after(conn, place, rows)
        found += told.rows
        place = told.place
        if not told.more:
            return found, place


def test_whoever_goes_on_misses_nothing_while_two_write(engine: Engine) -> None:
    def write(name: str) -> None:
        for number in range(12):
            with engine.begin() as conn:
                take_turn(conn)
                state(conn, f"press:{name}", f"{name} {number}")
                tell(conn, f"{name} {number}")

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    seen: list[Any] = []
    place = Place()
    while any(writer.is_alive() for writer in writers):
        more, place = read(engine, place, rows=3)
        seen += more
    more, _ = read(engine, place)
    seen += more
    versions = [(row["record_key"], row["version"]) for row in seen if "record_key" in row]
    happenings = [row["key"] for row in seen if "record_key" not in row]
    assert len(versions) == len(set(versions)) == 24
    assert len(happenings) == len(set(happenings)) == 24


def test_from_a_moment_on(engine: Engine) -> None:
    with engine.begin() as conn:
        for hour in (0, 2, 1, 3):  # a slow crawl writes later what it saw before
            state(conn, f"press:{hour}", "x", NOW + timedelta(hours=hour))
            tell(conn, f"told {hour}", NOW + timedelta(hours=hour))
    with reader(engine) as conn:
        assert place_of(conn, None) == place_of(conn, "2026-09-01") == place_of(conn, "2020-01-01") == Place()
        assert place_of(conn, "2026-09-01T09:00:00Z") == Place(1, 1)
        assert place_of(conn, "2026-09-01T17:00:00+06:00") == Place(3, 3)
        assert place_of(conn, "2026-09-02") == Place(4, 4)


def test_pages_of_changes(api: Visitor) -> None:
    whole = api.get(f"{V1}/changes?limit=200").json()
    ChangesOut.model_validate(whole)
    assert not whole["more"]
    rows: list[Any] = []
    address = f"{V1}/changes?limit=2"
    while True:
        page = api.get(address).json()
        rows += page["items"]
        if not page["more"]:
            break
        address = page["next"].removeprefix("http://127.0.0.1:8000")
    assert rows == whole["items"]
    assert {row["type"] for row in rows} == {"record_version", "happening"}
    after = api.get(f"{V1}/changes?since={whole['next_since']}").json()
    assert (after["items"], after["more"], after["next_since"]) == ([], False, whole["next_since"])
    assert api.get(f"{V1}/changes?format=csv").headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize("path", [*LISTS, *OBJECTS, "changes", "happenings?lang=ky", "happenings/finding_confirmed:2"])
def test_what_nobody_may_know_is_told_nowhere(api: Visitor, path: str) -> None:
    """Accusations without a review and withdrawn ones, what observers typed and who they are, contacts."""
    told = api.get(f"{V1}/{path}").text
    for hidden in (sample.UNREVIEWED, sample.DISMISSED, "Утаённый", SECRET, CONTACT, "n-1", "observation:"):
        assert hidden not in told
    for observer in ('"7"', '"8"'):
        assert observer not in told


def test_a_withdrawn_finding_is_not_repeated(api: Visitor) -> None:
    told = {row["id"]: row for row in page_by_page(api, "happenings")}
    assert told["finding_confirmed:1"]["facts"]["check"] == "R28"
    for key in ("finding_confirmed:2", "finding_withdrawn:2"):
        assert told[key]["facts"] == {"finding": sample.WITHDRAWN}
        assert (told[key]["text"], told[key]["evidence"]) == ("", [])


def test_a_text_without_its_contacts(api: Visitor) -> None:
    told = api.get(f"{V1}/bills/{sample.BILL}/texts/{'a' * 64}").json()
    assert told["text"] == "Текст закона. Тел. █████"


def test_the_archived_page_without_its_contacts(api: Visitor) -> None:
    told = api.get(f"{V1}/pages/1/raw")
    assert told.headers["content-type"].startswith("text/plain")
    assert "61-16-04" not in told.text
    assert "Зарегистрировались 97" in told.text


def test_observers_are_letters(api: Visitor) -> None:
    rows = page_by_page(api, "observations")
    assert {row["said_by"] for row in rows} <= {"official", "A", "B", "C"}
    assert [row["value"] for row in rows if row["said_by"] != "official"] == [
        {"count": 61},
        {"given_by": "faction"},
        {},
    ]
