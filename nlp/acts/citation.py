"""A citation of an act, as the readers of Russian and of Kyrgyz give it, and the pieces that both read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from nlp.acts.plain_text import PlainText, Quote
from vocab.errors import ReadError
from vocab.numbers import ActRef
from vocab.text import balance, fold_space

NUMBER = r"(?:(?:уп|рп|пп|пж|п)\s?)?№\s*(?:[а-я]{1,3}\s*-?\s*)?\d+(?:\s?[-–/]\s?(?:\d+|[ivx]+|[а-я]{1,3})(?!\w))?"
DAY = r"от\s*\d{1,2}(?:\s?\.\s?\d{1,2}\s?\.\s?\d{2,4}|\s+[а-я]{3,8}\s+\d{4})(?:\s*г(?:ода|\.)?(?![а-я]))?"
_BOTH = rf"(?:{DAY}(?:\s*,?\s*{NUMBER})?|{NUMBER}(?:\s*,?\s*{DAY})?)"
REFERENCE = re.compile(rf"\s*,?\s*(?:{_BOTH}|\(\s*{_BOTH}\s*\))")
"""« от 8 февраля 2021 года № 26», small letters."""

_MISSPELT = re.compile(r"\b(К|к)ыргызс?кой ([Рр])еспублики")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One citation: places in the plain text, how a person would cite the act, what is known of it.

    `refers`: the title itself names other acts, which count as cited. `ref` None: nothing more is known.
    """

    start: int
    end: int
    normal: str
    ref: ActRef | None
    article: str | None = None
    part: str | None = None
    score: float
    method: str
    refers: bool = False


@lru_cache(maxsize=16384)
def tidy(name: str) -> str:
    """A name as it is shown: plain blanks and quotes, every quote closed, the country spelt right."""
    plain = fold_space(name).replace("- ", "-") if re.search(r"\w- \w", name) else fold_space(name)
    spelt = _MISSPELT.sub(r"\1ыргызской \2еспублики", plain).replace("« ", "«").replace(" »", "»")
    return balance(re.sub(r"(?<=\w)«", " «", spelt))


@lru_cache(maxsize=16384)
def reference(text: str) -> ActRef | None:
    """What a citation refers to, None where its day is impossible."""
    try:
        return ActRef.parse(text)
    except ReadError:
        return None


@lru_cache(maxsize=16384)
def key_of(ref: ActRef) -> str:
    """The key of a reference; the same acts are cited again and again."""
    return ref.key


class Enclosing:
    """The titles that a text is in the middle of, for places that only go forward; `is_title` picks the quotes."""

    def __init__(self, plain: PlainText, is_title: Callable[[Quote], bool]) -> None:
        ordered = sorted(plain.quotes.values(), key=lambda one: one.start, reverse=True)
        self._waiting = [one for one in ordered if is_title(one)]
        self._open: list[Quote] = []

    def around(self, place: int) -> Quote | None:
        """The innermost title around `place`."""
        while self._waiting and self._waiting[-1].start < place:
            self._open.append(self._waiting.pop())
        while self._open and self._open[-1].end <= place:
            self._open.pop()
        return self._open[-1] if self._open else None
