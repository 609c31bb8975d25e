"""`baikoo fact`: what a letter or a paper tells of a bill or a sitting, with its source."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from cli.deciding import WhoOption, decider
from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.audit import Act
from db.engine import reader
from tracker.fact_reading import read_fact
from tracker.facts import state_fact, withdraw_fact
from tracker.judging import Rules
from tracker.observations import known_grounds
from tracker.rows import local_day
from tracker.stored_facts import all_facts
from vocab.errors import UsageError
from vocab.facts import SHAPES
from vocab.timeline import SubjectKind

Subject = Annotated[str, typer.Argument(metavar="SUBJECT", help="bill:ID or sitting:ID")]


def build() -> typer.Typer:
    """State what a letter or paper tells of a bill or sitting, with its source; list and withdraw such facts."""
    app = typer.Typer(help="State what letters and papers tell. A correction is a withdrawal and a new fact.")
    app.command("add")(add)
    app.command("list")(list_facts)
    app.command("withdraw")(withdraw)
    return app


def add(
    subject: Subject,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="signed, document, … : docs/facts.md names them")],
    day: Annotated[str, typer.Option("--day", help="when it happened: 2026-11-20")],
    source: Annotated[str, typer.Option("--source", help="a link, or words that name the paper; the public reads it")],
    fields: Annotated[
        list[str] | None, typer.Option("--field", help="what the kind allows, as name=value; repeat it for several")
    ] = None,
    who: WhoOption = None,
) -> None:
    """State a fact; the same fact again is no second one. `baikoo track` takes it in.

    Example: `baikoo fact add bill:n-6-502-17 document --day 2026-03-02 --field what=legal --source "letter 12 of 2.3."`
    """
    kind_of, key = _subject(subject)
    known = [one.value for one in SHAPES[kind_of]]
    if kind not in known:
        raise UsageError(f"{kind} is no fact of a {kind_of.value}; there are {', '.join(known)}: docs/facts.md")
    pairs = [one.partition("=") for one in fields or ()]
    said = {name: value for name, _, value in pairs} | {"kind": kind, "day": day, "source": source}
    fact = read_fact((kind_of, key), said, known_grounds(Rules.load().book), local_day(datetime.now(UTC)))
    with opened() as engine, engine.begin() as conn:
        number = state_fact(conn, fact, _act(engine, who))
    typer.echo(f"Fact {number}: {subject} {kind} {day}. `baikoo track` takes it in.")


def list_facts(subject: Subject, form: FormatOption = Format.TABLE) -> None:
    """List what was stated of a bill or a sitting, withdrawn facts too, the newest first.

    Example: `baikoo fact list bill:n-6-502-17`
    """
    with opened() as engine, reader(engine) as conn:
        rows = all_facts(conn, *_subject(subject))
    if form is Format.JSON:
        print_json([dict(row) for row in rows])
        return
    print_rows([_line(row) for row in rows], ("id", "day", "kind", "what"), title="Facts", empty="Nothing was stated.")


def withdraw(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="the number of the fact")],
    reason: Annotated[str, typer.Option("--reason", help="why; kept with the fact")],
    who: WhoOption = None,
) -> None:
    """Take a fact back; it stays on the list with the reason.

    Example: `baikoo fact withdraw 7 --reason "the letter is about another bill"`
    """
    with opened() as engine, engine.begin() as conn:
        withdraw_fact(conn, number, reason, _act(engine, who))
    typer.echo(f"Fact {number} is withdrawn. `baikoo track` takes it in.")


def _subject(said: str) -> tuple[SubjectKind, str]:
    kind, _, key = said.partition(":")
    known = {one.value: one for one in SHAPES}
    if kind not in known or not key:
        raise UsageError(f"{said}: name a bill or a sitting, like bill:n-6-502-17")
    return known[kind], key


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    said = " ".join(f"{name}={value}" for name, value in row["value"].items())
    state = f" – withdrawn by {row['withdrawn_by']}: {row['withdrawn_reason']}" if row["withdrawn_at"] else ""
    what = f"{said} «{row['source']}» ({row['stated_by']}, {row['stated_at']:%Y-%m-%d}){state}".strip()
    return {"id": row["id"], "day": row["day"], "kind": row["kind"], "what": what}


def _act(engine: Engine, who: str | None) -> Act:
    return Act(who=decider(engine, who), at=datetime.now(UTC))
