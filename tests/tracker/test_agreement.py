"""Two observers side by side, and the official record beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tracker.agreement import Agreement, Line, Summary, is_alike, observers_of, side_by_side, summary
from tracker.rows import ObservationRow
from vocab.bodies import Body
from vocab.observation import ObservationKind as Kind
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Votes

DAY, TEN = date(2026, 11, 26), datetime(2026, 11, 26, 4, 0, tzinfo=UTC)
SUBJECT = Subject(kind=SubjectKind.SITTING, id="s", title="Заседание", body=Body.PLENARY, day=DAY)
SILENT = Timeline(subject=SUBJECT)


def note(observer: str, kind: Kind, minute: int = 0, **value: Any) -> ObservationRow:
    moment = TEN + timedelta(minutes=minute)
    return ObservationRow(
        uuid=f"{observer}-{kind}-{minute}-{value}",
        sitting_id="s",
        kind=kind.value,
        value=value,
        day=DAY,
        observed_at=moment,
        received_at=moment,
        observer=observer,
    )


def official(*events: tuple[EventKind, dict[str, Any]]) -> Timeline:
    plain = Event(kind=EventKind.NOTE, day=DAY, evidence=Evidence(record="sitting_record:1"))
    return replace(SILENT, events=tuple(replace(plain, kind=kind, **said) for kind, said in events))


def seen(lines: tuple[Line, ...]) -> list[tuple[Kind, int | None, list[str], Agreement]]:
    return [(line.kind, line.item, sorted(line.seen), line.agreement) for line in lines]


@pytest.mark.parametrize(
    ("kind", "one", "other", "alike"),
    [
        (Kind.HEAD_COUNT, {"count": 60}, {"count": 57}, True),
        (Kind.HEAD_COUNT, {"count": 60}, {"count": 56}, False),
        (Kind.HEAD_COUNT, {"count": 0}, {"count": 0}, True),
        (Kind.REGISTRATION, {"count": 60}, {"count": 59}, False),
        (Kind.STARTED, {"at": "10:05"}, {"at": "10:10"}, True),
        (Kind.STARTED, {"at": "10:05"}, {"at": "10:11"}, False),
        (Kind.BREAK, {"minutes": 15}, {"minutes": 20}, True),
        (Kind.BREAK, {"minutes": 15}, {"minutes": 30}, False),
        (Kind.MATERIALS, {"handed_out": True}, {"handed_out": False}, False),
        (Kind.VOTE, {"for": 60, "method": "hands"}, {"for": 60, "against": 2}, True),
        (Kind.VOTE, {"for": 60, "against": 1}, {"for": 60, "against": 2}, False),
        (Kind.PRESENTER, {"person": "Абдиев  А.А."}, {"person": "абдиев а.а."}, True),
        (Kind.PRESENTER, {"person": "Абдиев А.А."}, {"person": "Борубаев Б.Б."}, False),
        (Kind.CLOSED, {"text": "одно"}, {"text": "другое"}, True),
        (Kind.COMBINED, {"readings": [2, 3]}, {"readings": [2, 3]}, True),
    ],
)
def test_what_is_alike(kind: Kind, one: dict[str, Any], other: dict[str, Any], *, alike: bool) -> None:
    assert is_alike(kind, one, other) is is_alike(kind, other, one) is alike


def test_two_observers_stand_on_one_line() -> None:
    lines = side_by_side(
        [
            note("b", Kind.VOTE, 30, item=2, **{"for": 60}),
            note("a", Kind.VOTE, 31, item=2, **{"for": 61}),
            note("a", Kind.MATERIALS, 20, item=1, handed_out=False),
            note("b", Kind.MATERIALS, 25, item=1, handed_out=False),
            note("a", Kind.NOTE, 1, text="x"),
            note("b", Kind.STARTED, 0, at="10:00"),
        ],
        SILENT,
    )
    assert seen(lines) == [
        (Kind.STARTED, None, ["b"], Agreement.ALONE),
        (Kind.MATERIALS, 1, ["a", "b"], Agreement.AGREE),
        (Kind.VOTE, 2, ["a", "b"], Agreement.DIFFER),
    ]
    assert [line.differs for line in lines] == [False, False, True]
    assert summary(lines) == Summary(agree=1, differ=1, alone=1)
    assert summary(lines).share == 0.5
    assert summary(()).share is None


def test_counts_of_one_time_stand_together() -> None:
    counted = [
        note("a", Kind.HEAD_COUNT, 0, count=60),
        note("a", Kind.HEAD_COUNT, 5, count=61),
        note("b", Kind.HEAD_COUNT, 7, count=58),
        note("b", Kind.HEAD_COUNT, 90, count=40),
    ]
    lines = side_by_side(counted, SILENT)
    assert [{who: value["count"] for who, value in line.seen.items()} for line in lines] == [
        {"a": 60, "b": 58},
        {"a": 61},
        {"b": 40},
    ]
    assert lines[0].at["b"] == TEN + timedelta(minutes=7)


def test_persons_papers_and_readings_have_lines_of_their_own() -> None:
    rows = [
        note("a", Kind.ABSENT, 1, person="abdiev"),
        note("b", Kind.ABSENT, 2, person="Абдиев А.А."),
        note("b", Kind.ABSENT, 3, person="Борубаев Б.Б."),
        note("a", Kind.PROXY, 4, **{"from": "Абдиев А.А."}),
        note("a", Kind.OPINION, 5, given_by="faction", name="Тоо", stance="positive"),
        note("b", Kind.OPINION, 6, given_by="faction", name="ТОО", stance="negative"),
        note("a", Kind.VOTE, 7, readings=[2]),
        note("b", Kind.VOTE, 8, readings=[3]),
    ]
    lines = side_by_side(rows, SILENT, lambda said: "абдиев" if said in {"abdiev", "Абдиев А.А."} else said)
    assert [(line.kind, line.about, len(line.seen)) for line in lines] == [
        (Kind.ABSENT, ("Борубаев Б.Б.",), 1),
        (Kind.ABSENT, ("абдиев",), 2),
        (Kind.OPINION, ("faction", "тоо"), 2),
        (Kind.VOTE, ("2",), 1),
        (Kind.VOTE, ("3",), 1),
        (Kind.PROXY, ("абдиев", ""), 1),
    ]


def test_the_official_record_stands_beside() -> None:
    told = official(
        (EventKind.REGISTRATION, {"count": 87}),
        (EventKind.REGISTRATION, {"count": None}),
        (EventKind.BREAK, {"minutes": 15}),
        (EventKind.BREAK, {"minutes": None}),
        (EventKind.REGISTRATION, {"count": 54, "observer": "a"}),
    )
    lines = side_by_side(
        [
            note("a", Kind.HEAD_COUNT, 0, count=54),
            note("b", Kind.HEAD_COUNT, 1, count=85),
            note("a", Kind.BREAK, 60, minutes=16),
            note("a", Kind.ENDED, 90),
        ],
        told,
    )
    counted, paused, ended = sorted(lines, key=lambda line: min(line.at.values()))
    assert counted.official == ({"count": 87},)
    assert (counted.is_official("a"), counted.is_official("b"), counted.is_official("c")) == (False, True, None)
    assert (paused.is_official("a"), paused.differs, paused.agreement) == (True, False, Agreement.ALONE)
    assert (ended.official, ended.is_official("a")) == ((), None)


def vote(seq: int, in_favour: int, bill: str | None = None, *readings: int) -> tuple[EventKind, dict[str, Any]]:
    votes = Votes(in_favour=in_favour)
    return EventKind.VOTE, {"seq": seq, "votes": votes, "bill_id": bill, "readings": frozenset(readings)}


def test_votes_are_those_of_the_bill_or_item() -> None:
    told = official(
        vote(1, 60, "one", 2), vote(2, 70, "two"), vote(3, 80), (EventKind.VOTE, {"seq": 4}), vote(1, 66, "one", 3)
    )
    lines = side_by_side(
        [
            note("a", Kind.VOTE, 0, item=9, bill="one", readings=[2], **{"for": 61}),
            note("a", Kind.VOTE, 1, item=3, **{"for": 80}),
        ],
        told,
    )
    figures = [(line.item, [one["for"] for one in line.official], line.differs) for line in lines]
    assert figures == [(1, [66], False), (2, [70], False), (3, [80], False), (9, [60], True)]
    assert lines[0].agreement is Agreement.NOBODY


def test_without_observers_there_is_nothing_to_compare() -> None:
    assert side_by_side([], official(vote(1, 60))) == ()
    assert observers_of([note("b", Kind.NOTE, 3), note("a", Kind.NOTE, 5), note("b", Kind.NOTE, 6)]) == ("b", "a")
