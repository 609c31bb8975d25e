"""The words of a text as the search for persons sees them: capitals, initials, posts, institutions, verbs of saying.

Each different word is looked at once and remembered; a text is then a walk over small objects.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from nlp.lexicon import lexicon
from nlp.persons.cases import (
    CASES,
    FORMED,
    LISTED,
    STRONG,
    NameReading,
    given_readings,
    given_sex,
    is_surname,
    patronymic_reading,
    surname_readings,
)
from nlp.words.russian import parses
from vocab.name_forms import capitalised, child_of

_CACHED = 100_000
_LONGEST_WORD: Final = 40
_TOKEN = re.compile(r"[^\W\d_]+(?:[-’'‑][^\W\d_]+)*")
_LATIN = re.compile("[A-Za-z]+")
_CYRILLIC = re.compile("[А-Яа-яЁёӨөҮүҢң]")
_LOOKALIKES = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_PERSONAL = frozenset({"Name", "Surn", "Patr"})
_NO_WORD = frozenset({"UNKN", "LATN", "PNCT", "NUMB", "ROMN"})
_CASE_LETTERS = {"nomn": "n", "gent": "g", "datv": "d", "accs": "a", "ablt": "i", "loct": "l"}
_INITIAL = re.compile("[А-ЯЁӨҮҢ]|Дж|Ж[оу]|[А-ЯЁ][а-яё]")


class Role(StrEnum):
    """What a word is to a name that stands near it."""

    NAME = "name"  # a capitalised word that may be part of a name
    CHILD = "child"  # уулу, кызы
    PARTICLE = "particle"  # фон, ибн
    POST = "post"
    INSTITUTION = "institution"
    IN_NAME_OF = "in_name_of"
    NAMED_AFTER = "named_after"
    PLACE = "place"
    SAYING = "saying"
    STOP = "stop"  # capitalised, but no name
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word wherever it stands.

    `cases` of a post; the rest of a word that may be part of a name: its readings, the weight of its best reading as
    a given name, `known` in the dictionary as something else than a name, `geo` as a place.
    """

    role: Role
    cases: str = ""
    given: tuple[NameReading, ...] = ()
    surname: tuple[NameReading, ...] = ()
    patronymic: NameReading | None = None
    given_weight: float = 0.0
    surname_weight: float = 0.0
    known: bool = False
    geo: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word at its place. `dot`: a full stop follows it at once."""

    start: int
    end: int
    text: str
    word: Word
    dot: bool

    @property
    def initial(self) -> bool:
        """True for «А.», «Дж.»."""
        return self.dot and is_initial(self.text)


def is_initial(word: str) -> bool:
    """True for the letters of an initial: one, or two of which the second is small."""
    return _INITIAL.fullmatch(word) is not None


def tokens_of(text: str) -> list[Token]:
    """The words of a text in order."""
    found = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        found.append(Token(start, end, word, word_of(word), text.startswith(".", end)))
    return found


def mend_alphabet(text: str) -> str:
    """The text with Latin look-alikes inside Cyrillic words made Cyrillic; no place moves."""
    return _LATIN.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    """Latin letters that touch Cyrillic ones, or are the initial of a Cyrillic name, in Cyrillic."""
    letters, text, (start, end) = match.group(), match.string, match.span()
    after = text[end : end + 1]
    if _CYRILLIC.match(after) or (start and _CYRILLIC.match(text[start - 1])):
        return letters.translate(_LOOKALIKES)
    if len(letters) == 1 and after == "." and _CYRILLIC.match(text[end + 1 : end + 3].strip()):
        return letters.translate(_LOOKALIKES)
    return letters


@lru_cache(maxsize=_CACHED)
def word_of(word: str) -> Word:
    """What a word is."""
    lower = word.lower()
    role = _roles().get(lower)
    if role is Role.POST and word[0].isupper() and _may_be_surname(lower):
        role = None  # «Азирет Акимов» is no governor
    if role is not None and (word[0].islower() or (len(word) > 2 and role is not Role.PARTICLE)):
        return Word(role, _posts().get(lower, "")) if role is Role.POST else Word(role)
    if child_of(word):
        return Word(Role.CHILD)
    if not word[0].isupper() or len(word) > _LONGEST_WORD or not _CYRILLIC.match(word):
        return Word(Role.OTHER)
    if word in _stops() or (word.isupper() and capitalised(word) in _stops()):
        return Word(Role.STOP)
    found = _name_word(word)
    if (
        word.isupper()
        and len(word) > 1
        and not found.patronymic
        and found.given_weight < FORMED
        and found.surname_weight < STRONG
    ):
        return Word(Role.STOP)  # «МПА СНГ»
    return found


def _name_word(word: str) -> Word:
    if len(word) < 2:
        return Word(Role.NAME)
    known, place, names = _in_dictionary(word)
    geo = place or _is_place(word)
    given = _with_daughter(word, [_weighed(one, names, geo) for one in given_readings(word)])
    given_weight = max((one.weight for one in given), default=0.0)
    surname = surname_readings(word)
    best = max((one.weight for one in surname if not one.kyrgyz or one.weight >= STRONG), default=0.0)
    if known and given_weight < FORMED and best < STRONG and not any(is_surname(one.nominative) for one in surname):
        return Word(Role.STOP, known=True)
    return Word(
        Role.NAME,
        given=given,
        surname=surname,
        patronymic=patronymic_reading(capitalised(word)),
        given_weight=given_weight,
        surname_weight=best,
        known=known,
        geo=geo,
    )


def _with_daughter(word: str, given: list[NameReading]) -> tuple[NameReading, ...]:
    """«Надира» is a woman's name because Надир is a man's."""
    son = max((one.weight for one in given if one.nominative == word[:-1]), default=0.0)
    if son >= FORMED and word.endswith("а") and given_sex(word) is None:
        given = [one for one in given if one.nominative != word]
        given.append(NameReading(word, "n", "f", FORMED))
    return tuple(given)


def _weighed(one: NameReading, names: frozenset[str], geo: bool) -> NameReading:
    """A given name with the dictionary's word for it: it knows names that our lexicon lacks, and places."""
    weight = one.weight
    if geo and weight < LISTED:
        weight = 0.0  # «Азербайджан» ends like a name
    elif weight < FORMED and one.nominative.lower() in names:
        weight = FORMED
    return NameReading(one.nominative, one.cases, one.sex, weight, one.kyrgyz)


