"""The site on a port of its own."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from db.settings import HomeSettings
from web.app import create_app


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port: int = ours.getsockname()[1]
    return port


def serve(settings: HomeSettings, port: int | None = None) -> Iterator[str]:
    """The address of the site, until the test is over."""
    port = port or free_port()
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    yield answering(f"http://127.0.0.1:{port}")
    server.should_exit = True
    thread.join()


def answering(address: str) -> str:
    """The address, once the site answers there; the test fails where it does not."""
    for _ in range(200):
        try:
            httpx.get(f"{address}/healthz")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return address
    pytest.fail(f"the site does not answer at {address}")
