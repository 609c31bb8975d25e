"""A feed reader that nobody here wrote follows the real site, and a hub hands on to a subscriber what changed."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import feedparser_sgmllib
import httpx
import pytest
from reader import Entry, Reader, UpdatedFeed, make_reader
from sqlalchemy import Engine

from db.settings import HomeSettings
from publish.run import publish, tell_hub
from publish.settings import PublicSettings
from tests.browser.serving import free_port, serve
from tests.publish.hub import Hub, serving
from tests.publish.test_publish import NOW, tell
from vocab.languages import LANGUAGES

FORMS = ("atom", "rss")
WITHDRAWN = {"ky": "чакыртылып", "ru": "отозван", "en": "withdrawn"}


@pytest.fixture(autouse=True)
def sgmllib(monkeypatch: pytest.MonkeyPatch) -> None:
    """`reader` brings its own feedparser, which wants the module by the name that it had before feedparser 6.0.14."""
    monkeypatch.setitem(sys.modules, "sgmllib", feedparser_sgmllib)


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as one:
        yield one


@pytest.fixture
def site(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a site that names the hub."""
    port = free_port()
    monkeypatch.setenv("BAIKOO_WEBSUB_HUB", hub.address)
    monkeypatch.setenv("BAIKOO_PUBLIC_URL", f"http://127.0.0.1:{port}")
    yield from serve(HomeSettings(home=tmp_path, database_url=sqlite_url), port)


class Newsroom:
    """Tells something, and publishes it."""

    def __init__(self, engine: Engine, home: Path, public: PublicSettings) -> None:
        self.engine, self.out, self.public, self.minutes = engine, home / "public", public, 0

    def say(self, key: str, kind: str = "bill_registered", **more: object) -> None:
        self.minutes += 1
        with self.engine.begin() as conn:
            tell(conn, key, kind, minutes=self.minutes, **more)

    def publish(self, *, anew: bool = False) -> None:
        if anew:  # as after an update of the program: every file is made again
            (self.out / ".published.json").unlink()
        publish(self.engine, self.out, public=self.public, now=NOW + timedelta(minutes=self.minutes))


def news(feeds: Reader, address: str) -> list[Entry]:
    """What the reader shows as unread, the oldest first; then all is read."""
    shown = list(feeds.get_entries(feed=address, read=False))
    for one in shown:
        feeds.mark_entry_as_read(one)
    return sorted(shown, key=lambda one: (moment(one), one.id))


def updates(feeds: Reader) -> list[tuple[int, int]]:
    """How many entries of each feed the reader took as changed, and as new."""
    seen = [one.value for one in feeds.update_feeds_iter(scheduled=False)]
    return [(one.modified, one.new) if isinstance(one, UpdatedFeed) else (0, 0) for one in seen]


def moment(one: Entry) -> datetime:
    """When the entry says that it appeared."""
    assert one.published is not None
    return one.published


def ids(entries: list[Entry]) -> list[str]:
    return [one.id.removeprefix("urn:baikoo:") for one in entries]


def test_a_reader_sees_each_item_once_in_order_and_corrections_in_place(
    sqlite_engine: Engine, tmp_path: Path, site: str
) -> None:
    room = Newsroom(sqlite_engine, tmp_path, PublicSettings(public_url=site))
    facts = {"finding": "f1", "check": "R33", "reason": "", "figures": {}}
    room.say("one")
    room.say("finding_confirmed:f1:1", "finding_confirmed", facts=facts)
    room.publish()
    addresses = [f"{site}/feeds/{lang}/all.{form}" for lang in LANGUAGES for form in FORMS]
    with make_reader(str(tmp_path / "reader.sqlite")) as feeds:
        for address in addresses:
            feeds.add_feed(address)
        feeds.update_feeds(scheduled=False)
        assert [ids(news(feeds, address)) for address in addresses] == [["one", "finding:f1"]] * 6
        room.say("two")
        room.publish()
        feeds.update_feeds(scheduled=False)
        assert [ids(news(feeds, address)) for address in addresses] == [["two"]] * 6
        room.say("finding_withdrawn:f1:2", "finding_withdrawn", facts=facts)
        room.publish()
        assert updates(feeds) == [(1, 0)] * 6
        for address in addresses:
            entries = sorted(feeds.get_entries(feed=address), key=moment)
            assert ids(entries) == ["one", "finding:f1", "two"]  # where it stood, and read already
            assert WITHDRAWN[address.split("/")[4]] in (entries[1].title or "").lower()
            assert news(feeds, address) == []
        room.publish(anew=True)
        assert updates(feeds) == [(0, 0)] * 6
        assert [feeds.get_feed(address).last_exception for address in addresses] == [None] * 6
    assert [feedparser.parse(address).bozo for address in addresses] == [False] * 6


def test_a_subscriber_finds_the_hub_and_is_handed_what_changed(
    sqlite_engine: Engine, tmp_path: Path, site: str, hub: Hub
) -> None:
    room = Newsroom(sqlite_engine, tmp_path, PublicSettings(public_url=site, hub=hub.address))
    room.publish()
    found = httpx.get(f"{site}/feeds/ky/all.atom")
    topic, links = f"{site}/feeds/ky/all.atom", found.links
    assert (links["hub"]["url"], links["self"]["url"]) == (hub.address, topic)
    assert httpx.get(topic, headers={"If-None-Match": found.headers["etag"]}).links["hub"]["url"] == hub.address
    for address in (topic, f"{site}/feeds/ky/all.rss"):
        inside = feedparser.parse(httpx.get(address).text).feed.links
        assert [one["href"] for one in inside if one["rel"] == "hub"] == [hub.address]
    with subscriber() as (callback, handed):
        asked = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback}
        assert httpx.post(hub.address, data=asked).status_code == 202
        wait_for(lambda: topic in hub.callbacks)
        room.say("one")
        room.publish()
        assert tell_hub(room.out, room.public).waiting == 0
        wait_for(lambda: bool(handed))
    assert [one.id for one in feedparser.parse(handed[0]).entries] == ["urn:baikoo:one"]


@contextmanager
def subscriber() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a subscriber that means it, and what it was handed."""
    handed: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(parse_qs(urlsplit(self.path).query)["hub.challenge"][0].encode())

        def do_POST(self) -> None:
            handed.append(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(b"")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """The test reads what was handed over."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", handed
    server.shutdown()
    thread.join()
    server.server_close()


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)
