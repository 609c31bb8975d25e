"""Where a bill stands, read off made-up timelines."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tracker.stages import TRACK, State, considered_in, last_ending, reached, standing, track
from vocab.bodies import Body
from vocab.stages import Stage
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline
from web.public.stages import coming, may_come

TODAY = date(2026, 10, 1)
SOON, LONG_AGO = date(2026, 10, 7), date(2026, 9, 2)
LINE = Event(
    kind=EventKind.SCHEDULED,
    day=SOON,
    evidence=Evidence(record="agenda_entry:1"),
    body=Body.PLENARY,
    sitting_id="s",
    readings=frozenset({2}),
)


def line(**changes: Any) -> Event:
    return replace(LINE, **changes)


def bill(*events: Event) -> Timeline:
    return Timeline(subject=Subject(kind=SubjectKind.BILL, id="b", title="О мёде"), events=events)


@pytest.mark.parametrize(
    ("events", "known"),
    [
        ((), {}),
        ((line(),), {Stage.SECOND_READING: State.PLANNED}),
        ((line(day=TODAY),), {Stage.SECOND_READING: State.PLANNED}),
        ((line(day=LONG_AGO),), {Stage.SECOND_READING: State.LISTED}),
        ((line(), line(kind=EventKind.CANCELLED, readings=frozenset())), {}),
        ((line(body=Body.COMMITTEE),), {Stage.IN_COMMITTEE: State.PLANNED}),
        ((line(body=Body.COMMITTEE, day=LONG_AGO),), {Stage.IN_COMMITTEE: State.LISTED}),
        ((line(day=LONG_AGO), line(kind=EventKind.PUT_TO_VOTE, day=LONG_AGO)), {Stage.SECOND_READING: State.OPEN}),
        ((line(kind=EventKind.ADOPTED), line(kind=EventKind.VOTE)), {Stage.SECOND_READING: State.DONE}),
        ((line(kind=EventKind.REJECTED), line(kind=EventKind.VOTE)), {Stage.SECOND_READING: State.STOPPED}),
        ((line(kind=EventKind.REGISTERED, readings=frozenset()),), {Stage.REGISTERED: State.DONE}),
        ((line(kind=EventKind.COMMITTEE_DECISION, body=Body.COMMITTEE),), {Stage.IN_COMMITTEE: State.DONE}),
        (
            (line(kind=EventKind.ADOPTED, readings=frozenset({2, 3})),),
            {Stage.SECOND_READING: State.DONE, Stage.THIRD_READING: State.DONE},
        ),
        ((line(kind=EventKind.SIGNED), line(kind=EventKind.ENACTED)), dict.fromkeys(TRACK[-2:], State.DONE)),
        ((line(kind=EventKind.PRESS),), {}),
    ],
)
def test_stages_tell_what_is_known_and_no_more(events: tuple[Event, ...], known: dict[Stage, State]) -> None:
    steps = track(bill(*events), TODAY)
    assert [step.stage for step in steps] == list(TRACK)
    assert {step.stage: step.state for step in steps if step.state is not State.UNKNOWN} == known


def test_a_bill_stands_at_the_furthest_stage_that_something_is_known_of() -> None:
    events = (line(kind=EventKind.PUT_TO_VOTE, readings=frozenset({1}), day=LONG_AGO), line(day=LONG_AGO), line())
    step = standing(track(bill(*events), TODAY))
    assert step is not None
    assert (step.stage, step.state) == (Stage.FIRST_READING, State.OPEN)
    assert standing(track(bill(), TODAY)) is None


def test_what_the_rules_allow_next_is_named() -> None:
    first = standing(track(bill(line(kind=EventKind.ADOPTED, readings=frozenset({1}))), TODAY))
    stopped = standing(track(bill(line(kind=EventKind.REJECTED, readings=frozenset({1}))), TODAY))
    assert may_come(first) == ("Second reading", "Rejection")
    assert may_come(stopped) == may_come(None) == ()


def test_only_agendas_of_today_and_later_are_coming() -> None:
    cancelled = line(sitting_id="c"), line(sitting_id="c", kind=EventKind.CANCELLED)
    assert coming(bill(line(day=LONG_AGO), line(day=TODAY), line(), *cancelled), TODAY) == (line(day=TODAY), line())


def test_the_newest_ending_is_told() -> None:
    assert last_ending(bill(line(kind=EventKind.VETOED), line(kind=EventKind.REJECTED))) == line(
        kind=EventKind.REJECTED
    )
    assert last_ending(bill(line())) is None


@pytest.mark.parametrize(
    ("events", "stage", "readings"),
    [
        ((), None, ()),
        ((line(kind=EventKind.ADOPTED, readings=frozenset({1, 2})), line(day=LONG_AGO)), Stage.SECOND_READING, (1, 2)),
        ((line(day=LONG_AGO),), Stage.SECOND_READING, ()),
        ((line(kind=EventKind.WITHDRAWN, readings=frozenset()),), Stage.WITHDRAWN, ()),
        ((line(kind=EventKind.RETURNED), line(kind=EventKind.ADOPTED)), Stage.SECOND_READING, (2,)),
        ((line(kind=EventKind.WITHDRAWN, day=LONG_AGO), line(kind=EventKind.ADOPTED)), Stage.SECOND_READING, (2,)),
        ((line(kind=EventKind.REGISTERED, readings=frozenset()),), Stage.REGISTERED, ()),
    ],
)
def test_a_bill_is_listed_by_one_stage(
    events: tuple[Event, ...], stage: Stage | None, readings: tuple[int, ...]
) -> None:
    steps = track(bill(*events), TODAY)
    assert reached(bill(*events), steps) is stage
    assert considered_in(steps) == readings
