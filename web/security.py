"""What every answer says to the browser: run nothing but our own file, be framed by nobody, tell nobody where from.

Pages carry no inline script and no inline style, so the policy needs no exception.
"""

from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
OBSERVE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the form in the room alone: it asks the server, works offline, and shows a picture before it is sent."""

PICTURE_POLICY = f"{POLICY}; connect-src 'self'"
"""For the page of one picture: its chart asks for its data. Without `unsafe-eval`: Vega's interpreter draws it."""

INERT_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Middleware: the headers above on every answer, and HEAD answered as GET without a body.

    An answer that set its own, stricter policy keeps it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bodiless = scope["method"] == "HEAD"

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if "location" in headers:
                    headers["location"] = _without_host(headers["location"], scope)
            elif bodiless:
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"} if bodiless else scope, receive, answer)


def _without_host(location: str, scope: Scope) -> str:
    """The framework's way to an address without its last slash names the host that the request claimed: only a path."""
    claimed = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    parts = urlsplit(location)
    if not claimed or parts.netloc != claimed:
        return location
    return urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, ""))
