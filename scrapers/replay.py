"""A recording served again: a real HTTP server on loopback that answers as the recorded sites did.

A recording is a folder with an `index.csv`: `file,url,status,recorded_at,lang,kind` and optionally
`method,request_body,headers` (headers as a JSON object). Pages are found by their canonical address, so a recording of
http://kenesh.kg answers a request for https://old.kenesh.kg. The request names the real site in `Host` and
`X-Forwarded-Proto`, as behind a reverse proxy.
"""

import csv
import hashlib
import json
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from scrapers.source import Source
from vocab.errors import UsageError

_REQUIRED = {"file", "url", "status", "recorded_at", "lang", "kind"}
_TYPES = {".html": "text/html", ".json": "application/json", ".txt": "text/plain", ".js": "text/javascript"}
_ANY_TYPE = "application/octet-stream"
_OWN = {"transfer-encoding", "connection"}  # how this server sends is its own affair
_ROBOTS = b"User-agent: *\nAllow: /\n"
RECORDED_AT = "X-Recorded-At"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded answer: the file of its body, its status and headers, the day it was recorded (None: unknown)."""

    file: Path | None
    url: str
    status: int
    recorded_on: date | None
    kind: str
    method: str
    request_body: bytes
    headers: Mapping[str, str]

    def answer(self, known_etag: str | None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and the body's raw bytes; 304 without a body when the asker holds these bytes."""
        body = self.file.read_bytes() if self.file else b""
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"Content-Type": _TYPES.get(self.file.suffix if self.file else "", _ANY_TYPE), "ETag": etag}
        headers |= self.headers
        if self.recorded_on:
            headers[RECORDED_AT] = self.recorded_on.isoformat()
        if self.status == HTTPStatus.OK and known_etag == headers["ETag"]:
            return HTTPStatus.NOT_MODIFIED, {"ETag": headers["ETag"]}, b""
        return self.status, headers, body


class Recording:
    """The pages of a recorded folder by their canonical address. Raises UsageError for a folder that is none."""

    def __init__(self, folder: Path, source: Source) -> None:
        self.folder = folder
        self._source = source
        self._pages: dict[str, Recorded] = {}
        for page in _read_index(folder):
            address = source.address(page.url, method=page.method, body=page.request_body)
            before = self._pages.get(address)
            if before is None or (before.recorded_on or date.min) <= (page.recorded_on or date.min):
                self._pages[address] = page

    @property
    def pages(self) -> tuple[Recorded, ...]:
        """All answers, one an address: of several recordings of one address the newest."""
        return tuple(self._pages.values())

    @property
    def last_day(self) -> date | None:
        """The newest day of the recording."""
        return max((page.recorded_on for page in self.pages if page.recorded_on), default=None)

    def find(self, url: str, method: str, body: bytes) -> Recorded | None:
        """The answer recorded for this request, under whatever alias of the site."""
        return self._pages.get(self._source.address(url, method=method, body=body))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """An asker that hangs up (a page is too large) is no fault; anything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class ReplayServer:
    """Serves a recording on a free port of loopback while it is entered as a context."""

    def __init__(self, recording: Recording) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(recording))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.recording = recording

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def forwarded(url: str, server: str) -> tuple[str, dict[str, str]]:
    """Where to send a request for `url` so that the replay server at `server` answers it, and the headers to add."""
    parts = urlsplit(url)
    target = f"{server}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    return target, {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}


def _handler(recording: Recording) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave together: apart, the second waits 40 ms for an acknowledgement

        def _answer(self) -> None:
            url = f"{self.headers['X-Forwarded-Proto'] or 'http'}://{self.headers['Host']}{self.path}"
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            page = recording.find(url, self.command, body)
            if page is not None:
                self._send(*page.answer(self.headers["If-None-Match"]))
            elif urlsplit(url).path == "/robots.txt":
                self._send(HTTPStatus.OK, {"Content-Type": "text/plain"}, _ROBOTS)
            else:
                self._send(HTTPStatus.NOT_FOUND, {"Content-Type": "text/plain"}, b"not in this recording\n")

        do_GET = do_POST = _answer  # noqa: N815 (the names that the base class looks for)

        def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response(status)
            length = {} if status == HTTPStatus.NOT_MODIFIED else {"Content-Length": str(len(body))}
            for name, value in (length | dict(headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            if "Content-Length" in headers:  # a recorded length may be a wrong one: the asker must not wait for more
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """The crawl counts what it asked; the server stays silent."""

    return Handler


def _read_index(folder: Path) -> list[Recorded]:
    index = folder / "index.csv"
    if not index.is_file():
        raise UsageError(f"{folder} is no recording: it has no index.csv. Name the folder that holds one.")
    with index.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if missing := _REQUIRED - set(rows.fieldnames or ()):
            raise UsageError(f"{index} lacks the columns {', '.join(sorted(missing))}.")
        try:
            return [_recorded(folder, row, f"{index}, line {rows.line_num}") for row in rows]
        except (UnicodeDecodeError, csv.Error) as error:
            raise UsageError(f"{index}, after line {rows.line_num}: {error}.") from error


def _recorded(folder: Path, row: Mapping[str, str | None], place: str) -> Recorded:
    if None in row.values() or None in row or "\x00" in "".join(map(str, row.values())):
        raise UsageError(f"{place}: not one value for each column.")
    return _sound(folder, {name: value or "" for name, value in row.items()}, place)


def _sound(folder: Path, row: Mapping[str, str], place: str) -> Recorded:
    file = (folder / row["file"]).resolve() if row["file"] else None
    if file is not None and not (file.is_relative_to(folder.resolve()) and file.is_file()):
        raise UsageError(f"{place}: no file {row['file']} in {folder}.")
    try:
        headers = dict(json.loads(row.get("headers") or "{}"))
        status = int(HTTPStatus(int(row["status"] or HTTPStatus.OK)))
        host = urlsplit(row["url"]).hostname
        for value in headers.values():
            str(value).encode("latin-1")  # what a header can carry
    except (TypeError, ValueError) as error:
        raise UsageError(f"{place}: {error}.") from error
    if not host:
        raise UsageError(f"{place}: no address: {row['url']!r}.")
    return Recorded(
        file=file,
        url=row["url"],
        status=status,
        recorded_on=_day(row["recorded_at"], place),
        kind=row["kind"],
        method=(row.get("method") or "GET").upper(),
        request_body=(row.get("request_body") or "").encode(),
        headers={str(name): str(value) for name, value in headers.items() if name.lower() not in _OWN},
    )


def _day(text: str, place: str) -> date | None:
    """The day of an ISO day, an ISO moment or the date of a mail header; None for an empty text."""
    if not text.strip():
        return None
    for read in (date.fromisoformat, lambda one: datetime.fromisoformat(one).date()):
        try:
            return read(text.strip())
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date()
    except ValueError as error:
        raise UsageError(f"{place}: recorded_at «{text}» is no day.") from error
