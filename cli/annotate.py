"""`baikoo annotate`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.home import Format, FormatOption, opened, print_json
from db.archive import Archive
from db.settings import load_settings
from nlp.documents.run import read_documents
from nlp.run import annotate as run_annotation


def annotate(
    changed: Annotated[
        bool, typer.Option("--changed/--all", help="only what changed since the last run, or all texts and files again")
    ] = True,
    form: FormatOption = Format.TABLE,
) -> None:
    """Read the texts of records and files: language, names, acts, press events, topics, which records are one draft.

    Looks only at what changed; a new version of the text layer, or other known persons, look at everything again.
    A file that cannot be read is marked with the reason.

    Examples: `baikoo annotate` · `baikoo annotate --all`
    """
    settings = load_settings()
    now, everything = datetime.now(UTC), not changed
    with opened(settings) as engine:
        with _bar("Reading files") as told:
            archive = Archive(settings.archive_dir)
            files = read_documents(engine, archive, now=now, everything=everything, progress=told)
        with _bar("Reading texts") as told:
            texts = run_annotation(engine, now=now, everything=everything, progress=told)
    if form is Format.JSON:
        print_json(asdict(texts) | {"files": asdict(files)})
    else:
        typer.echo(f"Annotated: {_line(asdict(texts))}; files {_line(asdict(files))}.")
    if texts.failed:
        raise typer.Exit(1)


def _line(figures: dict[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())


@contextmanager
def _bar(what: str) -> Iterator["_Told"]:
    """A bar on standard error, which goes when the work is done; no bar where nobody looks."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Told(progress)


class _Told:
    """Moves the bar."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._task = progress, progress.add_task("read", total=None)

    def __call__(self, done: int, total: int) -> None:
        """So many texts of so many are done."""
        self._progress.update(self._task, completed=done, total=total)
