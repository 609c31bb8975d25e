"""Dated lists of deputies that others kept: `<convocation>/<YYYY-MM>.csv` with `name` and `party`."""

import csv
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from db.runs import Run
from db.upsert import table_of
from scrapers.items import DeputyItem
from scrapers.page import Problem, Reading
from scrapers.pipelines.quarantine import Spot, quarantine
from scrapers.pipelines.statements import Origin
from scrapers.pipelines.store import store_items
from scrapers.pipelines.validate import validated
from vocab.errors import UsageError
from vocab.text import fold_space

SITE = "kenesh"  # whose deputies they are
_KIND = "membership"
_CONVOCATION = re.compile(r"[IVX]+")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One list: the file, the day it was seen on the site, the address of the archived page where it is known."""

    file: Path
    convocation: str
    day: date
    url: str | None

    @property
    def address(self) -> str:
        """What names the list in the quarantine, wherever the folder lies."""
        return f"{_KIND}:{self.convocation}/{self.file.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """How an import ended, `clean` or `red`; `figures`: lists, rows, records by what became of them, quarantined."""

    outcome: str
    figures: dict[str, int]
    reasons: tuple[str, ...]


def import_membership(engine: Engine, folder: Path, *, now: datetime) -> ImportReport:
    """Store every list of a folder as deputy records.

    A row that names nobody is quarantined, a file that is no list makes the import red.
    Looks into `folder/export` and `folder`. A list's day is that of the first archived page of its month named in
    `kenesh_<convocation>_links.json`, else the first of the month. A second import of the same lists changes
    nothing. Raises UsageError for a folder without lists.
    """
    found = snapshots(folder)
    figures = Counter({"lists": len(found), "rows": 0, "new": 0, "changed": 0, "unchanged": 0, "quarantined": 0})
    lost: list[str] = []
    with engine.begin() as conn:
        for snapshot in found:
            problems = _import_list(conn, snapshot, figures, now)
            figures["quarantined"] += len(problems)
            lost += [f"{snapshot.address}, {one.place}: {one.reason}" for one in problems if one.record_lost]
        outcome = "red" if lost else "clean"
        conn.execute(table_of(Run).insert().values(_run(now, outcome, figures, lost)))
    return ImportReport(outcome=outcome, figures=dict(figures), reasons=tuple(lost))


def snapshots(folder: Path) -> tuple[Snapshot, ...]:
    """The lists of a folder in the order of their months. Raises UsageError where there is none."""
    root = folder / "export" if (folder / "export").is_dir() else folder
    files = [
        file
        for convocation in root.iterdir()
        if convocation.is_dir() and _CONVOCATION.fullmatch(convocation.name)
        for file in convocation.glob("*.csv")
        if _MONTH.fullmatch(file.stem)
    ]
    if not files:
        raise UsageError(
            f"{folder} holds no lists of deputies: they are files like VI/2016-11.csv, with the columns name and party."
        )
    links = {name: _links(folder / f"kenesh_{name}_links.json") for name in {file.parent.name for file in files}}
    return tuple(_snapshot(file, links[file.parent.name]) for file in sorted(files, key=lambda one: one.stem))


def read_list(snapshot: Snapshot) -> Reading:
    """The deputies of one list. A row that names nobody is a problem, a file that is no such list is a lost one."""
    try:
        with snapshot.file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [(reader.line_num, row) for reader in (csv.DictReader(stream),) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        return _unreadable(str(error))
    if any("name" not in row for _, row in rows):
        return _unreadable("no column «name»")
    named = [(fold_space(row["name"] or ""), row) for _, row in rows]
    return Reading(
        items=tuple(_deputy(snapshot, name, row) for name, row in named if name),
        problems=tuple(
            Problem(place=f"line {line}", reason="no name", excerpt=", ".join(map(str, row.values())))
            for (line, row), (name, _) in zip(rows, named, strict=True)
            if not name
        ),
    )


def _unreadable(reason: str) -> Reading:
    return Reading(problems=(Problem(place="file", reason=reason, record_lost=True),))


def _deputy(snapshot: Snapshot, name: str, row: Mapping[str, str | None]) -> DeputyItem:
    return DeputyItem(
        key=f"{_KIND}:{snapshot.convocation}:{snapshot.day.isoformat()}:{name}",
        name=name,
        convocation=snapshot.convocation,
        faction=fold_space(row.get("party") or "") or None,
        shown_on=snapshot.day,
        url=snapshot.url,
    )


def _import_list(conn: Connection, snapshot: Snapshot, figures: Counter[str], now: datetime) -> tuple[Problem, ...]:
    """Store one list and count it; give the rows that were lost."""
    reading = validated(read_list(snapshot), snapshot.day)
    spot = Spot(site=SITE, kind=_KIND, address=snapshot.address, page_id=None)
    quarantine(conn, spot, reading.problems, now)
    stored = store_items(conn, reading.items, Origin(site=SITE, url=snapshot.url, page_id=None), now=now)
    for items, counts in stored.counts.values():
        figures.update(rows=items, new=counts.new, changed=counts.changed, unchanged=counts.unchanged)
    return reading.problems


def _snapshot(file: Path, links: Mapping[str, tuple[date, str]]) -> Snapshot:
    year, month = map(int, file.stem.split("-"))
    day, url = links.get(file.stem, (date(year, month, 1), None))
    return Snapshot(file=file, convocation=file.parent.name, day=day, url=url)


def _links(path: Path) -> dict[str, tuple[date, str]]:
    """The first archived page of each month. Raises UsageError for a file of another form."""
    first: dict[str, tuple[date, str]] = {}
    if not path.is_file():
        return first
    try:
        for one in json.loads(path.read_text(encoding="utf-8"))["archived_urls"]:
            day = date.fromisoformat(one["date"])
            month = day.strftime("%Y-%m")
            first[month] = min(first.get(month, (day, one["url"])), (day, one["url"]))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} does not name archived pages as expected: {error!r}.") from error
    return first


def _run(now: datetime, outcome: str, figures: Mapping[str, int], reasons: list[str]) -> dict[str, Any]:
    return {
        "stage": "import",
        "site": SITE,
        "origin": "import",
        "asked": "",
        "started_at": now,
        "ended_at": datetime.now(UTC),
        "outcome": outcome,
        "figures": dict(figures),
        "reasons": reasons,
    }
