"""Tools of a person who looks at a site: record a page, probe for an API. Asked over a real connection."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from scrapers.fetch import client
from scrapers.probe import probe
from scrapers.record import record
from scrapers.recorded import expected, outcome, recorded_page
from scrapers.replay import Recording, ReplayServer, forwarded
from scrapers.sites.kenesh import deputies_api, protocol
from scrapers.source import load_source
from tests.scrapers.recording import HOST, Served, protocols, write_recording
from tests.scrapers.recording import protocol as protocol_page
from vocab.errors import UsageError

KENESH = load_source("kenesh")


class Forwarding(httpx.HTTPTransport):
    """Sends every request to a replay server."""

    def __init__(self, server: str) -> None:
        super().__init__()
        self._server = server

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url, added = forwarded(str(request.url), self._server)
        headers = httpx.Headers(request.headers)
        headers.update(added)
        return super().handle_request(httpx.Request(request.method, url, headers=headers))


@contextmanager
def session_on(folder: Path, *pages: Served) -> Iterator[httpx.Client]:
    with ReplayServer(Recording(write_recording(folder, pages), KENESH)) as server:
        agent = client().headers["User-Agent"]
        yield httpx.Client(transport=Forwarding(server.url), headers={"User-Agent": agent}, follow_redirects=True)


def test_a_page_is_recorded_as_a_case(tmp_path: Path) -> None:
    with session_on(tmp_path / "recording", *protocols("26.12.2018")) as session:
        url = "https://old.kenesh.kg/ru/article/show/1/slug"
        folder = record(url, site="kenesh", kind="protocol", name="one", folder=tmp_path / "pages", session=session)

    assert folder == tmp_path / "pages" / "kenesh" / "protocol" / "one"
    assert {file.name for file in folder.iterdir()} == {"page.html", "meta.json", "expected.json"}
    page = recorded_page(folder)
    assert (page.url, page.kind) == (url, "protocol")
    assert outcome(protocol.read, page) == expected(folder)
    with pytest.raises(UsageError, match="is there already"):
        record(url, site="kenesh", kind="protocol", name="one", folder=tmp_path / "pages")


def test_a_start_page_tells_its_type_and_contacts_are_blanked(tmp_path: Path) -> None:
    deputy = {"id": 1, "firstName": "Проба", "lastName": "Мисалов", "phone": "0555", "email": "a@b"}
    body = json.dumps({"content": [deputy], "page": {"totalElements": 1}}, ensure_ascii=False).encode()
    page = Served(url="https://kenesh.kg/api/deputies", body=body, suffix="json")
    with session_on(tmp_path / "recording", page) as session:
        folder = record(page.url, site="kenesh", folder=tmp_path / "pages", session=session)

    kept = (folder / "page.json").read_text("utf-8")
    assert "0555" not in kept
    assert "a@b" not in kept
    assert outcome(deputies_api.read, recorded_page(folder)) == expected(folder)


@pytest.mark.parametrize(
    ("page", "options", "message"),
    [
        (None, {"kind": "protocol"}, "status 404"),
        (None, {}, "Say it with --kind"),
        (None, {"kind": "poem"}, "no page type «poem»"),
        (None, {"kind": "protocol", "name": "No Name!"}, "small letters"),
        (b"<html>Just a moment...</html>" + b" " * 300, {"kind": "protocol"}, "gave no page of the type"),
        (protocol_page(1, "26.12.2018").body + b" " * 200_000, {"kind": "protocol"}, "cut the page by hand"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    tmp_path: Path, page: bytes | None, options: dict[str, str], message: str
) -> None:
    url = f"{HOST}/ru/article/show/1/slug"
    pages = [] if page is None else [Served(url=url, body=page)]
    with session_on(tmp_path / "recording", *pages) as session, pytest.raises(UsageError, match=message):
        record(url, site="kenesh", folder=tmp_path / "pages", session=session, **options)
    assert not (tmp_path / "pages").exists()


def test_a_site_is_probed_for_its_api(tmp_path: Path) -> None:
    start = b"""<html><script src="/assets/index.js"></script><script src="https://elsewhere.example/x.js"></script>
        <link rel="modulepreload" href="assets/chunk.js"><script>fetch('/api/menu')</script></html>"""
    index = b"""get("/api/deputies"),get(`/sed/docs?page=${p}&limit=100`),u="https://kenesh.kg/api/votes";import("./c.js")
        ,x="/assets/v1/logo.svg",y="https://elsewhere.example/api/spy",z="/about",w="rest/v2/agenda" """
    pages = [
        Served(url="https://kenesh.kg/", body=start),
        Served(url="https://kenesh.kg/assets/index.js", body=index, suffix="js"),
        Served(url="https://kenesh.kg/assets/chunk.js", body=b"a('/api/deputies')", suffix="js"),
    ]
    with session_on(tmp_path / "recording", *pages) as session:
        found = probe("kenesh", session=session)

    assert found == [
        "/api/deputies",
        "/api/menu",
        "/sed/docs?page=${p}&limit=100",
        "https://kenesh.kg/api/votes",
        "rest/v2/agenda",
    ]


def test_robots_are_obeyed_outside_of_a_crawl_too(tmp_path: Path) -> None:
    robots = Served(url="https://kenesh.kg/robots.txt", body=b"User-agent: *\nDisallow: /\n", suffix="txt")
    with session_on(tmp_path / "recording", robots) as session, pytest.raises(UsageError, match=r"robots\.txt"):
        probe("kenesh", session=session)


def test_a_site_that_does_not_answer_is_named() -> None:
    with pytest.raises(UsageError, match=r"https://kenesh\.kg cannot be fetched"):
        probe("kenesh", session=httpx.Client(transport=Forwarding("http://127.0.0.1:9")))
