"""What every request of the API passes: the limit of requests, and headers that say where one stands."""

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.accounts.guests import address_of
from web.api.rates import WINDOW, Buckets, Taken
from web.errors import problem

POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
EXPOSED = ("ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "Last-Modified", "Content-Disposition")
"""Headers that scripts of other sites may read, too."""


class Gate:
    """Middleware: who asks too often is told when to come back; every answer runs nothing."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self._app, self._buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or answer 429."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = self._buckets.take(address_of(Request(scope))) if self._buckets.rate else None

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers["Content-Security-Policy"] = POLICY
                if taken:
                    self._tell(headers, taken)
            await send(message)

        if taken and not taken.free:
            detail = f"At most {self._buckets.rate} requests a minute. Try again in {taken.wait} s."
            refused = problem(HTTPStatus.TOO_MANY_REQUESTS, detail, {"Retry-After": str(taken.wait)})
            await refused(scope, receive, answer)
            return
        await self._app(scope, receive, answer)

    def _tell(self, headers: MutableHeaders, taken: Taken) -> None:
        """As draft-ietf-httpapi-ratelimit-headers has it: the policy, what is left, and when it is whole again."""
        headers["RateLimit-Policy"] = f'"address";q={self._buckets.rate};w={WINDOW}'
        headers["RateLimit"] = f'"address";r={taken.left};t={taken.full_in}'
