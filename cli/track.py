"""`baikoo track`."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.home import Format, FormatOption, opened, print_json
from tracker.run import track as run_tracker


def track(
    everything: Annotated[
        bool, typer.Option("--everything", help="look at all dossiers again, not only at what changed")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Understand new records as bills, persons and sittings, check them, and note what is new.

    Example: `baikoo track`
    """
    with opened() as engine:
        counts = asdict(run_tracker(engine, now=datetime.now(UTC), everything=everything))
    if form is Format.JSON:
        print_json(counts)
        return
    typer.echo("Tracked: " + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in counts.items()) + ".")
