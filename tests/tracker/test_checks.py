"""What all checks share: names, shares, wordings of every reason and note, and what weakens a verdict."""

from datetime import date
from string import Formatter

import pytest

from publish.wording import finding_sentence, load_words, review_sentences
from tracker.calendar import KyrgyzCalendar, Stretch
from tracker.cases import read_cases
from tracker.checks import CHECKS, Check
from tracker.checks.cases import distinct
from tracker.checks.session import WEEKDAYS
from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.checks.sittings import is_among, same_person, written
from tracker.editions import RuleBook, read_rules
from tracker.judgement import Judgement, ReviewNote, Surroundings
from vocab.bodies import Body
from vocab.timeline import Subject, SubjectKind, Timeline, Who

LATE = """
name: later than an extension allows
subject: {kind: bill, bill_kind: law}
events:
  - {kind: adopted, day: 2023-03-01, readings: [1]}
  - {kind: adopted, day: 2023-05-15, readings: [2]}
expected: []
"""


def judge(check_id: str, timeline: Timeline, calendar: KyrgyzCalendar, rules: RuleBook) -> tuple[Judgement, ...]:
    check = next(check for check in CHECKS if check.id == check_id)
    return check.judge(timeline, rules, Surroundings(calendar=calendar))


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    said = {check: set(words["reasons"]) for check, words in load_words("findings")["checks"].items()}
    given: dict[str, set[str]] = {}
    for check in CHECKS:  # a rule may have a check a subject
        given.setdefault(check.id, set()).update(reason.value for reason in check.reasons)
    assert said == given


def test_every_check_is_named_and_explained() -> None:
    assert all(words["name"] and words["about"] for words in load_words("findings")["checks"].values())


def test_every_note_has_a_sentence() -> None:
    assert set(load_words("findings")["reviews"]) == {note.value for note in ReviewNote}


def test_every_code_that_stands_in_figures_has_words() -> None:
    rule = RuleBook.load().on("R02", date(2023, 1, 1))
    assert rule is not None
    assert {*WEEKDAYS, *rule.parameters["grounds"]} <= set(load_words("findings")["words"])


def test_sentences_are_whole_and_neutral() -> None:
    for words in load_words("findings")["checks"].values():
        for sentence in words["reasons"].values():
            assert sentence.endswith(".")
            assert not any(blame in sentence.lower() for blame in ("нарушил", "обман", "незаконн", "фальсиф"))
            assert all(name is None or name.isidentifier() for _, name, _, _ in Formatter().parse(sentence))


def test_a_sentence_tells_days_and_codes_in_words() -> None:
    figures = {"date": "2018-04-20", "weekday": "friday"}
    sentence = finding_sentence("R33", "other_day", figures)
    assert "20 апреля 2018" in sentence
    assert "пятница" in sentence
    ends_with_a_day = finding_sentence("R38", "waited", {"rejected": "2023-03-15", "again": "2023-09-15", "months": 6,
                                                         "earliest": "2023-09-15"})  # fmt: skip
    assert ends_with_a_day.endswith("г.")
    assert ".." not in ends_with_a_day


def test_notes_are_said_in_words() -> None:
    said = review_sentences("vacancies weeks_unknown")
    assert "незанятых местах" in said
    assert "избирателями" in said
    assert review_sentences(None) == ""


@pytest.mark.parametrize(
    ("share", "total", "number"),
    [
        ({"more_than": "1/2"}, 120, 61),
        ({"more_than": "1/2"}, 119, 60),
        ({"more_than": "1/2"}, 90, 46),
        ({"at_least": "2/3"}, 120, 80),
        ({"at_least": "2/3"}, 118, 79),
        ({"at_least": "2/3"}, 90, 60),
        ({"more_than": "1/2", "never_below": 50}, 80, 50),
        ({"more_than": "1/2", "never_below": 50}, 108, 55),
    ],
)
def test_the_least_number_of_a_share(share: dict[str, object], total: int, number: int) -> None:
    assert least(share, total) == number


