"""What a title of a draft says, in the form in which titles are compared. Pure; no language is assumed.

The words around the title go (readings, tables of amendments, the draft's own number), accents go, letters that look
alike in Latin, Cyrillic and Greek become one, words become terms by their beginning: inflected forms of a word share
it in Russian and Greek as in Kyrgyz, where endings follow the stem. What is known of wordings is data:
`lexicon/titles.yml`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from nlp.lexicon import lexicon
from vocab.text import fold

LONGEST = 2000
"""Letters of a title that are read; the rest of a longer text is no title."""

_STEM = 5
_MOST_LEADS = 6
_YEARS_AROUND = 1
_WORD = re.compile(r"\d+|[^\W\d_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Letters that look alike, as capitals: Cyrillic and Greek ones, and what they become.
_SKELETON = str.maketrans("АВЕКМНОРСТУХІЅЈҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧ∆Ω", "ABEKMHOPCTYXISJYABEZHIKMNOPTYXΔΩ")


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleForm:
    """A title as it is compared.

    `text` is the title alone, folded; `terms` its terms, each with the words that begin so (a number is its own
    term); `years` the years it speaks of; `edition` year and number of a short title of the British tradition; `deed`
    what the draft does («amends»), None for a title that names no such thing.
    """

    text: str
    terms: Mapping[str, frozenset[str]]
    years: frozenset[str] = frozenset()
    edition: tuple[str | None, str | None] = (None, None)
    deed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wordings:
    """The rows of the lexicon, compiled."""

    leads: re.Pattern[str]
    ends: re.Pattern[str]
    numbers: re.Pattern[str]
    edition_number: re.Pattern[str]
    edition_year: re.Pattern[str]
    deeds: tuple[tuple[str, re.Pattern[str]], ...]


def skeleton(text: str) -> str:
    """Capitals without accents; what looks alike in three alphabets is one letter. For comparing, never for showing."""
    plain = unicodedata.normalize("NFKD", text).upper()
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).translate(_SKELETON)


def term_of(word: str) -> str:
    """The term of a word in its skeleton: its beginning, of a number all of it."""
    return word if word[0].isdigit() else word[:_STEM]


def terms_of(text: str) -> dict[str, frozenset[str]]:
    """The terms of any text, each with the words that stand for it."""
    found: dict[str, set[str]] = {}
    for word in _WORD.findall(unicodedata.normalize("NFC", skeleton(text))):
        found.setdefault(term_of(word), set()).add(word)
    return {term: frozenset(words) for term, words in found.items()}


def read_title(text: str, day: date | None = None) -> TitleForm:
    """Read a title; `day` of its record tells which year is only that of the edition. Total: it never raises."""
    wordings = _wordings()
    title = bare_title(text)
    deed = next((name for name, pattern in wordings.deeds if pattern.search(title)), None)
    number = wordings.edition_number.search(title)
    plain = wordings.edition_number.sub(" ", title) if number else title
    year = wordings.edition_year.search(plain)
    if year and (day is None or abs(int(_group(year)) - day.year) <= _YEARS_AROUND):
        plain = plain[: year.start()]
    else:
        year = None
    terms = terms_of(plain)
    return TitleForm(
        text=title,
        terms=terms,
        years=frozenset(term for term in terms if _YEAR.fullmatch(term)),
        edition=(_group(year) if year else None, _group(number) if number else None),
        deed=deed,
    )


def bare_title(text: str) -> str:
    """The title without what stands before and behind it, folded; at most `LONGEST` letters."""
    wordings = _wordings()
    title = wordings.numbers.sub(" ", fold(text[:LONGEST]))
    for _ in range(_MOST_LEADS):
        shorter = wordings.leads.sub("", title.lstrip(" .,:;-–»"), count=1)
        if len(shorter) == len(title):
            break
        title = shorter
    end = wordings.ends.search(title, 1)
    return " ".join((title[: end.start()] if end else title).split())


def is_year(term: str) -> bool:
    """Whether a term is a year of our time."""
    return _YEAR.fullmatch(term) is not None


def title_lexicon() -> Mapping[str, Any]:
    """The rows of `lexicon/titles.yml`."""
    rows: Mapping[str, Any] = lexicon("titles")
    return rows


@cache
def _wordings() -> _Wordings:
    rows = title_lexicon()
    return _Wordings(
        leads=re.compile(f"^(?:{_any(rows['leads'])})"),
        ends=re.compile(_any(rows["ends"])),
        numbers=re.compile(_any(rows["numbers"])),
        edition_number=re.compile(_any(rows["edition_number"])),
        edition_year=re.compile(_any(rows["edition_year"])),
        deeds=tuple((name, re.compile(_any(patterns))) for name, patterns in rows["deeds"].items()),
    )


def _any(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _group(match: re.Match[str]) -> str:
    """The one group that took part."""
    return next(filter(None, match.groups()), "")
