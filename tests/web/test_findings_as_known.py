"""What stood on a day and was public then is shown for that day; what was dismissed is shown for none."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.engine import open_engine
from db.findings import Finding, FindingReview
from db.happenings import Happening
from db.migrate import upgrade
from db.settings import home_settings
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from tests.web.sample import BROKEN, DISMISSED, OLD, SITTING, UNREVIEWED, WITHDRAWN

FIRST, LATER = "2026-09-01", "2026-09-02"
HIDDEN = (DISMISSED, WITHDRAWN, UNREVIEWED)


def test_a_day_shows_what_stood_and_was_public_then(filled: Visitor) -> None:
    before_any, before_the_review, after_it = (
        ("2026-08-31", "", (OLD, BROKEN)),
        (FIRST, OLD, (BROKEN,)),
        (LATER, BROKEN, (OLD,)),
    )
    for page in ("/ru/findings", f"/ru/sittings/{SITTING}"):
        for day, shown, not_shown in (before_any, before_the_review, after_it):
            text = filled.get(f"{page}?as_of={day}").text
            leads_there = f"verdict=kept&amp;as_of={day}" in text  # several of a check are a number
            assert shown in text or leads_there, (page, day)
            assert [one for one in (*not_shown, *HIDDEN) if f"/{one}" in text] == [], (page, day)


def test_what_no_longer_stands_says_so(sample_site: Visitor) -> None:
    assert "больше не действует" in sample_site.get(f"/ru/findings?as_of={FIRST}").text
    assert "больше не действует" not in sample_site.get("/ru/findings").text
    assert f"as_of={FIRST}" in sample_site.get(f"/ru/findings?as_of={FIRST}&check=R23").text


@pytest.mark.parametrize(
    ("asked", "rows"),
    [("year=2017&month=5", 3), ("year=2017&month=6", 0), ("severity=low", 0), ("committee=reglament", 0)],
)
def test_findings_can_be_narrowed(sample_site: Visitor, asked: str, rows: int) -> None:
    lines = sample_site.get(f"/ru/findings?{asked}&subject={SITTING}&format=csv").text.splitlines()
    assert len(lines) - 1 == rows


def test_findings_are_counted_by_month(sample_site: Visitor) -> None:
    page = sample_site.get("/ru/findings?by=month").text
    assert "май 2017" in page
    assert "month=5" in page


def test_a_finding_can_be_cited_and_verified(sample_site: Visitor) -> None:
    content = sample_site.get(f"/ru/findings/{BROKEN}?as_of={LATER}&format=json").content
    assert hashlib.sha256(content).hexdigest() in sample_site.get(f"/en/findings/{BROKEN}?as_of={LATER}").text
    assert sample_site.get(f"/ru/findings/{BROKEN}?as_of=2026-08-01").status_code == 404


@pytest.fixture
def taken_back(tmp_path: Path) -> Iterator[Visitor]:
    """A confirmed accusation that was computed anew, and its successor was dismissed."""
    settings = home_settings(tmp_path)
    engine = open_engine(settings.database_url)
    upgrade(engine)
    same: dict[str, object] = {
        "check_id": "R28",
        "subject_kind": "sitting",
        "subject_id": "s",
        "case_key": "1",
        "verdict": "broken",
    }
    same |= {"day": date(2026, 1, 1), "reason": "r", "edition": "e", "article": "a", "code_version": "1"}
    spring, summer = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    with engine.begin() as conn:
        first = same | {"id": "first", "computed_at": spring, "superseded_at": summer}
        sample.add(conn, Finding, first, same | {"id": "second", "computed_at": summer})
        news: dict[str, object] = {
            "key": "finding_confirmed:first",
            "kind": "finding_confirmed",
            "subject_kind": "sitting",
            "title": "t",
        }
        news |= {"subject_id": "s", "day": date(2026, 1, 1), "seen_at": spring, "facts": {"finding": "first", "n": 54}}
        sample.add(conn, Happening, news)
        for key, decision, day in (("first", "confirmed", spring), ("second", "dismissed", summer)):
            said = {"finding_id": key, "decision": decision, "reason": "", "decided_by": "a", "decided_at": day}
            sample.add(conn, FindingReview, said)
    engine.dispose()
    yield from open_site(settings)


def test_a_dismissal_holds_for_all_findings_of_the_case(taken_back: Visitor) -> None:
    assert "/first" not in taken_back.get("/en/findings?as_of=2026-04-01").text
    assert taken_back.get("/en/findings/first").status_code == 410
    assert taken_back.get("/en/findings/second").status_code == 404
    [said] = taken_back.get("/api/v1/happenings").json()["items"]
    assert said["facts"] == {"finding": "first"}
