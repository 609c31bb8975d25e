"""A week in full, and the citation of a sitting."""

import hashlib

import pytest

from tests.web.conftest import Visitor
from tests.web.sample import BROKEN, SITTING, UNREVIEWED
from vocab.languages import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_week_tells_all_that_is_known_of_it(sample_site: Visitor, lang: str) -> None:
    page = sample_site.get(f"/{lang}/week?day=2017-05-19").text
    assert f'href="/{lang}/sittings/{SITTING}"' in page
    assert 'href="?day=2017-05-08"' in page
    assert 'href="?day=2017-05-22"' in page
    assert f"/findings/{BROKEN}" in page
    assert UNREVIEWED not in page


@pytest.mark.parametrize(("day", "status"), [("1990-01-01", 200), ("2100-01-01", 200), ("", 200), ("soon", 422)])
def test_the_first_and_the_last_week(sample_site: Visitor, day: str, status: int) -> None:
    assert sample_site.get(f"/en/week?day={day}").status_code == status


def test_a_sitting_is_cited_with_the_hash_of_its_content(sample_site: Visitor) -> None:
    address = f"/ru/sittings/{SITTING}?as_of=2026-09-02"
    content = sample_site.get(f"{address}&format=json").content
    assert hashlib.sha256(content).hexdigest() in sample_site.get(address).text
    assert sample_site.get(f"/ru/sittings/{SITTING}?as_of=2020-01-01&format=json").content != content
