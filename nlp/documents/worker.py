"""A process of its own that reads files: one that eats memory, hangs or crashes the reader harms nothing else."""

import multiprocessing
import resource
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from nlp.documents.formats.media import Media
from nlp.documents.formats.readers import Plain, plain_of

SECONDS = 60.0
MEGABYTES = 1536
"""Address space of the reading process, of which Python and its libraries take about 400."""

_READY = 30.0
_SHOWN = 300


class DocumentWorker:
    """Reads one file after the other in a process that is started when needed and replaced when it fails."""

    def __init__(self, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, data: bytes) -> Plain:
        """What `plain_of` says, or why the process could not say it."""
        pipe = self._started()
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.send_bytes(data)
        try:
            if not pipe.poll(self._seconds):
                self._stop()
                return Plain(Media.UNKNOWN, failure=f"reading took longer than {self._seconds:.0f} seconds")
            media, method, text, failure = pipe.recv()
        except (EOFError, ConnectionResetError):
            code = self._stop()
            return Plain(Media.UNKNOWN, failure=f"its reader needed too much memory or crashed (exit code {code})")
        return Plain(Media(media), method, text, failure)

    def _started(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self._stop()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs, self._megabytes), daemon=True)
            self._process.start()
            theirs.close()
            with suppress(EOFError, ConnectionResetError):  # it is told by the read that follows
                if self._pipe.poll(_READY):
                    self._pipe.recv()
        return self._pipe

    def _stop(self) -> int | None:
        """End the process; its exit code."""
        if self._process is None or self._pipe is None:
            return None
        self._pipe.close()
        self._process.join(0.2)
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        self._process = self._pipe = None
        return code


def serve(pipe: Connection, megabytes: int) -> None:
    """Answer with the text of each file that comes, until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides when it ends
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    pipe.send("ready")
    with suppress(EOFError, ConnectionResetError, BrokenPipeError):
        while True:
            media, *rest = _plain(pipe.recv_bytes())
            pipe.send((media.value, *rest))


def _plain(data: bytes) -> Plain:
    try:
        return plain_of(data)
    except MemoryError:
        return Plain(Media.UNKNOWN, failure="its reader needed too much memory")
    except Exception as error:  # noqa: BLE001 - however a library fails on a hostile file, the file is marked
        return Plain(Media.UNKNOWN, failure=f"its reader failed: {type(error).__name__}: {error}"[:_SHOWN])
