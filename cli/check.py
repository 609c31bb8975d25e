"""`baikoo check`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, Engine, func, select
from sqlmodel import col

from cli.findings import silent_counts
from cli.home import Format, FormatOption, opened, print_json, print_rows
from cli.trying import Tried, try_file
from db.bills import Bill
from db.engine import reader
from db.findings import Finding
from db.sittings import Sitting
from db.upsert import table_of
from publish.wording import check_name
from tracker.checks import CHECKS
from tracker.identify.merging import current_ids
from tracker.run import all_dossiers
from tracker.run import track as run_tracker
from vocab.errors import BaikooError, ConfigError, UsageError
from vocab.verdicts import Verdict

EXIT_RED = 1


def check(
    bill: Annotated[str | None, typer.Option("--bill", metavar="ID", help="only this bill")] = None,
    sitting: Annotated[str | None, typer.Option("--sitting", metavar="ID", help="only this sitting")] = None,
    changed: Annotated[bool, typer.Option("--changed", help="only what changed since the last run")] = False,
    case: Annotated[
        Path | None, typer.Option("--case", metavar="FILE", help="a story as YAML, see docs/cases.md; prints JSON")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Look at dossiers again (bills, sittings, committees), and count the verdicts of each rule. Without options: all.

    Examples: `baikoo check` · `baikoo check --sitting plenary-2017-05-17` · `baikoo check --case story.yml`
    """
    if sum(map(bool, (bill, sitting, changed, case))) > 1:
        raise UsageError("one of --bill, --sitting, --changed and --case at a time")
    if case is not None:
        _print_case(case)
        return
    with opened() as engine:
        subject = _look(engine, bill, sitting, changed=changed)
        with reader(engine) as conn:
            rows = verdicts(conn, subject)
    if form is Format.JSON:
        print_json(rows)
        return
    columns = ("rule", *(one.value for one in Verdict), "name")
    print_rows(rows, columns, title="Verdicts by rule", empty="Nothing to check yet. `baikoo crawl` collects it.")


def _look(engine: Engine, bill: str | None, sitting: str | None, *, changed: bool) -> str | None:
    """Judge what was asked for; gives the id of the one dossier that it was."""
    now = datetime.now(UTC)
    if changed:
        run_tracker(engine, now=now)
        return None
    with reader(engine) as conn:
        subject = _subject(conn, bill, sitting)
        ids = [subject] if subject else all_dossiers(conn)
    run_tracker(engine, now=now, only=ids)
    return subject


def _subject(conn: Connection, bill: str | None, sitting: str | None) -> str | None:
    """The dossier that was named. Raises UsageError where there is none."""
    for what, key, model in (("bill", bill, Bill), ("sitting", sitting, Sitting)):
        if key:
            key = current_ids(conn, [key]).get(key, key) if model is Bill else key
            if conn.execute(select(table_of(model).c.id).where(table_of(model).c.id == key)).scalar() is None:
                raise UsageError(f"no {what} {key!r}; ids stand in the addresses of the site and in `baikoo findings`")
            return key
    return None


def verdicts(conn: Connection, subject: str | None = None) -> list[dict[str, Any]]:
    """What stands now: how often each verdict was given on each rule, of all dossiers or of one."""
    by = (col(Finding.check_id), col(Finding.verdict))
    query = select(*by, func.count()).where(col(Finding.superseded_at).is_(None)).group_by(*by)
    if subject is not None:
        query = query.where(col(Finding.subject_id) == subject)
    counts: dict[str, dict[str, int]] = {}
    for rule, verdict, number in conn.execute(query):
        counts.setdefault(rule, {})[verdict] = number
    for rule, number in silent_counts(conn, subject=subject).items():
        counts.setdefault(rule, {})[Verdict.NOT_APPLICABLE] = number
    rules = dict.fromkeys(one.id for one in CHECKS)  # some rules have two checks
    return [_row(rule, counts[rule]) for rule in rules if rule in counts]


def _row(rule: str, counts: Mapping[str, int]) -> dict[str, Any]:
    return {"rule": rule, **{one.value: counts.get(one, 0) for one in Verdict}, "name": check_name(rule)}


def _print_case(file: Path) -> None:
    """The findings of each case as JSON; red where the file is no case, or expects something else."""
    try:
        tried: list[Tried] = try_file(file)
    except ConfigError as error:
        raise BaikooError(str(error)) from error
    print_json(tried)
    if any(one["differences"] for one in tried):
        raise typer.Exit(EXIT_RED)
