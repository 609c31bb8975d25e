"""The id of a finding is public: it stays what it was, however it is computed."""

import json

import pytest

from tests.recorded import recorded_cases
from tracker.cases import RecordedCase
from tracker.checks import judge_all
from tracker.findings import finding_id
from tracker.judgement import Judgement
from tracker.judging import Rules
from vocab.ids import digest
from vocab.timeline import Subject

CASES = [case for cases in recorded_cases().values() for case in cases]


def plainly(subject: Subject, one: Judgement) -> str:
    """The id as it was defined first: the digest of the whole content as one JSON text."""
    rule = one.rule
    content = {
        "day": one.day.isoformat(),
        "verdict": one.verdict,
        "reason": one.reason,
        "needs_review": one.needs_review,
        "rule": [rule.edition, rule.article, rule.quote, rule.verified],
        "figures": one.figures,
        "evidence": [[piece.record, piece.place] for piece in one.evidence],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return digest(one.check_id, subject.kind, subject.id, one.case, text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_id_is_the_digest_of_the_content(case: RecordedCase) -> None:
    rules, subject = Rules.load(), case.timeline.subject
    for one in judge_all(case.timeline, rules.book, rules.surroundings):
        assert finding_id(subject, one) == plainly(subject, one)
