"""Pages that go wrong: read right, or quarantined with page, place and reason; nothing else is lost."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.pages import SourcePage
from db.records import PressRecord, SittingRecord
from db.runs import Quarantine
from scrapers.crawl import CrawlReport
from tests.scrapers.conftest import Home
from tests.scrapers.recording import HOST, Served, article, article_list, html, protocol, protocols, write_recording

_GOOD = protocol(9, "27.12.2018")
_ADDRESS = "https://kenesh.kg/ru/article/show/1"


def crawl_beside_a_good_page(home: Home, folder: Path, bad: Served, title: str) -> CrawlReport:
    """One page that may be bad, listed with one that is good."""
    listing = article_list(21, [(1, title), (9, "Протокол № 9 от 27.12.2018 г.")])
    return home.crawl(write_recording(folder, [listing, bad, _GOOD]))


def only(home: Home) -> dict[str, Any]:
    """The one quarantined thing."""
    (row,) = home.rows(Quarantine)
    return row


_PROTOCOL = protocol(1, "26.12.2018")
_TITLE = "Протокол № 1 от 26.12.2018 г."


@pytest.mark.parametrize(
    ("bad", "place", "reason"),
    [
        pytest.param(
            replace(_PROTOCOL, body=html('<div class="text"><p>Зарегистрировались 87 депутатов</p></div>')),
            "div.title",
            "expected once, found 0 times",
            id="no title",
        ),
        pytest.param(
            replace(_PROTOCOL, body=b"<html><title>Just a moment...</title>" + b" " * 5000 + b"</html>"),
            "page",
            "a challenge page: it says «Just a moment»",
            id="challenge page",
        ),
        pytest.param(
            replace(
                _PROTOCOL, body="<html><body>Обслуживание сайта, зайдите позже. Благодарим.</body></html>".encode()
            ),
            "page",
            "none of its marks is there: Жогорку Кенеш",
            id="another page",
        ),
        pytest.param(replace(_PROTOCOL, body=b"<html></html>"), "page", "only 13 bytes", id="almost empty"),
        pytest.param(
            replace(_PROTOCOL, body=gzip.compress(_PROTOCOL.body)[:-40], headers={"Content-Encoding": "gzip"}),
            "page",
            "gzip is cut off before its end",
            id="truncated gzip",
        ),
        pytest.param(
            replace(_PROTOCOL, body=b"no gzip at all", headers={"Content-Encoding": "gzip"}),
            "page",
            "broken gzip",
            id="no gzip",
        ),
        pytest.param(
            replace(_PROTOCOL, body=_PROTOCOL.body + b" " * 5_000_000), "page", "larger than 4194304 bytes", id="5 MB"
        ),
        pytest.param(
            replace(
                _PROTOCOL,
                body=gzip.compress(_PROTOCOL.body + b" " * 5_000_000),
                headers={"Content-Encoding": "gzip"},
            ),
            "page",
            "exceeded DOWNLOAD_MAXSIZE",
            id="5 MB packed",
        ),
        pytest.param(
            replace(_PROTOCOL, headers={"Content-Length": str(len(_PROTOCOL.body) + 100)}),
            "page",
            "the answer was cut off before its end",
            id="cut off",
        ),
        pytest.param(replace(_PROTOCOL, status=500), "page", "answered with status 500", id="server error"),
        pytest.param(
            replace(_PROTOCOL, body=_PROTOCOL.body.replace("Мисалов".encode(), b"\xd0\xff\xd0")),
            "charset",
            "neither utf-8 nor cp1251",
            id="unknown charset",
        ),
    ],
)
def test_a_bad_page_is_quarantined(home: Home, tmp_path: Path, bad: Served, place: str, reason: str) -> None:
    report = crawl_beside_a_good_page(home, tmp_path / "recording", bad, _TITLE)

    assert report.outcome == "red"
    row = only(home)
    assert (row["address"], row["kind"], row["place"]) == (_ADDRESS, "protocol", place)
    assert reason in row["reason"]
    assert [one["key"] for one in home.rows(SittingRecord)] == ["kenesh:protocol:9"]
    assert report.figures["quarantined"] == 1


def test_what_is_no_content_is_not_stored(home: Home, tmp_path: Path) -> None:
    challenge = replace(_PROTOCOL, body=b"<html>Just a moment...</html>" + b" " * 500)
    crawl_beside_a_good_page(home, tmp_path / "recording", challenge, _TITLE)

    assert _ADDRESS not in {one["address"] for one in home.rows(SourcePage)}


def test_a_block_page_after_a_good_one_changes_no_record(home: Home, tmp_path: Path) -> None:
    crawl_beside_a_good_page(home, tmp_path / "good", _PROTOCOL, _TITLE)
    before = [(one["key"], one["content_hash"], one["vanished_at"]) for one in home.rows(SittingRecord)]
    challenge = replace(_PROTOCOL, body=b"<html>Just a moment...</html>" + b" " * 500)

    assert crawl_beside_a_good_page(home, tmp_path / "bad", challenge, _TITLE).outcome == "red"
    assert [(one["key"], one["content_hash"], one["vanished_at"]) for one in home.rows(SittingRecord)] == before
    assert only(home)["settled_at"] is None
    assert crawl_beside_a_good_page(home, tmp_path / "good again", _PROTOCOL, _TITLE).outcome == "clean"
    assert only(home)["settled_at"] is not None


@pytest.mark.parametrize(
    ("bad", "declared"),
    [
        (_PROTOCOL.body.decode().encode("cp1251"), "utf-8"),
        (_PROTOCOL.body, "windows-1251"),
        (_PROTOCOL.body.replace(b'charset="utf-8"', b'charset="koi8-r"'), None),
        (b"\xef\xbb\xbf" + _PROTOCOL.body, None),
    ],
)
def test_a_wrong_charset_is_read_right(home: Home, tmp_path: Path, bad: bytes, declared: str | None) -> None:
    headers = {"Content-Type": f"text/html; charset={declared}"} if declared else {}
    page = replace(_PROTOCOL, body=bad, headers=headers)

    assert crawl_beside_a_good_page(home, tmp_path / "recording", page, _TITLE).outcome == "clean"
    assert home.rows(SittingRecord)[0]["title"] == _TITLE


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Протокол № 1 от 24.10.2108 г.", date(2018, 10, 24)),
        ("Протокол № 1 от 02.06. 2016 г.", date(2016, 6, 2)),
    ],
)
def test_a_slip_in_a_date_is_read_right_and_noted(home: Home, tmp_path: Path, title: str, day: date) -> None:
    page = article(1, title, "Зарегистрировались 87 депутатов.")

    assert crawl_beside_a_good_page(home, tmp_path / "recording", page, title).outcome == "clean"
    record = home.rows(SittingRecord)[0]
    assert record["day"] == day
    assert bool(record["payload"]["page"]["day_note"]) == ("2108" in title)


def test_an_impossible_date_is_quarantined(home: Home, tmp_path: Path) -> None:
    title = "Протокол № 1 от 31.02.2018 г."

    report = crawl_beside_a_good_page(home, tmp_path / "recording", article(1, title, "…"), title)

    assert report.outcome == "red"
    assert only(home)["address"] == _ADDRESS


def test_an_empty_list_page_is_not_taken_for_a_list(home: Home, tmp_path: Path) -> None:
    empty = replace(article_list(21, []), body=html('<div class="content"></div>'))

    report = home.crawl(write_recording(tmp_path / "recording", [empty]))

    assert report.outcome == "red"
    assert any("protocol_list" in reason for reason in report.reasons)
    assert only(home)["kind"] == "protocol_list"


def test_a_list_row_that_cannot_be_read_loses_one_record(home: Home, tmp_path: Path) -> None:
    item = (
        '<div class="news__item news__item__3"><h3 class="news__item__title"><a class="news__item__title__link" '
        'href="/ru/news/show/{0}/x">Проба {0}</a></h3><div class="news__item__date">{1}</div>'
        '<p class="news__item__desc">…</p></div>'
    )
    body = html('<div class="content">' + item.format(1, "30-04-2023 12:47") + item.format(2, "soon") + "</div>")

    report = home.crawl(write_recording(tmp_path / "recording", [Served(url=f"{HOST}/ru/news/all/list", body=body)]))

    assert report.outcome == "red"
    assert [one["key"] for one in home.rows(PressRecord)] == ["kenesh:press:1"]
    assert only(home)["kind"] == "press_list"


def test_known_problems_do_not_end_the_next_crawl_red(home: Home, tmp_path: Path) -> None:
    recording = write_recording(
        tmp_path / "recording",
        [*protocols("26.12.2018", "27.12.2018")[:2], article(2, "", "…")],
    )
    assert home.crawl(recording).outcome == "red"

    report = home.crawl(recording)

    assert (report.outcome, report.figures["quarantined"], report.figures["quarantine_open"]) == ("clean", 0, 1)


def test_robots_are_obeyed(home: Home, tmp_path: Path) -> None:
    robots = Served(
        url="https://old.kenesh.kg/robots.txt", body=b"User-agent: *\nDisallow: /ru/article/\n", suffix="txt"
    )

    report = home.crawl(write_recording(tmp_path / "recording", [*protocols("26.12.2018"), robots]))

    assert report.outcome == "red"
    assert home.rows(SittingRecord) == []
    assert any("Forbidden by robots.txt" in reason for reason in report.reasons)
