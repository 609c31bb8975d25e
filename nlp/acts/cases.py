"""The nominative of the words that head the name of an act: «Двустороннего инвестиционного договора»."""

import re
from typing import Literal

Gender = Literal["masculine", "neuter", "feminine", "plural_only"]

_ENDING = re.compile(r"(?:ого|его|ому|ему|ыми|ими|ою|ею|ым|им|ом|ем|ый|ий|ой|ей|ое|ее|ая|яя|ую|юю|ых|их|ые|ие)$")
_SOFT = ("е", "и", "я", "ю")
_VELAR, _SIBILANT = ("к", "г", "х"), ("ж", "ш", "щ", "ч", "ц")
_THIRD = {"masculine": "третий", "neuter": "третье", "feminine": "третья", "plural_only": "третьи"}
# Hard, soft, after к г х, after a sibilant.
_ENDINGS: dict[Gender, tuple[str, str, str, str]] = {
    "masculine": ("ый", "ий", "ий", "ий"),
    "neuter": ("ое", "ее", "ое", "ее"),
    "feminine": ("ая", "яя", "ая", "ая"),
    "plural_only": ("ые", "ие", "ие", "ие"),
}


def is_adjective(word: str) -> bool:
    """True for a word that ends as a Russian adjective does, in any case and number."""
    return len(word) > 4 and _ENDING.search(word) is not None


def stem_of(adjective: str) -> str:
    """The adjective without its ending, in small letters: «Трудового» → трудов."""
    return _ENDING.sub("", adjective.lower().replace("ё", "е"))


def nominative_adjective(word: str, gender: Gender, stressed: frozenset[str] = frozenset()) -> str:
    """The adjective in the nominative singular beside a noun of this gender; its first letter stays as it is.

    `stressed` are stems whose masculine ends in «-ой» («Трудовой»). A word that is no adjective comes back unchanged.
    """
    match = _ENDING.search(word)
    if match is None:
        return word
    stem, ending = word[: match.start()], match.group()
    if stem.lower() == "треть":
        return _like(stem, _THIRD[gender])
    if gender == "masculine" and stem.lower().rpartition("-")[2] in stressed:
        return stem + "ой"
    hard, soft, velar, sibilant = _ENDINGS[gender]
    if stem.endswith(_VELAR):
        return stem + velar
    if stem.endswith(_SIBILANT):
        return stem + sibilant
    return stem + (soft if ending.startswith(_SOFT) else hard)


def _like(pattern: str, word: str) -> str:
    return word.capitalize() if pattern[:1].isupper() else word
