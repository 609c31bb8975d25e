"""What every command opens first: the home, its database, and the form of its answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, inspect

from db.engine import open_engine
from db.migrate import check, is_current, upgrade
from db.settings import HomeSettings, load_settings
from vocab.dates import BISHKEK
from vocab.errors import StorageError


class Format(StrEnum):
    """How a command answers: for people, or for programs."""

    TABLE = "table"
    JSON = "json"


_SHORT = 20  # letters of a value that stays on one line

FormatOption = Annotated[
    Format, typer.Option("--format", help="table for people, json (alone on standard output) for programs")
]


@contextmanager
def opened(settings: HomeSettings | None = None) -> Iterator[Engine]:
    """The database of the home: made when it is empty, refused when it has another shape than the code needs."""
    engine = open_engine((settings or load_settings()).database_url)
    try:
        if not is_current(engine):
            if inspect(engine).get_table_names():
                raise StorageError("; ".join(check(engine)))
            upgrade(engine)
        yield engine
    finally:
        engine.dispose()


def print_json(value: Any) -> None:
    """JSON alone on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    """What JSON has no form for: sets as sorted lists, days and moments as ISO text."""
    return sorted(value) if isinstance(value, frozenset | set) else str(value)


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, title: str, empty: str) -> None:
    """A table for people with a count, or a sentence where there is nothing; only short values stay on one line."""
    console = Console()
    if not rows:
        console.print(empty, markup=False)
        return
    table = Table(title=f"{title} ({len(rows)})", title_justify="left")
    for name in columns:
        longest = max(len(_cell(row.get(name))) for row in rows)
        short = longest <= _SHORT and name != columns[-1]
        table.add_column(name, overflow="fold", no_wrap=short, min_width=longest if short else None)
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in columns))
    console.print(table, markup=False)


def in_bishkek(moment: datetime) -> str:
    """«2026-12-01 09:00», as the clocks of Bishkek show it."""
    return f"{moment.astimezone(BISHKEK):%Y-%m-%d %H:%M}"


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
