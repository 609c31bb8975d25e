"""A channel that is nobody's: a real HTTP server that can be told to misbehave, and our end of the line to it.

Its wire format is as small as one can be: POST /posts {key, text, after} → 201 {id, url}; GET /posts?key=
gives [{id, url}].
"""

import json
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from publish.channels.protocol import (
    CannotAsk,
    Checked,
    Found,
    Later,
    Lost,
    NotFound,
    Outcome,
    Refused,
    Remote,
    Revoked,
    Sending,
    Sent,
)
from publish.message import plain
from vocab.posts import ChannelName

Answer = tuple[int, Mapping[str, str], bytes]
Trick = Callable[["Store", Mapping[str, Any]], Answer | None]
"""What the server does with a post instead of taking it; None: it closes the line without a word."""


@dataclass
class Store:
    """What the server has. `tricks` are used up one a request; `knows_keys`: one key makes one post.

    What is in `refuses` can be neither changed nor deleted. Answers come `at_once` bytes with `pause` seconds after.
    """

    posts: list[dict[str, Any]] = field(default_factory=list)
    tricks: list[Trick] = field(default_factory=list)
    knows_keys: bool = False
    refuses: Collection[str] = ()
    at_once: int = 1_000_000
    pause: float = 0.0
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, post: Mapping[str, Any]) -> Answer:
        """Take a post, as a server does that nothing is wrong with."""
        with self.lock:
            same = [one for one in self.posts if one["key"] == post["key"]] if self.knows_keys else []
            if not same:
                self.posts.append({**post, "id": str(len(self.posts) + 1)})
            kept = same[0] if same else self.posts[-1]
        return 201, {}, json.dumps({"id": kept["id"], "url": f"https://fake.example/{kept['id']}"}).encode()

    def times(self) -> dict[str, int]:
        """How often each key was stored."""
        found: dict[str, int] = defaultdict(int)
        for post in self.posts:
            found[post["key"]] += 1
        return dict(found)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet an answer
    store: Store

    def do_POST(self) -> None:
        post = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.store.lock:
            trick = self.store.tricks.pop(0) if self.store.tricks else Store.keep
        self._answer(trick(self.store, post))

    def do_GET(self) -> None:
        key = parse_qs(urlsplit(self.path).query)["key"][0]
        self.store.asked += 1
        found = [one for one in self.store.posts if one["key"] == key]
        self._answer((200, {}, json.dumps([{"id": one["id"], "url": ""} for one in found]).encode()))

    def do_PUT(self) -> None:
        text, number = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"], self._number()
        for one in self.store.posts:
            if one["id"] == number and number not in self.store.refuses:
                one["text"] = text
        self._answer((403 if number in self.store.refuses else 200, {}, b"{}"))

    def do_DELETE(self) -> None:
        number = self._number()
        if number in self.store.refuses:
            self._answer((403, {}, b""))
            return
        self.store.posts[:] = [one for one in self.store.posts if one["id"] != number]
        self._answer((204, {}, b""))

    def _number(self) -> str:
        return self.path.rpartition("/")[2]

    def _answer(self, answer: Answer | None) -> None:
        if answer is None:
            self.close_connection = True
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for place in range(0, len(body), self.store.at_once):
            self.wfile.write(body[place : place + self.store.at_once])
            if self.store.pause:
                self.wfile.flush()
                time.sleep(self.store.pause)

    def log_message(self, *_words: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_about: Any) -> None:  # a client that was killed is no news
        pass


@contextmanager
def serving(store: Store) -> Iterator[str]:
    """The server, on a port of its own; gives its address."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"store": store}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class FakeChannel:
    """An account there. What it can do is up to the test: see `publish.channels.protocol.Abilities`."""

    name = ChannelName.TELEGRAM

    def __init__(self, address: str, patience: float = 5.0) -> None:
        self._client = httpx.Client(base_url=address, timeout=patience, trust_env=False)

    def close(self) -> None:
        self._client.close()

    def check(self) -> Checked:
        return Checked(account="fake")

    def send(self, sending: Sending, now: datetime) -> Outcome:
        after = [one.id for one in sending.after]
        body = {
            "key": sending.key,
            "text": plain(sending.part),
            "after": after,
            "to": sending.recipient,
            "pid": os.getpid(),
        }
        try:
            answer = self._client.post("/posts", json=body)
        except httpx.ConnectError:
            return Later(cause="no connection")
        except httpx.TransportError as error:
            return Lost(cause=type(error).__name__)
        return self._outcome(answer, now)

    def _outcome(self, answer: httpx.Response, now: datetime) -> Outcome:
        if answer.status_code == 429:
            wait = answer.headers.get("retry-after")
            return Later(cause="429", at=now + timedelta(seconds=int(wait)) if wait else None, whole_channel=True)
        if answer.status_code == 401:
            return Revoked(cause="401")
        if answer.status_code == 400:
            return Refused(cause="400")
        if answer.status_code == 503:
            return Later(cause="503")
        try:
            said = answer.json() if answer.status_code == 201 else {}
            return Sent(remote=Remote(id=said["id"], url=said["url"]))
        except (ValueError, KeyError):
            return Lost(cause=f"{answer.status_code}, and nothing that can be read")

    def find(self, sending: Sending, since: datetime) -> Found:  # noqa: ARG002 - of the protocol
        try:
            found = self._client.get("/posts", params={"key": sending.key}).json()
        except (httpx.TransportError, ValueError):
            return CannotAsk(cause="no answer")
        return Sent(remote=Remote(**found[0])) if found else NotFound(surely=True)

    def edit(self, remote: Remote, sending: Sending) -> Outcome:
        answer = self._client.put(f"/posts/{remote.id}", json={"text": plain(sending.part)})
        return Sent(remote=remote) if answer.status_code == 200 else Refused(cause=str(answer.status_code))

    def delete(self, remote: Remote) -> Outcome:
        answer = self._client.delete(f"/posts/{remote.id}")
        return Sent(remote=remote) if answer.status_code == 204 else Refused(cause=str(answer.status_code))


def says(status: int, body: bytes = b"", **headers: str) -> Trick:
    """Answer so, and keep nothing."""
    return lambda _store, _post: (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def hangs_up(*, stored: bool) -> Trick:
    """Close the line without an answer, before or after the post was stored."""

    def trick(store: Store, post: Mapping[str, Any]) -> None:
        if stored:
            store.keep(post)

    return trick


def too_late(seconds: float, *, stored: bool) -> Trick:
    """Answer when nobody waits any more."""

    def trick(store: Store, post: Mapping[str, Any]) -> Answer | None:
        answer = store.keep(post) if stored else None
        time.sleep(seconds)
        return answer

    return trick


def garbles(store: Store, post: Mapping[str, Any]) -> Answer:
    """Store it, and answer half a word."""
    status, headers, body = store.keep(post)
    return status, headers, body[: len(body) // 2]


def kill(pid: int) -> None:
    """SIGKILL, where it has not ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def kills(*, stored: bool, after: float = 0.0) -> Trick:
    """SIGKILL for whoever sends: before it is stored, between storing and answering, or a moment after the answer."""

    def trick(store: Store, post: Mapping[str, Any]) -> Answer | None:
        answer = store.keep(post) if stored else None
        threading.Timer(after, kill, (post["pid"],)).start()
        if not after:
            time.sleep(0.05)
        return answer if after else None

    return trick


NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
