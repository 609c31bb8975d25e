"""`baikoo probe`."""

from typing import Annotated

import typer

from cli.home import Format, FormatOption, print_json
from scrapers.probe import probe as look


def probe(
    site: Annotated[str, typer.Argument(help="the code of the site, e.g. kenesh")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Fetch a site's start page and its script bundles and list the API paths they name.

    The first person with a network completes `source.yml` with it.

    Example: `baikoo probe kenesh`
    """
    found = look(site)
    if form is Format.JSON:
        print_json(found)
        return
    for path in found:
        typer.echo(path)
    if not found:
        typer.echo("The start page and its scripts name no API path.")
