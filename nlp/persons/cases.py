"""Words of a name out of their grammatical cases: «Шентопом» → Шентоп, «Шакиевдин» → Шакиев, «Аиде» → Аида.

One form often has several readings («Талиева»: a woman in the nominative, a man in the genitive). All are given;
what stands around the name decides (`nlp.persons.choice`). The declensions are data: `lexicon/names.yml`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from nlp.lexicon import lexicon
from vocab.name_forms import capitalised, child_of, is_patronymic, nominative_patronymic, spelling_key

CASES: Final = "ngdail"
"""Nominative, genitive, dative, accusative, instrumental, prepositional, as one letter each."""

STRONG, LIKELY = 2.0, 1.0
"""How surely an ending says «surname»: -ов, -ева (2), -ин, -ский, -швили, -енко (1), any other (0)."""

LISTED, FORMED = 3.0, 2.0
"""How surely a word is a given name: listed in the lexicon, or made like one («…бек», «…гүл»); else 0."""

_CACHED = 50_000
_OFTEN_INDECLINABLE = "оеёиэөү"
_STRONG = re.compile("[оеё]ва?$")
_LIKELY = re.compile(
    "(?:[иы]на?|[сц]к(?:ий|ая)|[иы]х|[еэ]нко|дзе|швили|[яа]н|ич|[ую]к|оглу|оглы|заде|пулос|стад|манн?|берг|сон|ко)$"
)
_KYRGYZ_CASES = {"gen": "g", "dat": "d", "acc": "a", "loc": "l", "abl": "l"}
_PATRONYMIC_CASES = (
    ("ич", "n"), ("ича", "ga"), ("ичу", "d"), ("ичем", "i"), ("иче", "l"), ("на", "n"), ("ны", "g"), ("не", "dl"),
    ("ну", "a"), ("ной", "i"),
)  # fmt: skip
_OBLIQUE_PATRONYMIC = (("ичем", "ич"), ("ича", "ич"), ("иче", "ич"), ("вны", "вна"), ("вну", "вна"), ("вной", "вна"),
                       ("чны", "чна"), ("чну", "чна"), ("чной", "чна"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameReading:
    """What a form may be: its nominative, the cases that it then stands in, its sex (m, f, mf), how sure it is."""

    nominative: str
    cases: str
    sex: str
    weight: float = 0.0
    kyrgyz: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One ending of a declension: what stands for it in the nominative, after which letters."""

    nominative: str
    cases: str
    sex: str
    after: str


@lru_cache(maxsize=_CACHED)
def surname_readings(word: str) -> tuple[NameReading, ...]:
    """The readings of a word as a surname, weighed by its ending."""
    parent = _child_name(word)
    if parent:
        return (NameReading(parent, CASES, "f" if parent.endswith("кызы") else "m", STRONG + 1),)
    bare = capitalised(word)
    found = _declined(bare, "adjectival")
    if not any(_STRONG.search(one.nominative) for one in found):
        found += [*_indeclinable(bare), *_declined(bare, "plain")]
    return _unique([_weighed(one, bare) for one in (*found, *_kyrgyz(bare))])


@lru_cache(maxsize=_CACHED)
def given_readings(word: str) -> tuple[NameReading, ...]:
    """The readings of a word as a given name, weighed by the lexicon: 3 known, 2 by its ending, 0 unknown."""
    bare = capitalised(word)
    found = [*_indeclinable(bare), *_declined(bare, "plain"), *_kyrgyz(bare)]
    return _unique([reading for one in found for reading in _known_given(one)])


def patronymic_reading(word: str) -> NameReading | None:
    """«Петровичем» → Петрович; None for a word that is no patronymic."""
    if not is_patronymic(word):
        return None
    cases = next((cases for ending, cases in _PATRONYMIC_CASES if word.endswith(ending)), CASES)
    nominative = next(
        (word.removesuffix(one) + other for one, other in _OBLIQUE_PATRONYMIC if word.endswith(one)), None
    )
    plain = nominative or nominative_patronymic(word)
    return NameReading(plain, cases, "f" if plain.endswith("на") else "m", STRONG)


def surname_shape(word: str) -> float:
    """How surely the ending of a nominative says that it is a surname: STRONG, LIKELY or 0."""
    if _STRONG.search(word):
        return STRONG
    if is_surname(word):
        return LIKELY
    return LIKELY if _LIKELY.search(word) else 0.0


@cache
def _surnames() -> frozenset[str]:
    return frozenset(lexicon("names")["surnames"].split())


