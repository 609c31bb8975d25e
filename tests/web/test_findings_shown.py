"""No accusation is public before a person confirmed it: nowhere, in no count, in no file."""

import re

import pytest

from tests.web.conftest import Visitor
from tests.web.sample import BROKEN, DISMISSED, KEPT, OLD, PERSON, SCRIPT, SITTING, UNREVIEWED, WITHDRAWN

EVERYWHERE = (
    "/ru/",
    "/ru/findings",
    "/ru/findings?verdict=broken",
    "/ru/findings?check=R28",
    "/ru/findings?format=csv",
    f"/ru/findings?subject={SITTING}",
    f"/ru/sittings/{SITTING}",
    f"/ru/persons/{PERSON}",
)


@pytest.mark.parametrize("hidden", [UNREVIEWED, DISMISSED, WITHDRAWN, "Утаённый", f"/{OLD}"])
def test_what_nobody_confirmed_is_seen_nowhere(filled: Visitor, hidden: str) -> None:
    assert [address for address in EVERYWHERE if hidden in filled.get(address).text] == []


def test_only_what_may_be_shown_is_counted(filled: Visitor) -> None:
    assert len(filled.get("/ru/findings?verdict=broken&format=csv").text.splitlines()) == 2
    assert re.search(r"<b>4</b>\s*вывода", filled.get("/ru/").text)


def test_how_grave_it_is_is_said_in_a_word(sample_site: Visitor) -> None:
    assert re.search(r"Severity</dt><dd>(grave|medium|slight)</dd>", sample_site.get(f"/en/findings/{BROKEN}").text)
    told = sample_site.get("/en/findings?check=R28").text
    assert re.search(r'data-label="Severity">(grave|medium|slight)</td>', told)


def test_the_overview_counts_by_check_and_verdict(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/findings").text
    assert re.search(r'check=R28&amp;verdict=broken">1</a>', page)
    assert re.search(r'check=R23&amp;verdict=kept">1</a>', page)
    assert "check=R33" not in page


def test_what_does_not_apply_is_a_number_and_no_list(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/findings").text
    assert "verdict=not_applicable" not in page
    assert re.search(r'Личное голосование</td>.*<td class="num" data-value="4">4</td>', page, re.DOTALL)
    assert re.search(r"не применяется</span>: Личное голосование – 4", sample_site.get(f"/ru/sittings/{SITTING}").text)


def test_a_check_that_only_hidden_findings_have_is_not_offered(sample_site: Visitor) -> None:
    assert 'value="R33"' not in sample_site.get("/ru/findings").text
    assert 'value="R28"' in sample_site.get("/ru/findings").text


def test_a_finding_shows_article_figures_and_evidence(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/findings/{BROKEN}").text
    for words in ("ст. 82", "97", "120", "61", 'href="/ru/evidence/1"', "подтвержд"):
        assert words in page
    assert SCRIPT not in page


def test_a_replaced_finding_says_by_what(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/findings/{OLD}").text
    assert f'href="/ru/findings/{KEPT}"' in page


def test_a_withdrawn_finding_says_only_that(sample_site: Visitor) -> None:
    answer = sample_site.get(f"/ru/findings/{WITHDRAWN}")
    assert answer.status_code == 410
    assert "отозван" in answer.text
    assert "ст. 82" not in answer.text
