"""The queue of jobs by huey: a SQLite file of its own, Redis, or PostgreSQL."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey

from jobs.settings import QueueSettings
from vocab.errors import ConfigError, StorageError

_NAME = "baikoo"
_TASK = "job"
_SCHEMA = "baikoo_jobs"  # apart from the tables of everything else, which may be in the same database
_DRIVERS = {"redis": ("redis", "redis"), "rediss": ("redis", "redis"), "postgresql+psycopg": ("psycopg", "pg")}
"""Module and extra of each kind of address."""


class Queue:
    """Names of jobs in the order in which workers take them. One that was taken is gone: `jobs.ledger` remembers it."""

    def __init__(self, huey: Huey) -> None:
        self.huey = huey
        self._task = huey.task(name=_TASK)(self._do)
        self._worker: Callable[[str], None] | None = None

    def put(self, name: str) -> None:
        """A worker is to take the job."""
        self._task(name)

    def names(self) -> list[str]:
        """The jobs that no worker took yet, in any order."""
        return [task.args[0] for task in self.huey.pending()]

    def worked_by(self, worker: Callable[[str], None]) -> None:
        """What this process does with a name that it takes."""
        self._worker = worker

    def close(self) -> None:
        """Let go of files and connections."""
        self.huey.storage.close()

    def _do(self, name: str) -> None:
        if self._worker is not None:
            self._worker(name)


def open_queue(settings: QueueSettings) -> Queue:
    """The queue. Raises ConfigError for an address that is none or lacks its driver, StorageError without answer."""
    if not settings.url:
        settings.file.parent.mkdir(parents=True, exist_ok=True)
        return Queue(SqliteHuey(_NAME, filename=str(settings.file), results=False))
    kind = urlsplit(settings.url).scheme
    if kind not in _DRIVERS:
        raise ConfigError(
            f"BAIKOO_QUEUE_URL begins with {kind or 'nothing'}://; write redis://…, postgresql+psycopg://…, or nothing"
            " for a file in BAIKOO_HOME"
        )
    module, extra = _DRIVERS[kind]
    if find_spec(module) is None:
        raise ConfigError(
            f"BAIKOO_QUEUE_URL needs {module}: .venv/bin/pip install --require-hashes -r requirements/{extra}.txt"
        )
    errors = {"redis": "RedisError", "psycopg": "Error"}
    failed: type[Exception] = getattr(import_module(module), errors[module])
    try:
        queue = Queue(_opened(kind, settings.url))
        queue.huey.pending_count()
    except (failed, ValueError, OSError) as error:
        where = urlsplit(settings.url).hostname or "its socket"
        raise StorageError(f"BAIKOO_QUEUE_URL: no queue answers at {where} ({type(error).__name__})") from error
    return queue


def _opened(kind: str, url: str) -> Huey:
    if kind.startswith("redis"):
        return RedisHuey(_NAME, url=url, results=False)
    address = url.replace("postgresql+psycopg:", "postgresql:", 1)
    with import_module("psycopg").connect(address, autocommit=True) as conn:
        conn.execute(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
    return PostgresHuey(_NAME, dsn=address, options=f"-c search_path={_SCHEMA}", results=False)
