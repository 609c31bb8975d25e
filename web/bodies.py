"""How much may be sent to a page: a form is small, and nobody may fill the disk with one, signed in or not."""

from http import HTTPStatus

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.visit import PROGRAMS

MOST = 1024 * 1024
"""Bytes. What observers' phones send has limits of its own (`web.observe.answers.BodyOf`)."""


class BoundedBodies:
    """Middleware: a longer body is refused where it says its length, and cut off where it does not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http" or scope["path"].startswith(PROGRAMS):
            await self._app(scope, receive, send)
            return
        if _said_length(scope) > MOST:
            await _refuse(scope, receive, send)
            return
        left = MOST

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise ClientDisconnect
            return message

        await self._app(scope, counted, send)


def _said_length(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() else 0


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    told = f"This is too large: a form has at most {MOST // 1024} kB."
    await PlainTextResponse(told, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)(scope, receive, send)
