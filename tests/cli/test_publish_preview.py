"""`baikoo publish preview`: examples, posts that were decided, refusals."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.engine import open_engine
from publish.composing.examples import example
from publish.outbox.drafting import keep_draft
from tests.cli.conftest import exit_code
from vocab.posts import PostKind


def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = exit_code(monkeypatch, "publish", "preview", *words)
    return code, capsys.readouterr().out


def test_an_example_is_shown_with_its_length_and_card(
    home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("vote_result", "--channel", "x", "--lang", "ky", "--cards", str(tmp_path / "look"))
    code, said = shown(monkeypatch, capsys, *words)
    assert code == 0
    assert "Макул: 71, каршы: 18" in said
    assert "— 268 / 280" in said
    (card,) = (tmp_path / "look").iterdir()
    assert card.name in said
    assert not (tmp_path / "cards").exists()


def test_a_decided_post_is_shown_by_its_event(
    home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(home)
    draft = example(PostKind.LAW_SIGNED)
    with engine.begin() as conn:
        keep_draft(conn, draft, {}, datetime(2026, 11, 27, tzinfo=UTC), approved_kinds=())
    engine.dispose()
    code, said = shown(monkeypatch, capsys, draft.event, "--channel", "email", "--format", "json")
    rows: list[dict[str, Any]] = json.loads(said)
    assert code == 0
    assert [row["lang"] for row in rows] == ["ky", "ru", "en"]
    assert "Закон подписан" in rows[1]["message"]["title"]
    assert shown(monkeypatch, capsys, "no_such_event")[0] == 2
    assert shown(monkeypatch, capsys, "hearing", "--lang", "de")[0] == 2


def test_an_editors_broken_template_is_refused_by_name(
    home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "templates" / "ru" / "posts"
    folder.mkdir(parents=True)
    (folder / "hearing.j2").write_text("Слушания\n{{ wen }}", "utf-8")
    code, said = shown(monkeypatch, capsys, "hearing", "--channel", "telegram")
    assert code == 1
    assert "REFUSED: template ru/posts/hearing.j2, line 2: 'wen' is undefined" in said
    assert "Public hearing" in said


def test_a_template_with_a_slip_in_its_name_is_told_of(
    home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "templates" / "ru" / "posts"
    folder.mkdir(parents=True)
    for name in ("hearings.j2", "hearing.telegram.j2", "footer.j2"):
        (folder / name).write_text("Слушания", "utf-8")
    assert exit_code(monkeypatch, "publish", "preview", "hearing", "--channel", "telegram") == 0
    said = capsys.readouterr().err
    assert "templates/ru/posts/hearings.j2 is named as no kind of post" in said
    assert said.count("is named as") == 1
