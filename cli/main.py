"""The command `baikoo`: every command by its name, and the one place that turns errors into words and exit codes."""

import sys

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cli import (
    crawl,
    database,
    doctor,
    findings,
    importing,
    probe,
    publishing,
    record,
    review,
    running,
    serve,
    show,
    stats,
    track,
)
from vocab.errors import BaikooError, ConfigError, UsageError

EXIT_RED = 1
EXIT_USAGE = 2

HELP = """Watch a parliament: collect what it publishes, check it against its Rules, tell the public with evidence.

Data lives in BAIKOO_HOME (default ./data). Exit codes: 0 clean, 1 something is red, 2 wrong usage.
"""


def build() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        help=HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode="markdown",
    )
    app.command("run")(running.run)
    app.command("crawl")(crawl.crawl)
    app.command("track")(track.track)
    app.command("publish")(publishing.publish)
    app.command("serve")(serve.serve)
    app.command("findings")(findings.findings)
    app.command("review")(review.review)
    app.command("stats")(stats.stats)
    app.command("doctor")(doctor.doctor)
    app.command("record")(record.record)
    app.command("probe")(probe.probe)
    app.add_typer(show.build(), name="show")
    app.add_typer(importing.build(), name="import")
    app.add_typer(database.build(), name="db")
    return app


def main() -> None:
    """Run the command line; an expected error is one line on standard error."""
    try:
        build()()
    except (UsageError, ConfigError) as error:
        _say(error)
        sys.exit(EXIT_USAGE)
    except (BaikooError, SQLAlchemyError, OSError) as error:
        _say(error)
        sys.exit(EXIT_RED)


def _say(error: Exception) -> None:
    Console(stderr=True, highlight=False).print(
        f"baikoo: {_first_lines(error)}", style="red", markup=False, soft_wrap=True
    )


def _first_lines(error: Exception) -> str:
    """What a person needs of an error: a database's own words, without the statement that was sent."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return said.strip().partition("\n")[0] if isinstance(error, DBAPIError) else said.strip()
