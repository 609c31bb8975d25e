"""A hub on loopback that speaks W3C WebSub: it takes subscriptions, verifies them, and hands on what changed.

5.1 and 5.3 subscription and its verification, 7 distribution; the publisher's ping as in PubSubHubbub 0.3, 7.1.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx

FORM = "application/x-www-form-urlencoded"


@dataclass
class Hub:
    """What the hub was told, and whom it tells. `refuses` answers every ping so."""

    address: str = ""
    pinged: list[str] = field(default_factory=list)
    callbacks: dict[str, set[str]] = field(default_factory=dict)
    refuses: int = 0

    def answer(self, kind: str, form: dict[str, list[str]]) -> int:
        """The status for a request."""
        if kind != FORM:
            return 415
        if self.refuses:
            return self.refuses
        mode, topic = form["hub.mode"][0], form.get("hub.url", form.get("hub.topic", [""]))[0]
        if mode == "publish":
            self.pinged.append(topic)
            threading.Thread(target=self._hand_on, args=(topic,)).start()
            return 204
        threading.Thread(target=self._verify, args=(mode, topic, form["hub.callback"][0])).start()
        return 202

    def _verify(self, mode: str, topic: str, callback: str) -> None:
        challenge = secrets.token_hex(8)
        asked = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": challenge, "hub.lease_seconds": "864000"}
        answer = httpx.get(callback, params=asked)
        if answer.is_success and answer.text == challenge:
            self.callbacks.setdefault(topic, set()).add(callback)

    def _hand_on(self, topic: str) -> None:
        if callbacks := self.callbacks.get(topic):
            answer = httpx.get(topic)
            links = f'<{self.address}>; rel="hub", <{topic}>; rel="self"'
            for callback in callbacks:
                headers = {"Content-Type": answer.headers["content-type"], "Link": links}
                httpx.post(callback, content=answer.content, headers=headers)


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """The hub on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(hub.answer(self.headers["Content-Type"], parse_qs(body.decode())))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Tests read what the hub noted."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield hub
    server.shutdown()
    thread.join()
    server.server_close()
