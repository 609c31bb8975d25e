"""A world with one bill and one happening before anybody follows."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.publish.alerts.world import World


@pytest.fixture
def world(sqlite_engine: Engine) -> Iterator[World]:
    one = World(sqlite_engine)
    one.tell("before")
    yield one
    assert not [row for row in one.letters() if row["state"] == "refused"]
