"""When a walk is clean, and what it covered."""

from collections.abc import Callable

import pytest

from scrapers.figures import Walk
from scrapers.judgement import covered, not_recorded, reasons
from scrapers.source import read_source
from tests.scrapers.test_source import TEXT

SOURCE = read_source(TEXT + "  menu: {parser: menu}\n")
Change = Callable[[Walk], None]


def walk(*changes: Change) -> Walk:
    """A list with one card, both read."""
    made = Walk(leads={"menu": {"list"}, "list": {"list", "card"}, "card": set()})
    made.of("list").answered = {"/list"}
    made.of("card").answered = {"/card/1"}
    made.of("list").records = {("press_record", str(number)) for number in range(5)}
    for change in changes:
        change(made)
    return made


def set_of(kind: str, name: str, value: object) -> Change:
    return lambda made: setattr(made.of(kind), name, value)


SPOILT: list[tuple[Change, str]] = [
    (set_of("card", "refused", {"/card/2": "status 500"}), "card: 1 pages could not be had: /card/2 (status 500)"),
    (set_of("list", "records", {("press_record", str(number)) for number in range(10)}), "expected at most 9"),
    (set_of("list", "records", set()), "list: 0 records, expected at least 1"),
    (lambda made: made.errors.append("/card/3: KeyError"), "/card/3: KeyError"),
]


@pytest.mark.parametrize(("change", "reason"), SPOILT)
def test_what_ends_a_run_red(change: Change, reason: str) -> None:
    (found,) = reasons(walk(change), SOURCE, live=True, complete=True)
    assert reason in found


def test_a_clean_walk() -> None:
    assert reasons(walk(), SOURCE, live=True, complete=True) == ()
    assert covered(walk(), SOURCE, live=True) == (("press_record", "probe:press"),)


def test_an_unreadable_list_and_an_unreadable_page_type() -> None:
    def spoil(made: Walk) -> None:
        made.of("list").unreadable = made.of("card").unreadable = {f"/{number}": "x" for number in range(4)}
        made.of("list").start_lost = {"/0"}
        made.of("card").answered = set()

    found = reasons(walk(spoil), SOURCE, live=False, complete=True)
    assert found[0].startswith("card: no page of this type can be read: /0 (x); /1 (x); /2 (x) …")
    assert found[1].startswith("list: the list itself cannot be read")


@pytest.mark.parametrize(("live", "count"), [(True, 1), (False, 0)])
def test_a_start_page_that_is_missing(live: bool, count: int) -> None:
    def lose(made: Walk) -> None:
        for kind in ("list", "card"):
            made.of(kind).answered = set()
            made.of(kind).missing = made.of(kind).start_lost = {f"/{kind}{number}" for number in range(5)}

    found = reasons(walk(lose), SOURCE, live=live, complete=True)
    assert len(found) == count
    assert all("list: the start page is not there" in reason and reason.endswith("…") for reason in found)
    assert not_recorded(walk(lose)) == ("card", "list")


def test_the_least_number_holds_for_a_whole_live_walk_only() -> None:
    few = walk(set_of("list", "records", set()))
    assert reasons(few, SOURCE, live=False, complete=True) == ()
    assert reasons(few, SOURCE, live=True, complete=False) == ()


@pytest.mark.parametrize(
    "change",
    [
        set_of("list", "answered", set()),
        set_of("list", "open_ended", {"/list"}),
        set_of("card", "refused", {"/card/2": "x"}),
        set_of("card", "unreadable", {"/card/2": "x"}),
        set_of("list", "start_lost", {"/list"}),
        set_of("card", "missing", {"/card/2"}),
        lambda made: made.spoiled.add("card"),
        set_of("menu", "refused", {"/menu": "x"}),
    ],
)
def test_a_walk_with_a_hole_covers_nothing(change: Change) -> None:
    assert covered(walk(change), SOURCE, live=False) == ()


def test_a_live_site_may_say_that_a_page_is_gone() -> None:
    gone = walk(set_of("card", "missing", {"/card/2"}))
    assert covered(gone, SOURCE, live=True) == (("press_record", "probe:press"),)
