"""`baikoo stats`."""

from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import col

from cli.findings import silent_counts
from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.engine import reader
from db.findings import Finding
from db.links import Link
from db.metadata import METADATA
from db.pages import SourcePage
from db.protocols import AbsenceMark, BreakMark, RegistrationMark, TransferMark
from db.records import PressRecord, SittingRecord
from db.runs import Origin, Quarantine, Run
from db.sittings import Sitting
from db.upsert import table_of
from vocab.verdicts import Verdict


def stats(form: FormatOption = Format.TABLE) -> None:
    """Count what the database holds: tables, sittings by source, protocol lines, press, runs, quarantine.

    Example: `baikoo stats --format json`
    """
    with opened() as engine, reader(engine) as conn:
        figures = collect(conn)
    if form is Format.JSON:
        print_json(figures)
        return
    for part, counted in figures.items():
        if isinstance(counted, dict):
            rows = [{"what": name, "count": count} for name, count in counted.items()]
            print_rows(rows, ("what", "count"), title=part, empty=f"{part}: nothing yet")
    print_rows(
        figures["runs"],
        ("stage", "site", "origin", "outcome", "started_at", "reasons"),
        title="runs",
        empty="no run yet",
    )
    columns = ("kind", "address", "place", "reason")
    print_rows(figures["quarantine"], columns, title="quarantine", empty="quarantine: nothing")


def collect(conn: Connection) -> dict[str, Any]:
    """All figures, as `--format json` prints them."""
    return {
        "origin": {"kind": conn.execute(select(col(Origin.kind))).scalar()},
        "tables": {name: _count(conn, table) for name, table in sorted(METADATA.tables.items())},
        "sittings": {"all": _count(conn, Sitting)} | _by(conn, SittingRecord.source),
        "protocol lines": {
            "registrations": _count(conn, RegistrationMark),
            "breaks": _count(conn, BreakMark),
            "absences": _count(conn, AbsenceMark),
            "vote_transfers": _count(conn, TransferMark),
        },
        "press": {
            "records": _count(conn, PressRecord),
            "with_body": _count_where(conn, PressRecord, col(PressRecord.has_body)),
        },
        "pages by status": {str(status): count for status, count in _by(conn, SourcePage.status).items()},
        "names": _by(conn, Link.method, col(Link.dossier_type) == "person"),
        "findings": _findings(conn),
        "runs": [_run(dict(row)) for row in conn.execute(select(table_of(Run)).order_by(col(Run.id))).mappings()],
        "quarantine": _quarantine(conn),
    }


def _count(conn: Connection, table: Any) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def _count_where(conn: Connection, table: Any, condition: Any) -> int:
    return conn.execute(select(func.count()).select_from(table).where(condition)).scalar_one()


def _by(conn: Connection, column: Any, condition: Any = True) -> dict[str, int]:
    query = select(column, func.count()).group_by(column).order_by(column)
    return dict(conn.execute(query if condition is True else query.where(condition)).all())


def _findings(conn: Connection) -> dict[str, int]:
    current = col(Finding.superseded_at).is_(None)
    query = select(col(Finding.check_id), col(Finding.verdict), func.count()).where(current)
    grouped = query.group_by(col(Finding.check_id), col(Finding.verdict)).order_by(
        col(Finding.check_id), col(Finding.verdict)
    )
    figures = {f"{check} {verdict}": count for check, verdict, count in conn.execute(grouped)}
    figures |= {f"{check} {Verdict.NOT_APPLICABLE}": number for check, number in silent_counts(conn).items()}
    return dict(sorted(figures.items()))


def _run(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: row[name]
        for name in ("id", "stage", "site", "origin", "started_at", "ended_at", "outcome", "figures", "reasons")
    }


def _quarantine(conn: Connection) -> list[dict[str, Any]]:
    open_ones = select(table_of(Quarantine)).where(col(Quarantine.settled_at).is_(None)).order_by(col(Quarantine.id))
    return [dict(row) for row in conn.execute(open_ones).mappings()]
