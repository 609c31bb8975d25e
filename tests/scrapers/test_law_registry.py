"""The law registry: asked day by day."""

import json
from datetime import date
from pathlib import Path

from db.pages import SourcePage
from db.records import ActRecord
from scrapers.sites.cbd.spiders import days_back, request_body
from tests.scrapers.conftest import Home
from tests.scrapers.recording import Served, write_recording


def day_page(day: str, *codes: int) -> Served:
    rows = [
        {
            "documentCode": code,
            "lastEdition": 7,
            "nameRu": f"Закон КР «О пробе {code}»",
            "vid": "Закон",
            "organ": "Жогорку Кенеш",
            "dateAdopted": f"{day}T00:00:00",
            "datePublication": None,
        }
        for code in codes
    ]
    return Served(
        url="https://cbd.minjust.gov.kg/api/v1/GetDocuments",
        body=json.dumps({"totalResultsCount": len(codes), "data": rows}).encode(),
        recorded_at="2026-09-03",
        method="POST",
        request_body=request_body(date.fromisoformat(day)),
        suffix="json",
    )


def test_days_are_asked_newest_first() -> None:
    assert list(days_back(date(2026, 9, 3), date(2026, 9, 1))) == [
        date(2026, 9, 3),
        date(2026, 9, 2),
        date(2026, 9, 1),
    ]
    assert len(list(days_back(date(2026, 9, 3), None))) == 31


def test_acts_of_two_days(home: Home, tmp_path: Path) -> None:
    recording = write_recording(tmp_path / "recording", [day_page("2026-09-01", 1, 2), day_page("2026-09-02", 3)])

    report = home.crawl(recording, site="cbd", since=date(2026, 9, 1))

    assert (report.outcome, report.figures["kinds"]["documents"]) == (
        "clean",
        {"fetched": 2, "missing": 1, "parsed": 2},
    )
    assert [one["key"] for one in home.rows(ActRecord)] == ["cbd:act:1", "cbd:act:2", "cbd:act:3"]
    stored = [one for one in home.rows(SourcePage) if one["status"] == 200]
    assert {one["request_body"] for one in stored} == {request_body(date(2026, 9, day)) for day in (1, 2)}
    assert len({one["address"] for one in stored}) == 2

    again = home.crawl(recording, site="cbd")
    assert again.figures["kinds"]["documents"] == {"unchanged": 2}
    assert (again.figures["pages_parsed"], again.figures["records_changed"]) == (0, 0)
    assert home.crawl(None, site="cbd").figures["records_unchanged"] == 3


def test_a_hurried_site_is_asked_again(home: Home, tmp_path: Path) -> None:
    busy = Served(
        url="https://cbd.minjust.gov.kg/api/v1/GetDocuments",
        body=b"slowly",
        status=429,
        recorded_at="2026-09-01",
        method="POST",
        request_body=request_body(date(2026, 9, 1)),
        headers={"Retry-After": "0"},
    )

    report = home.crawl(write_recording(tmp_path / "recording", [busy]), site="cbd", since=date(2026, 9, 1))

    assert report.outcome == "red"
    assert "answered with status 429" in report.reasons[0]
