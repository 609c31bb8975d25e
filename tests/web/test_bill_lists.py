"""The list of bills: what it is asked by, what it shows of each, and how it stays true."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db.annotations import TopicRow
from db.bills import BillStanding
from db.engine import open_engine, reader
from db.migrate import upgrade
from db.upsert import table_of
from nlp.search.run import index
from tests.conftest import NewHome
from tests.tracker.house import LAW, House, agenda, line, registered, vote_list
from tests.web.conftest import Visitor, open_site
from tests.web.sample import BILL, HOSTILE
from tracker.run import track
from vocab.numbers import BillNumber

LISTED, OTHER = "n-6-502-17", "n-6-503-17"


@pytest.fixture(scope="module")
def site(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """Two bills, one of which stood on an agenda; tracked and indexed."""
    home: Path = tmp_path_factory.mktemp("home")
    settings = new_home(home)
    engine = open_engine(settings.database_url)
    house = House(engine)
    bees = registered("О проекте Закона «О пчёлах»", key="bill:503", number=BillNumber(6, 503, 17))
    house.state(registered(LAW), bees, vote_list(f"{LAW} (вносится на второе чтение)"))
    topic = {"record_type": "registry_entry", "record_key": "kenesh:bill:503", "rank": 1, "topic": 4, "score": 0.9}
    house.put(TopicRow, [topic | {"method": "lexicon", "words": ["пчела"]}], "record_type", "record_key", "rank")
    house.track()
    index(engine, now=datetime(2026, 11, 1, tzinfo=UTC))
    engine.dispose()
    yield from open_site(settings)


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("stage=registered", OTHER, LISTED),
        ("stage=second_reading", LISTED, OTHER),
        ("topic=4", OTHER, LISTED),
        ("committee=plenary", LISTED, OTHER),
        ("text=пчела", OTHER, LISTED),
        ("text=6-503", OTHER, LISTED),
        ("text=пчелой&topic=4&year=2017", OTHER, LISTED),
    ],
)
def test_bills_are_asked_for_by_what_is_computed(site: Visitor, query: str, there: str, gone: str) -> None:
    page = site.get(f"/ru/bills?{query}").text
    assert f'href="/ru/bills/{there}"' in page
    assert f'href="/ru/bills/{gone}"' not in page
    assert 'class="chips"' in page


def test_the_words_that_were_asked_for_are_marked(site: Visitor) -> None:
    assert "<mark>пчёлах</mark>" in site.get("/ky/bills?text=пчела").text


def test_nothing_found_shows_the_way_out(site: Visitor) -> None:
    page = site.get("/en/bills?stage=registered&topic=1&text=слон").text
    assert "No bill matches" in page
    for one in ("?topic=1&amp;text=", "?stage=registered&amp;text=", "?stage=registered&amp;topic=1", "/en/search?q="):
        assert one in page


def test_only_findings_that_may_be_shown_are_asked_for(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/bills?verdict=broken").text
    assert f"/ru/bills/{HOSTILE}" not in page
    assert f"/ru/bills/{BILL}" in sample_site.get("/ru/bills?reading=2&year=2014").text


@pytest.mark.parametrize("query", ["stage=x", "reading=4", "verdict=guilty", "year=1", "topic=0"])
def test_what_is_no_choice_is_refused(sample_site: Visitor, query: str) -> None:
    assert sample_site.get(f"/ru/bills?{query}").status_code == 422


def test_a_day_that_is_over_is_no_plan_any_more(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/baikoo.sqlite")
    upgrade(engine)
    house = House(engine)
    house.state(agenda(lines=(line(f"{LAW} (второе чтение)"),)))
    standing = table_of(BillStanding).c

    def told(now: datetime) -> tuple[str | None, date | None]:
        track(engine, now=now)
        with reader(engine) as conn:
            row = conn.execute(select(standing.stage, standing.planned)).one()
            return row.stage, row.planned

    listed = datetime(2017, 1, 1, tzinfo=UTC)
    _, day = told(listed)
    assert day is not None
    assert told(listed) == (None, day)
    after = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=2)
    assert told(after) == ("second_reading", None)
    engine.dispose()
