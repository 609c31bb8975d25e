"""Committees and factions: no table has them, and every name of one leads to its page."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.engine import open_engine
from db.findings import Finding
from db.upsert import upsert
from tests.conftest import NewHome
from tests.web import sample
from tests.web.conftest import Visitor, open_site

NAME = "Комитет по <законности>"
NOW = datetime(2026, 11, 2, tzinfo=UTC)


def finding(key: str, **figures: object) -> dict[str, object]:
    return {
        "id": key,
        "check_id": "R43",
        "subject_kind": "body",
        "subject_id": "zakonnost-1a2b3c",
        "case_key": key,
        "day": date(2026, 11, 1),
        "verdict": "kept",
        "needs_review": None,
        "reason": "enough_members",
        "edition": "e",
        "article": "ст. 25",
        "quote": "",
        "verified": True,
        "figures": figures,
        "evidence": [],
        "code_version": "1",
        "computed_at": NOW,
        "superseded_at": None,
    }


@pytest.fixture
def site(new_home: NewHome, tmp_path: Path) -> Iterator[Visitor]:
    settings = new_home(tmp_path)
    engine = open_engine(settings.database_url)
    rows = [finding("f1", committee=NAME, date="2026-11-01", members=9, needed=8), finding("f2")]
    with engine.begin() as conn:
        upsert(conn, Finding, rows, key=("id",))
    engine.dispose()
    yield from open_site(settings)


@pytest.mark.parametrize("address", ["/ru/findings", "/ru/findings/f1", "/ru/findings/f2", "/ru/"])
def test_findings_about_a_committee(site: Visitor, address: str) -> None:
    page = site.get(address)
    assert page.status_code == 200
    assert "bodys/" not in page.text
    assert NAME not in page.text
    assert ("Комитет по &lt;законности&gt;" in page.text) is (address != "/ru/findings/f2")


def test_a_finding_leads_to_the_page_of_its_committee(site: Visitor) -> None:
    assert 'href="/ru/committees/zakonnost-1a2b3c"' in site.get("/ru/findings/f1").text
    page = site.get("/ru/committees/zakonnost-1a2b3c").text
    assert "Комитет по &lt;законности&gt;" in page
    assert "check=R43&amp;verdict=kept" in page
    assert "Комитет по &lt;законности&gt;" in site.get("/ru/committees").text


def test_a_finding_that_names_no_committee_shows_its_id(site: Visitor) -> None:
    assert "zakonnost-1a2b3c" in site.get("/ru/findings/f2").text


FACTION, OTHER_FACTION = "vi-respublika-ata-zhurt", "vi-onuguu-progress"


def test_every_body_is_answered_by_both_databases(filled: Visitor) -> None:
    asked = ("/committees", "/committees/reglament", "/factions", f"/factions/{FACTION}", "/transfers")
    files = ("/committees?format=csv", "/factions?format=csv", "/transfers?format=csv")
    tables = ("/committees/reglament?format=csv&table=bills", f"/factions/{FACTION}?format=csv&table=members")
    for address in (*asked, *files, *tables):
        answer = filled.get(f"/ru{address}")
        assert (address, answer.status_code) == (address, 200)
        assert sample.SCRIPT not in answer.text or "csv" in address


def test_a_committee_shows_its_sittings_and_the_bills_before_it(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/committees/reglament").text
    assert f'href="/ru/sittings/{sample.COMMITTEE}"' in page
    assert f'href="/ru/bills/{sample.HOSTILE}"' in page
    assert "committee=reglament" in page


def test_a_faction_counts_only_what_protocols_tell(sample_site: Visitor) -> None:
    page = sample_site.get(f"/ru/factions/{FACTION}").text
    assert re.search(rf'persons/{sample.PERSON}#h-absences">\s*1 из 1', page)
    assert f"giver_faction={FACTION}&amp;holder_faction={OTHER_FACTION}" in page


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("", 1), (f"giver={sample.PERSON}", 1), (f"holder={sample.PERSON}", 0), (f"giver_faction={FACTION}", 1)],
)
def test_every_number_of_votes_leads_to_its_rows(sample_site: Visitor, asked: str, rows: int) -> None:
    page = sample_site.get(f"/en/transfers?{asked}").text
    assert page.count(f'href="/en/sittings/{sample.SITTING}"') == rows
    assert ("No given vote matches" in page) is (rows == 0)


@pytest.mark.parametrize("address", ["/ru/committees/none", "/ru/factions/vi-none"])
def test_a_body_that_nothing_names_has_no_page(sample_site: Visitor, address: str) -> None:
    assert sample_site.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/ru/committees", "/ru/factions", "/ru/transfers"])
def test_without_data_a_list_says_what_will_appear(new_home: NewHome, tmp_path: Path, address: str) -> None:
    settings = new_home(tmp_path)
    engine = open_engine(settings.database_url)
    engine.dispose()
    for visitor in open_site(settings):
        assert 'class="empty"' in visitor.get(address).text
