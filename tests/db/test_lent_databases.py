"""A PostgreSQL database that a test gave back is as a fresh one, or nobody gets it again."""

import pytest
from sqlalchemy import text

from tests.postgres import Databases, open_alone, state_of

WRITES = """
INSERT INTO run (stage, origin, asked, started_at, figures, reasons) VALUES ('track', 'live', '', now(), '{}', '[]')
"""


@pytest.mark.parametrize(
    ("does", "lent_again"),
    [
        (WRITES, True),
        ("ALTER TABLE run DROP COLUMN outcome", False),
        ("CREATE TABLE left_behind (id int)", False),
        ("DELETE FROM alembic_version", False),
    ],
)
def test_what_comes_back_is_as_fresh_or_dropped(postgres_databases: Databases, does: str, lent_again: bool) -> None:
    name = postgres_databases.lend()
    opened = open_alone(postgres_databases.admin, name)
    with opened.begin() as conn:
        conn.execute(text(does))
        assert state_of(conn) != postgres_databases.fresh
    postgres_databases.take_back(name)
    following = postgres_databases.lend()
    assert (following == name) is lent_again
    with open_alone(postgres_databases.admin, following).connect() as conn:
        assert state_of(conn) == postgres_databases.fresh
    postgres_databases.take_back(following)
