"""What is known of each job: one small file a job in BAIKOO_HOME/jobs, changed by one process at a time."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jobs.deciding import Entry, Last, Outcome, State
from jobs.locks import waited_for
from jobs.schedule import Job

FOLDER = "jobs"
STANDS_STILL = timedelta(minutes=10)
"""After which a scheduler that did not look at the clock is taken for one that does not run."""

_PULSE = "pulse"
_LOCK = ".lock"


class Ledger:
    """The entries of a home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER

    def read(self, name: str) -> Entry | None:
        """The entry of a job; None where nothing is known of it, or where a crash of the machine left no whole file."""
        try:
            return _entry(json.loads((self.folder / f"{name}.json").read_text("utf-8")))
        except (FileNotFoundError, json.JSONDecodeError, KeyError, ValueError):
            return None

    def change(self, name: str, how: Callable[[Entry | None], Entry]) -> tuple[Entry | None, Entry]:
        """Replace the entry by what `how` makes of it; gives both. Nobody changes one meanwhile."""
        with self.alone():
            before = self.read(name)
            after = how(before)
            if after != before:
                self._write(after)
            return before, after

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes an entry."""
        with waited_for(self.folder / _LOCK):
            yield

    def pulse(self) -> None:
        """The scheduler has looked at the clock."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _PULSE).touch()

    def output(self, name: str) -> Path:
        """The file of what the last run of a job said."""
        return self.folder / f"{name}.out"

    def lock(self, job: Job) -> Path:
        """The lock under which a job runs."""
        return self.folder / f"{job.lock}.lock"

    def _write(self, entry: Entry) -> None:
        draft = self.folder / f".{entry.name}.draft"
        draft.write_text(json.dumps(asdict(entry), default=str, ensure_ascii=False), "utf-8")
        draft.replace(self.folder / f"{entry.name}.json")


def last_pulse(home: Path) -> datetime | None:
    """When a scheduler of this home looked at the clock last; None where there never was one."""
    path = home / FOLDER / _PULSE
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone() if path.is_file() else None


def _entry(told: dict[str, Any]) -> Entry:
    last = told["last"]
    moments = {name: told[name] and datetime.fromisoformat(told[name]) for name in ("slot", "since")}
    return Entry(**{**told, **moments, "state": State(told["state"]), "last": _last(last) if last else None})


def _last(told: dict[str, Any]) -> Last:
    moments = {name: datetime.fromisoformat(told[name]) for name in ("started", "ended")}
    return Last(**{**told, **moments, "outcome": Outcome(told["outcome"])})
