"""A fact as a form or a command line says it → a fact that can be kept, or what is wrong with it. Pure."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from vocab.errors import UsageError
from vocab.facts import COMBINED, COMPARED, LANGUAGES, NUMBERS, SHAPES, Field, Shape
from vocab.papers import Paper
from vocab.text import fold_space
from vocab.timeline import EventKind, SubjectKind

MAX_NUMBER = 1000
MAX_NAME = 200
MAX_SOURCE = 1000
_LEAST_SOURCE = 4
_FIRST_DAY = date(1990, 1, 1)
_AHEAD = timedelta(days=366)
_READINGS = {"1": 1, "2": 2, "3": 3}

Said = Mapping[str, str | Sequence[str]]


class FactFault(StrEnum):
    """Why a fact is refused. The words stand in `web/desk/fact_words.py`."""

    UNKNOWN_KIND = "unknown_kind"
    NOT_A_DAY = "not_a_day"
    DAY_AHEAD = "day_ahead"
    NO_SOURCE = "no_source"
    TOO_LONG = "too_long"
    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_READINGS = "not_readings"
    NOT_ONE_OF = "not_one_of"
    DOES_NOT_FIT = "does_not_fit"
    NOT_OF_THIS_KIND = "not_of_this_kind"


class FactRefused(UsageError):
    """What is wrong with a fact, and in which field."""

    def __init__(self, fault: FactFault, name: str) -> None:
        super().__init__(f"{name}: {fault.value.replace('_', ' ')}")
        self.fault, self.name = fault, name


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a person states. `value` has the fields of `vocab.facts`; `source` is a link, or words that name a paper."""

    subject: SubjectKind
    subject_id: str
    kind: EventKind
    day: date
    source: str
    value: Mapping[str, Any] = field(default_factory=dict)
    day_told: bool = True
    is_uncertain: bool = False

    @property
    def digest(self) -> str:
        """The same for the same content, whoever states it."""
        parts = (self.subject, self.subject_id, self.kind, self.day.isoformat(), self.source)
        text = json.dumps([*parts, self.value, self.day_told, self.is_uncertain], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def shape_of(subject: SubjectKind, kind: str) -> tuple[EventKind, Shape]:
    """The kind by its code and its fields. Raises FactRefused where it cannot be stated of such a subject."""
    for known, shape in SHAPES.get(subject, {}).items():
        if known.value == kind:
            return known, shape
    raise FactRefused(FactFault.UNKNOWN_KIND, "kind")


def read_fact(subject: tuple[SubjectKind, str], said: Said, grounds: Collection[str], today: date) -> Fact:
    """A fact of a dossier out of the fields of a form; an empty field says nothing.

    `said` has kind, day, source, the fields of the kind, and "yes" as day_unknown (it had happened by then) or
    uncertain. `grounds` are the grounds of combined readings that the rules know. Raises FactRefused.
    """
    told = {name: cleaned for name, one in said.items() if (cleaned := _clean(one))}
    kind, shape = shape_of(subject[0], _line(told.get("kind", "")))
    value = _value(kind, shape, told, grounds)
    return Fact(
        subject=subject[0],
        subject_id=subject[1],
        kind=kind,
        day=_day(_line(told.get("day", "")), shape, today),
        source=_source(_line(told.get("source", ""))),
        value=value,
        day_told="day_unknown" not in told,
        is_uncertain="uncertain" in told,
    )


def _clean(said: str | Sequence[str]) -> str | list[str]:
    """What was typed on one line, without NUL, which no database takes, and without half letters."""
    if isinstance(said, str):
        return fold_space(said.encode("utf-8", "ignore").decode().replace("\0", ""))
    return [one for one in map(_line, map(_clean, said)) if one]


def _line(said: str | list[str]) -> str:
    return said if isinstance(said, str) else " ".join(said)


def _day(said: str, shape: Shape, today: date) -> date:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise FactRefused(FactFault.NOT_A_DAY, "day") from None
    if day < _FIRST_DAY:
        raise FactRefused(FactFault.NOT_A_DAY, "day")
    if day > (today + _AHEAD if shape.may_come else today):
        raise FactRefused(FactFault.DAY_AHEAD, "day")
    return day


def _source(said: str) -> str:
    if len(said) < _LEAST_SOURCE:
        raise FactRefused(FactFault.NO_SOURCE, "source")
    if len(said) > MAX_SOURCE:
        raise FactRefused(FactFault.TOO_LONG, "source")
    return said


def _value(
    kind: EventKind, shape: Shape, told: Mapping[str, str | list[str]], grounds: Collection[str]
) -> dict[str, Any]:
    foreign = [name for name in Field if name in told and name not in shape.fields]
    if foreign:
        raise FactRefused(FactFault.NOT_OF_THIS_KIND, foreign[0])
    value = {name.value: _field(name, told[name], shape, grounds) for name in shape.fields if name in told}
    for name in shape.fields:
        if name in shape.needed and name not in value:
            raise FactRefused(FactFault.MISSING, name)
    choice, is_text = value.get(Field.CHOICE), value.get(Field.WHAT) == Paper.TEXT
    if kind is EventKind.DOCUMENT and choice and (choice in COMPARED) != is_text:
        raise FactRefused(FactFault.DOES_NOT_FIT, Field.CHOICE)
    if kind is EventKind.NOTE and (choice == COMBINED) != (Field.GROUND in value):
        raise FactRefused(FactFault.DOES_NOT_FIT, Field.GROUND)
    return value


def _field(name: Field, said: str | list[str], shape: Shape, grounds: Collection[str]) -> Any:
    if name is Field.READINGS:
        return _readings(said)
    text = _line(said)
    if name in NUMBERS:
        return _number(name, text)
    allowed: Mapping[Field, Collection[str]] = {
        Field.WHAT: shape.what,
        Field.CHOICE: shape.choice,
        Field.LANGUAGE: LANGUAGES,
        Field.GROUND: grounds,
    }
    if name in allowed and text not in allowed[name]:
        raise FactRefused(FactFault.NOT_ONE_OF, name)
    if len(text) > MAX_NAME:
        raise FactRefused(FactFault.TOO_LONG, name)
    return text


def _number(name: Field, said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(MAX_NUMBER)) and int(said) <= MAX_NUMBER):
        raise FactRefused(FactFault.NOT_A_NUMBER, name)
    return int(said)


def _readings(said: str | list[str]) -> list[int]:
    """`["2", "3"]` of a form, "2,3" of a command line."""
    numbers = said if isinstance(said, list) else said.replace(",", " ").split()
    if not all(one in _READINGS for one in numbers):
        raise FactRefused(FactFault.NOT_READINGS, Field.READINGS)
    return sorted({_READINGS[one] for one in numbers})
