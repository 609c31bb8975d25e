"""No accusation is public before a person confirmed it (DESIGN §1.6): nowhere, in no count, in no file."""

import re

import pytest

from tests.web.conftest import Visitor
from tests.web.sample import BROKEN, DISMISSED, KEPT, OLD, PERSON, SCRIPT, SITTING, UNREVIEWED, WITHDRAWN

EVERYWHERE = (
    "/",
    "/findings",
    "/findings?verdict=broken",
    "/findings?check=R28",
    "/findings?format=csv",
    f"/findings?subject={SITTING}",
    f"/sittings/{SITTING}",
    f"/persons/{PERSON}",
)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_what_nobody_confirmed_is_seen_nowhere(filled: Visitor, address: str) -> None:
    page = filled.get(address).text
    for hidden in (UNREVIEWED, DISMISSED, WITHDRAWN, "Утаённый", f"/{OLD}"):
        assert hidden not in page


def test_only_what_may_be_shown_is_counted(filled: Visitor) -> None:
    assert len(filled.get("/findings?verdict=broken&format=csv").text.splitlines()) == 2
    assert re.search(r"<b>5</b>\s*выводов", filled.get("/").text)


def test_a_check_that_only_hidden_findings_have_is_not_offered(filled: Visitor) -> None:
    assert 'value="R33"' not in filled.get("/findings").text
    assert 'value="R28"' in filled.get("/findings").text


def test_a_finding_shows_article_figures_and_evidence(filled: Visitor) -> None:
    page = filled.get(f"/findings/{BROKEN}").text
    for words in ("ст. 82", "97", "120", "61", 'href="/evidence/1"', "подтвержд"):
        assert words in page
    assert SCRIPT not in page


def test_a_replaced_finding_says_by_what(filled: Visitor) -> None:
    page = filled.get(f"/findings/{OLD}").text
    assert f'href="/findings/{KEPT}"' in page


def test_a_withdrawn_finding_says_only_that(filled: Visitor) -> None:
    answer = filled.get(f"/findings/{WITHDRAWN}")
    assert answer.status_code == 410
    assert "отозван" in answer.text
    assert "ст. 82" not in answer.text
