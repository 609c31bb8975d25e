"""The schedule, read strictly from `schedule.yml` and from the file of the same name in the home."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from jobs.times import checked_time
from vocab.errors import ConfigError

FILE = "schedule.yml"
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job. `run` are its commands by their words, `when` its times (none: it only follows others, or is asked for).

    `after` is the time in seconds before the first of `retries`; `minutes` after which it is ended. `red_is_fine`: exit
    code 1 is what the command found and no failure of the job.
    """

    name: str
    run: tuple[tuple[str, ...], ...]
    when: tuple[str, ...] = ()
    lock: str = ""
    then: str = ""
    retries: int = 0
    after: int = 60
    minutes: int = 120
    needs: tuple[str, ...] = ()
    red_is_fine: bool = False

    def missing(self, home: Path, environ: Mapping[str, str]) -> list[str]:
        """The settings and folders without which the job is off."""
        folders = [one for one in self.needs if one.endswith("/") and not (home / one).is_dir()]
        return folders + [one for one in self.needs if not one.endswith("/") and not environ.get(one)]


Schedule = Mapping[str, Job]
"""The jobs by name, in the order of the files."""


def load_schedule(home: Path) -> Schedule:
    """The schedule of a home. Raises ConfigError with file, job and field."""
    own = home / FILE
    changes = _jobs_in(own.read_bytes(), str(own)) if own.is_file() else {}
    return read_schedule(files("jobs").joinpath(FILE).read_text("utf-8"), changes, str(own))


def read_schedule(text: str, changes: Mapping[str, Mapping[str, Any]], place: str) -> Schedule:
    """The jobs of a file, changed by those of another, which `place` names. Raises ConfigError."""
    own = _jobs_in(text, f"jobs/{FILE}")
    told: dict[str, dict[str, Any]] = {
        name: {**own.get(name, {}), **changes.get(name, {})}
        for name in [*own, *(name for name in changes if name not in own)]
    }
    jobs = {}
    for name, fields in told.items():
        where = f"{place if name in changes else f'jobs/{FILE}'}: {name}"
        if fields.pop("disabled", False) is not True:
            jobs[name] = _job(name, fields, where)
    for job in jobs.values():
        if job.then and job.then not in jobs:
            raise ConfigError(f"{place}: {job.name}: then: there is no job {job.then!r}; there are {', '.join(jobs)}")
    return jobs


def _jobs_in(text: str | bytes, place: str) -> dict[str, dict[str, Any]]:
    try:
        told = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError) as error:  # e.g. of a day that no calendar has
        raise ConfigError(f"{place}: no YAML: {' '.join(str(error).split())}") from error
    if not isinstance(told, dict):
        raise ConfigError(f"{place}: jobs by name are expected, not {type(told).__name__}")
    for name, fields in told.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise ConfigError(f"{place}: {name!r} is no name of a job: small letters, digits and -")
        if not isinstance(fields, dict):
            raise ConfigError(f'{place}: {name}: fields are expected, for example `when: ["0 4 * * *"]`')
    return told


def _job(name: str, fields: Mapping[str, Any], where: str) -> Job:
    if unknown := sorted(map(str, set(fields) - set(_FIELDS))):
        known = ", ".join((*_FIELDS, "disabled"))
        raise ConfigError(f"{where}: unknown field {unknown[0]!r}; there are {known}")
    if not fields.get("run"):
        raise ConfigError(f"{where}: run: the commands are missing, for example `run: [crawl kenesh]`")
    read = {}
    for field, value in fields.items():
        try:
            read[_CALLED.get(field, field)] = _FIELDS[field](value)
        except ValueError as error:
            raise ConfigError(f"{where}: {field}: {error}") from error
    return Job(name=name, **{"lock": name, **read})


def _texts(value: object) -> tuple[str, ...]:
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        raise ValueError(f"a list of texts is expected, not {value!r}")
    return tuple(found)


def _commands(value: object) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(shlex.split(one)) for one in _texts(value))


def _times(value: object) -> tuple[str, ...]:
    return tuple(checked_time(one) for one in _texts(value))


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError(f"a name of small letters, digits and - is expected, not {value!r}")
    return value


def _number(least: int, most: int, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"a whole number from {least} to {most} is expected, not {value!r}")
    return value


def _fine(value: object) -> bool:
    if value not in ("fine", "failed"):
        raise ValueError(f"fine or failed is expected, not {value!r}")
    return value == "fine"


_FIELDS: Mapping[str, Any] = {
    "run": _commands,
    "when": _times,
    "lock": _name,
    "then": _name,
    "retries": lambda value: _number(0, 10, value),
    "after": lambda value: _number(1, 86_400, value),
    "minutes": lambda value: _number(1, 10_000, value),
    "needs": _texts,
    "red": _fine,
}
_CALLED = {"red": "red_is_fine"}
