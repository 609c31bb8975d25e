"""The wordings of lexicon/acts.yml, compiled once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp.acts.cases import Gender, stem_of
from nlp.lexicon import lexicon as rows_of

_NUM = r"\d+(?:[-–.]\d+)?"
_NUMS = rf"{_NUM}(?:\s*(?:,|и|-|–)\s*{_NUM})*"
_ORDINAL = r"(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят)[а-я]+"
_UNIT = r"(?:(?:под)?пункт[а-я]*|абзац[а-я]*|част[а-я]+|стать[а-я]+|глав[а-я]+|раздел[а-я]*|(?:подп|пп|ст|ч|п)\.)"
CHAIN = re.compile(rf"(?:(?<![а-я]){_UNIT}\s*(?:№\s*)?(?:{_NUMS}|{_ORDINAL})(?:\)(?=\s*{_UNIT}))?\s*(?:,\s*|и\s+)?)+$")
"""«пунктом 14 части 1 статьи 27 », directly before the act; small letters."""
ARTICLE = re.compile(rf"(?:стать[а-я]+|ст\.)\s*(?:№\s*)?({_NUMS})")
PART = re.compile(rf"(?:част[а-я]+|ч\.)\s*(?:({_NUMS})|({_ORDINAL}))")
ORDINALS = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят")


@dataclass(frozen=True, slots=True)
class Head:
    """A word that says what kind of act it is.

    `kind` is law, code, constitution, decree, resolution, order, rules, treaty, charter or notes.
    """

    word: str
    kind: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class KyrgyzHead:
    """The same in Kyrgyz: the plain word and the one that belongs to something («Мыйзамы»)."""

    plain: str
    owned: str
    kind: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled wordings, see lexicon/acts.yml. Patterns are for texts in small letters.

    `forms` says for each form of a head which head it is and whether it is a plural.
    """

    forms: Mapping[str, tuple[Head, bool]]
    trigger: re.Pattern[str]
    giver: re.Pattern[str]
    country: re.Pattern[str]
    codes: Mapping[str, str]
    code_about: re.Pattern[str]
    stressed: frozenset[str]
    treaty_stems: tuple[str, ...]
    naming_stems: tuple[str, ...]
    treaty_name: re.Pattern[str]
    charter_of: re.Pattern[str]
    no_treaty_before: re.Pattern[str]
    draft: re.Pattern[str]
    not_yet: re.Pattern[str]
    not_yet_unquoted: re.Pattern[str]
    generic: re.Pattern[str]
    about_acts: re.Pattern[str]
    about_acts_ky: re.Pattern[str]
    ratifying: re.Pattern[str]
    signed: re.Pattern[str]
    stop_words: re.Pattern[str]
    stop_phrases: re.Pattern[str]
    committee: re.Pattern[str]
    full_names: Mapping[str, str]
    kyrgyz: "Kyrgyz"


@dataclass(frozen=True, slots=True)
class Kyrgyz:
    """The Kyrgyz part of the lexicon; `before` reads what stands between a title and its head, from the right."""

    heads: Mapping[str, KyrgyzHead]
    trigger: re.Pattern[str]
    before: re.Pattern[str]
    draft: re.Pattern[str]
    decided: re.Pattern[str]
    about: re.Pattern[str]
    article: re.Pattern[str]
    code_name: re.Pattern[str]
    codes: Mapping[str, str]
    codes_about: Mapping[str, str]


