"""Older notes out of a table: rows → notes as a device sends them. Pure; the columns are those of the template."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from vocab.dates import BISHKEK
from vocab.observation import ABOUT_ITEM, FIELDS, FORM_VERSION, Field, ObservationKind

_SPACE = UUID("6b1f6f8e-0a52-5c57-9a35-3f1d7b0c6a11")  # of imported notes; any uuid that nobody else uses
_YES = frozenset({"yes", "да", "ооба", "1", "true"})
_NO = frozenset({"no", "нет", "жок", "0", "false"})
_NUMBERS = frozenset({Field.NUMBER, Field.MINUTES})
_NOON = "12:00"

FIXED = ("sitting", "day", "time", "kind")
"""The columns of every row: the sitting's id, when it was seen, and the kind of note."""

COLUMNS = (*FIXED, *ABOUT_ITEM, *dict.fromkeys(name for fields in FIELDS.values() for name in fields))
"""All columns of the template; a row fills in those of its kind."""

_KIND_OF = {name: kind for fields in (ABOUT_ITEM, *FIELDS.values()) for name, kind in fields.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """What is wrong with a row of the table: its number as the spreadsheet shows it, and the column."""

    row: int
    column: str | None
    reason: str


def read_rows(rows: Sequence[Sequence[Any]], observer: str) -> tuple[list[tuple[int, dict[str, Any]]], list[RowFault]]:
    """The notes of a table with a row of names on top, each with its row's number, and what is wrong with the others.

    The same row of the same observer gives the same uuid, so that importing it again changes nothing.
    """
    if not rows:
        return [], [RowFault(row=1, column=None, reason="empty_table")]
    names = [_text(cell) for cell in rows[0]]
    faults = [RowFault(row=1, column=name, reason="unknown_column") for name in names if name and name not in COLUMNS]
    faults += [RowFault(row=1, column=name, reason="missing_column") for name in FIXED if name not in names]
    if faults:
        return [], faults
    found: list[tuple[int, dict[str, Any]]] = []
    for number, cells in enumerate(rows[1:], start=2):
        told = {name: cell for name, cell in zip(names, cells, strict=False) if name and _text(cell)}
        if told:
            note, wrong = _note(told, number, observer)
            faults += wrong
            found.append((number, note))
    return found, faults + list(_doubled(found))


def _note(told: Mapping[str, Any], number: int, observer: str) -> tuple[dict[str, Any], list[RowFault]]:
    faults = []
    moment = _moment(told.get("day"), told.get("time"))
    if moment is None:
        faults.append(RowFault(row=number, column="day", reason="bad_moment"))
    kind = _text(told.get("kind")).lower()
    own = FIELDS[ObservationKind(kind)] if kind in {one.value for one in ObservationKind} else None
    if own is not None:
        strange = [name for name in told if name not in FIXED and name not in ABOUT_ITEM and name not in own]
        faults += [RowFault(row=number, column=name, reason="not_of_this_kind") for name in strange]
    value = {name: _value(_KIND_OF[name], cell) for name, cell in told.items() if name not in FIXED}
    note = {
        "sitting": _text(told.get("sitting")),
        "kind": kind,
        "value": value,
        "device_at": moment.isoformat() if moment else None,
        "form_version": FORM_VERSION,
    }
    return {**note, "uuid": str(uuid5(_SPACE, repr((observer, sorted(note.items(), key=str)))))}, faults


def _doubled(found: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[RowFault]:
    """The same line twice is a slip of copying, not two notes."""
    first: dict[str, int] = {}
    for number, note in found:
        if note["uuid"] in first:
            yield RowFault(row=number, column=None, reason="same_as_another_row")
        first.setdefault(note["uuid"], number)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _moment(day: Any, at: Any) -> datetime | None:
    """A day and a time of day in Bishkek, noon where no time is given; cells are dates or text."""
    try:
        on = date.fromisoformat(_text(day)[: len("2026-11-27")])  # a cell of a spreadsheet is a day with a time
        clock = at if isinstance(at, time) else time.fromisoformat(_text(at) or _NOON)
    except ValueError:
        return None
    return datetime.combine(on, clock.replace(tzinfo=None), BISHKEK)


def _value(kind: Field, cell: Any) -> Any:
    """A cell as the form would send it; what cannot be read stays text and is refused with its column."""
    text = _text(cell)
    if kind in _NUMBERS:
        number = text.removesuffix(".0")
        return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else text
    if kind is Field.YES_NO:
        folded = text.lower()
        return True if folded in _YES else False if folded in _NO else text
    if kind is Field.READINGS:
        parts = text.removesuffix(".0").replace(";", ",").split(",")
        return [int(part) if part.strip().isdecimal() and len(part) < 10 else part for part in parts]
    if kind is Field.TIME and isinstance(cell, time):
        return cell.strftime("%H:%M")
    if kind is Field.DAY and isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    return text
