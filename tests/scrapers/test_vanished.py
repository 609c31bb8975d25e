"""Records that a site no longer shows: marked after a complete, clean walk, never deleted."""

import json
from pathlib import Path

from sqlmodel import SQLModel

from db.records import AgendaEntry, RegistryEntry, SittingRecord
from tests.scrapers.conftest import Home
from tests.scrapers.recording import HOST, Served, article, article_list, html, write_recording


def test_a_walk_to_the_end_marks_what_vanished(home: Home, tmp_path: Path) -> None:
    full, less = (bills(*numbers) for numbers in (("6-1/26", "6-2/26"), ("6-1/26",)))
    home.crawl(write_recording(tmp_path / "full", [full]))

    report = home.crawl(write_recording(tmp_path / "less", [less]))

    assert vanished(home, RegistryEntry) == [False, True]
    assert report.figures["vanished"] == 1


def bills(*numbers: str) -> Served:
    rows = [
        {"vh_nom": number, "vh_dat": "2026-09-23T00:00:00.000Z", "zpNameRus": f"О проекте Закона «О пробе {number}»"}
        for number in numbers
    ]
    body = json.dumps({"content": rows}, ensure_ascii=False).encode()
    return Served(url="https://kenesh.kg/sed/docs?page=0&limit=100", body=body, suffix="json")


def agendas(*numbers: int) -> list[Served]:
    """A committee whose section announces these sittings."""
    title = "Повестка дня заседания Комитета по социальной политике на {} ноября 2018 года"
    return [
        Served(url=f"{HOST}/ru/committee/list/34", body=html('<a href="/ru/committee/show/3">Комитет</a>')),
        Served(url=f"{HOST}/ru/committee/show/3", body=html('<a href="/ru/article/list/77">Повестки дня</a>')),
        article_list(77, [(number, title.format(number)) for number in numbers]),
        *(
            article(number, title.format(number), "1. О проекте Закона «О пробах» (первое чтение)")
            for number in numbers
        ),
    ]


def vanished(home: Home, model: type[SQLModel]) -> list[bool]:
    return [one["vanished_at"] is not None for one in home.rows(model)]


def test_an_announcement_that_is_gone_takes_its_lines_with_it(home: Home, tmp_path: Path) -> None:
    assert home.crawl(write_recording(tmp_path / "both", agendas(20, 21))).outcome == "clean"
    assert home.crawl(write_recording(tmp_path / "one", agendas(21))).figures["vanished"] == 1
    assert (vanished(home, SittingRecord), vanished(home, AgendaEntry)) == ([True, False], [True, False])

    home.crawl(None)
    assert vanished(home, SittingRecord) == [True, False]

    home.crawl(write_recording(tmp_path / "both again", agendas(20, 21)))
    assert (vanished(home, SittingRecord), vanished(home, AgendaEntry)) == ([False, False], [False, False])


def test_an_incomplete_walk_marks_nothing(home: Home, tmp_path: Path) -> None:
    home.crawl(write_recording(tmp_path / "both", agendas(20, 21, 22)))
    home.crawl(write_recording(tmp_path / "a page is missing", agendas(21, 22)[:-1]))
    assert vanished(home, SittingRecord) == [False] * 3
