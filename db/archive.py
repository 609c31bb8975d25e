"""The raw archive: every answer as it came, in WARC files (ISO 28500), one file a writer, never changed."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
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


class Archive:
    """A folder of WARC files. Opening it to read makes nothing; the first `append` starts a new file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stream: BinaryIO | None = None
        self._writer: WARCWriter | None = None
        self._name = ""

    def append(
        self, url: str, status: int, headers: Iterable[tuple[str, str]], body: bytes, fetched_at: datetime
    ) -> tuple[str, int]:
        """Write one answer, flushed to disk; give its file name and offset. A row may point at it from now on."""
        stream, writer = self._open()
        offset = stream.tell()
        head = StatusAndHeaders(str(status), list(headers), protocol="HTTP/1.1")
        stamp = fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = writer.create_warc_record(
            url, "response", payload=BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": stamp}
        )
        writer.write_record(record)
        record.raw_stream.close()  # warcio copies the body into a temporary file to count its length
        stream.flush()
        return self._name, offset

    def sync(self) -> None:
        """Force what was written onto the disk; call it before the rows that point at it are committed."""
        if self._stream is not None:
            os.fsync(self._stream.fileno())

    def read(self, file: str, offset: int) -> ArchivedAnswer:
        """The answer at this place. Raises StorageError where the archive has no whole record there."""
        path = self.folder / Path(file).name
        try:
            with path.open("rb") as stream:
                stream.seek(offset)
                for record in ArchiveIterator(stream):
                    return ArchivedAnswer(
                        url=record.rec_headers.get_header("WARC-Target-URI"),
                        status=int(record.http_headers.get_statuscode()),
                        headers=tuple(record.http_headers.headers),
                        body=record.raw_stream.read(),
                    )
        except (OSError, EOFError, ValueError, AttributeError) as error:
            raise StorageError(f"archive {file} at {offset}: no whole record ({error})") from error
        raise StorageError(f"archive {file} at {offset}: no record there")

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
