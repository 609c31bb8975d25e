"""What a case expects is compared part by part, and every difference is said in a line."""

from tracker.calendar import KyrgyzCalendar
from tracker.case_answers import differences
from tracker.cases import read_cases
from tracker.checks import judge_all
from tracker.editions import RuleBook
from tracker.judgement import Surroundings

FACTS = """
name: adopted four weeks after it was rejected
subject: {kind: bill, bill_kind: law}
events:
  - {kind: rejected, day: 2021-06-30, readings: [2], votes: {for: 59}}
  - {kind: adopted, day: 2021-07-28, readings: [2], votes: {for: 97}}
"""
R38 = "{check: R38, case: '2021-06-30', verdict: broken, reason: too_early, review: [], figures: {days: 28}}"
R25 = """
  - {check: R25, case: "2021-06-30:2", verdict: kept, reason: not_adopted}
  - {check: R25, case: "2021-07-28:2", verdict: kept, reason: enough_votes}
"""


def said(expected: str) -> tuple[str, ...]:
    (case,) = read_cases(FACTS + expected)
    return differences(case, judge_all(case.timeline, RuleBook.load(), Surroundings(calendar=KyrgyzCalendar())))


def test_a_case_without_expectations_has_no_differences() -> None:
    assert said("") == ()


def test_what_is_as_expected_is_silent_and_so_are_checks_that_are_not_named() -> None:
    assert said(f"expected:\n  - {R38}{R25}") == ()


def test_every_part_that_differs_is_named() -> None:
    other = R38.replace("broken", "kept").replace("too_early", "waited").replace("28", "29").replace("[]", "[recess]")
    assert said(f"expected:\n  - {other}{R25}") == (
        "R38 2021-06-30: verdict is 'broken', not 'kept'",
        "R38 2021-06-30: reason is 'too_early', not 'waited'",
        "R38 2021-06-30: review is [], not ['recess']",
        "R38 2021-06-30: figures.days is 28, not 29",
    )


def test_every_judgement_of_a_named_check_is_expected() -> None:
    assert said(f"expected:\n  - {R38}\n  - {R25.strip().splitlines()[0][2:]}") == (
        "R25 2021-07-28:2 is not expected: kept enough_votes",
    )


def test_a_broken_rule_is_never_passed_over() -> None:
    assert said(f"expected: {R25}") == ("R38 2021-06-30 is not expected: broken too_early",)


def test_what_no_check_said_is_missing() -> None:
    wanted = "{check: R01, case: second, verdict: kept, reason: all_readings}"
    assert said(f"expected:\n  - {R38}{R25}  - {wanted}")[-1] == "R01 second is missing"
