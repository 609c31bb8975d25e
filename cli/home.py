"""What every command opens first: the home, its database, and the form of its answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, inspect

from db.engine import open_engine
from db.migrate import check, is_current, upgrade
from db.settings import HomeSettings, load_settings
from vocab.errors import StorageError


class Format(StrEnum):
    """How a command answers: for people, or for programs."""

    TABLE = "table"
    JSON = "json"


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
    """A table for people with a count, the last column wrapped; or a sentence where there is nothing."""
    console = Console()
    if not rows:
        console.print(empty, markup=False)
        return
    table = Table(title=f"{title} ({len(rows)})", title_justify="left")
    for name in columns[:-1]:
        table.add_column(name, overflow="fold", no_wrap=True)
    table.add_column(columns[-1], overflow="fold", ratio=1)
    for row in rows:
        table.add_row(*("" if row.get(name) is None else str(row[name]) for name in columns))
    console.print(table, markup=False)
