"""`baikoo channels list`, and `check` against servers that speak as the channels do."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.audit import Act
from db.engine import open_engine
from db.settings import load_settings
from publish.outbox.answers import Done
from publish.outbox.switching import hold, stop
from tests.cli.conftest import exit_code
from tests.fakes.telegram import TOKEN, TelegramFake, start_telegram
from vocab.posts import ChannelName


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramFake]:
    for name in [name for name in os.environ if name.startswith("BAIKOO_")]:
        monkeypatch.delenv(name)
    with start_telegram() as fake:
        for name, value in fake.settings().items():
            monkeypatch.setenv(name, value)
        yield fake


def test_check_verifies_and_posts_nothing(
    telegram: TelegramFake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BAIKOO_TELEGRAM_CHAT_RU", "@nobody")
    monkeypatch.setenv("BAIKOO_FACEBOOK_PAGE", "1")
    assert exit_code(monkeypatch, "channels", "check", "facebook", "telegram", "--format", "json") == 1
    said = {(row["channel"], row["lang"]): row["said"] for row in json.loads(capsys.readouterr().out)}
    assert next(iter(said))[0] == "telegram", "in the order in which channels are offered"
    assert said["telegram", "ky"] == "@baikoo_bot → @baikoo_news"
    assert said["telegram", "ru"] == "Bad Request: chat not found"
    assert said["facebook", "en"] == "not set: BAIKOO_FACEBOOK_TOKEN"
    assert telegram.posts == []


def test_links_that_nobody_else_can_open_are_told_of(
    telegram: TelegramFake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for address, is_told in (("", True), ("http://localhost:8000/", True), ("https://baikoo.example", False)):
        if address:
            monkeypatch.setenv("BAIKOO_PUBLIC_URL", address)
        assert exit_code(monkeypatch, "channels", "check", "telegram") == 0
        assert ("nobody else can open: set BAIKOO_PUBLIC_URL" in capsys.readouterr().out) is is_told


def test_what_is_off_is_no_fault_and_no_secret_is_shown(
    telegram: TelegramFake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "channels", "check", "telegram", "x") == 0
    out = capsys.readouterr().out
    assert "BAIKOO_X_CONSUMER_KEY" in out.replace("\n", "")
    assert TOKEN not in out


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("BAIKOO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    return tmp_path


def listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> dict[tuple[str, str], Any]:
    assert exit_code(monkeypatch, "channels", "list", *words, "--format", "json") == 0
    return {(row["channel"], row["lang"]): row for row in json.loads(capsys.readouterr().out)}


def test_the_list_says_what_is_off_wrong_stopped_or_waiting(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {
        "MASTODON_TOKEN": "secret-of-mastodon",
        "MASTODON_URL_RU": "mastodon.example",
        "MASTODON_URL": "https://m",
    }
    settings |= {"BLUESKY_HANDLE": "baikoo.example", "BLUESKY_PASSWORD": "secret-of-bluesky"}
    settings |= {"SMTP_URL": "smtp://u:secret-of-mail@127.0.0.1:9", "MAIL_FROM": "a@b.kg", "EMAIL_TO_KY": "l@b.kg"}
    for name, value in settings.items():
        monkeypatch.setenv(f"BAIKOO_{name}", value)
    listed(monkeypatch, capsys)  # makes the database
    engine, now = open_engine(load_settings().database_url), datetime.now(UTC)
    act = Act(who="user:7", at=now)
    with engine.begin() as conn:
        assert stop(conn, ChannelName.MASTODON, "a mistake", act) == Done()
        hold(conn, (ChannelName.BLUESKY, "ru"), now + timedelta(hours=1), "429", now)
    engine.dispose()
    rows = listed(monkeypatch, capsys)
    states = {
        account: (row["state"], row["said"].partition(" (Bishkek)")[2] or row["said"]) for account, row in rows.items()
    }
    assert states["telegram", "ky"] == ("off", "not set: BAIKOO_TELEGRAM_TOKEN, BAIKOO_TELEGRAM_CHAT")
    assert states["mastodon", "ky"] == ("STOPPED", " by user:7: a mistake")
    assert states["mastodon", "ru"] == ("FAULT", "BAIKOO_MASTODON_URL is an address that begins with https://")
    assert (states["bluesky", "ky"], states["bluesky", "ru"]) == (("on", ""), ("waits", ": 429"))
    assert (rows["email", "ky"]["account"], states["email", "ky"]) == ("l@b.kg", ("on", ""))
    assert states["email", "en"][1] == "letters to subscribers only: BAIKOO_EMAIL_TO is not set"
    assert rows["bluesky", "en"]["takes"] == "300 letters, threads of 4, pictures to 1 MB, delete, find"
    assert states["calendar", "en"][1].startswith("not written yet")
    assert exit_code(monkeypatch, "channels", "list") == 0
    table = capsys.readouterr().out
    assert "ky, ru, en" in table
    assert "secret-of" not in table + str(rows)
    assert exit_code(monkeypatch, "channels", "check", "mastodon") == 1, "wrong settings"
