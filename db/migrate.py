"""Bring the database to the shape that the code needs, and say where it is not."""

from importlib.resources import files

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from db.metadata import METADATA


def upgrade(engine: Engine) -> None:
    """Run the steps that are missing; a database that is up to date is left alone."""
    with engine.connect() as conn:
        if _revision(conn) == _newest():
            return
    with engine.begin() as conn:
        command.upgrade(_config(conn), "head")


def check(engine: Engine) -> tuple[str, ...]:
    """What is wrong with the shape of the database, in words; () when nothing is."""
    with engine.connect() as conn:
        found, wanted = _revision(conn), _newest()
        if found != wanted:
            return (f"the database is at {found or 'no'} revision, the code needs {wanted}: run `baikoo db upgrade`",)
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        return tuple(str(difference) for difference in compare_metadata(context, METADATA))


def is_current(engine: Engine) -> bool:
    """True when the database has the newest shape; cheap, for every start."""
    with engine.connect() as conn:
        return _revision(conn) == _newest()


def _revision(conn: Connection) -> str | None:
    return MigrationContext.configure(conn).get_current_revision()


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(conn: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("db").joinpath("migrations")))
    config.attributes["connection"] = conn
    return config