@pytest.mark.parametrize(("number", "enough"), [(59, True), (58, True), (57, False)])
def test_vacancies_lower_what_is_needed(number: int, enough: bool) -> None:
    assert is_enough_with_vacancies(number, {"more_than": "1/2"}, 120, 5) is enough


def test_names_of_cases_are_used_once() -> None:
    assert distinct(["a", "b", "a", "a"]) == ("a", "b", "a~2", "a~3")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Who(written="Ж", person_id="ж"), Who(written="Жээнбекову", person_id="ж"), True),
        (Who(written="Ж", person_id="ж"), Who(written="Ж", person_id="з"), False),
        (Who(written="Ёлкин"), Who(written="елкин", person_id="е"), True),
        (Who(written="Ж", person_id="ж"), Who(written="З"), None),
        (Who(written="Ж"), None, None),
        (None, Who(written="Ж"), None),
    ],
)
def test_who_is_who(one: Who | None, other: Who | None, same: bool | None) -> None:
    assert same_person(one, other) is same
    assert is_among(one, [other]) is same


def test_nobody_is_among_none() -> None:
    assert is_among(Who(written="Ж"), []) is False
    assert written(None) == "—"


def test_late_is_certain_where_the_weeks_in_the_constituencies_are_known() -> None:
    timeline = read_cases(LATE)[0].timeline
    spring = Stretch(date(2023, 1, 1), date(2023, 6, 30))
    known, unknown = KyrgyzCalendar(known=[spring]), KyrgyzCalendar()
    assert [one.needs_review for one in judge("R04", timeline, known, RuleBook.load())] == [None]
    assert [one.needs_review for one in judge("R04", timeline, unknown, RuleBook.load())] == ["weeks_unknown"]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_is_silent_without_events(check: Check) -> None:
    bill = Timeline(subject=Subject(kind=SubjectKind.BILL, id="b", title="b", bill_kind="law"))
    sitting = Timeline(subject=Subject(kind=SubjectKind.SITTING, id="s", title="s"))
    for empty in (bill, sitting):
        if check.subject is empty.subject.kind:
            assert judge(check.id, empty, KyrgyzCalendar(), RuleBook.load()) == ()


def test_a_protocol_tells_that_a_sitting_was_held_even_where_it_tells_nothing_else() -> None:
    subject = Subject(kind=SubjectKind.SITTING, id="s", title="s", body=Body.PLENARY, day=date(2017, 9, 4))
    told, silent = Timeline(subject=subject, sources=frozenset({"protocol"})), Timeline(subject=subject)
    calendar, rules = KyrgyzCalendar(), RuleBook.load()
    assert [one.reason for one in judge("R33", told, calendar, rules)] == ["opens_session"]
    assert [one.reason for one in judge("R35", told, calendar, rules)] == ["in_session"]
    assert judge("R33", silent, calendar, rules) == judge("R35", silent, calendar, rules) == ()


def test_no_verdict_under_a_rule_that_no_edition_holds() -> None:
    timeline = read_cases(LATE)[0].timeline
    nothing = read_rules("editions: {}\nrules: []\n")
    around = Surroundings(calendar=KyrgyzCalendar())
    bills = [check for check in CHECKS if check.subject is SubjectKind.BILL]
    assert {check.judge(timeline, nothing, around) for check in bills} == {()}


def test_a_quorum_needs_a_convocation() -> None:
    early = """
editions: {one: {name: One, from: 1991-01-01, to: null}}
rules:
  - {id: R23, name: quorum, severity: high, wordings: [
      {editions: [one], article: art. 1, verified: true, source: text, parameters: {quorum: {more_than: 1/2}}}]}
"""
    subject = "{kind: sitting, day: 2009-05-13}"
    case = (
        f"name: early\nsubject: {subject}\nevents: [{{kind: registration, day: 2009-05-13, count: 50}}]\nexpected: []"
    )
    assert judge("R23", read_cases(case)[0].timeline, KyrgyzCalendar(), read_rules(early)) == ()