def _in_dictionary(word: str) -> tuple[bool, bool, frozenset[str]]:
    """Whether the dictionary knows a word as no name; as a place; the given names that it may be."""
    known = geo = personal = False
    names = set()
    for parse in parses(word.lower()):
        grammemes = parse.tag.grammemes
        if not parse.is_known or not grammemes.isdisjoint(_NO_WORD):
            continue
        if "Geox" in grammemes:
            geo = True
        elif grammemes.isdisjoint(_PERSONAL):
            known = True
        else:
            personal = True
            if "Name" in grammemes:
                names.add(parse.normal_form)
    return known and not personal, geo and not personal, frozenset(names)


def _may_be_surname(lower: str) -> bool:
    return any(parse.is_known and "Surn" in parse.tag.grammemes for parse in parses(lower))


@cache
def _roles() -> Mapping[str, Role]:
    """Word in small letters → its role, all forms of the nouns and verbs of the lexicon."""
    lists = lexicon("posts")
    found: dict[str, Role] = dict.fromkeys(lists["kyrgyz_saying"], Role.SAYING)
    for key, role in (("saying", Role.SAYING), ("places", Role.PLACE), ("institutions", Role.INSTITUTION)):
        found.update(dict.fromkeys(_all_forms(_listed(lists[key])), role))
    found.update(dict.fromkeys(_posts(), Role.POST))
    found.update(dict.fromkeys(lists["in_name_of"], Role.IN_NAME_OF))
    found.update(dict.fromkeys(lists["named_after"], Role.NAMED_AFTER))
    found.update(dict.fromkeys(_listed(lists["particles"]), Role.PARTICLE))
    return found


@cache
def _posts() -> Mapping[str, str]:
    """A form of a post → the cases in which it stands."""
    lists = lexicon("posts")
    found: dict[str, str] = {}
    for noun in _listed(lists["posts"]):
        for form, cases in _noun_forms(noun).items():
            found[form] = "".join(letter for letter in CASES if letter in cases + found.get(form, ""))
    return dict.fromkeys(_listed(lists["kyrgyz_posts"]), CASES) | found


def _noun_forms(noun: str) -> Mapping[str, str]:
    """All forms of a noun; of «вице-спикер» by its last part, of «торага» none but itself: it is not declined."""
    head, hyphen, last = noun.rpartition("-")
    if last == "торага":
        return {noun: CASES}
    found: dict[str, str] = {}
    for parse in parses(last)[0].lexeme:
        letter = _CASE_LETTERS.get(str(parse.tag.case or ""), "n")
        form = head + hyphen + parse.word
        found[form] = found.get(form, "") + letter
    return found


def _all_forms(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield word
        if len(word) > 3:
            yield from (parse.word for parse in parses(word)[0].lexeme)


def _listed(rows: Iterable[str]) -> list[str]:
    return [word for row in rows for word in str(row).split()]


@cache
def _stops() -> frozenset[str]:
    return frozenset(_listed(lexicon("posts")["stop"]))


@cache
def _geography() -> frozenset[str]:
    return frozenset(_listed(lexicon("posts")["geography"]))


def _is_place(word: str) -> bool:
    return word in _geography() or any(one.nominative in _geography() for one in surname_readings(word))
