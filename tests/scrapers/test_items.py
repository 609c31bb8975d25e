"""Items on their way into the tables: what may be kept, and as what."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.documents import Document
from db.records import AgendaEntry, BallotRecord, PendingRecord, PressRecord, RegistryEntry
from scrapers.items import (
    AgendaLine,
    BillItem,
    DocumentLink,
    Item,
    PressItem,
    PressListItem,
    SittingItem,
    VoteListItem,
)
from scrapers.page import Reading
from scrapers.pipelines.statements import Origin, scope, statements
from scrapers.pipelines.store import store_items
from scrapers.pipelines.validate import broken_rule, validated
from tests.scrapers.conftest import Home
from vocab.agenda_item import read_agenda_item
from vocab.bodies import Body
from vocab.numbers import BillNumber

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ORIGIN = Origin(site="kenesh", url="https://kenesh.kg/x", page_id=None)
PRESS = PressItem(key="press:1", url="https://kenesh.kg/1", body="Текст")
LISTED = PressListItem(key="press:1", url="https://kenesh.kg/1", title="Проба", published_at=NOW, summary="…")
BILL = BillItem(
    key="bill:6-1/26",
    number=BillNumber(6, 1, 26),
    registered_on=TODAY,
    title="О пробах",
    documents=(DocumentLink(url="https://kenesh.kg/1.pdf", title="Текст", kind="bill_text"),),
)


def line(position: int, text: str, ballot: str | None = None) -> AgendaLine:
    url = f"https://kenesh.kg/{ballot}.pdf" if ballot else None
    return AgendaLine(
        position=position, number=str(position), item=read_agenda_item(text), ballot=ballot, ballot_url=url
    )


def agenda(*lines: AgendaLine) -> SittingItem:
    return SittingItem(
        key="agenda:7", title="Повестка дня", body=Body.COMMITTEE, committee="Комитет", day=TODAY, lines=lines
    )


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (BILL, None),
        (replace(BILL, key="6-1/26"), "is not <kind>"),
        (replace(BILL, key="bill:"), "is not <kind>"),
        (replace(BILL, key="bill:" + "6" * 300), "is not <kind>"),
        (replace(BILL, title=""), "title is empty"),
        (replace(BILL, registered_on=date(1861, 2, 19)), "registered_on 1861-02-19 cannot be"),
        (replace(BILL, registered_on=date(2108, 10, 24)), "registered_on 2108-10-24 cannot be"),
        (replace(LISTED, published_at=datetime(2108, 10, 24, tzinfo=UTC)), "published_at 2108-10-24 cannot be"),
        (replace(PRESS, body="a\x00b"), "body holds a NUL character"),
    ],
)
def test_rules(item: Item, reason: str | None) -> None:
    found = broken_rule(item, TODAY)
    assert found is None if reason is None else reason in (found or "")


def test_what_may_not_be_kept_is_a_problem() -> None:
    bad = replace(BILL, key="bill:6-2/26", title="")
    twice = replace(BILL, title="О других пробах")

    reading = validated(Reading(items=(BILL, bad, BILL, twice)), TODAY)

    assert reading.items == (BILL,)
    assert [(one.place, one.reason, one.record_lost) for one in reading.problems] == [
        ("registry_entry bill:6-2/26", "title is empty", True),
        ("registry_entry bill:6-1/26", "stands twice on the page, with different content", True),
    ]


def test_lines_are_keyed_by_their_text() -> None:
    first, moved = (
        [one for one in statements(agenda(*lines), ORIGIN) if one.record_type == "agenda_entry"]
        for lines in (
            (line(1, "О проекте Закона «О пробах»"), line(2, "Разное"), line(3, "Разное")),
            (line(1, "Разное"), line(2, "О проекте Закона «О пробах»")),
        )
    )
    assert first[2].key == f"{first[1].key}~2"
    assert {one.key for one in moved} == {first[0].key, first[1].key}
    assert {one.scope for one in first} == {"kenesh:agenda:7"}


@pytest.mark.parametrize(
    ("key", "name"),
    [("kenesh:agenda:5010", "kenesh:agenda"), ("kenesh:membership:VI:2016-11-03:X", "kenesh:membership")],
)
def test_scope(key: str, name: str) -> None:
    assert scope(key) == name


@pytest.fixture
def home(engine: Engine, tmp_path: Path) -> Home:
    return Home(tmp_path, engine)


def keep(home: Home, *items: Item) -> None:
    with home.engine.begin() as conn:
        store_items(conn, items, ORIGIN, now=NOW)


def test_a_vote_list_has_ballots_and_their_files(home: Home) -> None:
    lines = (line(1, "О проекте Закона «О пробах»", "14"), line(2, "Разное"))
    keep(home, VoteListItem(key="vote_list:9", title="Законопроекты", day=TODAY, lines=lines))

    entries = home.rows(AgendaEntry, "position")
    assert [(one["sitting_key"], one["position"], one["ballot"]) for one in entries] == [
        ("kenesh:vote_list:9", 1, "14"),
        ("kenesh:vote_list:9", 2, None),
    ]
    (ballot,) = home.rows(BallotRecord)
    assert (ballot["number"], ballot["entry_key"]) == ("14", entries[0]["key"])
    (file,) = home.rows(Document)
    assert (file["url"], file["kind"], file["record_key"]) == (
        "https://kenesh.kg/14.pdf",
        "rollcall",
        "kenesh:vote_list:9",
    )


def test_a_line_that_an_agenda_drops_has_vanished(home: Home) -> None:
    keep(home, agenda(line(1, "О проекте Закона «О пробах»"), line(2, "Разное")))
    keep(home, agenda(line(1, "Разное")))

    assert {one["title"]: one["vanished_at"] is not None for one in home.rows(AgendaEntry)} == {
        "О пробах": True,
        "Разное": False,
    }
    assert {one["record_type"] for one in home.rows(PendingRecord)} >= {"agenda_entry"}


def test_a_press_release_is_told_by_its_list_and_its_page(home: Home) -> None:
    keep(home, LISTED)
    keep(home, PRESS)

    (record,) = home.rows(PressRecord)
    assert (record["title"], record["has_body"], record["version"]) == ("Проба", True, 2)
    assert set(record["payload"]) == {"list", "page"}


def test_a_press_page_that_no_list_told(home: Home) -> None:
    keep(home, PRESS)
    keep(home, replace(PRESS, body="Другой текст"))

    (record,) = home.rows(PressRecord)
    assert (record["title"], record["has_body"], record["version"]) == ("", True, 2)


def test_a_bill_offers_its_files(home: Home) -> None:
    keep(home, BILL)

    assert [one["number"] for one in home.rows(RegistryEntry)] == ["6-1/26"]
    assert [one["kind"] for one in home.rows(Document)] == ["bill_text"]


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800"])
def test_what_no_database_keeps_is_found_inside_an_item(bad: str) -> None:
    item = replace(BILL, documents=(DocumentLink(url="https://kenesh.kg/1.pdf", title=bad),))
    assert broken_rule(item, TODAY) == "documents holds a NUL character or half a character"
