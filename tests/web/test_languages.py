"""A page in three languages, and the address without one that leads there."""

import unicodedata

import pytest

from tests.web.conftest import Visitor
from tests.web.sample import BILL
from vocab.languages import LANGUAGES, preferred


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", "ru"),
        ("ky", "ky"),
        ("en-GB,en;q=0.9", "en"),
        ("de, en;q=0.4, ky-KG;q=0.7", "ky"),
        ("ru;q=0, en;q=0.1", "en"),
        ("de", "ru"),
        ("*", "ru"),
        ("ky;q=many,en;q=0.2", "en"),
    ],
)
def test_what_the_browser_wants_most(wanted: str, found: str) -> None:
    assert preferred(wanted) == found


def test_the_permanent_address_leads_to_the_language_of_the_browser(sample_site: Visitor) -> None:
    answer = sample_site.get(f"/bills/{BILL}?as_of=2026-09-01", **{"accept-language": "ky-KG,ru;q=0.8"})
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/ky/bills/{BILL}?as_of=2026-09-01"
    assert answer.headers["vary"] == "Accept-Language"
    assert sample_site.get("/").headers["location"] == "/ru/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_in_the_language_of_its_address(sample_site: Visitor, lang: str) -> None:
    page = sample_site.get(f"/{lang}/bills?kind=law").text
    assert f'<html lang="{lang}">' in page
    for other in set(LANGUAGES) - {lang}:
        assert f'href="/{other}/bills?kind=law"' in page
    assert f'href="/{lang}/bills/{BILL}"' in page


@pytest.mark.parametrize(("lang", "day"), [("en", "17 May 2017"), ("ru", "17 мая 2017 г."), ("ky", "17-май")])
def test_days_are_written_as_people_write_them(sample_site: Visitor, lang: str, day: str) -> None:
    assert day in unicodedata.normalize("NFKC", sample_site.get(f"/{lang}/sittings").text)


def test_no_other_language_is_an_address(sample_site: Visitor) -> None:
    assert sample_site.get("/de/bills").status_code == 404
