"""SIGKILL at seeded points of delivery, and two workers at once: never twice, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from db.engine import open_engine
from tests.publish.outbox.fake_channel import NOW, Store, too_late
from tests.publish.outbox.killing import LANGS, POSTS, killed
from tests.publish.outbox.posting import keep, states
from tests.publish.outbox.worker import Workers, workers

SEEDS = 20


@pytest.fixture(scope="module")
def started() -> Iterator[Workers]:
    """What starts workers."""
    with workers() as ready:
        yield ready


def test_a_worker_that_is_killed_says_nothing_twice_and_loses_nothing(
    started: Workers, tmp_path: Path, empty_tables: Path
) -> None:
    ended = Counter[str]()
    for seed in range(SEEDS):
        path = tmp_path / f"{seed}.sqlite"
        copyfile(empty_tables, path)
        engine = open_engine(f"sqlite:///{path}")
        found = killed(engine, seed, started)
        assert found.keys() <= {"once", "unknown", "killed"}, f"seed {seed}: {found}"
        ended += found
        engine.dispose()
    assert ended["once"] + ended["unknown"] == SEEDS * POSTS * len(LANGS)
    assert ended["killed"] > SEEDS / 2
    assert 0 < ended["unknown"] < ended["once"], "some kills leave what nobody can know"


def test_two_workers_at_once_share_the_work(engine: Engine, started: Workers, store: Store, address: str) -> None:
    keep(engine, *(f"post:{place}" for place in range(70)), langs=LANGS)
    store.tricks = [too_late(1.0, stored=True)]  # long enough for the other one to begin
    url = engine.url.render_as_string(hide_password=False)
    pids = [
        str(started.start(url=url, address=address, able="keyless", langs=LANGS, now=NOW.isoformat())) for _ in range(2)
    ]
    assert started.wait() == [0, 0]
    assert states(engine) == {"sent": 140}
    assert set(store.times().values()) == {1}
    assert {post["pid"] for post in store.posts} == set(map(int, pids)), "both of them sent something"
