"""`baikoo jobs`: the schedule, one job by hand, and what became of it."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer.main

from cli.conditions import conditions
from cli.doctor import examine
from cli.main import build
from db.engine import open_engine, reader
from db.settings import home_settings
from jobs.deciding import Entry
from jobs.ledger import Ledger
from jobs.schedule import load_schedule
from tests.cli.conftest import exit_code

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
OWN = """
counts: {run: [stats], then: broken}
broken: {run: [show bill nobody], when: ["0 9 * * 1"]}
"""


@pytest.fixture
def folder(home: str, tmp_path: Path) -> Path:
    """A home with two jobs of its own."""
    (tmp_path / "schedule.yml").write_text(OWN)
    return tmp_path


def test_jobs_are_listed_with_their_next_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "jobs", "list", "--format", "json") == 0
    jobs = {row["job"]: row for row in json.loads(capfd.readouterr().out)}
    assert jobs["broken"]["next"].endswith(" 09:00")
    assert (jobs["alerts"]["next"], jobs["counts"]["runs"]) == ("off: BAIKOO_ALERTS is missing", ["stats"])


def test_the_schedule_names_commands_that_are_there(tmp_path: Path) -> None:
    tree: Any = typer.main.get_command(build())
    for job in load_schedule(tmp_path).values():
        for name, *rest in job.run:
            inner = getattr(tree.commands[name], "commands", {})
            assert not inner or not rest or rest[0] in inner, f"{job.name}: {name} {rest}"


def test_a_job_by_hand_runs_its_commands_and_what_follows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", str(Path(__file__).parents[2])]))
    assert exit_code(monkeypatch, "jobs", "once", "counts") == 2
    assert "nobody" in capfd.readouterr().err
    assert exit_code(monkeypatch, "jobs", "status", "--format", "json") == 1
    told = json.loads(capfd.readouterr().out)
    assert [(one["name"], one["state"], one["last"]["code"]) for one in told["jobs"]] == [
        ("counts", "idle", 0),
        ("broken", "idle", 2),
    ]
    assert (told["locks"], told["queue"], told["scheduler"]) == ([], [], None)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("once", "nothing"), "there is no job 'nothing'"),
        (("once", "alerts"), "alerts is off: BAIKOO_ALERTS is missing"),
        (("status", "nothing"), "there is no job 'nothing'"),
    ],
)
def test_wrong_usage_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert exit_code(monkeypatch, "jobs", *words) == 2
    assert told in capfd.readouterr().err


def test_a_command_that_does_not_exist_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "schedule.yml").write_text("own: {run: [crowl kenesh]}")
    assert exit_code(monkeypatch, "jobs", "list") == 2
    assert "own: run: there is no command 'crowl'" in capfd.readouterr().err


def test_the_staff_is_told_of_a_scheduler_that_stands_still_and_of_jobs_that_fail(folder: Path, home: str) -> None:
    settings, ledger = home_settings(folder), Ledger(folder)
    engine = open_engine(home)
    with reader(engine) as conn:
        assert "scheduler" not in conditions(conn, settings, NOW)
        ledger.pulse()
        os.utime(folder / "jobs/pulse", times=(NOW.timestamp(), NOW.timestamp()))
        ledger.change("broken", lambda _: Entry(name="broken", since=NOW, failures=2))
        ledger.change("counts", lambda _: Entry(name="counts", since=NOW, failures=1))
        found = conditions(conn, settings, NOW + timedelta(minutes=9))
        assert {key for key in found if key.startswith(("job", "scheduler"))} == {"job:broken"}
        found = conditions(conn, settings, NOW + timedelta(minutes=12))
        assert "12" in found["scheduler"]
    engine.dispose()
    sign = next(one for one in examine(settings) if one.what == "scheduler")
    assert (sign.fine, "2026-09-01" in sign.seen) == (False, True)
