"""Following a list without an account and without a script."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy import Engine, select

from db.following import SavedSearch
from db.settings import HomeSettings
from db.upsert import table_of
from publish.run import publish
from publish.settings import PublicSettings
from tests.web import sample
from tests.web.conftest import Visitor
from tests.web.members import Client
from vocab.dates import BISHKEK
from web.app import create_app

NEW = "/ky/follow/new?list=bills&kind=law&page=3"
YEAR = timedelta(days=370)


@pytest.fixture
def guest(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path) -> Iterator[Client]:
    settings = HomeSettings(home=tmp_path, database_url=sqlite_url)
    sample.fill(sqlite_engine, settings)
    app = create_app(settings)
    yield Client(app)
    app.state.site.engine.dispose()


def test_a_guest_follows_a_list_and_the_same_list_has_one_address(guest: Client) -> None:
    assert "Бул тизмеге көз салуу" in guest.get(NEW).text
    first = guest.post(NEW, {})
    assert first.status_code == 303
    page = guest.get(first.headers["location"])
    for lang in ("ky", "ru", "en"):
        address = f"/feeds/{lang}/search/{first.headers['location'].rsplit('/', 1)[1]}"
        assert f"{address}.atom" in page.text
        assert guest.get(f"{address}.rss").status_code == 200
        assert guest.get(f"{address}.atom".replace("feeds", "calendar").replace(".atom", ".ics")).status_code == 200
    assert guest.get(NEW).headers["location"] == first.headers["location"]
    assert guest.post(NEW, {}).headers["location"] == first.headers["location"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ru/follow", 200),
        ("/ru/follow/nothing", 404),
        ("/ru/follow/new?list=bills", 303),
        ("/ru/follow/new?list=nothing", 422),
        ("/ru/follow/new?list=sittings&year=x", 422),
        ("/ru/follow/new?list=search&q=%00%F0%9F%98%80", 200),
        ("/ru/follow/new?list=findings&verdict=kept", 200),
    ],
)
def test_any_address_is_answered(guest: Client, address: str, status: int) -> None:
    assert guest.get(address).status_code == status


@pytest.mark.parametrize(
    "page",
    [
        *("bills", "sittings", "persons", "findings", "committees", "factions", "rules", "transfers", "search?q=закон"),
        *(f"bills/{sample.BILL}", f"sittings/{sample.SITTING}", f"persons/{sample.PERSON}", "committees/reglament"),
        *("factions/vi-respublika-ata-zhurt", "rules/R28", f"findings/{sample.BROKEN}", "calendar", "corrections", ""),
    ],
)
def test_every_page_says_how_to_follow_it(sample_site: Visitor, page: str) -> None:
    told = sample_site.get(f"/en/{page}").text
    ways = re.findall(r'class="subscribe">.*?href="(/[^"]+)"', told, re.DOTALL)
    assert ways
    for way in ways:
        assert sample_site.get(html.unescape(way)).status_code in (200, 303), way


def test_a_bill_has_a_calendar_of_its_days(sample_site: Visitor) -> None:
    address = f"/calendar/ky/bill/{sample.BILL}.ics"
    assert f'href="{address}"' in sample_site.get(f"/ky/bills/{sample.BILL}").text
    assert str(Calendar.from_ical(sample_site.get(address).content)["x-wr-calname"]).startswith("О внесении изменений")
    for wrong in ("/calendar/ky/bill/nothing.ics", f"/calendar/xx/bill/{sample.BILL}.ics"):
        assert sample_site.get(wrong).status_code == 404


def test_a_feed_that_is_asked_for_is_remembered_and_one_that_lapsed_says_how_to_follow_again(
    guest: Client, sqlite_engine: Engine
) -> None:
    guest.get(NEW)
    page = guest.post(NEW, {}).headers["location"]
    feed = f"/feeds/ky/search/{page.rsplit('/', 1)[1]}.atom"
    asked = select(table_of(SavedSearch).c.asked_on)
    with sqlite_engine.connect() as conn:
        assert conn.execute(asked).scalar_one() is None
    assert guest.get(feed).status_code == 200
    with sqlite_engine.connect() as conn:
        assert conn.execute(asked).scalar_one() == datetime.now(BISHKEK).date()
    publish(
        sqlite_engine,
        guest.app.state.site.settings.public_dir,
        public=PublicSettings(public_url=""),
        now=datetime.now(UTC) + YEAR,
    )
    for address in (feed, feed.replace("feeds", "calendar").replace(".atom", ".ics"), page):
        gone = guest.get(address)
        assert gone.status_code == 410
        assert 'href="/ky/follow/new?list=bills&amp;kind=law"' in gone.text
    assert guest.get("/feeds/ky/search/nothing.atom").status_code == 404
    guest.get(NEW)
    assert guest.post(NEW, {}).headers["location"] == page
    assert guest.get(feed).status_code == 200
