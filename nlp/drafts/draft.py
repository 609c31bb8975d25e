"""A draft as one record names it, and whether two records name the same one. Pure.

Numbers decide first, then titles; what else is known of both may only speak against it: the kind, the initiators, the
days, the order of readings. Where it does not suffice, they are not the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nlp.drafts.likeness import Likeness, Weigh
from nlp.drafts.notions import speak_of_the_same
from nlp.drafts.title_form import TitleForm, title_lexicon

NUMBER, RESOLUTION, ACT, TITLE = "number", "resolution", "act", "title"
GOVERNMENT, DEPUTIES = "government", "deputies"
THRESHOLD = 0.88
"""The score from which two records name one draft."""

THIN, VERY_THIN = 1.6, 0.9
"""The weight, in rare words, below which a title names a matter («О рекламе»), or not even that."""

SAME_MATTER_DAYS = 130
"""Within these days a matter comes again as the same draft: from one reading, or one committee, to the next."""

NEXT_READING_DAYS = 200

_RESOLUTION_SCORE, _TRANSLATED, _SAME_ACT = 0.97, 0.92, 0.88
_RELATED = 0.5  # the titles of one draft, where a resolution of the government says that it may be one
_ONE_SITTING_DAYS = 3
_LONGEST_DAYS = 3 * 365
_AFTER_ADOPTION_DAYS = 60  # signing takes a month, its news a little more
_TURNED_BACK = 0.8
_THIN_DOUBT = 0.95
_OTHER_NUMBER, _OTHER_EDITION = 0.93, 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one record says of a draft, as keys that can be compared.

    `key` is the record's, `bill` what it is known to belong to (None: nothing is known). `kind` None: not told.
    `number` and `resolutions` are keys of `vocab.ids`; `acts` keys of the amended acts; `initiators` keys of all
    persons who brought it in, `brought_by` government or deputies; `sitting` the list that it stands in. `submitted`
    is the day on which it came to the parliament, `adopted` True for an act: what the draft became. `kyrgyz` tells
    the language of the title.
    """

    key: str
    title: TitleForm
    day: date | None = None
    bill: str | None = None
    kind: str | None = None
    number: str | None = None
    resolutions: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    initiators: frozenset[str] = frozenset()
    brought_by: str | None = None
    readings: frozenset[int] = frozenset()
    sitting: str | None = None
    submitted: date | None = None
    adopted: bool = False
    kyrgyz: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """How sure it is that two records name one draft, by what, and the keys that they share."""

    score: float
    method: str
    words: tuple[str, ...] = ()


def sameness(left: Draft, right: Draft, like: Likeness, weigh: Weigh) -> Sameness | None:
    """Whether two records name one draft; None where something speaks against it or nothing for it."""
    if left.number and right.number:
        return Sameness(score=1.0, method=NUMBER, words=(left.number,)) if left.number == right.number else None
    if _excluded(left, right) or like.contradiction:
        return None
    if left.kyrgyz != right.kyrgyz:
        return _translated(left, right)
    common = left.resolutions & right.resolutions
    if common and like.score >= _RELATED:
        return Sameness(score=_RESOLUTION_SCORE, method=RESOLUTION, words=tuple(sorted(common)))
    if not like.score or _other_item(left, right) or not _near_enough(left, right, weigh):
        return None
    return Sameness(score=like.score * _doubt(left, right, weigh), method=TITLE)


def days_apart(left: Draft, right: Draft) -> int | None:
    """Days between two records, None where one has no day."""
    return abs((left.day - right.day).days) if left.day and right.day else None


def told(draft: Draft, weigh: Weigh) -> float:
    """How much a title tells, in rare words."""
    return sum(map(weigh, draft.title.terms))


def other_initiators(left: Draft, right: Draft) -> bool:
    """Whether two drafts were certainly brought in by others."""
    if left.brought_by and right.brought_by and left.brought_by != right.brought_by:
        return True
    return bool(left.initiators and right.initiators and left.initiators.isdisjoint(right.initiators))


