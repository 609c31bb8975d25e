"""Older notes out of a table."""

from datetime import datetime, time
from typing import Any

import pytest

from tracker.note_import import COLUMNS, RowFault, read_rows
from tracker.note_reading import Note, read_note

TOP = ["sitting", "day", "time", "kind", "item", "count", "handed_out", "readings", "at", "dated", "paper", "text"]


def one(**cells: Any) -> list[Any]:
    row = {"sitting": "plenary-2017-05-17", "day": "2017-05-17", "time": "11:05", "kind": "head_count", **cells}
    return [row.get(name) for name in TOP]


def value(**cells: Any) -> dict[str, Any]:
    [(number, note)], faults = read_rows([TOP, one(**cells)], "1")
    assert (number, faults) == (2, [])
    told: dict[str, Any] = note["value"]
    assert isinstance(read_note(note, ["editorial"]), Note), note
    return told


def faults(*rows: list[Any]) -> list[tuple[int, str | None, str]]:
    return [(one.row, one.column, one.reason) for one in read_rows(rows, "1")[1]]


def test_cells_are_read_as_the_form_would_send_them() -> None:
    assert value(count="54", item=3.0) == {"count": 54, "item": 3}
    assert value(kind="materials", handed_out="Жок") == {"handed_out": False}
    assert value(kind="materials", handed_out="да") == {"handed_out": True}
    assert value(kind="combined", readings="2; 3") == {"readings": [2, 3]}
    assert value(kind="combined", readings=2.0) == {"readings": [2]}
    assert value(kind="started", at=time(10, 5)) == {"at": "10:05"}
    assert value(kind="started", at="10:05") == {"at": "10:05"}
    assert value(kind="document", paper="legal", dated=datetime(2017, 5, 1)) == {  # noqa: DTZ001
        "paper": "legal",
        "dated": "2017-05-01",
    }
    assert value(kind="document", paper="legal", dated=datetime(2017, 5, 1).date()) == {  # noqa: DTZ001
        "paper": "legal",
        "dated": "2017-05-01",
    }
    assert value(kind="note", text=" текст ") == {"text": "текст"}


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (datetime(2017, 5, 17), time(9, 30), "2017-05-17T09:30:00+06:00"),  # noqa: DTZ001
        ("2017-05-17", None, "2017-05-17T12:00:00+06:00"),
    ],
)
def test_moments_are_those_of_bishkek(day: Any, at: Any, moment: str) -> None:
    [(_, note)], _ = read_rows([TOP, one(day=day, time=at, count=1)], "1")
    assert note["device_at"] == moment


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    assert faults() == [(1, None, "empty_table")]
    assert faults(["sitting", "day", "time", "mood", None]) == [
        (1, "mood", "unknown_column"),
        (1, "kind", "missing_column"),
    ]
    assert faults(TOP, one(count=1), [], one(count=1)) == [(4, None, "same_as_another_row")]
    assert faults(TOP, one(day="17.05.2017", count=1)) == [(2, "day", "bad_moment")]
    assert faults(TOP, one(count=1, text="x")) == [(2, "text", "not_of_this_kind")]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"kind": "mood"}, "kind"),
        ({"count": "много"}, "count"),
        ({"count": "9" * 30}, "count"),
        ({"kind": "materials", "handed_out": "наверное"}, "handed_out"),
        ({"kind": "combined", "readings": "второе"}, "readings"),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_as_a_note_is(cells: dict[str, Any], field: str) -> None:
    [(_, note)], _ = read_rows([TOP, one(**cells)], "1")
    refusal = read_note(note, [])
    assert not isinstance(refusal, Note)
    assert refusal.field == field


def test_the_same_row_is_the_same_note_of_the_same_observer() -> None:
    ids = {
        read_rows([TOP, one(count=count)], who)[0][0][1]["uuid"]
        for who, count in (("1", 1), ("1", 1), ("2", 1), ("1", 2))
    }
    assert len(ids) == 3
    assert isinstance(RowFault(row=1, column=None, reason="x"), RowFault)
    assert len(COLUMNS) == len(set(COLUMNS))


@pytest.mark.parametrize("typed", ["²", "1" * 5000])
def test_what_only_looks_like_a_number_is_left_to_be_refused(typed: str) -> None:
    [(_, note)], _ = read_rows(
        [["sitting", "day", "time", "kind", "readings"], ["s", "2017-05-17", "", "combined", typed]], "1"
    )
    assert note["value"] == {"readings": [typed]}
