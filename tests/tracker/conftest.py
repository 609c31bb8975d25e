"""Houses for the tests of the tracker."""

import pytest
from sqlalchemy import Engine

from tests.tracker.house import House


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(sqlite_engine)


@pytest.fixture
def each_house(engine: Engine) -> House:
    """The house on SQLite and on PostgreSQL."""
    return House(engine)
