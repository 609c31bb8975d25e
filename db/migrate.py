"""Bring the database to the shape that the code needs, and say where it is not."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Index
from sqlalchemy.sql.schema import ColumnCollectionConstraint

from db.engine import reader, take_turn
from db.metadata import METADATA
from db.migrations.rendering import is_described
from vocab.errors import StorageError

_SAID = {"add": "missing", "remove": "unknown"}


def upgrade(engine: Engine) -> None:
    """Run the steps that are missing, all of them or none; a database that is up to date is left alone.

    Raises StorageError for a database whose revision this version does not know.
    """
    if is_current(engine):
        return
    with engine.begin() as conn:
        take_turn(conn)
        found = revision_of(conn)
        if not is_known(found):
            raise StorageError(_unknown(found))
        command.upgrade(config(conn), "head")


def check(engine: Engine) -> tuple[str, ...]:
    """What is wrong with the shape of the database, in words; () when nothing is."""
    with reader(engine) as conn:
        found, wanted = revision_of(conn), newest()
        if not is_known(found):
            return (_unknown(found),)
        if found != wanted:
            has = f"revision {found}" if found else "no revision"
            return (f"the database is at {has}, the code needs {wanted}: run `baikoo db upgrade`",)
        context = MigrationContext.configure(conn, opts={"compare_type": True, "include_name": is_described})
        return tuple(_words(one) for one in _flat(compare_metadata(context, METADATA)))


def is_current(engine: Engine) -> bool:
    """True when the database has the newest shape; cheap, for every start."""
    with reader(engine) as conn:
        return revision_of(conn) == newest()


def newest() -> str | None:
    """The revision that the code needs."""
    return _steps().get_current_head()


def config(conn: Connection | None = None) -> Config:
    """Where the steps are, and the connection to run them on."""
    made = Config()
    made.set_main_option("script_location", str(files("db").joinpath("migrations")).replace("%", "%%"))
    made.attributes["connection"] = conn
    return made


def revision_of(conn: Connection) -> str | None:
    """The revision that the database has, None for one without tables."""
    return MigrationContext.configure(conn).get_current_revision()


def _steps() -> ScriptDirectory:
    return ScriptDirectory.from_config(config())


def is_known(revision: str | None) -> bool:
    """True where this version has the step to this revision: a newer version made it otherwise."""
    return revision is None or revision in {step.revision for step in _steps().walk_revisions()}


def _unknown(revision: str | None) -> str:
    return f"the database is at revision {revision}, which this version does not know: install the newer version"


def _flat(differences: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Alembic puts the differences of one column into a list of their own."""
    for one in differences:
        yield from one if isinstance(one, list) else [one]


def _words(difference: tuple[Any, ...]) -> str:
    """A difference of alembic in words: ("add_column", schema, table, column) is `missing column: bill.title`."""
    verb, thing = difference[0].split("_", 1)
    if verb == "modify":
        _, _, table, column, _, found, wanted = difference
        return f"other {thing}: {table}.{column} is {found!r} and not {wanted!r}"
    where = ".".join(_name(one) for one in difference[1:] if one is not None)
    return f"{_SAID[verb]} {thing}: {where}"


def _name(part: Any) -> str:
    if isinstance(part, Index | ColumnCollectionConstraint) and part.table is not None:
        return f"{part.table.name}({', '.join(part.columns.keys())})"
    return str(getattr(part, "name", part))
