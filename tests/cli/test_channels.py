"""`baikoo channels check` against servers that speak as the channels do."""

import json
import os
from collections.abc import Iterator

import pytest

from tests.cli.conftest import exit_code
from tests.fakes.telegram import TOKEN, TelegramFake, start_telegram


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


def test_what_is_off_is_no_fault_and_no_secret_is_shown(
    telegram: TelegramFake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "channels", "check", "telegram", "x") == 0
    out = capsys.readouterr().out
    assert "BAIKOO_X_CONSUMER_KEY" in out.replace("\n", "")
    assert TOKEN not in out
