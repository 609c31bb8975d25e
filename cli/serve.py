"""`baikoo serve`."""

from typing import Annotated

import typer
import uvicorn

from cli.home import opened
from db.settings import load_settings
from web.app import create_app


def serve(
    host: Annotated[str, typer.Option(help="the address to listen on; 0.0.0.0 for all")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="the port to listen on", min=0, max=65535)] = 8000,
) -> None:
    """Show the public site. Stop it with Ctrl-C.

    Example: `baikoo serve --port 8080`
    """
    settings = load_settings()
    with opened(settings):
        typer.echo(f"The site is at http://{host}:{port}/ — Ctrl-C stops it.")
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning", server_header=False)
