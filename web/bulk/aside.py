"""Rows laid aside on the disk for tables that come later, so that timelines are made once."""

import pickle
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import IO, Any

Row = Mapping[str, Any]
_AT_ONCE = 500


class Aside:
    """Rows of some tables, in temporary files that nobody else can open and that go with the process."""

    def __init__(self) -> None:
        self._files = ExitStack()
        self._streams: dict[str, IO[bytes]] = {}
        self._waiting: dict[str, list[Row]] = {}

    def __contains__(self, table: str) -> bool:
        """True where rows of a table are laid aside, be they none."""
        return table in self._streams

    def begin(self, table: str) -> None:
        """From now on rows of this table come."""
        stream = tempfile.TemporaryFile()  # noqa: SIM115 - open until all is read
        self._streams[table] = self._files.enter_context(stream)
        self._waiting[table] = []

    def put(self, table: str, row: Row) -> None:
        """Lay a row aside."""
        self._waiting[table].append(row)
        if len(self._waiting[table]) == _AT_ONCE:
            self._flush(table)

    def take(self, table: str) -> Iterator[Row]:
        """All rows of a table, in the order in which they came."""
        self._flush(table)
        stream = self._streams[table]
        end = stream.tell()
        stream.seek(0)
        while stream.tell() < end:
            yield from pickle.load(stream)  # noqa: S301 - written by this process

    def close(self) -> None:
        """Let go of the files."""
        self._files.close()

    def _flush(self, table: str) -> None:
        pickle.dump(self._waiting[table], self._streams[table], pickle.HIGHEST_PROTOCOL)
        self._waiting[table] = []
