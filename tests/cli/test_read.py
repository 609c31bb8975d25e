"""`baikoo read`: the text layer on any text."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import build

TEXT = (
    "Принят законопроект о рекламе\n"
    "На заседании Жогорку Кенеша сегодня депутаты приняли проект Закона «О внесении изменений в Закон «О рекламе» "
    "в первом чтении. За проголосовали 70, против 3. Законопроект представил депутат Нурланбек Шакиев <script>."
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path / "home"))
    return CliRunner()


def test_a_typed_text_is_read_for_people(run: CliRunner) -> None:
    answer = run.invoke(build(), ["read", "--day", "2023-04-27"], input=TEXT)
    assert answer.exit_code == 0, answer.output
    for words in ("Language: ru", "Нурланбек Шакиев", "adopted", "2023-04-27", "domestic commerce"):
        assert words.casefold() in answer.output.casefold()


def test_a_file_is_read_for_programs(run: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "release.txt"
    file.write_text(TEXT, "utf-8")
    answer = run.invoke(build(), ["read", str(file), "--format", "json"])
    found = json.loads(answer.stdout)
    assert found["events"][0]["votes_for"] == 70
    assert {one["kind"] for one in found["mentions"]} >= {"person", "act", "votes"}


def test_mentions_are_marked_on_a_page(run: CliRunner) -> None:
    page = run.invoke(build(), ["read", "--format", "html"], input=TEXT).stdout
    assert "<mark" in page
    assert "PERSON" in page
    assert "<script>" not in page


@pytest.mark.parametrize(("text", "words"), [(b"", "no text"), (b" \n ", "no text"), (b"\xff\xfe\x00", "UTF-8")])
def test_what_is_no_text_is_said(run: CliRunner, tmp_path: Path, text: bytes, words: str) -> None:
    file = tmp_path / "release.txt"
    file.write_bytes(text)
    answer = run.invoke(build(), ["read", str(file)])
    assert answer.exit_code != 0
    assert words in str(answer.exception)
