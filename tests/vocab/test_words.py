from datetime import UTC, date, datetime

import pytest

from vocab.errors import BaikooError, ReadError
from vocab.stages import READING_STAGES, SUCCESSORS, Stage, may_follow
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline
from vocab.verdicts import Review, Verdict, is_public


@pytest.mark.parametrize(
    ("verdict", "review", "public"),
    [
        (Verdict.BROKEN, None, False),
        (Verdict.BROKEN, Review.CONFIRMED, True),
        (Verdict.BROKEN, Review.DISMISSED, False),
        (Verdict.BROKEN, Review.ASKED_AGAIN, False),
        (Verdict.CANNOT_TELL, Review.ASKED_AGAIN, True),
        (Verdict.KEPT, None, True),
        (Verdict.CANNOT_TELL, None, True),
        (Verdict.NOT_APPLICABLE, Review.DISMISSED, False),
    ],
)
def test_an_accusation_is_public_only_when_confirmed(verdict: Verdict, review: Review | None, public: bool) -> None:
    assert is_public(verdict, review) is public


@pytest.mark.parametrize(
    ("earlier", "later", "lawful"),
    [
        (Stage.FIRST_READING, Stage.SECOND_READING, True),
        (Stage.FIRST_READING, Stage.THIRD_READING, False),
        (Stage.THIRD_READING, Stage.SECOND_READING, True),
        (Stage.SIGNED, Stage.VETOED, False),
        (Stage.PUBLISHED, Stage.PUBLISHED, True),
    ],
)
def test_lawful_successors(earlier: Stage, later: Stage, lawful: bool) -> None:
    assert may_follow(earlier, later) is lawful


def test_every_stage_has_its_successors_and_readings_are_stages() -> None:
    assert set(SUCCESSORS) == set(Stage)
    assert list(READING_STAGES) == [1, 2, 3]


def test_a_read_error_says_where_and_why() -> None:
    error = ReadError("div.title", "missing")
    assert isinstance(error, BaikooError)
    assert (error.place, error.reason, str(error)) == ("div.title", "missing", "div.title: missing")


def test_events_of_some_kinds_keep_their_order() -> None:
    evidence = Evidence(record="sitting_record:x", seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    kinds = (EventKind.REGISTRATION, EventKind.BREAK, EventKind.REGISTRATION)
    events = tuple(
        Event(kind=kind, day=date(2017, 5, 17), evidence=evidence, seq=place) for place, kind in enumerate(kinds)
    )
    timeline = Timeline(subject=Subject(kind=SubjectKind.SITTING, id="x", title="x"), events=events)
    assert [event.seq for event in timeline.of(EventKind.REGISTRATION)] == [0, 2]
    assert timeline.of(EventKind.VOTE) == ()
