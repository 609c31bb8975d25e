"""`baikoo serve`."""

import socket
from typing import Annotated

import typer
import uvicorn

from cli.home import opened
from db.settings import load_settings
from vocab.errors import UsageError
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
        _refuse_taken(host, port)
        typer.echo(f"The site is at http://{host}:{port}/ — Ctrl-C stops it.")
    uvicorn.run(create_app(settings), host=host, port=port, log_level="warning", server_header=False)


def _refuse_taken(host: str, port: int) -> None:
    """Raises UsageError where something else listens already, before the address is announced."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise UsageError(f"cannot listen on {host}:{port} ({error.strerror}): try another --port") from error
