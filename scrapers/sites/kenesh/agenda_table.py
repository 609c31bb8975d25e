"""The rows of an agenda that is a table: what its columns are, and one row as the text of one item."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\s*[.)]?")
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"№.*|п/п|к/с", re.IGNORECASE)),
    (
        "item",
        re.compile(r"(?:рассматриваем\w+\s+)?(?:вопрос|наименовани|маселе|законопроект|повестка).*", re.IGNORECASE),
    ),
    ("rapporteur", re.compile(r"(?:со)?докладчик.*|баяндамачы.*", re.IGNORECASE)),
    ("initiator", re.compile(r"инициатор.*|демилгечи.*", re.IGNORECASE)),
)
_LABELS = {"rapporteur": "докладчик – ", "initiator": "инициатор – "}


@dataclass(frozen=True, slots=True)
class Row:
    """One item: its number as printed, and its text."""

    number: str | None
    text: str

    def with_clause(self, clause: str) -> "Row":
        """The item with one more clause, separated as the grammar of items separates them."""
        return replace(self, text=f"{self.text}{' ' if clause.startswith('(') else '; '}{clause}")


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column holds: number, item, rapporteur, initiator, or "" for all else."""

    roles: tuple[str, ...]

    @classmethod
    def of_head(cls, cells: Sequence[str]) -> Self | None:
        """The columns that a table's head names, None for a row that is no head."""
        roles = tuple(next((role for role, head in _HEADS if head.fullmatch(cell)), "") for cell in cells)
        return cls(roles) if roles.count("item") == 1 and {"number", "rapporteur"} & set(roles) else None


def read_row(cells: Sequence[str], columns: Columns | None) -> Row | None:
    """One item. Without a head the first column is the number and the second the item. None for another row."""
    roles = columns.roles if columns else ("number", "item", *[""] * (len(cells) - 2))
    if len(roles) != len(cells):
        return None
    found = dict(zip(roles, cells, strict=True))
    number = _NUMBER.fullmatch(found.get("number", ""))
    if not found["item"] or (number is None and columns is None):
        return None
    row = Row(number["number"] if number else None, found["item"])
    for role, cell in zip(roles, cells, strict=True):
        if cell and role not in ("number", "item"):
            row = row.with_clause(f"{_LABELS.get(role, '')}{cell}")
    return row
