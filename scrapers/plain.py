"""Typed values as plain JSON values: the form in which records are kept and recorded cases are compared."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum

from vocab.numbers import BillNumber

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def plain(value: object) -> Json:
    """A value as JSON: a dataclass as its fields, a day or moment as ISO text, a bill's number as it is written.

    Tuples stay in order, sets are sorted. Raises TypeError for what has no JSON form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, BillNumber):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if is_dataclass(value):
        return plain_fields(value)
    return _collection(value)


def plain_fields(value: object) -> dict[str, Json]:
    """The fields of a dataclass as JSON. Raises TypeError for anything else."""
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"no fields of {type(value).__name__}")
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def _collection(value: object) -> Json:
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | set):
        return [plain(one) for one in sorted(value)]
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    raise TypeError(f"no JSON form of {type(value).__name__}")
