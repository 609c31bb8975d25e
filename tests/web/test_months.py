"""The calendar: months, the sittings in them, and what a person must be able to tell of a deputy and a sitting."""

from collections.abc import Iterator
from datetime import date

import pytest

from db.engine import open_engine
from db.facts import StatedFact
from db.planning import SittingMark
from tests.conftest import NewHome
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from tests.web.sample import BILL, COMMITTEE, PERSON, SITTING, VOTES


@pytest.fixture(scope="module")
def marked(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """The sample with a sitting that was moved, one that was called off, and a last day for amendments."""
    settings = new_home(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    until = {"subject_kind": "bill", "subject_id": BILL, "kind": "amendments_until", "day": date(2014, 10, 20)}
    with engine.begin() as conn:
        said = {"marked_by": "a", "marked_at": sample.NOW, "reason": "SECRET REASON"}
        sample.add(conn, SittingMark, {"sitting_id": "gone", "change": "moved", "moved_to": SITTING, **said})
        sample.add(conn, SittingMark, {"sitting_id": COMMITTEE, "change": "cancelled", **said})
        sample.add(conn, StatedFact, until | {"source": "x", "digest": "d", "stated_by": "a", "stated_at": sample.NOW})
    engine.dispose()
    yield from open_site(settings)


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_a_month_shows_its_sittings_in_weeks(sample_site: Visitor, lang: str) -> None:
    page = sample_site.get(f"/{lang}/calendar?year=2017&month=5").text
    assert f'href="/{lang}/sittings/{SITTING}"' in page
    assert page.count("<tr>") == 6
    assert 'rel="prev" href="?year=2017&amp;month=4"' in page
    assert 'rel="next" href="?year=2017&amp;month=6"' in page


@pytest.mark.parametrize(("lang", "month"), [("en", "May 2017"), ("ru", "май 2017 г."), ("ky", "2017-ж., май")])
def test_a_month_is_written_as_its_language_does(sample_site: Visitor, lang: str, month: str) -> None:
    page = sample_site.get(f"/{lang}/calendar?year=2017&month=5").text.replace("\u202f", " ").replace("\xa0", " ")
    assert f": {month}</h1>" in page


def test_an_empty_month_says_so_and_leads_to_the_nearest(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/calendar?year=2015&month=1").text
    assert 'class="empty"' in page
    assert "year=2014&amp;month=10" in page
    assert "year=2017&amp;month=5" in page


@pytest.mark.parametrize(
    ("asked", "code"), [("year=1990&month=1", 200), ("year=2100&month=12", 200), ("month=13", 422)]
)
def test_the_ends_of_the_calendar(sample_site: Visitor, asked: str, code: int) -> None:
    assert sample_site.get(f"/ru/calendar?{asked}").status_code == code


def test_the_calendar_of_people_and_that_of_programs_have_one_name(sample_site: Visitor) -> None:
    assert sample_site.get("/calendar").headers["location"] == "/ru/calendar"
    assert sample_site.get("/calendar/none.ics").status_code == 404


def test_last_days_and_what_was_called_off_are_in_the_calendar(marked: Visitor) -> None:
    page = marked.get("/en/calendar?year=2014&month=10").text
    assert "Last day for amendments" in page
    assert f'href="/en/bills/{BILL}"' in page
    assert "called off" in marked.get("/en/calendar?year=2018&month=10").text


def test_a_sitting_that_moved_leads_to_what_it_became(marked: Visitor) -> None:
    answer = marked.get("/en/sittings/gone")
    assert answer.status_code == 301
    assert answer.headers["location"].endswith(f"/en/sittings/{SITTING}")
    page = marked.get(f"/en/sittings/{COMMITTEE}").text
    assert "was called off" in page
    assert "SECRET" not in page


def test_a_sitting_knows_its_neighbours(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/sittings/{SITTING}").text
    assert f'rel="prev" href="/ru/sittings/{VOTES}"' in page
    assert f'rel="next" href="/ru/sittings/{sample.COMING}"' in page


def test_a_person_is_told_of_as_far_as_protocols_tell(sample_site: Visitor) -> None:
    page = sample_site.get(f"/en/persons/{PERSON}").text
    assert 'href="/en/factions/vi-respublika-ata-zhurt"' in page
    assert "Not known: no source" in page
    assert sample_site.get("/ru/persons?faction=VI+Республика-Ата+Журт&format=csv").text.count("\n") == 2
