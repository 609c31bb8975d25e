"""Drafts that are not the same and still belong side by side. Pure.

Alternative, by article 1 of the Rules of 20.10.2022: drafts that came to the parliament within a month from different
holders of the right of initiative and regulate the same relations. What they regulate is told by the acts that they
amend, or by their titles. Similar: nearly the same title in other years, as a budget has every year.
"""

from datetime import timedelta

from nlp.drafts.draft import THIN, THRESHOLD, Draft, Sameness, other_initiators, told
from nlp.drafts.likeness import Likeness, Weigh, likeness
from nlp.drafts.title_form import is_year

SAME, ALTERNATIVE, SIMILAR, PERHAPS = "same", "alternative", "similar", "perhaps"

MONTH = timedelta(days=31)
"""Article 1: «в течение месяца»; the longest one, for the day of entry is known and not the hour."""

ACTS, TITLE = "acts", "title"

_FIRST_READING = 1

_HALF = 0.5
_YEAR = 0.01
_CONSIDERED_TOGETHER = 0.7


def alternative(left: Draft, right: Draft, like: Likeness) -> Sameness | None:
    """Whether two drafts are alternatives, with the share of acts, or the likeness of titles, that says so.

    Days of entry come from the register or the government's resolution; where they are not told, two drafts that one
    sitting considers in one reading count for less, and must be on all the same acts. None where the initiators are
    not told, or are the same.
    """
    if _one_number(left, right) or left.adopted or right.adopted or not other_initiators(left, right):
        return None
    together = left.sitting is not None and left.sitting == right.sitting and left.readings == right.readings
    if left.submitted and right.submitted:
        certainty = 1.0 if abs(left.submitted - right.submitted) <= MONTH else 0.0
    else:
        certainty = _CONSIDERED_TOGETHER if together else 0.0
    if not certainty or like.contradiction:
        return None
    common = left.acts & right.acts
    share = len(common) / max(len(left.acts), len(right.acts)) if common else 0.0
    if share >= (_HALF if certainty == 1.0 else 1.0):
        return Sameness(score=certainty * share, method=ACTS, words=tuple(sorted(common)))
    if like.score >= THRESHOLD:
        return Sameness(score=certainty * like.score, method=TITLE)
    return None


def similar(left: Draft, right: Draft, like: Likeness, weigh: Weigh) -> Sameness | None:
    """Whether two drafts bear nearly the same title, but for its years.

    None for titles that tell little, since most resemble those; and for records of later readings and acts, since it
    is enough that the first records of two drafts resemble each other: else every record of the one would point at
    every record of the other.
    """
    if not (_is_first(left) and _is_first(right)):
        return None

    def without_years(term: str) -> float:
        return _YEAR if is_year(term) else weigh(term)

    if left.title.years or right.title.years:
        like = likeness(left.title, right.title, without_years)
    if like.score < THRESHOLD or left.title.deed != right.title.deed:
        return None
    if min(told(left, without_years), told(right, without_years)) < THIN:
        return None
    return Sameness(score=like.score, method=TITLE)


def _is_first(draft: Draft) -> bool:
    return not draft.adopted and (not draft.readings or _FIRST_READING in draft.readings)


def _one_number(left: Draft, right: Draft) -> bool:
    return bool(left.number and left.number == right.number) or bool(left.resolutions & right.resolutions)
