"""`baikoo check` and `baikoo explain`: verdicts by rule, one dossier, a story as YAML, and a finding spelled out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import DEMONSTRATION, answer, baikoo

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after crawl and track."""
    folder = tmp_path_factory.mktemp("home")
    for words in (["crawl", "kenesh", "--replay", str(DEMONSTRATION)], ["track"]):
        done = baikoo(folder, *words)
        assert done.returncode == 0, done.stderr
    return folder


def numbers(home: Path, *words: str) -> dict[str, dict[str, Any]]:
    rows = answer(home, "check", *words)
    by_rule = {row["rule"]: row for row in rows}
    assert len(by_rule) == len(rows)
    return by_rule


def test_the_table_counts_the_verdicts_of_every_rule(home: Path) -> None:
    counted = numbers(home)
    stats = answer(home, "stats")["findings"]
    for rule, row in counted.items():
        for verdict in ("kept", "broken", "cannot_tell", "not_applicable"):
            assert row[verdict] == stats.get(f"{rule} {verdict}", 0)
    assert counted["R28"]["broken"] == 1
    assert counted["R27"]["not_applicable"] > 0
    assert counted == numbers(home, "--changed")
    table = baikoo(home, "check").stdout
    assert "Verdicts by rule" in table
    assert "R28" in table


def test_one_dossier_is_looked_at_and_counted_alone(home: Path) -> None:
    broken = answer(home, "findings", "--check", "R28", "--verdict", "broken")[0]
    assert numbers(home, "--sitting", broken["subject_id"])["R28"]["broken"] == 1
    bill = answer(home, "findings", "--check", "R38")[0]["subject_id"]
    of_bill = numbers(home, "--bill", bill)
    assert "R28" not in of_bill
    assert sum(of_bill["R38"][name] for name in ("kept", "cannot_tell")) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--bill", "nothing"), "no bill 'nothing'"),
        (("--sitting", "nothing"), "no sitting 'nothing'"),
        (("--changed", "--bill", "x"), "at a time"),
        (("--case", "missing.yml"), "cannot be read"),
    ],
)
def test_what_cannot_be_checked_is_wrong_usage(home: Path, words: tuple[str, ...], said: str) -> None:
    done = baikoo(home, "check", *words)
    assert done.returncode == 2
    assert said in done.stderr


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / "docs" / "cases.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def holds(wanted: Any, said: Any) -> bool:
    """True where everything that the document shows is in the answer."""
    if isinstance(wanted, dict):
        return all(holds(value, said.get(name)) for name, value in wanted.items())
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        return all(any(holds(one, other) for other in said) for one in wanted)
    return bool(wanted == said)


def test_the_example_of_the_document_comes_out_as_it_says(home: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.yml"
    story.write_text(example("yaml"), "utf-8")
    done = baikoo(home, "check", "--case", str(story))
    assert done.returncode == 0, done.stdout
    said = json.loads(done.stdout)
    assert holds(json.loads(example("json")), said)
    (broken,) = [one for one in said[0]["findings"] if one["verdict"] == "broken"]
    assert "30 июня 2021" in broken["sentence"]
    assert broken["evidence"][0]["url"].startswith("https://24.kg/")


def test_what_a_case_does_not_expect_is_red(home: Path, tmp_path: Path) -> None:
    story = tmp_path / "story.yml"
    story.write_text(example("yaml").replace("days: 28", "days: 29"), "utf-8")
    done = baikoo(home, "check", "--case", str(story))
    assert done.returncode == 1
    assert json.loads(done.stdout)[0]["differences"] == ["R38 2021-06-30: figures.days is 28, not 29"]


@pytest.mark.parametrize(
    ("text", "said"), [("name: x\nsubjects: {}\n", "story.yml, case 1: ValueError"), (b"\xff\xfe", "not text in UTF-8")]
)
def test_a_file_that_is_no_case_is_red_with_its_place(home: Path, tmp_path: Path, text: str | bytes, said: str) -> None:
    story = tmp_path / "story.yml"
    story.write_bytes(text if isinstance(text, bytes) else text.encode())
    done = baikoo(home, "check", "--case", str(story))
    assert done.returncode == 1
    assert said in done.stderr.replace("\n", " ")


def test_a_finding_is_spelled_out(home: Path) -> None:
    finding = answer(home, "findings", "--check", "R33", "--verdict", "broken")[0]
    assert baikoo(home, "review", finding["id"], "dismiss", "--reason", "a feast").returncode == 0
    said = baikoo(home, "explain", finding["id"][:8]).stdout
    for words in (
        finding["id"],
        "ст. 35",
        "Arithmetic",
        "weekday: пятница",
        "first seen",
        "dismissed by cli: a feast",
    ):
        assert words in said
    known = answer(home, "explain", finding["id"])
    assert (known["severity"], known["history"]) == ("medium", [])
    assert [one["decision"] for one in known["reviews"]] == ["dismissed"]
    assert baikoo(home, "explain", "nothing").returncode == 2
