"""A story tried against the rules: the file that `baikoo check --case` reads, and what comes of it."""

from pathlib import Path
from typing import Any, TypedDict

from publish.wording import check_name, finding_sentence, review_sentences
from tracker.case_answers import differences
from tracker.cases import RecordedCase, read_cases
from tracker.checks import judge_all
from tracker.findings import evidence_json
from tracker.judgement import Judgement
from tracker.judging import Rules
from vocab.errors import ConfigError, UsageError


class Tried(TypedDict):
    """A case with what the checks say of it, and how that differs from what it expects."""

    name: str
    source: str | None
    findings: list[dict[str, Any]]
    differences: list[str]


def try_file(file: Path) -> list[Tried]:
    """Judge the cases of a file. Raises UsageError for a file that cannot be opened, ConfigError for no case."""
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not text in UTF-8") from error
    rules = Rules.load()
    return [_tried(one, rules) for one in read_cases(text, str(file))]


def _tried(case: RecordedCase, rules: Rules) -> Tried:
    said = judge_all(case.timeline, rules.book, rules.surroundings)
    return Tried(
        name=case.name,
        source=case.source,
        findings=[_finding(one) for one in said],
        differences=list(differences(case, said)),
    )


def _finding(one: Judgement) -> dict[str, Any]:
    rule = one.rule
    return {
        "check": one.check_id,
        "name": check_name(one.check_id),
        "case": one.case,
        "day": one.day,
        "verdict": one.verdict.value,
        "reason": one.reason,
        "sentence": finding_sentence(one.check_id, one.reason, one.figures),
        "needs_review": (one.needs_review or "").split(),
        "review_words": review_sentences(one.needs_review),
        "figures": dict(one.figures),
        "edition": rule.edition,
        "article": rule.article,
        "quote": rule.quote,
        "verified": rule.verified,
        "evidence": [evidence_json(piece) for piece in one.evidence],
    }
