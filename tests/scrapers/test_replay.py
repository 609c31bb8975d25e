"""The replay server, asked over a real connection."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from scrapers.replay import Recording, ReplayServer, forwarded
from scrapers.source import load_source
from tests.scrapers.recording import HOST, Served, write_recording
from vocab.errors import UsageError

KENESH = load_source("kenesh")
PAGES = (
    Served(url=f"{HOST}/ru/article/list/21?page=2&x=1", body=b"list"),
    Served(url=f"{HOST}/api", body=b"answer", method="POST", request_body='{"day": 1}', suffix="json"),
    Served(url=f"{HOST}/broken", body=b"\x1f\x8bno", headers={"Content-Encoding": "gzip"}),
    Served(
        url=f"{HOST}/failed",
        body=b"out of order",
        status=503,
        headers={"Retry-After": "7", "Transfer-Encoding": "chunked"},
    ),
    Served(url=f"{HOST}/twice", body=b"older", recorded_at="2018-01-01"),
    Served(url=f"{HOST}/twice", body=b"newer", recorded_at="Tue, 15 Nov 2019 11:59:38 GMT"),
    Served(url=f"{HOST}/twice", body=b"oldest", recorded_at=""),
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = write_recording(tmp_path_factory.mktemp("recording"), PAGES)
    with ReplayServer(Recording(folder, KENESH)) as running:
        yield running.url


def ask(server: str, url: str, *, method: str = "GET", body: str = "", etag: str = "") -> httpx.Response:
    target, headers = forwarded(url, server)
    headers |= {"If-None-Match": etag} if etag else {}
    with httpx.Client() as client:
        request = client.build_request(method, target, headers=headers, content=body or None)
        response = client.send(request, stream=True)
        b"".join(response.iter_raw())
        return response


@pytest.mark.parametrize("host", ["http://kenesh.kg", "https://old.kenesh.kg", "https://www.kenesh.kg"])
def test_a_page_is_found_under_every_alias(server: str, host: str) -> None:
    response = ask(server, f"{host}/ru/article/list/21?x=1&page=2")
    assert (response.status_code, response.headers["X-Recorded-At"]) == (200, "2018-12-30")
    assert response.headers["Content-Type"] == "text/html"


@pytest.mark.parametrize(
    ("method", "url", "body", "status"),
    [
        ("GET", "/nothing", "", 404),
        ("POST", "/api", '{"day": 1}', 200),
        ("POST", "/api", '{"day": 2}', 404),
        ("GET", "/api", "", 404),
        ("GET", "/failed", "", 503),
        ("GET", "/robots.txt", "", 200),
    ],
)
def test_status(server: str, method: str, url: str, body: str, status: int) -> None:
    assert ask(server, HOST + url, method=method, body=body).status_code == status


def test_recorded_headers_and_raw_bytes_are_sent(server: str) -> None:
    assert ask(server, f"{HOST}/failed").headers["Retry-After"] == "7"
    response = ask(server, f"{HOST}/broken")
    assert (response.headers["Content-Encoding"], response.headers["Content-Length"]) == ("gzip", "4")


def test_the_same_bytes_are_not_sent_again(server: str) -> None:
    etag = ask(server, f"{HOST}/broken").headers["ETag"]
    response = ask(server, f"{HOST}/broken", etag=etag)
    assert (response.status_code, response.headers["ETag"]) == (304, etag)


def test_of_several_recordings_the_newest_is_served(tmp_path: Path) -> None:
    recording = Recording(write_recording(tmp_path, PAGES), KENESH)
    page = recording.find("https://kenesh.kg/twice", "GET", b"")
    assert page is not None
    assert (page.recorded_on, page.answer(None)[2]) == (date(2019, 11, 15), b"newer")
    assert recording.last_day == date(2019, 11, 15)


def test_an_answer_may_have_no_file(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text(
        "file,url,status,recorded_at,lang,kind\r\n,http://kenesh.kg/gone,410,2018-01-01,ru,x\r\n"
    )
    with ReplayServer(Recording(tmp_path, KENESH)) as running:
        response = ask(running.url, f"{HOST}/gone")
    assert (response.status_code, response.headers["Content-Length"]) == (410, "0")


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (None, "has no index.csv"),
        ("file,url\n", "lacks the columns kind, lang, recorded_at, status"),
        ("file,url,status,recorded_at,lang,kind\nno.html,u,200,2018-01-01,ru,x\n", "line 2: no file no.html"),
        ("file,url,status,recorded_at,lang,kind\n../secret,u,200,2018-01-01,ru,x\n", "no file ../secret"),
        ("file,url,status,recorded_at,lang,kind\nindex.csv,u,fine,2018-01-01,ru,x\n", "invalid literal"),
        ("file,url,status,recorded_at,lang,kind\nindex.csv,http://k/u,200,soon,ru,x\n", "«soon» is no day"),
        ("file,url,status,recorded_at,lang,kind\nindex.csv,u,200,2018-01-01,ru,x\n", "no address: 'u'"),
        ("file,url,status,recorded_at,lang,kind\nindex.csv,http://[bad,200,2018-01-01,ru,x\n", "line 2: Invalid IPv6"),
        ("file,url,status,recorded_at,lang,kind\nindex.csv,http://k/u\n", "line 2: not one value for each column"),
        ("file,url,status,recorded_at,lang,kind\nindex.csv,http://k/u,99999,,ru,x\n", "line 2: 99999"),
        ("file,url,status,recorded_at,lang,kind,headers\nindex.csv,u,200,,ru,x,[1]\n", "line 2"),
    ],
)
def test_a_broken_recording_is_refused(tmp_path: Path, index: str | None, message: str) -> None:
    (tmp_path / "secret").write_text("")
    folder = tmp_path / "recording"
    folder.mkdir()
    if index is not None:
        (folder / "index.csv").write_text(index)
    with pytest.raises(UsageError, match=message):
        Recording(folder, KENESH)
