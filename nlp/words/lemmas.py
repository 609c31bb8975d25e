"""The one place that gives normal forms: what search, matching and topics compare in place of the words themselves.

A text becomes tokens, words and numbers without punctuation; each has one normal form, the same for all inflections of
the word. Russian words go to `nlp.words.russian`, Kyrgyz ones to `nlp.words.kyrgyz`, by the language of their sentence
and by what the dictionaries know; all others stay as they are, written small.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.lexicon import lexicon
from nlp.words import kyrgyz, russian
from nlp.words.language import Language, language_of
from nlp.words.sentence_ends import sentence_spans
from vocab.text import has_kyrgyz_letters

LONGEST = 60  # letters of a normal form; what is longer is cut, since it is no word
SHORT_TEXT = 400  # characters: a title is one sentence
LONGEST_PIECE = 20_000  # characters of one sentence whose language is asked; longer ones are judged by their beginning
LIKELY = 0.1  # a lemma that a form means more seldom is no alternative in a query

_LETTER, _ALNUM, _MARKS = r"[^\W\d_]", r"[^\W_]", "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = rf"{_LETTER}{_ALNUM}*(?:[{_MARKS}]+{_ALNUM}*|['’ʼ]{_LETTER}{_ALNUM}*)*"
_NUMBER = r"\d+(?:-\d+)?(?:/\d+)+|\d{5,}-\d{1,2}(?!\d)|\d+(?:[.,]\d+)*"
_MARKUP = r"&(?:[a-zA-Z]{2,8}|#\d{1,6});|</?[a-zA-Z][^<>]{0,300}>"
_PLAIN = re.compile("[а-яөүң]+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ONLY_LATIN = re.compile("[bdfgijlnqrsuvwz]")
_ONLY_CYRILLIC = re.compile("[бвгджзийлнпфцчшщъыьэюяөүң]")
_SURNAMES = ("ов", "ев", "ова", "ева")  # «Бекешевге» in a Russian sentence is Kyrgyz nevertheless
_DROPPED = re.compile(f"[{_MARKS}]")
# Small letters that look alike in the two alphabets, and are typed for one another: «Кeңеш», «A.Жапаров».
_TO_CYRILLIC = str.maketrans("aceopxykmth", "асеорхукмтн")
_TO_LATIN = str.maketrans("асеорхукмтнв", "aceopxykmthb")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number: `text` is the piece `[start:end]` of the original, `normal` its normal form."""

    start: int
    end: int
    text: str
    normal: str


def tokens(text: str) -> list[Token]:
    """The words and numbers of a text in order, with their places in it. Never raises."""
    return [Token(match.start(), match.end(), match.group(), normal) for match, normal in _words(text)]


def normal_forms(text: str) -> list[str]:
    """The normal forms of the words and numbers of a text, in order: «2019-жылдын» gives 2019, жыл. Never raises."""
    return [normal for _, normal in _words(text)]


def normal_form(word: str, language: Language = Language.UNKNOWN) -> str:
    """The normal form of one word or number, as it is in a sentence of that language."""
    match = _token().fullmatch(word)
    return _of_number(match) if match and match["number"] else _of_word(word, language)


def query_forms(word: str) -> frozenset[str]:
    """The normal forms under which a word of a query may stand in the texts, in whichever language it is meant.

    One word or number is expected (`Token.text`); of several, the forms of all are given. No word at all gives none.
    """
    forms: set[str] = set()
    for match in _token().finditer(word):
        if match["number"]:
            forms.add(_of_number(match))
        elif match["word"]:
            forms |= _alternatives(match["word"])
    return frozenset(forms)


@cache
def _token() -> re.Pattern[str]:
    endings = "|".join(sorted(lexicon("exceptions")["number_endings"], key=len, reverse=True))
    number = rf"(?P<number>{_NUMBER})(?:-?(?i:{endings})(?!{_LETTER}))?"
    return re.compile(rf"(?P<word>{_WORD})|{number}|{_MARKUP}")


def _words(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every word and number with its normal form."""
    pattern = _token()
    for start, end in _pieces(text):
        language = language_of(text[start : min(end, start + LONGEST_PIECE)])
        for match in pattern.finditer(text, start, end):
            if word := match["word"]:
                yield match, _of_word(word, language)
            elif match["number"]:
                yield match, _of_number(match)


def _pieces(text: str) -> Iterable[tuple[int, int]]:
    return sentence_spans(text) if len(text) > SHORT_TEXT else ((0, len(text)),)


def _of_number(match: re.Match[str]) -> str:
    return match["number"][:LONGEST]


@lru_cache(maxsize=russian.FORMS_KEPT)
def _of_word(word: str, language: Language) -> str:
    small = _small(word)
    if not _PLAIN.fullmatch(small):
        return small
    if (local := russian.local_form(small)) is not None:
        return local
    if has_kyrgyz_letters(small):
        return _of_kyrgyz(small)
    return _of_either(small, kyrgyz_first=language is Language.KYRGYZ)


def _of_either(word: str, *, kyrgyz_first: bool) -> str:
    """The normal form of a word whose letters both languages have."""
    if russian.is_known(word) and not (kyrgyz_first and kyrgyz.stem_of(word).known):
        return russian.normal_form(word)
    stem = kyrgyz.stem_of(word)
    if kyrgyz_first or stem.known or (stem.stripped and stem.text.endswith(_SURNAMES)):
        return _of_kyrgyz(word)
    return russian.normal_form(word)


def _of_kyrgyz(word: str) -> str:
    """The stem; a surname in its masculine form, an institution under the name that it has in both languages."""
    stem = kyrgyz.stem_of(word)
    if (local := russian.local_form(stem.text)) is not None:
        return local
    return stem.text if stem.known else russian.masculine_surname(stem.text)


@lru_cache(maxsize=russian.FORMS_KEPT)
def _alternatives(word: str) -> frozenset[str]:
    small = _small(word)
    forms = {_of_word(word, Language.RUSSIAN), _of_word(word, Language.KYRGYZ)}
    if _PLAIN.fullmatch(small):
        forms |= {lemma for lemma in russian.known_lemmas(small) if russian.likelihood(small, lemma) >= LIKELY}
        if not russian.is_known(small) and russian.local_form(small) is None:
            forms |= kyrgyz.possible_stems(small) - {small}
    return frozenset(forms)


def _small(word: str) -> str:
    """The word written small in one alphabet, with е for ё, without accents, soft hyphens and overlong tails."""
    if len(word) > LONGEST:
        word = word[:LONGEST]
    small = word.casefold().replace("ё", "е")
    if _PLAIN.fullmatch(small) or small.isascii():
        return small
    small = unicodedata.normalize("NFC", small).replace("ё", "е")
    small = _DROPPED.sub("", small).replace("’", "'").replace("ʼ", "'")
    if _CYRILLIC.search(small) and not small.isascii():
        latin = _ONLY_LATIN.search(small) and not _ONLY_CYRILLIC.search(small)
        small = small.translate(_TO_LATIN if latin else _TO_CYRILLIC)
    return small