def _excluded(left: Draft, right: Draft) -> bool:
    """Resolutions, kinds, initiators or an order of days that cannot be of one draft."""
    if left.resolutions and right.resolutions and left.resolutions.isdisjoint(right.resolutions):
        return True
    if left.kind and right.kind and (left.kind in _one_sitting()) != (right.kind in _one_sitting()):
        return True
    return other_initiators(left, right) or _after_adoption(left, right) or _after_adoption(right, left)


def _after_adoption(act: Draft, other: Draft) -> bool:
    """Whether a record speaks of a draft long after an act of its title was adopted, or is another act."""
    if not act.adopted or not act.day or not other.day:
        return False
    return other.adopted or (other.day - act.day).days > _AFTER_ADOPTION_DAYS


def _translated(left: Draft, right: Draft) -> Sameness | None:
    """One draft in two languages: the numbers of a resolution or of an act must agree, and what the titles speak of."""
    if left.title.deed != right.title.deed or not speak_of_the_same(left.title, right.title):
        return None
    if common := left.resolutions & right.resolutions:
        return Sameness(score=_TRANSLATED, method=RESOLUTION, words=tuple(sorted(common)))
    days = days_apart(left, right)
    numbered = {act for act in left.acts & right.acts if act.startswith(NUMBERED)}
    if numbered and days is not None and days <= SAME_MATTER_DAYS:
        return Sameness(score=_SAME_ACT, method=ACT, words=tuple(sorted(numbered)))
    return None


NUMBERED = "no:"
"""How the key of an act by number and day begins: the one that does not depend on the language."""


def _other_item(left: Draft, right: Draft) -> bool:
    """One sitting has one item for a draft and a reading: other words there are another draft."""
    if left.sitting is None or left.sitting != right.sitting or left.title.terms.keys() == right.title.terms.keys():
        return False
    return left.readings == right.readings or not left.readings.isdisjoint(right.readings)


def _near_enough(left: Draft, right: Draft, weigh: Weigh) -> bool:
    """The less a title tells, the nearer in time it must come again."""
    days, weight = days_apart(left, right), min(told(left, weigh), told(right, weigh))
    if days is None:
        return weight >= VERY_THIN
    if days <= _ONE_SITTING_DAYS:
        return True
    if left.kind in _one_sitting() or right.kind in _one_sitting() or days > _LONGEST_DAYS:
        return False
    if weight >= THIN or (weight >= VERY_THIN and days <= SAME_MATTER_DAYS):
        return True
    moves_on = weight >= VERY_THIN and _moves_on(left, right)
    return days <= NEXT_READING_DAYS and (moves_on or bool(left.initiators & right.initiators))


def _moves_on(left: Draft, right: Draft) -> bool:
    """Whether the later record has the later reading."""
    earlier, later = sorted((left, right), key=lambda one: one.day or date.min)
    return bool(earlier.readings and later.readings) and max(earlier.readings) < min(later.readings)


def _doubt(left: Draft, right: Draft, weigh: Weigh) -> float:
    """What is left of a likeness where titles tell little, or readings or editions speak against it."""
    doubt = 1.0 if min(told(left, weigh), told(right, weigh)) >= THIN else _THIN_DOUBT
    if left.day and right.day and left.day != right.day and left.readings and right.readings:
        earlier, later = sorted((left, right), key=lambda one: one.day or date.min)
        doubt *= _TURNED_BACK if min(earlier.readings) > max(later.readings) else 1.0
    (left_year, left_number), (right_year, right_number) = left.title.edition, right.title.edition
    if left_number != right_number:
        doubt *= _OTHER_NUMBER if left_year == right_year else _OTHER_EDITION
    return doubt * (_OTHER_EDITION if left_year != right_year else 1.0)


def _one_sitting() -> frozenset[str]:
    rows: Mapping[str, list[str]] = title_lexicon()
    return frozenset(rows["one_sitting"])
