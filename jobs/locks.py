"""Locks that no killed process leaves behind: the system holds them for as long as one of their processes lives."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def held(path: Path) -> Iterator[int | None]:
    """The lock as a file handle that commands inherit, so that it outlives a killed worker; None where it is taken."""
    with _opened(path) as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield stream.fileno()


@contextmanager
def waited_for(path: Path) -> Iterator[None]:
    """The lock, as soon as it is free: for moments only."""
    with _opened(path) as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def is_free(path: Path) -> bool:
    """True where nobody holds the lock."""
    with held(path) as handle:
        return handle is not None


def _opened(path: Path) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")
