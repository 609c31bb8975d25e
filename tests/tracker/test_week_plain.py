"""Moves, warnings and deadlines of a coordinator's week: pure."""

from collections.abc import Mapping
from datetime import date, time, timedelta

import pytest

from db.moves import follow, former
from tracker.week.access import AccessState, deadline
from tracker.week.warnings import Shift, Warned, Warning, warnings

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("moves", "end"),
    [({}, "a"), ({"a": "b"}, "b"), ({"a": "b", "b": "c"}, "c"), ({"a": "b", "b": "a"}, "b"), ({"x": "a"}, "a")],
)
def test_a_sitting_is_followed(moves: Mapping[str, str], end: str) -> None:
    assert follow(moves, "a") == end


def test_what_became_a_sitting_is_that_sitting() -> None:
    assert former({"a": "b", "b": "c", "x": "y"}, ["c", "d"]) == {"a": "c", "b": "c", "c": "c", "d": "d"}
    assert former({"a": "b"}, ["a"]) == {}


def shift(sitting: str, hour: int | None = 10, *observers: int, day: date = DAY, needed: bool = True) -> Shift:
    starts_at = None if hour is None else time(hour)
    return Shift(sitting=sitting, day=day, starts_at=starts_at, observers=observers, needs_observer=needed)


@pytest.mark.parametrize(
    ("shifts", "told"),
    [
        ([shift("a")], {"a": [Warning(kind=Warned.NOBODY)]}),
        ([shift("a", needed=False)], {}),
        ([shift("a", 10, 1), shift("b", 14, 1)], {}),
        ([shift("a", 10, 1), shift("b", 10, 1, day=DAY + timedelta(days=1))], {}),
        ([shift("a", 10, 1, 2), shift("b", 10, 3)], {}),
    ],
)
def test_a_week_is_warned_of(shifts: list[Shift], told: Mapping[str, list[Warning]]) -> None:
    assert warnings(shifts) == told


@pytest.mark.parametrize(("one", "other"), [(10, 13), (13, 10), (None, 15), (15, None), (None, None)])
def test_nobody_is_in_two_halls(one: int | None, other: int | None) -> None:
    found = warnings([shift("a", one, 1, 2), shift("b", other, 2, 3)])
    assert found == {
        "a": [Warning(kind=Warned.BOOKED_TWICE, who=(2,), other="b")],
        "b": [Warning(kind=Warned.BOOKED_TWICE, who=(2,), other="a")],
    }


@pytest.mark.parametrize(
    ("earlier", "warned"),
    [
        ([(1, 2), (1, 2), (1, 2)], True),
        ([(1, 2), (2, 1), (1, 2)], True),
        ([(1, 2), (1, 2)], False),
        ([(1, 3), (1, 2), (1, 2)], False),
        ([(1, 2), (1, 2), (1, 2), (2,)], False),
    ],
)
def test_a_pair_that_always_goes_is_named(earlier: list[tuple[int, ...]], warned: bool) -> None:
    before = [shift(f"s{number}", 10, *who, day=DAY - timedelta(days=9 - number)) for number, who in enumerate(earlier)]
    found = warnings([shift("a", 10, 1, 2)], before)
    assert found == ({"a": [Warning(kind=Warned.SAME_PAIR, who=(1, 2))]} if warned else {})


@pytest.mark.parametrize(
    ("today", "sent", "answer", "state"),
    [
        (date(2026, 11, 7), False, None, AccessState.NOT_YET),
        (date(2026, 11, 8), False, None, AccessState.DUE),
        (date(2026, 11, 15), False, None, AccessState.DUE),
        (date(2026, 11, 16), False, None, AccessState.LATE),
        (date(2026, 11, 16), True, None, AccessState.SENT),
        (date(2026, 11, 16), True, "granted", AccessState.GRANTED),
        (date(2026, 11, 16), True, "refused", AccessState.REFUSED),
    ],
)
def test_an_application_is_due(today: date, sent: bool, answer: str | None, state: AccessState) -> None:
    due = date(2026, 11, 15)
    assert deadline(DAY, due, announced=None, sent=sent, answer=answer, today=today).state is state


@pytest.mark.parametrize(
    ("announced", "late"),
    [(None, False), (date(2026, 11, 15), False), (date(2026, 11, 16), True), (DAY, True), (date(2026, 12, 1), False)],
)
def test_an_agenda_may_come_after_the_deadline(announced: date | None, late: bool) -> None:
    told = deadline(DAY, date(2026, 11, 15), announced=announced, sent=False, answer=None, today=DAY)
    assert told.agenda_late is late
