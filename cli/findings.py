"""`baikoo findings`."""

from typing import Annotated, Any

import typer
from sqlalchemy import Connection, func, select
from sqlmodel import col

from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.engine import reader
from db.findings import Finding, FindingReview, NotApplicable
from db.upsert import table_of
from publish.wording import finding_sentence
from tracker.checks import CHECKS
from vocab.errors import UsageError
from vocab.verdicts import Verdict


def findings(
    check: Annotated[str | None, typer.Option("--check", help="only this check, e.g. R23")] = None,
    verdict: Annotated[Verdict | None, typer.Option("--verdict", help="only this verdict")] = None,
    subject: Annotated[str | None, typer.Option("--subject", help="only this sitting or bill, by its id")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List what the checks found, unreviewed findings too: this is for the desk, not for the public.

    Example: `baikoo findings --check R28 --verdict broken --format json`
    """
    known = list(dict.fromkeys(one.id for one in CHECKS))
    if check is not None and check.upper() not in known:
        raise UsageError(f"no check {check!r}; there are {', '.join(known)}")
    with opened() as engine, reader(engine) as conn:
        rows = _rows(conn, check.upper() if check else None, verdict, subject)
        silent = silent_counts(conn, check=check.upper() if check else None, subject=subject)
    if form is Format.JSON:
        print_json(rows)
        return
    lines = [_line(row) for row in rows]
    empty = "No finding matches. `baikoo track` computes them."
    print_rows(lines, ("id", "check", "verdict", "finding"), title="Findings", empty=empty)
    if silent:
        typer.echo("Not applicable: " + ", ".join(f"{one} {number}" for one, number in silent.items()))


def silent_counts(conn: Connection, *, check: str | None = None, subject: str | None = None) -> dict[str, int]:
    """How often each check had nothing to say, of one check or one subject where they are given."""
    query = select(col(NotApplicable.check_id), func.sum(NotApplicable.number))
    for column, wanted in ((col(NotApplicable.check_id), check), (col(NotApplicable.subject_id), subject)):
        query = query if wanted is None else query.where(column == wanted)
    grouped = query.group_by(col(NotApplicable.check_id)).order_by(col(NotApplicable.check_id))
    return {one: int(number) for one, number in conn.execute(grouped)}


def _rows(conn: Connection, check: str | None, verdict: Verdict | None, subject: str | None) -> list[dict[str, Any]]:
    table = table_of(Finding)
    query = select(table).where(col(Finding.superseded_at).is_(None))
    for column, wanted in (
        (col(Finding.check_id), check),
        (col(Finding.verdict), verdict),
        (col(Finding.subject_id), subject),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    ordered = query.order_by(col(Finding.day), col(Finding.check_id), col(Finding.subject_id), col(Finding.case_key))
    reviews = dict(
        conn.execute(
            select(col(FindingReview.finding_id), col(FindingReview.decision)).order_by(col(FindingReview.id))
        ).all()
    )
    return [
        dict(row)
        | {
            "review": reviews.get(row["id"]),
            "sentence": finding_sentence(row["check_id"], row["reason"], row["figures"]),
        }
        for row in conn.execute(ordered).mappings()
    ]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """A finding for people: enough of its id for `baikoo review`, and what it says of what."""
    doubt = f" [needs review: {row['needs_review']}]" if row["needs_review"] else ""
    verdict = row["review"] or row["verdict"]
    said = f"{row['subject_id']}: {row['sentence']}{doubt}"
    return {"id": row["id"][:8], "check": row["check_id"], "verdict": verdict, "finding": said}
