"""The scores of press events and readings, on a gold of our own and on the real one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluation import press_events, readings

URL = "http://example.kg/1"
LABEL: Mapping[str, Any] = {
    "draft": "О воде",
    "kind": "law",
    "body": "plenary",
    "action": "adopted",
    "readings": [2],
    "date": "2024-05-15",
    "presenter": "Асан Усенов",
}
BODY = (
    "На заседании Жогорку Кенеша 15 мая депутаты приняли законопроект «О воде» во втором чтении. "
    "Законопроект представил министр Асан Усенов."
)


def folders(home: Path, labels: list[Mapping[str, Any]], body: str = BODY) -> tuple[Path, Path]:
    """A gold folder and a replay folder with one release."""
    row = {"url": URL, "title": "Новости", "published": "2024-05-16", "events": labels}
    (home / "news.jsonl").write_text(json.dumps(row), "utf-8")
    (home / "index.csv").write_text(f"file,url\n1.html,{URL}\n", "utf-8")
    (home / "1.html").write_text(f'<html><div class="ck-editor"><p>{body}</p></div></html>', "utf-8")
    return home, home


def test_a_right_event_counts(tmp_path: Path) -> None:
    score = press_events.score(*folders(tmp_path, [LABEL]))
    assert (score.precision, score.recall, score.f1, score.n, score.misses) == (1, 1, 1, 1, ())
    assert score.parts == {"kind": 1, "committee": 1, "presenter": 1, "initiator": 1}


@pytest.mark.parametrize(
    "wrong", [{"action": "rejected"}, {"body": "committee"}, {"readings": [1]}, {"date": "2024-05-16"}]
)
def test_a_field_that_differs_is_a_miss(tmp_path: Path, wrong: dict[str, Any]) -> None:
    score = press_events.score(*folders(tmp_path, [{**LABEL, **wrong}]))
    assert (score.precision, score.recall) == (0, 0)
    assert score.misses[0].found == "О воде | plenary adopted [2] 2024-05-15"


def test_parts_are_told_apart(tmp_path: Path) -> None:
    label = {**LABEL, "presenter": "Другой Человек", "initiator": "Кабинет министров"}
    score = press_events.score(*folders(tmp_path, [label]))
    assert score.f1 == 1
    assert score.parts == {"kind": 1, "committee": 1, "presenter": 0, "initiator": 0}


def test_an_event_that_nobody_labelled_costs_precision(tmp_path: Path) -> None:
    score = press_events.score(*folders(tmp_path, []))
    assert (score.precision, score.n) == (0, 0)
    assert score.misses[0].wanted is None


def test_a_label_that_is_not_found_costs_recall(tmp_path: Path) -> None:
    other = {**LABEL, "draft": "О совсем других вещах"}
    score = press_events.score(*folders(tmp_path, [LABEL, other]))
    assert (score.precision, score.recall) == (1, 0.5)
    assert score.misses[0].found is None


def test_one_event_is_not_counted_for_two_labels(tmp_path: Path) -> None:
    assert press_events.score(*folders(tmp_path, [LABEL, LABEL])).recall == 0.5


def test_readings_are_scored_where_the_draft_matched(tmp_path: Path) -> None:
    other = {**LABEL, "draft": "О совсем других вещах"}
    score = readings.score(*folders(tmp_path, [{**LABEL, "readings": [3]}, other]))
    assert (score.accuracy, score.n) == (0, 1)
    assert score.misses[0].wanted == "О воде | plenary adopted [3] 2024-05-15"
    assert readings.score(*folders(tmp_path, [LABEL])).accuracy == 1


def test_the_real_gold(shared_data: Path) -> None:
    """The bars of issue 3; docs/nlp.md has the figures of the day."""
    folders = shared_data / "gold", shared_data / "kenesh-reconstructed"
    found = press_events.score(*folders)
    assert found.n >= 50
    assert found.f1 is not None
    assert found.f1 >= 0.95, found.misses
    assert all(share >= 0.95 for share in found.parts.values()), found.parts
    read = readings.score(*folders)
    assert read.accuracy is not None
    assert read.accuracy >= 0.97, read.misses
