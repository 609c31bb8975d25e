"""The command `baikoo`: every command by its name, and the one place that turns errors into words and exit codes."""

import sys

import typer
from rich.console import Console
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from cli.listing import MARKUP, group_of
from vocab.errors import BaikooError, ConfigError, UsageError

EXIT_RED = 1
EXIT_USAGE = 2

HELP = """Watch a parliament: collect what it publishes, check it against its Rules, tell the public with evidence.

Data lives in BAIKOO_HOME (default ./data). Exit codes: 0 clean, 1 something is red, 2 wrong usage.
"""


# One line a command: `module:function` in this folder, `module:build` for a group of commands. The module is imported
# when its command is run, never for another one or for the list, which reads the docstrings from the source.
COMMANDS = {
    "run": "running:run",
    "crawl": "crawl:crawl",
    "import": "importing:build",
    "annotate": "annotate:annotate",
    "track": "track:track",
    "index": "index:index",
    "publish": "publishing:build",
    "channels": "channels:build",
    "export": "export:export",
    "serve": "serve:serve",
    "search": "search:search",
    "show": "show:build",
    "findings": "findings:findings",
    "check": "check:check",
    "explain": "explain:explain",
    "review": "review:review",
    "remind": "remind:remind",
    "link": "link:build",
    "topic": "topic:topic",
    "fact": "fact:build",
    "media": "media:build",
    "stats": "stats:stats",
    "read": "reading:read",
    "evaluate": "evaluate:evaluate",
    "backup": "backup:backup",
    "restore": "restore:restore",
    "doctor": "doctor:doctor",
    "health": "health:health",
    "alerts": "alerts:build",
    "subscriptions": "subscriptions:build",
    "bot": "bot:bot",
    "record": "record:record",
    "probe": "probe:probe",
    "db": "database:build",
    "users": "users:build",
    "audit": "audit:build",
    "privacy": "privacy:build",
    "jobs": "jobs:build",
}


def build() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        cls=group_of(COMMANDS),
        help=HELP,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        rich_markup_mode=MARKUP,
    )
    app.callback()(_options)
    return app


def _options() -> None:
    """No option of its own: Typer wants a function for a group without commands."""


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
    Console(stderr=True, highlight=False, emoji=False).print(
        f"baikoo: {_first_lines(error)}", style="red", markup=False, soft_wrap=True
    )


def _first_lines(error: Exception) -> str:
    """What a person needs of an error: a database's own words, without the statement that was sent."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return said.strip().partition("\n")[0] if isinstance(error, DBAPIError) else said.strip()
