"""The commands as a person runs them: a home of their own, the demonstration as data."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cli.main import main

DEMONSTRATION = Path("scrapers/sites/kenesh/demonstration").resolve()


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


def baikoo(home: Path, *words: str) -> Done:
    """Run a command in a home: what crawls in a process of its own, the rest here, for it is much faster."""
    environment = _environment(home)
    return _apart(environment, words) if words[0] in {"crawl", "run"} else _here(environment, words)


def _environment(home: Path) -> dict[str, str]:
    return {"BAIKOO_HOME": str(home), "PYTHONWARNINGS": "ignore"}


def _apart(environment: dict[str, str], words: tuple[str, ...]) -> Done:
    others = {name: value for name, value in os.environ.items() if not name.startswith("BAIKOO_")}
    command = [sys.executable, "-m", "cli", *words]
    done = subprocess.run(command, env=others | environment, capture_output=True, text=True, timeout=300, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def _here(environment: dict[str, str], words: tuple[str, ...]) -> Done:
    said, complained = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        patch.delenv("BAIKOO_DATABASE_URL", raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["baikoo", *words])
        with pytest.raises(SystemExit) as ended:
            main()
    return Done(int(ended.value.code or 0), said.getvalue(), complained.getvalue())


def answer(home: Path, *words: str) -> Any:
    """What a command says to programs: JSON alone on standard output."""
    done = baikoo(home, *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after crawl, track and publish."""
    folder = tmp_path_factory.mktemp("home")
    for words in (["crawl", "kenesh", "--replay", str(DEMONSTRATION)], ["track"], ["publish"]):
        done = baikoo(folder, *words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return folder


def test_stats_counts_what_was_stored(home: Path) -> None:
    figures = answer(home, "stats")
    assert figures["origin"]["kind"] == "replay"
    assert figures["sittings"]["all"] > 0
    assert figures["sittings"]["protocol"] > 0
    assert figures["protocol lines"]["vote_transfers"] > 0
    assert figures["tables"]["source_page"] > 0
    assert [run["outcome"] for run in figures["runs"] if run["stage"] == "crawl"] == ["clean"]
    assert "sittings" in baikoo(home, "stats").stdout


def test_a_second_run_changes_nothing(home: Path) -> None:
    before = answer(home, "stats")["tables"]
    report = answer(home, "crawl", "kenesh", "--replay", str(DEMONSTRATION))
    assert (report["outcome"], report["figures"]["pages_parsed"]) == ("clean", 0)
    answer(home, "track")
    assert answer(home, "publish")["written"] == 0
    after = answer(home, "stats")["tables"]
    assert before | {"run": 0} == after | {"run": 0}


def test_findings_are_listed_and_filtered(home: Path) -> None:
    everything = answer(home, "findings")
    broken = answer(home, "findings", "--verdict", "broken")
    assert {row["verdict"] for row in everything} == {"kept", "broken", "cannot_tell"}
    assert broken == [row for row in everything if row["verdict"] == "broken"]
    assert all(row["sentence"] for row in everything)
    assert answer(home, "findings", "--check", "r28", "--verdict", "kept") != []
    assert "No finding matches" in baikoo(home, "findings", "--subject", "nothing").stdout


def test_show_tells_timelines_and_persons(home: Path) -> None:
    sitting = answer(home, "findings", "--check", "R23")[0]["subject_id"]
    assert answer(home, "show", "sitting", sitting)["subject"]["id"] == sitting
    assert "Timeline" in baikoo(home, "show", "sitting", sitting).stdout
    assert answer(home, "show", "sitting", sitting, "--as-of", "2001-01-01")["events"] == []
    bill = answer(home, "findings", "--check", "R38")[0]["subject_id"]
    assert answer(home, "show", "bill", bill)["events"]
    giver = answer(home, "findings", "--check", "R28")[0]["figures"]["giver_id"]
    assert answer(home, "show", "person", giver)["memberships"]


def test_a_confirmed_finding_reaches_the_feed_and_a_dismissed_one_leaves_it(home: Path) -> None:
    finding = answer(home, "findings", "--check", "R28", "--verdict", "broken")[0]["id"]
    feed = home / "public" / "feeds" / "ru" / "findings.atom"
    assert finding not in feed.read_text("utf-8")
    assert baikoo(home, "review", finding[:8], "confirm", "--reason", "compared").returncode == 0
    answer(home, "publish")
    assert "Подтверждён" in feed.read_text("utf-8")
    assert baikoo(home, "review", finding, "dismiss", "--reason", "a slip").returncode == 0
    answer(home, "publish")
    assert "Подтверждён" not in feed.read_text("utf-8")
    assert "отозван" in feed.read_text("utf-8")
    assert [row["review"] for row in answer(home, "findings") if row["id"] == finding] == ["dismissed"]


def test_doctor_and_database_check_are_content(home: Path) -> None:
    assert all(sign["fine"] for sign in answer(home, "doctor"))
    assert baikoo(home, "db", "check").returncode == 0
    assert baikoo(home, "db", "upgrade").returncode == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["crawl", "atlantis"], "atlantis"),
        (["crawl", "kenesh", "--replay", "/nonexistent"], "index.csv"),
        (["crawl", "kenesh", "--replay", str(DEMONSTRATION), "--from-archive"], "exclude each other"),
        (["crawl", "kenesh"], "BAIKOO_HOME"),
        (["show", "bill", "nothing"], "nothing"),
        (["show", "person", "nobody"], "nobody"),
        (["review", "ffffffff", "confirm", "--reason", "x"], "ffffffff"),
        (["nonsense"], "nonsense"),
        (["findings", "--check", "R99"], "there are R01"),
        (["import", "membership", "/nope"], "no folder"),
        (["findings", "--verdict", "guilty"], "guilty"),
    ],
)
def test_wrong_usage_is_named_and_ends_with_two(home: Path, words: list[str], says: str) -> None:
    # No crawl begins, so that a process of its own is not needed; the first shows that it is the same there.
    done = baikoo(home, *words) if "atlantis" in words else _here(_environment(home), tuple(words))
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_home_is_no_error(tmp_path: Path) -> None:
    assert answer(tmp_path, "findings") == []
    assert answer(tmp_path, "stats")["sittings"] == {"all": 0}
    assert answer(tmp_path, "track")
    assert answer(tmp_path, "publish")["last_seq"] == 0
    assert all(sign["fine"] for sign in answer(tmp_path, "doctor"))


def test_run_shows_the_demonstration_where_no_site_answers(tmp_path: Path) -> None:
    done = baikoo(tmp_path, "run", "--once", "--demo")
    assert done.returncode == 0, done.stdout + done.stderr
    own = tmp_path / "demonstration"
    assert answer(own, "stats")["origin"]["kind"] == "demonstration"
    assert not (tmp_path / "baikoo.sqlite").exists()
    assert (own / "public" / "feeds" / "ru" / "all.atom").is_file()
