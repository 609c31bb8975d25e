"""What every query of findings may need: the newest review of each, and the other findings of one case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Subquery, and_, exists, func, not_, or_, select

from db.findings import Finding, FindingReview
from db.upsert import table_of
from vocab.verdicts import Review, Verdict, is_public

CASE = ("check_id", "subject_kind", "subject_id", "case_key")
"""What tells apart what findings are on: those that follow one another are on one case."""


def newest_reviews(known_by: datetime | None = None) -> Subquery:
    """The newest review of every finding that a person looked at: few, whatever the number of findings.

    `known_by`: of the reviews that were decided before this moment.
    """
    review = table_of(FindingReview)
    newest = select(func.max(review.c.id)).group_by(review.c.finding_id)
    if known_by is not None:
        newest = newest.where(review.c.decided_at < known_by)
    return select(review).where(review.c.id.in_(newest)).subquery()


def is_same_case(finding: Mapping[str, Any] | RowMapping) -> ColumnElement[bool]:
    """The condition that a row of `finding` is on the same case as this one; it holds for this one too."""
    table = table_of(Finding)
    return and_(*(table.c[name] == finding[name] for name in CASE))


def is_shown(known_by: datetime | None = None) -> ColumnElement[bool]:
    """The condition that stands in every query of findings: vocab.verdicts.is_public with the newest review.

    `known_by`: with the newest one before this moment, as what was public then; never without the one of now.
    The review is looked up row by row, so that a page of fifty findings looks up fifty.
    """
    finding, decision = table_of(Finding).c, _newest_decision(known_by)
    public = [
        f"{verdict.value} {review.value if review else ''}"
        for verdict in Verdict
        for review in (None, *Review)
        if is_public(verdict, review)
    ]
    is_confirmed = decision == Review.CONFIRMED.value
    return and_((finding.verdict + " " + decision).in_(public), or_(not_(_is_of_persons_seen()), is_confirmed))


def may_be_told() -> ColumnElement[bool]:
    """The condition for whatever tells of findings that may be superseded: shown, and not taken back since.

    A dismissal says that the accusation was never right, and holds for all findings of the same case that say it.
    """
    return and_(is_shown(), not_(_is_taken_back()))


def _is_taken_back() -> ColumnElement[bool]:
    """An accusation of a case of which another finding was dismissed, or is asked about again."""
    finding, other, decided = table_of(Finding).c, table_of(Finding).alias("other").c, newest_reviews().c
    same_case = (other[name] == finding[name] for name in CASE)
    doubted = select(other.id).where(
        decided.finding_id == other.id, decided.decision != Review.CONFIRMED, other.verdict == Verdict.BROKEN
    )
    return and_(finding.verdict == Verdict.BROKEN, exists(doubted.where(*same_case).correlate(table_of(Finding))))


def _newest_decision(known_by: datetime | None) -> ColumnElement[str]:
    """What the newest review of a finding decided, "" where there is none."""
    review = table_of(FindingReview)
    newest = select(review.c.decision).where(review.c.finding_id == table_of(Finding).c.id)
    if known_by is not None:
        newest = newest.where(review.c.decided_at < known_by)
    newest = newest.order_by(review.c.id.desc()).limit(1).correlate(table_of(Finding))
    return func.coalesce(newest.scalar_subquery(), "")


def _is_of_persons_seen() -> ColumnElement[bool]:
    """R27 of a vote that an observer saw cast for another names a deputy by a note alone, whatever its verdict."""
    finding = table_of(Finding).c
    return and_(finding.check_id == "R27", finding.case_key.startswith("proxy:"))
