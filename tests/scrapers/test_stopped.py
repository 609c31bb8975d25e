"""A crawl that is stopped, and a site that is down."""

import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.runs import Run
from scrapers import walking
from tests.scrapers.conftest import Home
from tests.scrapers.recording import protocols, write_recording

DAYS = ("26.12.2018", "27.12.2018", "20.12.2018")


def test_a_stopped_crawl_goes_on_only_for_the_same_wish(home: Home, tmp_path: Path) -> None:
    recording = write_recording(tmp_path / "recording", protocols(*DAYS))

    def stop(figures: Mapping[str, Any]) -> None:
        if figures["pages_fetched"] == 2:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        home.crawl(recording, progress=stop)
    assert [one["ended_at"] for one in home.rows(Run)] == [None]

    other = write_recording(tmp_path / "other", protocols("26.12.2018"))
    assert home.crawl(other).figures["kinds"]["protocol"]["unchanged"] == 1
    assert [(one["outcome"], one["reasons"]) for one in home.rows(Run)] == [("failed", ["interrupted"]), ("clean", [])]


def test_a_site_that_is_down_is_left_alone(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(walking.REPLAY_SETTINGS, "OUTAGE_AFTER", 2)
    pages = protocols(*DAYS, *DAYS)
    down = [pages[0], *(replace(page, status=503) for page in pages[1:])]

    report = home.crawl(write_recording(tmp_path / "recording", down), only_kinds=["protocol_list", "protocol"])

    assert report.outcome == "red"
    assert "the rest was not asked for" in report.reasons[0]
    assert report.figures["kinds"]["protocol"]["refused"] in (2, 3)  # the next one may be on its way already
