from typing import Any

import pytest

from db.changes import changed_fields


def line(position: int, title: str, **more: Any) -> dict[str, Any]:
    return {"position": position, "number": f"{position}.", "item": {"title": title}} | more


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([{"title": "a"}], [{"title": "a"}, {"title": "b"}], ["lines: added «b»"]),
        ([{"title": "a"}, {"title": "b"}], [{"title": "b"}], ["lines: removed «a»"]),
        ([{"item": {"title": "a"}, "n": 1}], [{"item": {"title": "a"}, "n": 2}], ["lines: changed «a»"]),
        ([{"title": "a"}, {"title": "b"}], [{"title": "b"}, {"title": "a"}], ["lines: order"]),
        ([line(1, "a"), line(2, "b")], [line(1, "c"), line(2, "a"), line(3, "b")], ["lines: added «c»"]),
        ([line(1, "a")], [line(1, "a", ballot="7")], ["lines: changed «a»"]),
        ([{"title": "a"}], [{"title": "a"}, {"title": "a"}], ["lines: added «a (2)»"]),
        ([{"seq": 1, "count": 87}], [{"seq": 3, "count": 87}], ["lines: order"]),
        (
            [{"seq": 1, "count": 87}],
            [{"seq": 1, "count": 61}],
            ["lines: removed «count 87»", "lines: added «count 61»"],
        ),
        (
            [{"number": "494-р"}],
            [{"number": "495-р"}],
            ["lines: removed «number 494-р»", "lines: added «number 495-р»"],
        ),
        (["x"], ["y"], ["lines: removed «x»", "lines: added «y»"]),
        (["x"], None, ["lines"]),
        ({"a": 1}, {"a": 2}, ["lines"]),
        (["x"], ["x"], []),
    ],
)
def test_lines_are_called_by_their_titles(before: Any, after: Any, changes: list[str]) -> None:
    assert changed_fields({"page": {"lines": before}}, {"page": {"lines": after}}) == changes


def test_fields_and_parts_are_named() -> None:
    before = {"list": {"title": "t", "gone": 1, "same": 0}}
    after = {"list": {"title": "u", "came": 2, "same": 0}, "page": {"body": "b"}}
    assert changed_fields(before, after) == ["came", "gone", "title", "page"]