@cache
def lexicon() -> Lexicon:
    """The wordings; read and compiled at the first call."""
    rows = rows_of("acts")
    stems = sorted({row["stem"] for row in rows["heads"]}, key=len, reverse=True)
    country = f"(?:{'|'.join(rows['countries'])})"
    return Lexicon(
        forms=dict(_forms(rows)),
        trigger=re.compile(rf"(?<![\w-])(?:{'|'.join(stems)})[а-я]{{0,3}}(?![\w-])"),
        giver=re.compile(rf"\s+(?:{country}|{'|'.join(rows['issuers'])})(?!\w)"),
        country=re.compile(rf"\s+{country}(?!\w)"),
        codes={_stems(row["ru"]): row["ru"] for row in rows["codes"]},
        code_about=re.compile(rf"\s+(?:{'|'.join(rows['codes_about'])})(?!\w)"),
        stressed=frozenset(rows["stressed_adjectives"]),
        treaty_stems=tuple(rows["treaty_adjectives"]),
        naming_stems=tuple(rows["naming_adjectives"]),
        treaty_name=re.compile(rf"\s*(?:{'|'.join(rows['treaty_names'])})"),
        charter_of=re.compile(rf"\s+{rows['charter_of']}"),
        no_treaty_before=_before(rows["not_a_treaty_before"]),
        draft=_before(rows["drafts"]),
        not_yet=_before(rows["not_yet"]),
        not_yet_unquoted=_before(rows["not_yet_unquoted"]),
        generic=re.compile(rf"\s+(?:{'|'.join(rows['generic'])})"),
        about_acts=re.compile("".join(rows["titles_of_acts"].split("\n")).replace(" ", "")),
        about_acts_ky=re.compile(rows["titles_of_acts_ky"]),
        ratifying=re.compile(rf"{rows['ratifying']}\s*$"),
        signed=re.compile(rows["signed"]),
        stop_words=re.compile("|".join(rows["stop_words"])),
        stop_phrases=re.compile(rf"(?:{'|'.join(rows['stop_phrases'])})(?![а-я])|{rows['signed']}"),
        committee=re.compile(rows["committee"]),
        full_names={short.lower(): full for short, full in rows["abbreviations"].items()},
        kyrgyz=_kyrgyz(rows),
    )


def _forms(rows: Mapping[str, Any]) -> Iterable[tuple[str, tuple[Head, bool]]]:
    for row in rows["heads"]:
        head = Head(row["word"], row["kind"], row["declension"])
        singular, plural = rows["declensions"][row["declension"]]
        yield from ((row["stem"] + ending, (head, True)) for ending in plural)
        # «соглашения» is both: one agreement in the genitive is the likelier reading
        yield from ((row["stem"] + ending, (head, False)) for ending in singular)


def _before(words: Sequence[str]) -> re.Pattern[str]:
    """What stands directly before a head, the end of the pattern at the head; a quote may open between them."""
    return re.compile(rf"(?<![а-я-])(?:{'|'.join(words)})\s*«?\s*$")


def _stems(name: str) -> str:
    return " ".join(stem_of(word) for word in name.split())


def _kyrgyz(rows: Mapping[str, Any]) -> Kyrgyz:
    ky = rows["kyrgyz"]
    own = "|".join(row["stem"] for row in ky["heads"] if row["letters"] == "own")
    shared = "|".join(row["stem"] for row in ky["heads"] if row["letters"] == "shared")
    day = r"\d{4}\s*-?\s*жыл[а-яөүң]*\s*\d{1,2}\s*-?\s*[а-яөүң]+"
    number = r"(?:[а-я]{1,3}\s*)?№\s*[\d-]+(?:\s*-?\s*[ivxа-яөүң]+)?"
    codes = {name: row["ru"] for row in rows["codes"] for name in row["ky"]}
    about = {row["ky"]: row["ru"] for row in rows["codes_about_ky"]}
    names = [name.replace(" ", r"\s+") for name in sorted((*codes, *about), key=len, reverse=True)]
    before = rf"{ky['country']}|{ky['issuers']}|{ky['constitutional']}|{day}|{number}"
    return Kyrgyz(
        heads={row["stem"]: KyrgyzHead(row["plain"], row["owned"], row["kind"]) for row in ky["heads"]},
        trigger=re.compile(
            rf"(?<![\w-])(?:(?P<own>{own})[а-яөүң]{{0,14}}|(?P<shared>{shared}){ky['suffixes']})(?![\w-])"
        ),
        before=re.compile(rf"(?<![\w-])(?:{before})[\s,]*$"),
        draft=re.compile(rf"\s+{ky['drafts']}"),
        decided=re.compile(rf"\s+{ky['decided']}"),
        about=re.compile(rf"(?<!\w){ky['about']}\s*$"),
        article=re.compile(ky["article"]),
        code_name=re.compile(rf"(?<![\w-])(?P<name>{'|'.join(names)})\s+$"),
        codes=codes,
        codes_about=about,
    )
