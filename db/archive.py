"""The raw archive: every answer as it came, in WARC files (ISO 28500), one file a writer, never changed."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from vocab.errors import StorageError

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedAnswer:
    """An answer read back; `body` is decoded of any transfer and content coding, as it was stored."""

    url: str
    status: int
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that its address alone does not tell, e.g. a POST with its body."""

    method: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _Part:
    """One half of an exchange as WARC keeps it; `start` and `protocol` make its first line."""

    kind: str
    start: str
    protocol: str
    headers: Headers
    body: bytes


class Archive:
    """A folder of WARC files. Opening it to read makes nothing; the first `append` starts a new file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stream: BinaryIO | None = None
        self._writer: WARCWriter | None = None
        self._name = ""

    def append(
        self,
        url: str,
        status: int,
        headers: Iterable[tuple[str, str]],
        body: bytes,
        fetched_at: datetime,
        *,
        asked: Asked | None = None,
    ) -> tuple[str, int]:
        """Write one answer, flushed; give its file name and offset: a row may point at it from now on.

        `asked`: a request that is more than its address; it is written behind its answer.
        """
        stream, writer = self._open()
        offset = stream.tell()
        stamp = fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = _Part("response", str(status), "HTTP/1.1", tuple(headers), body)
        answer_id = _write(writer, url, answer, {"WARC-Date": stamp})
        if asked is not None:
            about = {"WARC-Date": stamp, "WARC-Concurrent-To": answer_id}
            _write(writer, url, _request(url, asked), about)
        stream.flush()
        return self._name, offset

    def sync(self) -> None:
        """Force what was written onto the disk; call it before the rows that point at it are committed."""
        if self._stream is not None:
            os.fsync(self._stream.fileno())

    def read(self, file: str, offset: int) -> ArchivedAnswer:
        """The answer at this place. Raises StorageError where the archive has no whole and sound record there."""
        where = f"archive {file} at {offset}"
        try:
            with (self.folder / Path(file).name).open("rb") as stream:
                stream.seek(offset)
                answer = _first_answer(stream)
        except (OSError, EOFError, ValueError, AttributeError, ArchiveLoadFailed) as error:
            raise StorageError(f"{where}: no whole record ({type(error).__name__})") from error
        if answer is None:
            raise StorageError(f"{where}: no whole record")
        return answer

    def close(self) -> None:
        """End the file of this writer; nothing happens where none was begun."""
        if self._stream is not None:
            self._stream.close()
            self._stream = self._writer = None

    def _open(self) -> tuple[BinaryIO, WARCWriter]:
        if self._stream is None or self._writer is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            self._name = f"{stamp}-{os.getpid()}.warc.gz"
            self._stream = (self.folder / self._name).open("xb")
            self._writer = WARCWriter(self._stream, gzip=True)
        return self._stream, self._writer


def _request(url: str, asked: Asked) -> _Part:
    target = urlsplit(url)
    path = urlunsplit(("", "", target.path or "/", target.query, ""))
    return _Part("request", f"{path} HTTP/1.1", asked.method, (("Host", target.netloc),), asked.body)


def _write(writer: WARCWriter, url: str, part: _Part, about: dict[str, str]) -> str:
    """Write one record; give its id."""
    head = StatusAndHeaders(part.start, list(part.headers), protocol=part.protocol)
    record = writer.create_warc_record(
        url, part.kind, payload=BytesIO(part.body), http_headers=head, warc_headers_dict=about
    )
    writer.write_record(record)
    record.raw_stream.close()  # warcio copies the body into a temporary file to count its length
    return str(record.rec_headers.get_header("WARC-Record-ID"))


def _first_answer(stream: BinaryIO) -> ArchivedAnswer | None:
    """The record that starts here, None where there is none or where its end is missing.

    The digest is what tells a whole body: warcio gives the bytes that it has.
    """
    record = next(iter(ArchiveIterator(stream, check_digests="raise")), None)
    if record is None:
        return None
    answer = ArchivedAnswer(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        headers=tuple(record.http_headers.headers),
        body=record.raw_stream.read(),
    )
    return answer if record.digest_checker.passed else None
