"""Every whole case in `tests/cases` gets exactly the judgements that it expects, and each of them a full sentence."""

from pathlib import Path

import pytest

from publish.wording import check_name, finding_sentence, review_sentences
from tracker.calendar import KyrgyzCalendar
from tracker.cases import Expected, RecordedCase, read_cases
from tracker.checks import CHECKS
from tracker.editions import RuleBook
from tracker.judgement import Judgement, ReviewNote, Surroundings

FILES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case.name}")
    for file in FILES
    for case in read_cases(file.read_text(encoding="utf-8"), file.name)
]


def judged(case: RecordedCase, rules: RuleBook, around: Surroundings) -> list[Judgement]:
    kind = case.timeline.subject.kind
    return [one for check in CHECKS if check.subject is kind for one in check.judge(case.timeline, rules, around)]


def as_expected(one: Judgement, figures: frozenset[str]) -> Expected:
    """A judgement as a case writes it, with the figures that the case names."""
    return Expected(
        check=one.check_id,
        case=one.case,
        verdict=one.verdict,
        reason=one.reason,
        figures={name: value for name, value in one.figures.items() if name in figures},
        review=frozenset((one.needs_review or "").split()),
    )


@pytest.fixture(scope="module")
def rules() -> RuleBook:
    return RuleBook.load()


@pytest.fixture(scope="module")
def around() -> Surroundings:
    return Surroundings(calendar=KyrgyzCalendar.load())


@pytest.mark.parametrize("case", CASES)
def test_a_case_gets_what_it_expects(case: RecordedCase, rules: RuleBook, around: Surroundings) -> None:
    named = {(one.check, one.case): frozenset(one.figures) for one in case.expected}
    found = [as_expected(one, named.get((one.check_id, one.case), frozenset())) for one in judged(case, rules, around)]
    assert sorted(found, key=by_name) == sorted(case.expected, key=by_name)


def by_name(one: Expected) -> tuple[str, str]:
    return one.check, one.case


@pytest.mark.parametrize("case", CASES)
def test_every_judgement_has_its_sentence(case: RecordedCase, rules: RuleBook, around: Surroundings) -> None:
    for one in judged(case, rules, around):
        assert finding_sentence(one.check_id, one.reason, one.figures) != check_name(one.check_id), one
        assert {note.value for note in ReviewNote} >= set((one.needs_review or "").split())
        assert bool(review_sentences(one.needs_review)) == bool(one.needs_review)


def test_a_judgement_names_its_case_once(rules: RuleBook, around: Surroundings) -> None:
    for parameters in CASES:
        case: RecordedCase = parameters.values[0]  # type: ignore[assignment]
        names = [(one.check_id, one.case) for one in judged(case, rules, around)]
        assert len(names) == len(set(names)), case.name


def test_the_cases_show_every_reason_of_every_check(rules: RuleBook, around: Surroundings) -> None:
    shown = {
        (one.check_id, one.reason)
        for parameters in CASES
        for one in judged(parameters.values[0], rules, around)  # type: ignore[arg-type]
    }
    assert {(check.id, reason.value) for check in CHECKS for reason in check.reasons} - shown == set()
