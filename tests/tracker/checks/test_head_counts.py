"""Counts of the hall: which belong together, how far they agree, and which is near a vote."""

from dataclasses import replace
from datetime import date, time

import pytest

from tracker.calendar import KyrgyzCalendar
from tracker.checks.committee_days import committee_days
from tracker.checks.discrepancies import votes_above_count
from tracker.checks.head_counts import Moment, last_before, last_in_order, moments
from tracker.checks.heard import heard_and_recorded
from tracker.checks.quorum import plenary_quorum
from tracker.editions import RuleBook, read_rules
from tracker.judgement import Surroundings
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Votes

COUNTS = {"together_minutes": 10, "agreement": "1/20"}
DAY = date(2023, 4, 5)
AROUND = Surroundings(calendar=KyrgyzCalendar())


def count(number: int, at: str | None = None, observer: str = "А", seq: int = 1) -> Event:
    return Event(
        kind=EventKind.HEAD_COUNT,
        day=DAY,
        seq=seq,
        evidence=Evidence(record=f"observation:{observer}{seq}"),
        count=number,
        at=time.fromisoformat(at) if at else None,
        observer=observer,
    )


def registration(number: int, at: str | None = None) -> Event:
    return Event(
        kind=EventKind.REGISTRATION,
        day=DAY,
        evidence=Evidence(record="protocol"),
        count=number,
        at=time.fromisoformat(at) if at else None,
    )


def hall(*events: Event) -> Timeline:
    subject = Subject(kind=SubjectKind.SITTING, id="s", title="s", body=Body.PLENARY, day=DAY)
    return Timeline(subject=subject, events=events)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ((count(40, "10:00"), count(42, "10:10", "Б")), [(40, 42)]),
        ((count(40, "10:00"), count(42, "10:11", "Б")), [(40,), (42,)]),
        ((count(40, "10:00"), count(42, "10:05")), [(40,), (42,)]),  # one observer counted twice
        ((count(40), count(42, observer="Б")), [(40, 42)]),
        ((count(40, "10:00"), count(42, observer="Б")), [(40,), (42,)]),
        ((count(40), count(50, seq=2), count(41, observer="Б"), count(51, observer="Б", seq=2)), [(40, 41), (50, 51)]),
    ],
)
def test_two_observers_within_ten_minutes_counted_one_hall(
    events: tuple[Event, ...], told: list[tuple[int, ...]]
) -> None:
    assert [one.told for one in moments(events, COUNTS)] == told


@pytest.mark.parametrize(
    ("higher", "lower", "agree"), [(100, 95, True), (100, 94, False), (40, 38, True), (40, 37, False)]
)
def test_five_percent_of_the_higher_count_is_agreement(higher: int, lower: int, agree: bool) -> None:
    moment = Moment((count(lower), count(higher, observer="Б")))
    assert moment.counted == higher
    assert moment.agrees("1/20") is agree


def test_the_last_count_before_a_vote() -> None:
    found = moments((count(40, "10:00"), count(50, "11:00"), count(70, "11:31"), count(60)), COUNTS)
    vote = time(11, 30)
    assert (near := last_before(found, vote, 30)) is not None
    assert near.counted == 50
    assert last_before(found, vote, 29) is None
    assert last_before(found, time(9, 59), 30) is None


def test_the_last_count_before_a_vote_in_the_order_of_its_source() -> None:
    first, second, later, other = (
        replace(count(number, observer=who), seq=seq)
        for number, who, seq in ((40, "А", 1), (50, "А", 3), (60, "А", 7), (70, "Б", 4))
    )
    found = [Moment((one,)) for one in (first, second, later, other)]
    vote = replace(first, kind=EventKind.OBSERVED_VOTE, seq=5)
    assert last_in_order(found, [vote]) == Moment((second,))
    assert last_in_order(found, [replace(vote, seq=1)]) is None


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ((registration(70, "10:05"), count(45, "10:10")), "counted_below"),
        ((registration(70, "10:05"), count(46, "10:10")), "quorum_present"),
        ((registration(70, "11:00"), registration(40, "10:05"), count(39, "10:10")), "last_registration_below"),
        ((registration(40, "10:05"), registration(70, "11:00"), count(39, "10:10")), "quorum_restored"),
        ((registration(70), count(39, "10:10"), count(46, "10:12", "Б")), "quorum_present"),  # the higher one counts
    ],
)
def test_a_count_stands_beside_the_registration_before_it(events: tuple[Event, ...], reason: str) -> None:
    assert [one.reason for one in plenary_quorum(hall(*events), DAY, RuleBook.load(), AROUND)] == [reason]


def test_a_discrepancy_of_counts_says_that_they_disagree() -> None:
    timeline = hall(registration(70), count(30, "10:10"), count(39, "10:12", "Б"))
    [answer] = plenary_quorum(timeline, DAY, RuleBook.load(), AROUND)
    assert answer.needs_review == "discrepancy counts_disagree"
    assert answer.figures["head_counts"] == [
        {"at": "10:10", "told": [30, 39], "counted": 39, "agree": False, "registered": 70}
    ]


@pytest.mark.parametrize(
    ("day", "number", "verdict"),
    [
        (date(2022, 11, 16), 71, "not_applicable"),  # one vote was given in writing
        (date(2022, 11, 16), 72, "broken"),
        (date(2022, 11, 17), 70, "kept"),
        (date(2022, 11, 17), 71, "broken"),
        (date(2026, 1, 14), 71, "broken"),
    ],
)
def test_votes_given_in_writing_count_until_the_rules_of_2022(day: date, number: int, verdict: str) -> None:
    vote = Event(kind=EventKind.VOTE, day=day, evidence=Evidence(record="list"), votes=Votes(in_favour=number))
    given = Event(kind=EventKind.TRANSFER, day=day, evidence=Evidence(record="protocol"))
    [answer] = votes_above_count(hall(registration(70), given, vote), day, RuleBook.load(), AROUND)
    assert answer.verdict.value == verdict


def test_nothing_is_said_under_a_rule_that_no_edition_holds() -> None:
    nothing = read_rules("editions: {}\nrules: []\n")
    assert votes_above_count(hall(registration(70)), DAY, nothing, AROUND) == ()
    assert heard_and_recorded(hall(registration(70)), DAY, nothing, AROUND) == ()


def test_votes_that_no_source_names_a_bill_for_are_not_taken_for_one() -> None:
    heard = Event(
        kind=EventKind.OBSERVED_VOTE,
        day=DAY,
        evidence=Evidence(record="observation:1"),
        votes=Votes(in_favour=50),
        what="announced",
        observer="А",
    )
    recorded = Event(kind=EventKind.VOTE, day=DAY, seq=1, evidence=Evidence(record="list"), votes=Votes(in_favour=40))
    said = heard_and_recorded(hall(heard, recorded), DAY, RuleBook.load(), AROUND)
    assert [one.reason for one in said] == ["votes_not_recorded"]
    both = votes_above_count(hall(registration(45), heard, recorded), DAY, RuleBook.load(), AROUND)
    assert [(one.case, one.reason) for one in both] == [("vote:1", "within_registered"), ("vote:0", "above_registered")]


def test_a_committee_of_which_nothing_is_told_has_no_day() -> None:
    silent = hall()
    assert committee_days(silent, DAY, RuleBook.load(), AROUND) == ()
