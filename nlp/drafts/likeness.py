"""How alike two titles are, and what tells them apart. Pure.

The likeness of two titles is the weight that they share against the weight that they have; a word that stands in
another form counts by its letters. What each has and the other lacks at the same time (another name, another region,
spring for autumn) tells two drafts apart more than what only one of them has: titles grow and shrink between readings.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Prefix

from nlp.drafts.title_form import TitleForm, is_year, skeleton, term_of

Weigh = Callable[[str], float]
"""The weight of a term, above nought."""

_SAME_WORD = 0.8  # two words of different beginnings that are spellings of one
_OTHER_FORM, _LONGEST_ENDING = 0.97, 4
_WORTH_RESPELLING = 0.5
_SHORTEST_WORD = 4
_OTHER_ARTICLES = 0.9
_MOST_PAIRS = 200
_MOST_WORDS = 8
_HEAVY = 0.4  # of the heaviest
_WORD = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two titles are: `score` 0–1.

    `left_only` and `right_only` are the shares of each title's weight that the other lacks; `contradiction` is what
    keeps them apart whatever they share, None where nothing does.
    """

    score: float
    left_only: float = 1.0
    right_only: float = 1.0
    contradiction: str | None = None


NOTHING = Likeness(score=0.0)


def likeness(left: TitleForm, right: TitleForm, weigh: Weigh) -> Likeness:
    """Compare two titles; nothing shared, or a title without words, is 0."""
    shared = left.terms.keys() & right.terms.keys()
    if not shared:
        return NOTHING
    credits = {term: _credit(left.terms[term], right.terms[term]) for term in shared}
    left_total, right_total = sum(map(weigh, left.terms)), sum(map(weigh, right.terms))
    common = sum(weigh(term) * credit for term, credit in credits.items())
    left_common, right_common = common, common
    is_worth_it = 2 * common >= _WORTH_RESPELLING * (left_total + right_total)
    for one, other, credit in _respelled(left, right) if is_worth_it else ():
        left_common += weigh(one) * credit
        right_common += weigh(other) * credit
    left_only, right_only = 1 - left_common / left_total, 1 - right_common / right_total
    score = (left_common + right_common) / (left_total + right_total)
    apart = max(0.0, min(left_only, right_only))
    return Likeness(
        score=score * (1 - apart) * (_OTHER_ARTICLES if _other_articles(left, right) else 1.0),
        left_only=left_only,
        right_only=right_only,
        contradiction=_contradiction(left, right),
    )


def at_most(left: TitleForm, right: TitleForm, weigh: Weigh) -> float:
    """A quick upper bound of the likeness, but for words spelled otherwise."""
    common = sum(weigh(term) for term in left.terms.keys() & right.terms.keys())
    total = sum(map(weigh, left.terms)) + sum(map(weigh, right.terms))
    return 2 * common / total if total else 0.0


def _contradiction(left: TitleForm, right: TitleForm) -> str | None:
    if left.deed != right.deed:
        return f"{left.deed or 'is'} / {right.deed or 'is'}"
    if left.years - right.years and right.years - left.years:
        return f"{', '.join(sorted(left.years))} / {', '.join(sorted(right.years))}"
    return None


def _other_articles(left: TitleForm, right: TitleForm) -> bool:
    """Whether both titles name articles, and none in common."""
    mine, theirs = ({term for term in title.terms if term[0].isdigit()} - title.years for title in (left, right))
    return bool(mine and theirs and mine.isdisjoint(theirs))


def _credit(left: frozenset[str], right: frozenset[str]) -> float:
    """1 for the same word, less for other forms of it, and by its letters for what else it resembles."""
    if not left.isdisjoint(right):
        return 1.0
    return max(_resemblance(one, other) for one in left for other in right)


def _resemblance(one: str, other: str) -> float:
    if one[0] != other[0]:
        return 0.0  # autumn and spring (осенняя, весенняя) differ in their beginning
    common = Prefix.similarity(one, other)
    if common >= _SHORTEST_WORD and max(len(one), len(other)) - common <= _LONGEST_ENDING:
        return _OTHER_FORM
    return Indel.normalized_similarity(one, other)


def _respelled(left: TitleForm, right: TitleForm) -> list[tuple[str, str, float]]:
    """Terms of both titles that are one word spelled otherwise, best first, each once."""
    lacking = [term for term in left.terms if term not in right.terms and _is_word(term)]
    spare = [term for term in right.terms if term not in left.terms and _is_word(term)]
    if not lacking or not spare or len(lacking) * len(spare) > _MOST_PAIRS:
        return []
    pairs = [(_credit(left.terms[one], right.terms[other]), one, other) for one in lacking for other in spare]
    found: dict[str, tuple[str, str, float]] = {}
    taken: set[str] = set()
    for credit, one, other in sorted(pairs, reverse=True):
        if credit >= _SAME_WORD and one not in found and other not in taken:
            found[one] = (one, other, credit)
            taken.add(other)
    return list(found.values())


def _is_word(term: str) -> bool:
    return len(term) >= _SHORTEST_WORD and not term[0].isdigit() and not is_year(term)


def deciding_words(left: TitleForm, right: TitleForm, weigh: Weigh) -> tuple[str, ...]:
    """The words of most weight that two titles share, as the left one writes them."""
    written: dict[str, str] = {}
    for word in _WORD.findall(left.text):
        written.setdefault(term_of(skeleton(word)), word)
    shared = sorted(left.terms.keys() & right.terms.keys(), key=lambda term: (-weigh(term), term))
    heavy = [term for term in shared if weigh(term) >= _HEAVY * weigh(shared[0])]
    return tuple(written.get(term, term) for term in heavy[:_MOST_WORDS])
