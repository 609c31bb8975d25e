"""A committee has no page yet: its findings are shown with its name, and without a link that leads nowhere."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.engine import open_engine
from db.findings import Finding
from db.migrate import upgrade
from db.settings import home_settings
from db.upsert import upsert
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
def site(tmp_path: Path) -> Iterator[Visitor]:
    settings = home_settings(tmp_path)
    engine = open_engine(settings.database_url)
    upgrade(engine)
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


def test_a_finding_that_names_no_committee_shows_its_id(site: Visitor) -> None:
    assert "zakonnost-1a2b3c" in site.get("/ru/findings/f2").text
