"""The declared model: tables, columns, keys. Read from model.yml, the one place that says what gets out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class Type(StrEnum):
    """What a column holds. `TEXT` is a string in somebody's own words: contacts in it are blanked."""

    STRING = "string"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    ARRAY = "array"
    OBJECT = "object"

    @property
    def is_json(self) -> bool:
        """True where a cell holds JSON."""
        return self in {Type.ARRAY, Type.OBJECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; `needed`: it is never empty."""

    name: str
    type: Type
    about: str
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Columns that hold the key of a row of another table, or nothing."""

    columns: tuple[str, ...]
    table: str
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its rows are ordered by `key`, which is unique."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def references_to(self, tables: Collection[str]) -> tuple[Reference, ...]:
        """The references to tables that are there."""
        return tuple(one for one in self.references if one.table in tables)


@cache
def load_model() -> Mapping[str, Table]:
    """All tables by name, in the order of the file. Raises KeyError or ValueError for what is no model."""
    data = yaml.load(files("web").joinpath("bulk", "model.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    keys = {name: tuple(row["key"]) for name, row in data["tables"].items()}
    return {name: _table(name, row, data["parts"], keys) for name, row in data["tables"].items()}


def _table(name: str, row: Mapping[str, Any], parts: Mapping[str, Any], keys: Mapping[str, tuple[str, ...]]) -> Table:
    columns = dict(row["columns"])
    for part in row.get("and", ()):
        columns |= parts[part]
    return Table(
        name=name,
        about=row["about"],
        key=tuple(row["key"]),
        columns=tuple(_column(column, said) for column, said in columns.items()),
        references=tuple(
            Reference(columns=tuple(one["columns"]), table=one["to"], at=keys[one["to"]])
            for one in row.get("refers", ())
        ),
    )


def _column(name: str, said: Mapping[str, Any]) -> Column:
    return Column(name=name, type=Type(said["type"]), about=said["about"], needed=said.get("needed", False))
