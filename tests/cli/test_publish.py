"""`baikoo publish …`: posts on the command line, from the draft to what nobody knows."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, update

from cli.conditions import conditions
from db.engine import open_engine
from db.outbox import Delivery
from db.settings import HomeSettings, home_settings
from db.upsert import table_of
from publish.message import Refusal
from publish.outbox.drafting import keep_draft
from tests.cli.conftest import exit_code
from tests.publish.outbox.fake_channel import NOW
from tests.publish.outbox.posting import TELEGRAM, draft, message
from vocab.dates import BISHKEK


@pytest.fixture
def drafts(empty_home: str) -> Engine:
    """A home with three drafts and one that cannot be composed."""
    engine = open_engine(empty_home)
    composed = {(TELEGRAM, lang): message(lang) for lang in ("ky", "ru", "en")}
    with engine.begin() as conn:
        keep_draft(conn, draft(), composed, NOW, approved_kinds=())
        refused = {(TELEGRAM, "ru"): Refusal(cause="too long for one part")}
        keep_draft(conn, draft("vote:2"), refused, NOW, approved_kinds=())
    return engine


def listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert exit_code(monkeypatch, "publish", "list", "--format", "json", *words) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_a_draft_is_approved_for_a_time_in_bishkek_or_rejected_with_a_reason(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "publish", "approve", "1", "2", "--at", "2026-12-01T09:00") == 0
    assert exit_code(monkeypatch, "publish", "reject", "3", "--reason", "says otherwise") == 0
    approved = listed(monkeypatch, capsys, "--state", "approved", "--channel", "telegram")
    assert [(row["id"], row["due_at"]) for row in approved] == [
        (2, "2026-12-01 03:00:00+00:00"),
        (1, "2026-12-01 03:00:00+00:00"),
    ]
    assert exit_code(monkeypatch, "publish", "show", "3") == 0
    assert "says otherwise" in capsys.readouterr().out
    assert exit_code(monkeypatch, "publish", "show", "4") == 0
    assert "too long for one part" in capsys.readouterr().out


def test_a_time_that_is_over_is_a_slip_and_not_at_once(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "publish", "approve", "1", "--at", "2020-12-01T09:00") == 2
    assert "2020-12-01 09:00 is over in Bishkek" in capsys.readouterr().err
    assert listed(monkeypatch, capsys, "--state", "approved") == []


def test_a_list_says_that_there_is_more_and_keeps_a_long_title_short(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with drafts.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(message={"title": "слово " * 40, "parts": []}, due_at=NOW))
    assert exit_code(monkeypatch, "publish", "list", "--most", "3") == 0
    out = capsys.readouterr().out
    assert "There are more than these 3" in out
    assert out.count("слово") == 30, "ten words of each title"
    assert f"{NOW.astimezone(BISHKEK):%H:%M}" in out
    assert len(listed(monkeypatch, capsys, "--most", "3")) == 3
    assert exit_code(monkeypatch, "publish", "list", "--most", "4") == 0
    assert "There are more" not in capsys.readouterr().out


def test_a_post_is_approved_whole_by_its_event(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "publish", "approve", draft().event) == 0
    assert [row["id"] for row in listed(monkeypatch, capsys, "--state", "approved")] == [3, 2, 1]
    assert exit_code(monkeypatch, "publish", "reject", draft().event, "--reason", "no") == 2
    assert "no post of this event has drafts" in capsys.readouterr().err


def test_of_several_all_are_approved_or_none(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "publish", "approve", "1", "4") == 2
    assert "delivery 4: in its present state this cannot be done: refused" in capsys.readouterr().err
    assert listed(monkeypatch, capsys, "--state", "approved") == []


def test_what_nobody_knows_is_settled_by_a_person_and_never_simply_sent_again(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "publish", "status") == 0
    out = capsys.readouterr().out
    assert "3 wait for a person: /desk/posts" in out
    assert "1 could not be composed: `baikoo publish list --state refused`" in out
    with drafts.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(state="unknown", started_at=NOW))
    assert exit_code(monkeypatch, "publish", "status") == 1
    assert "4 unknown" in capsys.readouterr().out
    assert exit_code(monkeypatch, "publish", "retry", "1", "--reason", "now") == 2
    assert "look there first" in capsys.readouterr().err
    assert exit_code(monkeypatch, "publish", "settle", "1", "--found", "https://t.me/baikoo/7") == 0
    assert exit_code(monkeypatch, "publish", "settle", "2", "--not-there") == 2
    assert exit_code(monkeypatch, "publish", "settle", "2", "--not-there", "--reason", "looked at 10:40") == 0
    assert exit_code(monkeypatch, "publish", "retry", "2", "--reason", "now") == 0
    assert exit_code(monkeypatch, "publish", "settle", "3", "--found", "u", "--not-there") == 2
    found = {row["id"]: row["state"] for row in listed(monkeypatch, capsys)}
    assert found == {1: "sent", 2: "approved", 3: "unknown", 4: "unknown"}


def test_the_kill_switch_says_who_and_why(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BAIKOO_TELEGRAM_TOKEN", raising=False)
    monkeypatch.delenv("BAIKOO_TELEGRAM_CHAT", raising=False)
    assert exit_code(monkeypatch, "publish", "stop", "--reason", "taken over") == 0
    assert exit_code(monkeypatch, "publish", "status") == 0
    out = capsys.readouterr().out
    assert "everything is stopped since" in out
    assert "telegram (ky, ru, en) is off: not set" in out, "once, and not in each language"
    assert exit_code(monkeypatch, "publish", "status", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["held"][0]["reason"] == "taken over"
    assert exit_code(monkeypatch, "publish", "resume") == 0
    capsys.readouterr()
    assert exit_code(monkeypatch, "publish", "resume") == 2
    assert "`baikoo publish status` shows" in capsys.readouterr().err


def test_without_a_channel_nothing_is_delivered_and_it_says_so(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("publish.channels.registry.CHANNELS", {})
    assert exit_code(monkeypatch, "publish", "deliver", "--once") == 2
    assert "no channel can be used" in capsys.readouterr().err


def test_publish_alone_writes_the_feeds_as_ever(
    drafts: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "publish", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["written"] > 0
    assert exit_code(monkeypatch, "publish", "feeds") == 0
    assert "0 files written" in capsys.readouterr().out


def test_the_staff_is_told_of_what_waits_for_a_person_and_of_what_does_not_get_through(drafts: Engine) -> None:
    settings = home_settings(Path(drafts.url.database or "").parent)
    with drafts.begin() as conn:
        assert told(conn, settings) == set()
        known: list[dict[str, Any]] = [{"state": "unknown", "due_at": NOW}, {"state": "unknown"}, {"state": "dead"}]
        for number, values in enumerate([*known, {"state": "failed", "attempts": 3}], start=1):
            conn.execute(update(table_of(Delivery)).where(table_of(Delivery).c.id == number).values(**values))
        assert told(conn, settings) == {"posts:unknown", "posts:dead", "posts:failing"}
        words = conditions(conn, settings, NOW)["posts:unknown"]
    assert ": 1." in words, "what the program still asks for is not told"


def told(conn: Connection, settings: HomeSettings) -> set[str]:
    return {key for key in conditions(conn, settings, NOW) if key.startswith("posts:")}
