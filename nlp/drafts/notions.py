"""What titles in Russian and in Kyrgyz speak of: a small dictionary of notions, a row each. Pure."""

from collections.abc import Mapping
from functools import cache

from nlp.drafts.title_form import TitleForm, skeleton, title_lexicon

_LEAST_COMMON = 0.5

_Rows = Mapping[str, frozenset[int]]


def notions(title: TitleForm) -> frozenset[int]:
    """The notions that a title names in either language, as numbers of rows."""
    rows = _beginnings()
    longest = max(map(len, rows))
    found: set[int] = set()
    for words in title.terms.values():
        for word in words:
            for length in range(2, min(len(word), longest) + 1):
                found |= rows.get(word[:length], frozenset())
    return frozenset(found)


def speak_of_the_same(one: TitleForm, other: TitleForm) -> bool:
    """Whether two titles, one in each language, name mostly the same notions; True where the dictionary knows none."""
    mine, theirs = notions(one), notions(other)
    if not mine or not theirs:
        return not mine and not theirs
    return len(mine & theirs) / min(len(mine), len(theirs)) >= _LEAST_COMMON


@cache
def _beginnings() -> _Rows:
    """Beginning of a word, in its skeleton, → the rows that have it."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(title_lexicon()["notions"]):
        for words in row.values():
            for word in words.split():
                found.setdefault(skeleton(word), set()).add(number)
    return {word: frozenset(rows) for word, rows in found.items()}
