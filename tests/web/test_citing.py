"""Cite this page: a permanent address, a day, and a checksum that anybody can compute again."""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from tests.web.conftest import Visitor
from tests.web.sample import BILL, HOSTILE, UNREVIEWED
from vocab.verdicts import Verdict
from web.public.citing import Citation, canonical

LANGUAGES = ("ky", "ru", "en")


@dataclass(frozen=True)
class Told:
    day: date
    names: frozenset[str] = frozenset()
    note: str | None = None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", ["", "as_of=2026-09-01"])
def test_the_checksum_is_of_the_bytes_that_the_permanent_address_gives(
    sample_site: Visitor, lang: str, query: str
) -> None:
    page = sample_site.get(f"/{lang}/bills/{BILL}?{query}").text
    address = re.search(r'href="http://127.0.0.1:8000(/bills/[^"]+format=json)"', page)
    checksum = re.search(r"<code>([0-9a-f]{64})</code>", page)
    assert address
    assert checksum
    asked = sample_site.get(html.unescape(address[1]), **{"Accept-Language": lang})
    content = sample_site.get(asked.headers["location"])
    assert hashlib.sha256(content.content).hexdigest() == checksum[1]
    assert content.headers["content-type"] == "application/json"
    told = json.loads(content.content)
    assert told["id"] == BILL
    assert UNREVIEWED not in {one["id"] for one in told["findings"]}
    assert all(form in page for form in ("@misc{baikoo-bills-", "TY  - ELEC"))


def test_a_day_before_anything_was_seen_knows_no_event(sample_site: Visitor) -> None:
    told = sample_site.get(f"/ru/bills/{BILL}?as_of=2020-01-01&format=json").json()
    assert told["events"] == told["documents"] == told["findings"] == []


def test_titles_cannot_break_out_of_a_form(sample_site: Visitor) -> None:
    page = sample_site.get(f"/en/bills/{HOSTILE}").text
    assert "</textarea><" not in re.sub(r"(?s)<textarea[^>]*>[^<]*</textarea>", "", page)
    assert "<script>" not in page


def test_content_has_one_form() -> None:
    moment = datetime(2026, 9, 1, 14, 5, 6, 789, tzinfo=timezone(timedelta(hours=6)))
    told = {
        "ы": [Told(date(2026, 9, 1), frozenset({"б", "а"}), note=""), Told(date(2026, 9, 2))],
        "at": (moment, time(9, 30), Verdict.KEPT),
        "none": None,
    }
    assert canonical(told).decode() == (
        '{"at":["2026-09-01T08:05:06+00:00","09:30:00","kept"],'
        '"ы":[{"day":"2026-09-01","names":["а","б"],"note":""},{"day":"2026-09-02"}]}'
    )


def test_forms_for_programs_escape_what_they_must() -> None:
    said = Citation(
        key="bills/ч-1",
        title="50 % {of} A&B_C",
        address="https://x.kg/bills/1?as_of=2026-09-01",
        as_of=date(2026, 9, 1),
        settled=True,
        checksum="0" * 64,
        asked=datetime(2026, 9, 2, tzinfo=UTC).date(),
    )
    assert r"title = {{50 \% \{of\} A\&B\_C}}" in said.bibtex
    assert said.bibtex.startswith("@misc{baikoo-bills---1-20260901,")
    assert said.ris.endswith("ER  - ")
