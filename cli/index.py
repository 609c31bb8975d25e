"""`baikoo index`."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.home import Format, FormatOption, opened, print_json
from nlp.search.run import index as run_index


def index(
    everything: Annotated[bool, typer.Option("--everything", help="write all documents anew")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Bring the search up to date: bills, agenda items, press releases, protocols, confirmed findings, acts.

    Writes only what changed since the last run, and removes what is no more.

    Example: `baikoo index`
    """
    with opened() as engine:
        counts = asdict(run_index(engine, now=datetime.now(UTC), everything=everything))
    if form is Format.JSON:
        print_json(counts)
        return
    typer.echo("Indexed: " + ", ".join(f"{name} {value}" for name, value in counts.items()) + ".")
