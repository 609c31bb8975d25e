"""`baikoo import notes`."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import typer
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from sqlalchemy import Engine

from cli.home import opened
from db.accounts import account_by_login
from db.engine import reader
from tracker.judging import Rules
from tracker.note_import import COLUMNS, RowFault, read_rows
from tracker.observations import Answer, Batch, Status, check_notes, receive_notes
from vocab.errors import UsageError
from vocab.observation import FIELDS, NEEDED

_MOST_ROWS = 20_000
_MOST_UNPACKED = 50_000_000  # bytes: openpyxl would read a bomb for minutes


def notes(
    file: Annotated[Path | None, typer.Argument(help="a table: CSV in UTF-8, or XLSX")] = None,
    observer: Annotated[str, typer.Option(help="the login of the observer who made the notes")] = "",
    check: Annotated[bool, typer.Option("--check", help="say what is wrong, import nothing")] = False,
    template: Annotated[Path | None, typer.Option(help="write an empty table with all columns here, and stop")] = None,
) -> None:
    """Import older notes of an observer; with one bad row nothing is imported.

    Example: `baikoo import notes notes-2025.xlsx --observer aigul --check`
    """
    if template:
        _write_template(template)
        typer.echo(f"{template}: an empty table; docs/importing-notes.md says what belongs where.")
        return
    if file is None or not observer:
        raise UsageError("name a table and its observer: baikoo import notes FILE --observer LOGIN")
    rows = _rows(file)
    with opened() as engine:
        faults, answers = _import(engine, rows, observer, check=check)
    for fault in faults:
        typer.echo(f"row {fault.row}, {fault.column or 'the row'}: {fault.reason}")
    if faults:
        typer.echo(f"{len(faults)} mistakes in {file.name}; nothing was imported.")
        raise typer.Exit(1)
    new = sum(answer.status is Status.RECEIVED for answer in answers)
    lost = sum(answer.unplaced is not None for answer in answers)
    done = "would be imported" if check else "imported"
    typer.echo(f"{len(answers)} notes: {new} {done}, {len(answers) - new} known before, {lost} of no known sitting.")
    if new and not check:
        typer.echo("`baikoo track` takes them into the findings.")


def _import(
    engine: Engine, rows: Sequence[Sequence[Any]], login: str, *, check: bool
) -> tuple[list[RowFault], list[Answer]]:
    with reader(engine) as conn:
        account = account_by_login(conn, login)
    if account is None:
        raise UsageError(f"no account {login!r}: `baikoo users list` names them")
    read, faults = read_rows(rows, str(account.id))
    batch = Batch(observer=str(account.id), notes=[note for _, note in read])
    now, book = datetime.now(UTC), Rules.load().book
    answers = check_notes(engine, batch, now=now, book=book)
    faults += [
        RowFault(row=number, column=answer.field, reason=answer.fault.value)
        for (number, _), answer in zip(read, answers, strict=True)
        if answer.fault
    ]
    if faults or check:
        return sorted(faults, key=lambda one: one.row), answers
    return [], receive_notes(engine, batch, now=now, book=book)


def _rows(file: Path) -> list[Sequence[Any]]:
    """The cells of the table. Raises UsageError for a file that is none, or is far too long."""
    try:
        rows = _spreadsheet(file) if file.suffix.lower() == ".xlsx" else _csv(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except (UnicodeError, csv.Error, BadZipFile, InvalidFileException, ParseError, KeyError, ValueError) as error:
        raise UsageError(f"{file} is no table that can be read (CSV in UTF-8, or XLSX): {error}") from error
    if len(rows) > _MOST_ROWS:
        raise UsageError(f"{file} has more than {_MOST_ROWS} rows: import it in parts")
    return rows


def _csv(file: Path) -> list[Sequence[Any]]:
    text = file.read_text("utf-8-sig")
    dialect = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return list(csv.reader(text.splitlines(keepends=True), delimiter=dialect))


def _spreadsheet(file: Path) -> list[Sequence[Any]]:
    with ZipFile(file) as packed:
        if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
            raise ValueError(f"it unpacks to more than {_MOST_UNPACKED // 1_000_000} MB")
    book = load_workbook(file, read_only=True, data_only=True)
    try:
        return _taken(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _taken(rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """As far as the longest table, and one more to know that it is longer."""
    return [row for row, _ in zip(rows, range(_MOST_ROWS + 1), strict=False)]


def _write_template(path: Path) -> None:
    """A table with the columns alone; as XLSX with the kinds of notes on a second sheet."""
    kind = path.suffix.lower()
    if kind == ".csv":
        path.write_text(",".join(COLUMNS) + "\n", "utf-8-sig")  # spreadsheets know UTF-8 by its mark
        return
    if kind != ".xlsx":
        raise UsageError(f"{path} is neither .xlsx nor .csv")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "notes"
    sheet.append(list(COLUMNS))
    kinds = book.create_sheet("kinds")
    kinds.append(["kind", "needed", "columns"])
    for kind, fields in FIELDS.items():
        kinds.append([kind.value, NEEDED.get(kind, ""), ", ".join(fields)])
    book.save(path)
