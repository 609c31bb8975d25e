"""`baikoo audit`: the log of who did what, and whether it is whole."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.home import Format, FormatOption, opened, print_json, print_rows
from db import audit
from db.accounts import names
from db.engine import reader


def build() -> typer.Typer:
    """Who did what: list the latest acts, and look whether a row was changed by hand."""
    app = typer.Typer(help="Look at the log of who did what.", no_args_is_help=True)
    app.command("verify")(verify)
    app.command("list")(list_acts)
    return app


def verify() -> None:
    """Follow the chain from the first row; exit code 1 at the first row that does not fit.

    The hash of the last row is worth writing down elsewhere: rows cut off at the end leave a whole chain.

    Example: `baikoo audit verify`
    """
    with opened() as engine, reader(engine) as conn:
        broken, (count, last_hash) = audit.verify(conn), audit.head(conn)
    if broken:
        typer.echo(f"The chain is broken at row {broken.id}: {broken.reason}.")
        raise typer.Exit(1)
    typer.echo(f"The chain is whole: {count} rows, the last hash is {last_hash}.")


def list_acts(
    limit: Annotated[int, typer.Option(help="how many, the newest first", min=1)] = 50,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the latest acts.

    Example: `baikoo audit list --limit 10 --format json`
    """
    with opened() as engine, reader(engine) as conn:
        known = names(conn)
        rows = [_named(row, known) for row in audit.newest(conn, limit)]
    if form is Format.JSON:
        print_json(rows)
        return
    columns = ("id", "at", "who", "action", "target")
    shown = [row | {key: row[f"{key}_name"] or row[key] for key in ("who", "target")} for row in rows]
    print_rows(shown, columns, title="Acts", empty="Nothing was done yet.")


def _named(row: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The row, and beside the ids the names that belong to them now."""
    return dict(row) | {f"{key}_name": known.get(row[key]) for key in ("who", "target")}
