"""What the checks cannot tell is asked of the observers."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.asks import ASKS
from tracker.calendar import KyrgyzCalendar
from tracker.checks import CHECKS
from tracker.editions import RuleBook
from tracker.judgement import Surroundings
from tracker.questions import Question, TakenUp, questions_on_bill, questions_on_sitting
from vocab.bodies import Body
from vocab.observation import ObservationKind as Kind
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline

DAY = date(2026, 11, 26)
BILL = Timeline(subject=Subject(kind=SubjectKind.BILL, id="b", title="О ветеринарии", bill_kind="law"))
HALL = Timeline(subject=Subject(kind=SubjectKind.SITTING, id="s", title="Заседание", body=Body.PLENARY, day=DAY))


def event(kind: EventKind, day: date, *readings: int, **said: object) -> Event:
    told = Event(kind=kind, day=day, evidence=Evidence(record="agenda_entry:1"), readings=frozenset(readings))
    return replace(told, **said)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return RuleBook.load()


@pytest.fixture(scope="module")
def around() -> Surroundings:
    return Surroundings(calendar=KyrgyzCalendar.load())


def kinds(questions: tuple[Question, ...]) -> list[Kind]:
    return [question.kind for question in questions]


def test_every_question_has_a_check_and_a_reason() -> None:
    reasons = {(check.id, reason.value) for check in CHECKS for reason in check.reasons}
    assert set(ASKS) - reasons == set()


def test_readings_taken_together_ask_for_their_ground(book: RuleBook, around: Surroundings) -> None:
    asked = questions_on_bill(BILL, TakenUp(day=DAY, readings=frozenset({2, 3})), book, around)
    assert {Kind.VOTE, Kind.COMBINED, Kind.OPINION} <= set(kinds(asked))
    [combined] = [one for one in asked if one.kind is Kind.COMBINED]
    assert combined.asked_by == (("R02", "ground_unknown"),)
    assert kinds(asked) == sorted(kinds(asked), key=list(Kind).index)


def test_one_reading_does_not(book: RuleBook, around: Surroundings) -> None:
    asked = questions_on_bill(BILL, TakenUp(day=DAY, readings=frozenset({2})), book, around)
    assert Kind.VOTE in kinds(asked)
    assert Kind.COMBINED not in kinds(asked)


def test_a_reading_that_the_agenda_does_not_tell_is_the_next(book: RuleBook, around: Surroundings) -> None:
    read = replace(BILL, events=(event(EventKind.ADOPTED, date(2026, 10, 1), 1, 2),))
    last = questions_on_bill(read, TakenUp(day=DAY), book, around)
    assert last == questions_on_bill(read, TakenUp(day=DAY, readings=frozenset({3})), book, around)
    assert questions_on_bill(BILL, TakenUp(day=DAY), book, around) == questions_on_bill(
        BILL, TakenUp(day=DAY, readings=frozenset({1})), book, around
    )


def test_what_was_missed_before_is_not_asked_now(book: RuleBook, around: Surroundings) -> None:
    """The figures of the first reading cannot be seen any more; what comes later is no part of it."""
    before = event(EventKind.PUT_TO_VOTE, date(2026, 10, 1), 1)
    later = event(EventKind.ADOPTED, date(2026, 12, 10), 3)
    told = replace(BILL, events=(before, later))
    [vote] = [
        one
        for one in questions_on_bill(told, TakenUp(day=DAY, readings=frozenset({2})), book, around)
        if one.kind is Kind.VOTE
    ]
    assert vote.asked_by.count(("R25", "no_figures")) == 1


def test_a_committee_is_asked_for_the_conclusions_of_the_experts(book: RuleBook, around: Surroundings) -> None:
    asked = questions_on_bill(BILL, TakenUp(day=DAY, body=Body.COMMITTEE), book, around)
    assert {Kind.OPINION, Kind.MATERIALS, Kind.DOCUMENT} <= set(kinds(asked))
    assert ("R08", "unknown") in asked[0].asked_by
    assert Kind.VOTE not in kinds(asked)


def test_a_law_that_came_back_is_voted_on_again(book: RuleBook, around: Surroundings) -> None:
    adopted, back = event(EventKind.ADOPTED, date(2026, 9, 10), 3), event(EventKind.VETOED, date(2026, 10, 10))
    arrived = event(EventKind.RECEIVED, date(2026, 10, 12), what="vetoed_law")
    sent = event(EventKind.RECEIVED, date(2026, 9, 20), what="president")
    for told in ((adopted, sent, back), (adopted, sent, arrived)):
        [vote] = [
            one
            for one in questions_on_bill(replace(BILL, events=told), TakenUp(day=DAY), book, around)
            if one.kind is Kind.VOTE
        ]
        assert ("R26", "figures_unknown") in vote.asked_by
    again = event(EventKind.OVERRIDE, date(2026, 11, 1))
    over = questions_on_bill(replace(BILL, events=(adopted, back, again)), TakenUp(day=DAY), book, around)
    assert not any(("R26", "figures_unknown") in one.asked_by for one in over)


def test_a_sitting_asks_who_is_there(book: RuleBook, around: Surroundings) -> None:
    asked = questions_on_sitting(HALL, book, around)
    assert {Kind.REGISTRATION, Kind.HEAD_COUNT, Kind.ABSENT} <= set(kinds(asked))
    counted = replace(HALL, events=(event(EventKind.REGISTRATION, DAY, count=80),))
    assert Kind.REGISTRATION not in kinds(questions_on_sitting(counted, book, around))


def test_a_sitting_without_a_day_asks_nothing(book: RuleBook, around: Surroundings) -> None:
    assert questions_on_sitting(replace(HALL, subject=replace(HALL.subject, day=None)), book, around) == ()
