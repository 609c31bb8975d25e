"""Forms of the words that make up a name: cases, spellings, patronymics. `vocab.names` puts them together."""

import re
from functools import lru_cache

from vocab.text import fold_space

# Latin letters that look Cyrillic are typed by mistake («Турсунбаев A.А.»).
_LOOKALIKES = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_CYRILLIC = re.compile("[А-Яа-яЁёӨөҮүҢң]")
_GLUED = re.compile(r"(?<=[а-яёөүң])(?=[А-ЯЁӨҮҢ])|(?<=\.)-(?=[А-ЯЁӨҮҢ])")

_FEMININE = re.compile("(?:[оеё]ва|[иы]на|[сц]кая)$")
_SURNAME_SURE = re.compile("(?:[оеё]ва?|[сц]к(?:ий|ая)|енко|чук)$")
_SURNAME_LIKELY = re.compile("(?:[иы]на?|[иы]х|ян|дзе|швили)$")  # «Зиядин» and «Марина» are given names
_SHORTEST_PATRONYMIC = len("Ильич")
_PATRONYMIC = re.compile("(?:[оеё]в)?ич(?:у|а|ем|е)?$|(?:[оеё]в|ич)н(?:а|е|ы|у|ой)$")
_CHILD_OF = {"уулу": "уулу", "улуу": "уулу", "кызы": "кызы", "оглы": "оглы", "угли": "угли"}
_CHILD_WORD = re.compile("(уулу|улуу|кызы|оглы|угли)(?:н|на|нун|нын|нда|нан)?", re.IGNORECASE)

# Dative endings that no surname of the parliament has in the nominative.
_DATIVE_SURNAMES = (
    ("ову", "ов"), ("еву", "ев"), ("ёву", "ёв"), ("ину", "ин"), ("ыну", "ын"), ("скому", "ский"),
    ("цкому", "цкий"), ("овой", "ова"), ("евой", "ева"), ("ёвой", "ёва"), ("иной", "ина"), ("ыной", "ына"),
    ("ской", "ская"), ("цкой", "цкая"),
)  # fmt: skip
_DATIVE_PATRONYMICS = (("ичу", "ич"), ("вне", "вна"), ("ичне", "ична"))
_AFTER_CONSONANT = "(?<=[бвгджзклмнпрстфхцчшщ])"
_DATIVE_MEN = ((f"{_AFTER_CONSONANT}у$", ""), ("(?<=[аеёиоуыэюя])ю$", "й"), ("ю$", "ь"))
_DATIVE_WOMEN = (("ии$", "ия"), ("(?<=гул|сел)и$", "ь"), ("е$", "а"))  # «Айгули»; «Айпери» stays

_SPELLINGS = (
    ("ё", "е"), ("ө", "о"), ("ү", "у"), ("ң", "н"), ("э", "е"), ("йе", "е"), ("йы", "и"), ("йа", "я"),
    ("йу", "у"), ("ю", "у"), ("й", "и"), ("ь", ""), ("ъ", ""), ("дж", "ж"), ("-", " "), ("’", ""), ("'", ""),
)  # fmt: skip
_KEYS_KEPT = 50_000  # the same names come again and again in the texts
_DOUBLED = re.compile(r"(\w)\1+")
_SON, _DAUGHTER = "+", "-"
_PARENT = (
    (re.compile(r"\s(?:улу|оглы|угли)$|(?:[ое]в)?ич$"), _SON),
    (re.compile(r"\sкызы$|(?:[ое]в|инич|ич)на$"), _DAUGHTER),
)


def tidy(text: str) -> str:
    """The text of a name without slips of typing: blanks, Latin look-alikes, glued initials, «Г.-К.»."""
    text = fold_space(text)
    if _CYRILLIC.search(text):
        text = text.translate(_LOOKALIKES)
    return _GLUED.sub(" ", text)


def child_of(word: str) -> str | None:
    """«уулу», «кызы» or the like when the word is one in any case, else None."""
    match = _CHILD_WORD.fullmatch(word)
    return _CHILD_OF[match[1].casefold()] if match else None


def is_patronymic(word: str) -> bool:
    """True for «Юсупович», «Тойчиевне»."""
    return len(word) >= _SHORTEST_PATRONYMIC and _PATRONYMIC.search(word) is not None


def surname_rank(word: str) -> int:
    """How sure the ending says that a word is a surname: 2, 1 or 0."""
    bare = nominative_surname(word, sure=False)
    return 2 if _SURNAME_SURE.search(bare) else int(_SURNAME_LIKELY.search(bare) is not None)


def is_feminine(surname: str) -> bool:
    """True when the form of a surname in the nominative says that its bearer is a woman."""
    return _FEMININE.search(surname) is not None


def capitalised(word: str) -> str:
    """«ЭГЕМБЕРДИЕВ» and «бабанов» with one capital letter a part; mixed letters stay."""
    if word.isupper() or word.islower():
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word


def nominative_surname(word: str, *, sure: bool) -> str:
    """A surname in the nominative. `sure`: the word is certainly a surname («Шер-Ниязу»)."""
    for dative, nominative in _DATIVE_SURNAMES:
        if word.endswith(dative):
            return word.removesuffix(dative) + nominative
    return _replace_ending(word, _DATIVE_MEN) if sure else word


def nominative_given(word: str, *, feminine: bool) -> str:
    """A given name that stands in the dative, in the nominative."""
    return _replace_ending(word, _DATIVE_WOMEN if feminine else _DATIVE_MEN)


def nominative_patronymic(word: str) -> str:
    """A patronymic in the nominative, whatever case it is in: nominative or dative."""
    for dative, nominative in _DATIVE_PATRONYMICS:
        if word.endswith(dative):
            return word.removesuffix(dative) + nominative
    return word


def _replace_ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, nominative in endings:
        changed = re.sub(ending, nominative, word)
        if changed != word:
            return changed
    return word


@lru_cache(maxsize=_KEYS_KEPT)
def spelling_key(word: str) -> str:
    """One key for the spellings of a name: «Жээнбеков», «Жеенбеков»; «Джураев», «Жураев»."""
    key = word.casefold()
    for written, plain in _SPELLINGS:
        key = key.replace(written, plain)
    return _DOUBLED.sub(r"\1", key)


def patronymic_key(word: str) -> str:
    """One key for «Юсупович» and «Юсуп уулу», another one for a daughter."""
    key = spelling_key(word)
    for ending, mark in _PARENT:
        if ending.search(key):
            return ending.sub("", key) + mark
    return key