def is_surname(word: str) -> bool:
    """True for a surname that only the lexicon tells («Пак», «Король»)."""
    return word in _surnames()


def _child_name(word: str) -> str | None:
    """«Исатбек кызынын» → «Исатбек кызы»."""
    father, _, child = word.partition(" ")
    plain = child_of(child) if child else None
    return f"{capitalised(father)} {plain}" if plain else None


def _weighed(one: NameReading, word: str) -> NameReading:
    weight = surname_shape(one.nominative)
    if one.cases == CASES and word[-1] not in _OFTEN_INDECLINABLE:
        weight -= 0.5  # «Ханджезы» is sooner a form of Ханджеза, «Грэмом» of Грэм
    return NameReading(one.nominative, one.cases, one.sex, weight, one.kyrgyz)


def _unique(readings: Iterable[NameReading]) -> tuple[NameReading, ...]:
    """One reading for each nominative and sex, with all its cases."""
    found: dict[tuple[str, str, bool], NameReading] = {}
    for one in readings:
        key = (one.nominative, one.sex, one.kyrgyz)
        before = found.get(key)
        cases = one.cases if before is None else "".join(c for c in CASES if c in one.cases + before.cases)
        found[key] = NameReading(one.nominative, cases, one.sex, one.weight, one.kyrgyz)
    return tuple(found.values())


@cache
def _endings(kind: str) -> Mapping[str, tuple[_Row, ...]]:
    """Ending → what it may be."""
    found: dict[str, list[_Row]] = {}
    for row in lexicon("names")[kind]:
        nominative = row["forms"][0]
        for case, forms in zip(CASES, row["forms"], strict=True):
            for form in str(forms).split("|"):
                found.setdefault(form, []).append(_Row(nominative, case, row["sex"], row.get("after", "")))
    return {ending: tuple(rows) for ending, rows in found.items()}


def _declined(word: str, kind: str) -> list[NameReading]:
    endings, found = _endings(kind), []
    for length in range(min(4, len(word) - 2) + 1):
        ending = word[len(word) - length :]
        stem = word[: len(word) - length]
        for row in endings.get(ending, ()):
            if not row.after or stem[-1] in row.after:
                found.append(NameReading(stem + row.nominative, row.cases, row.sex))
    return found


def _kyrgyz(word: str) -> list[NameReading]:
    """The Kyrgyz forms of a word, and those without the vowel that stands before the ending («Шакиевдин»)."""
    endings, found = _kyrgyz_endings(), []
    for length in (3, 2):
        stem, case = word[:-length], endings.get(word[-length:])
        if case and len(stem) >= 3:
            found.append(NameReading(stem, case, "mf", kyrgyz=True))
    return found


@cache
def _kyrgyz_endings() -> Mapping[str, str]:
    rows = lexicon("names")["kyrgyz"]
    return {ending: _KYRGYZ_CASES[case] for case, endings in rows.items() for ending in endings}


@cache
def _given_names() -> Mapping[str, str]:
    """Spelling key of a given name → m, f or mf."""
    names = lexicon("names")
    found: dict[str, str] = {}
    for sex, listed in (("m", names["male"]), ("f", names["female"])):
        for name in listed.split():
            key = spelling_key(name)
            found[key] = sex if found.get(key, sex) == sex else "mf"
    return found


def given_sex(nominative: str) -> str | None:
    """The sex of the bearers of a given name that the lexicon lists: m, f, mf; None for another word."""
    return _given_names().get(spelling_key(nominative))


@cache
def _formants() -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = lexicon("names")
    return tuple(names["male_endings"]), tuple(names["female_endings"])


def _known_given(one: NameReading) -> list[NameReading]:
    """The reading with its weight; none where the sex of the name contradicts the declension."""
    sex = given_sex(one.nominative)
    weight = LISTED
    if sex is None:
        male, female = _formants()
        lower = one.nominative.lower()
        known = "m" if lower.endswith(male) else "f" if lower.endswith(female) else None
        sex, weight = known or "mf", 2.0 if known and len(lower) > 5 else 0.0
    both = "".join(letter for letter in "mf" if letter in one.sex and letter in sex)
    if not both:
        return []
    return [NameReading(one.nominative, one.cases, both, weight, one.kyrgyz)]


def _indeclinable(word: str) -> list[NameReading]:
    """A word that never changes: on a vowel («Чаттерджи»), or a woman's on a consonant («Миргул», «Шентоп»)."""
    if word[-1] in "аяь":
        return []
    return [NameReading(word, CASES, "mf" if word[-1] in "оеёуюыэиөү" else "f")]
