"""`baikoo db upgrade|check`."""

import typer

from db.engine import open_engine
from db.migrate import check as differences
from db.migrate import upgrade as run_steps
from db.settings import load_settings


def build() -> typer.Typer:
    """Bring the database to the shape that the code needs."""
    app = typer.Typer(no_args_is_help=True)
    app.command("upgrade")(upgrade)
    app.command("check")(check)
    return app


def upgrade() -> None:
    """Make the tables, or bring them up to date; data stays.

    Example: `baikoo db upgrade`
    """
    engine = open_engine(load_settings().database_url)
    run_steps(engine)
    engine.dispose()
    typer.echo("The database is up to date.")


def check() -> None:
    """Say what is wrong with the database's shape; exit code 1 where something is.

    Example: `baikoo db check`
    """
    engine = open_engine(load_settings().database_url)
    wrong = differences(engine)
    engine.dispose()
    for line in wrong:
        typer.echo(line)
    if wrong:
        raise typer.Exit(1)
    typer.echo("The database is up to date.")
