"""JSON lists read object by object: one that cannot be read leaves the others alone, an unknown key is noted. Pure."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from scrapers.page import Problem
from scrapers.strict import Fields
from vocab.errors import ReadError

T = TypeVar("T")

_EXCERPT = 200


def load(text: str) -> Any:
    """The JSON of a page. Raises ReadError where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError("answer", f"not JSON: {error.msg} at {error.pos}") from error


def tried(parse: Callable[[str], T], text: str | None, place: str, problems: list[Problem]) -> T | None:
    """What a text says; None where there is none, or, with a problem, where it cannot be read."""
    if not text:
        return None
    try:
        return parse(text)
    except ReadError as error:
        problems.append(Problem(place=place, reason=error.reason, excerpt=text))
        return None


@dataclass(slots=True)
class Objects(Generic[T]):
    """What was read of a list, what could not be read, and the keys that nobody read."""

    items: list[T] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    def notes(self) -> tuple[str, ...]:
        """A note that names the unknown keys, if there are any."""
        return (f"unknown keys: {', '.join(sorted(self.unknown))}",) if self.unknown else ()


def read_objects(
    rows: Iterable[object],
    name: str,
    read_one: Callable[[Fields, list[Problem]], T],
    *,
    unknown: Iterable[str] = (),
    private: bool = False,
) -> Objects[T]:
    """Read each object with `read_one(fields, problems)`, which raises ReadError for a lost one.

    `name` is what an object is called in the place of a problem («bill 3»); `unknown` are keys left over around the
    list; `private`: an object may hold contacts and is not quoted.
    """
    read: Objects[T] = Objects(unknown=set(unknown))
    for number, row in enumerate(rows, 1):
        try:
            fields = Fields(row, f"{name} {number}")
            item = read_one(fields, read.problems)
        except ReadError as error:
            excerpt = "" if private else str(row)[:_EXCERPT]
            read.problems.append(Problem(place=error.place, reason=error.reason, excerpt=excerpt, record_lost=True))
            continue
        read.items.append(item)
        read.unknown.update(fields.leftovers())
    return read
