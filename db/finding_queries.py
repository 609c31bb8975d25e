"""What every query of findings may need: the newest review of each, and the other findings of one case."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Subquery, and_, func, select

from db.findings import Finding, FindingReview
from db.upsert import table_of

_CASE = ("check_id", "subject_kind", "subject_id", "case_key")


def newest_reviews() -> Subquery:
    """The newest review of every finding that a person looked at: few, whatever the number of findings."""
    review = table_of(FindingReview)
    newest = select(func.max(review.c.id)).group_by(review.c.finding_id)
    return select(review).where(review.c.id.in_(newest)).subquery()


def is_same_case(finding: Mapping[str, Any] | RowMapping) -> ColumnElement[bool]:
    """The condition that a row of `finding` is on the same case as this one; it holds for this one too."""
    table = table_of(Finding)
    return and_(*(table.c[name] == finding[name] for name in _CASE))
