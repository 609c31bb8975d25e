"""`baikoo record`."""

from pathlib import Path
from typing import Annotated

import typer

from scrapers.record import record as save


def record(
    url: Annotated[str, typer.Argument(help="the address of the page")],
    site: Annotated[str, typer.Option("--site", help="the code of the site")] = "kenesh",
    kind: Annotated[str | None, typer.Option("--kind", help="the page type; default: by the address")] = None,
    name: Annotated[str, typer.Option("--case", help="a name for the case")] = "recorded",
    folder: Annotated[Path, typer.Option("--into", help="the folder of recorded pages")] = Path("tests/pages"),
) -> None:
    """Fetch one page and save it as a test case: the page, where it comes from, and what the parser reads.

    Look at the expected values before you keep them.

    Example: `baikoo record https://old.kenesh.kg/ru/article/show/4443 --kind protocol --case protocol-6`
    """
    typer.echo(f"Saved in {save(url, site=site, kind=kind, name=name, folder=folder)}")
