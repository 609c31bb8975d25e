"""Once is once, and what nobody read is named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from scrapers.plain import plain, plain_fields
from scrapers.strict import Fields, at_most_one, one
from vocab.bodies import Body
from vocab.errors import ReadError
from vocab.numbers import BillNumber


@pytest.mark.parametrize("found", [[], [1, 2]])
def test_once_is_once(found: list[int]) -> None:
    with pytest.raises(ReadError, match=rf"title: expected once, found {len(found)} times"):
        one(found, "title")


def test_at_most_once() -> None:
    assert at_most_one([], "title") is None
    assert at_most_one([7], "title") == 7
    with pytest.raises(ReadError):
        at_most_one([7, 7], "title")


def test_fields_are_taken_out_one_by_one() -> None:
    fields = Fields({"id": 5, "name": "x", "note": None, "new": 1}, "row")
    assert (fields.pop("id", int), fields.pop_or_none("note", str), fields.pop_or_none("none", str)) == (5, None, None)
    fields.ignore("name", "absent")
    assert fields.leftovers() == ("new",)


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda: Fields([], "row"), "row: expected an object, found list"),
        (lambda: Fields({}, "row").pop("id", int), "row.id: missing"),
        (lambda: Fields({"id": "5"}, "row").pop("id", int), "row.id: expected int, found '5'"),
        (lambda: Fields({"id": True}, "row").pop("id", int), "row.id: expected int, found True"),
        (lambda: Fields({"id": []}, "row").pop("id", int | str), r"row.id: expected int \| str"),  # type: ignore[arg-type]
    ],
)
def test_another_kind_is_refused(read: Callable[[], object], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read()


@dataclass(frozen=True)
class Sample:
    number: BillNumber
    parts: tuple[int, ...]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (Sample(BillNumber(6, 16490, 26), (2, 1)), {"number": "6-16490/26", "parts": [2, 1]}),
        (Body.PLENARY, "plenary"),
        (frozenset({2, 1}), [1, 2]),
        ({1: date(2018, 12, 27)}, {"1": "2018-12-27"}),
        (datetime(2018, 12, 27, 10, tzinfo=UTC), "2018-12-27T10:00:00+00:00"),
        (time(10, 30), "10:30:00"),
        ([None, True, 1.5], [None, True, 1.5]),
    ],
)
def test_values_as_json(value: Any, form: Any) -> None:
    assert plain(value) == form


@pytest.mark.parametrize("value", [object(), Sample, b"bytes"])
def test_what_has_no_json_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)
    with pytest.raises(TypeError):
        plain_fields(value)
