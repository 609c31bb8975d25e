"""The gold labels and the counting of scores."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluation.gold import lines_of, releases
from nlp.evaluation.score import WORST, Miss, chosen_score, found_score
from vocab.errors import UsageError

PAGE = (
    "<html><body><h1>Заголовок</h1><div class='text ck-editor'><p>Первый\nабзац, <b>жирный</b></p><!-- x -->"
    "<ul><li>пункт&nbsp;один</li><li></li></ul>конец</div></body></html>"
)
URL = "http://kenesh.kg/ru/news/show/1/01-04-2023"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, replay = tmp_path / "gold", tmp_path / "replay"
    gold.mkdir()
    replay.mkdir()
    label: dict[str, Any] = {"url": URL, "title": "Заголовок", "published": "2023-04-01"}
    label |= {name: [] for name in ("events", "people", "acts", "topics")}
    (gold / "news.jsonl").write_text(f"{json.dumps(label, ensure_ascii=False)}\n\n", "utf-8")
    (replay / "page.html").write_text(PAGE, "utf-8")
    (replay / "index.csv").write_text(f"file,url,status\npage.html,{URL},200\n,http://kenesh.kg/gone,404\n", "utf-8")
    return gold, replay


def test_a_release_comes_with_its_text(folders: tuple[Path, Path]) -> None:
    (release,) = releases(*folders)
    assert release.published == date(2023, 4, 1)
    assert release.body == "Первый абзац, жирный\nпункт один\nконец"
    assert release.label["events"] == []


def test_a_missing_folder_is_said(folders: tuple[Path, Path], tmp_path: Path) -> None:
    gold, replay = folders
    with pytest.raises(UsageError, match=r"a gold folder has news\.jsonl"):
        releases(tmp_path / "nothing", replay)
    with pytest.raises(UsageError, match="a replay folder has one"):
        releases(gold, tmp_path / "nothing")
    (replay / "page.html").unlink()
    with pytest.raises(UsageError, match=r"has no page http://kenesh\.kg"):
        releases(gold, replay)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"a": 1}\n{"a": \n', "utf-8")
    with pytest.raises(UsageError, match="line 2: not JSON"):
        lines_of(tmp_path / "news.jsonl")


@pytest.mark.parametrize(
    ("lines", "said"),
    [("[1, 2]", "line 1: not an object"), ('{"url": "x"}', "a line lacks title"), ("\udcff", "not text in UTF-8")],
)
def test_what_is_no_label_is_said(folders: tuple[Path, Path], lines: str, said: str) -> None:
    gold, replay = folders
    (gold / "news.jsonl").write_bytes(lines.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=said):
        releases(gold, replay)


@pytest.mark.parametrize(
    ("right", "found", "wanted", "precision", "recall", "f1"),
    [
        (3, 4, 6, 0.75, 0.5, 0.6),
        (0, 0, 0, 1.0, 1.0, 1.0),
        (0, 2, 0, 0.0, 0.0, 0.0),
        (0, 0, 2, 0.0, 0.0, 0.0),
    ],
)
def test_what_was_found_is_counted(
    right: int, found: int, wanted: int, precision: float, recall: float, f1: float
) -> None:
    score = found_score(right=right, found=found, wanted=wanted)
    assert (score.precision, score.recall) == (precision, recall)
    assert score.f1 == pytest.approx(f1)
    assert (score.n, score.accuracy) == (wanted, None)


def test_what_was_chosen_is_counted() -> None:
    misses = [Miss(where=f"line {number}", wanted="6", found=None) for number in range(20)]
    score = chosen_score(right=30, n=50, misses=misses)
    assert (score.accuracy, score.f1, len(score.misses)) == (0.6, None, WORST)
    assert chosen_score(right=0, n=0).accuracy is None
