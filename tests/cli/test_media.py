"""`baikoo media`: attach, keep, approve, list and withdraw."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from sqlalchemy import insert

from db.engine import open_engine
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from tests.cli.conftest import exit_code

URL = "https://www.youtube.com/watch?v=aB3_-efghij"
VIDEO = ("video", "add", "plenary-2026-11-25", f"{URL}&utm_source=x")
INTERVIEW = ("interview", "add", "asanov", "https://gazeta.kg/1", "--title", "О пенсиях", "--day", "2026-11-20")
QUOTE = ("--field", "language=ru", "--field", "bill=n-6-1-26", "--field", "quote=Пенсии вырастут.")


@pytest.fixture
def parliament(home: str) -> None:
    engine = open_engine(home)
    sitting = {"id": "plenary-2026-11-25", "body": "plenary", "day": date(2026, 11, 25), "title": "Повестка"}
    with engine.begin() as conn:
        more = {"extraordinary": False, "cancelled": False, "starts_at": time(10, 0)}
        conn.execute(insert(table_of(Sitting)).values(**sitting, **more))
        conn.execute(insert(table_of(Person)).values(id="asanov", name="Асанов Асан", surname="Асанов"))
    engine.dispose()


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    return exit_code(monkeypatch, "media", *words)


@pytest.mark.usefixtures("parliament")
def test_media_are_added_listed_and_leave_the_published_feeds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, *VIDEO) == run(monkeypatch, *VIDEO) == 0
    line = f"Video 1: plenary-2026-11-25 on YouTube, {URL}\n"
    assert capsys.readouterr().out == line * 2
    assert run(monkeypatch, *INTERVIEW, *QUOTE) == 0
    assert "shown nowhere until it is approved" in capsys.readouterr().out
    feed = tmp_path / "public" / "feeds" / "ru" / "all.atom"
    assert exit_code(monkeypatch, "publish") == 0
    published = feed.read_text()
    assert ("Начало: 25 ноября 2026" in published, "Пенсии вырастут" in published) == (True, False)
    approved = ("interview", "approve", "1", "--approver", "А. Асанов", "--how", "письмо", "--on", "2026-11-19")
    assert run(monkeypatch, *approved) == exit_code(monkeypatch, "publish") == 0
    assert "«Пенсии вырастут.» Целиком: https://gazeta.kg/1" in feed.read_text()
    for kind in ("video", "interview"):
        assert run(monkeypatch, "withdraw", kind, "1", "--reason", "не то") == 0
    published = feed.read_text()
    assert [word in published for word in ("Пенсии вырастут", "О пенсиях", URL, "снято", "снята")] == [
        *(False, False, False),
        *(True, True),
    ]
    capsys.readouterr()
    assert run(monkeypatch, "list", "--format", "json") == 0
    kept = json.loads(capsys.readouterr().out)
    assert [kept[name][0]["withdrawn_reason"] for name in ("videos", "interviews")] == ["не то", "не то"]
    assert run(monkeypatch, "list") == 0
    assert "withdrawn by cli: не то" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("parliament")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*VIDEO[:3], "https://youtube.evil.example/"), "url: foreign host (taken are addresses of one video, like "),
        ((*VIDEO, "--starts", "26.11."), "starts: not a time"),
        ((*VIDEO[:2], "plenary-1", URL), "there is no sitting plenary-1"),
        ((*INTERVIEW, "--field", "language=ru", "--field", "bild=1"), "bild is no field of an interview; there are "),
        ((*INTERVIEW, "--field", "language=de"), "language: not one of"),
        (("withdraw", "video", "7", "--reason", "x"), "no video 7 stands"),
    ],
)
def test_what_is_wrong_is_refused(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert said in capsys.readouterr().err
