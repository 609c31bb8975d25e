"""The shape that every fake of an outside service has: an address, the posts that stand there, faults on order.

A fake is a real server on loopback that speaks the real wire format; the real client is pointed at it. Use:

    with start_telegram() as telegram:
        telegram.fail_next(Fault.TIME_OUT, stored=True)
        ...
        assert [post.text for post in telegram.posts] == ["..."]
"""

import json
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, RLock, Thread
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qsl, urlsplit


class Fault(StrEnum):
    """What goes wrong. Each service says it in its own words; not every service has every one."""

    TIME_OUT = "time_out"
    """No answer, until the client goes away."""
    BROKEN = "broken"
    """The connection closes without an answer."""
    MALFORMED = "malformed"
    """200, and half of a JSON document."""
    SERVER_ERROR = "server_error"
    """500."""
    UNAVAILABLE = "unavailable"
    """503."""
    RATE_LIMIT = "rate_limit"
    """429 (or what the service has for it) that says when to come back."""
    RATE_LIMIT_BARE = "rate_limit_bare"
    """The same without a time."""
    REVOKED = "revoked"
    """The credentials are no longer good."""
    REFUSED = "refused"
    """The service does not take this post (400)."""


class Step(StrEnum):
    """Which request a fault meets."""

    POST = "post"
    """The one that makes a post."""
    UPLOAD = "upload"
    """A picture that comes before its post."""
    FIND = "find"
    EDIT = "edit"
    DELETE = "delete"
    CHECK = "check"


@dataclass(slots=True, kw_only=True)
class Posted:
    """A post as it stands on the service. `account` is the chat, the page, the user or the address it went to."""

    id: str
    account: str
    text: str
    picture: bytes | None = None
    alt: str = ""
    reply_to: str = ""
    link: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered; a mapping or a list goes out as JSON."""

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        """The body as bytes."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Fake(Protocol):
    """What every fake is to a test, whatever it speaks."""

    url: str
    posts: list[Posted]

    def settings(self) -> dict[str, str]:
        """What points Baikoo at it: values of the environment by name."""

    def fail_next(self, fault: Fault, *, stored: bool = False, times: int = 1, step: Step = Step.POST) -> None:
        """Let the next requests of this step go wrong: before the service did anything, or after it did (`stored`)."""


Handle = Callable[[Asked, Mapping[str, str]], Answer]
"""From the request and the named parts of its path."""


@dataclass(frozen=True, slots=True)
class Route:
    """`path` is a regular expression of the whole path; its named groups are given to the handler."""

    method: str
    path: str
    step: Step
    handle: Handle


@dataclass(frozen=True, slots=True)
class _Order:
    fault: Fault
    stored: bool


class HttpFake:
    """A fake that speaks HTTP: a service says its routes and how it words a fault."""

    def __init__(self) -> None:
        self.url = ""
        self.posts: list[Posted] = []
        self.asked: list[Asked] = []
        """Every request, in the order of arrival."""
        self.closing = Event()
        self._orders: dict[Step, deque[_Order]] = {step: deque() for step in Step}
        self._turn = RLock()

    def routes(self) -> Sequence[Route]:
        """The service's addresses."""
        raise NotImplementedError

    def settings(self) -> dict[str, str]:
        """See `Fake`."""
        raise NotImplementedError

    def faulty(self, fault: Fault) -> Answer:
        """How this service words a fault that has words."""
        raise NotImplementedError

    def unknown(self, asked: Asked) -> Answer:
        """The answer for an address that the service does not have."""
        return Answer(status=404, body={"error": f"no {asked.method} {asked.path}"})

    def fail_next(self, fault: Fault, *, stored: bool = False, times: int = 1, step: Step = Step.POST) -> None:
        """See `Fake`."""
        self._orders[step].extend([_Order(fault, stored)] * times)

    def respond(self, asked: Asked) -> Answer | Fault:
        """The answer, or a fault that has no words (TIME_OUT, BROKEN)."""
        with self._turn:
            self.asked.append(asked)
            for route in self.routes():
                if route.method == asked.method and (hit := re.fullmatch(route.path, asked.path)):
                    return self._handle(route, asked, hit.groupdict())
            return self.unknown(asked)

    def _handle(self, route: Route, asked: Asked, named: Mapping[str, str]) -> Answer | Fault:
        order = self._orders[route.step].popleft() if self._orders[route.step] else None
        if order is None:
            return route.handle(asked, named)
        if order.stored:
            route.handle(asked, named)
        if order.fault in {Fault.TIME_OUT, Fault.BROKEN}:
            return order.fault
        if order.fault is Fault.MALFORMED:
            return Answer(body=b'{"data": {"id": "12')
        return self.faulty(order.fault)


F = TypeVar("F", bound=HttpFake)


@contextmanager
def serving(fake: F) -> Iterator[F]:
    """Run it on a free port of loopback."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.fake = fake
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        fake.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    fake: HttpFake
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is part of the play; anything else is told."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """HTTP/1.1 with its length; a fault without words hangs or closes the line."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        answer = self.server.fake.respond(
            Asked(
                method=self.command,
                path=parts.path,
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(self.headers.get("Content-Length", 0))),
            )
        )
        if isinstance(answer, Fault):
            if answer is Fault.TIME_OUT:
                self.server.fake.closing.wait(30)
            self.close_connection = True
            return
        payload = answer.payload()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)
