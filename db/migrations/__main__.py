"""`python -m db.migrations "Give bills a colour"`: write the next step from what the tables say."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic import command

from db.engine import open_engine
from db.migrate import config, newest, upgrade


def write_step(message: str) -> None:
    """Compare the tables with a database made by the steps so far; write the difference, if any, as a new step."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'empty.sqlite'}")
        upgrade(engine)
        number = int(newest() or 0) + 1
        with engine.begin() as conn:
            command.revision(
                config(conn),
                message,
                autogenerate=True,
                rev_id=f"{number:04}",
                process_revision_directives=_drop_empty,
            )
        engine.dispose()


def _drop_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
    if directives[0].upgrade_ops.is_empty():
        directives.clear()


if __name__ == "__main__":
    write_step(sys.argv[1])
