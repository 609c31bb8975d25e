"""Every whole case in `tests/cases` gets exactly the judgements that it expects, and each of them a full sentence."""

import pytest

from publish.wording import check_name, finding_sentence, review_sentences
from tests.recorded import recorded_cases
from tracker.asks import ASKS, NOBODY_CAN_SAY
from tracker.calendar import KyrgyzCalendar
from tracker.case_answers import differences
from tracker.cases import RecordedCase
from tracker.checks import CHECKS, judge_all
from tracker.editions import RuleBook
from tracker.judgement import ReviewNote, Surroundings
from vocab.verdicts import Verdict

CASES = [
    pytest.param(case, id=f"{file.removesuffix('.yml')}: {case.name}")
    for file, cases in recorded_cases().items()
    for case in cases
]


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook.load()


@pytest.fixture(scope="module")
def around() -> Surroundings:
    return Surroundings(calendar=KyrgyzCalendar.load())


@pytest.mark.parametrize("case", CASES)
def test_a_case_gets_what_it_expects(case: RecordedCase, rules: RuleBook, around: Surroundings) -> None:
    assert case.expected is not None, "a case of the tests says what it expects"
    assert differences(case, judge_all(case.timeline, rules, around)) == ()


@pytest.mark.parametrize("case", CASES)
def test_every_judgement_has_its_sentence(case: RecordedCase, rules: RuleBook, around: Surroundings) -> None:
    for one in judge_all(case.timeline, rules, around):
        assert finding_sentence(one.check_id, one.reason, one.figures) != check_name(one.check_id), one
        assert {note.value for note in ReviewNote} >= set((one.needs_review or "").split())
        assert bool(review_sentences(one.needs_review)) == bool(one.needs_review)


def test_a_judgement_names_its_case_once(rules: RuleBook, around: Surroundings) -> None:
    for parameters in CASES:
        case: RecordedCase = parameters.values[0]  # type: ignore[assignment]
        names = [(one.check_id, one.case) for one in judge_all(case.timeline, rules, around)]
        assert len(names) == len(set(names)), case.name


def test_the_cases_show_every_reason_of_every_check(rules: RuleBook, around: Surroundings) -> None:
    shown = {
        (one.check_id, one.reason)
        for parameters in CASES
        for one in judge_all(parameters.values[0].timeline, rules, around)  # type: ignore[union-attr]
    }
    assert {(check.id, reason.value) for check in CHECKS for reason in check.reasons} - shown == set()


def test_what_no_check_can_tell_is_asked_of_somebody_or_of_nobody(rules: RuleBook, around: Surroundings) -> None:
    unknown = {
        (one.check_id, one.reason)
        for parameters in CASES
        for one in judge_all(parameters.values[0].timeline, rules, around)  # type: ignore[union-attr]
        if one.verdict is Verdict.CANNOT_TELL
    }
    unasked = {(check, reason) for check, reasons in NOBODY_CAN_SAY.items() for reason in reasons}
    assert set(ASKS) | unasked == unknown
    assert not set(ASKS) & unasked
