"""Normal forms of Russian words: one for all inflections of a word.

pymorphy3 knows what a form may be; which of several lemmas it is, it says form by form («суда» is a court, «судов» are
ships), so that the forms of one word would be scattered. Here two lemmas are weighed over *all* forms that they share,
and the winner takes every one of them. Words that the dictionary lacks get their form by a table of endings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]
from pymorphy3.analyzer import Parse  # type: ignore[import-untyped]

from nlp.lexicon import lexicon

FORMS_KEPT = 200_000  # word forms whose normal form is remembered; about 40 MB
LONGEST = 40  # letters; nothing longer is a word

_VERBAL = frozenset({"PRTF", "PRTS", "GRND", "VERB", "INFN"})
_PARTICIPLES = frozenset({"PRTF", "PRTS"})
_SURE_ADJECTIVE = 0.8  # «данные» is no form of «дать», though «принятый» is one of «принять»
_SURNAMES = ("ова", "ева")


@lru_cache(maxsize=FORMS_KEPT)
def normal_form(word: str) -> str:
    """The normal form of a Russian word that is written small, with е for ё; of an unknown one by its ending."""
    if len(word) > LONGEST:
        return word
    lemmas = known_lemmas(word)
    if not lemmas:
        return _unknown(word)
    return lemmas[0]


@lru_cache(maxsize=FORMS_KEPT)
def known_lemmas(word: str) -> tuple[str, ...]:
    """All lemmas that the dictionary knows for a form, the one that `normal_form` takes first; () for none.

    Exceptions and the declined local nouns count as known.
    """
    if (local := local_form(word)) is not None:
        return (local,)
    if len(word) <= 2:
        return (word,) if is_known(word) else ()
    if not is_known(word):
        return ()
    lemmas = tuple(dict.fromkeys(_fold(parse.normal_form) for parse in _parses(word)))
    if len(lemmas) == 1:
        return lemmas
    ranked = sorted(lemmas, key=lambda lemma: -sum(_preferred(lemma, other) == lemma for other in lemmas))
    return tuple(ranked)


def local_form(word: str) -> str | None:
    """The normal form of an exception, a local noun or an institution in any form; None for every other word."""
    return _local_forms().get(word)


def likelihood(word: str, lemma: str) -> float:
    """How often the form means this lemma (0–1), as the dictionary counts; 1 for a word that it lacks."""
    return _lemma(lemma).weights.get(word, 0.0) if is_known(word) and local_form(word) is None else 1.0


def masculine_surname(word: str) -> str:
    """«молдобекова» as «молдобеков»; a word that ends like no surname stays."""
    return _unknown(word) if word.endswith(_SURNAMES) else word


@lru_cache(maxsize=FORMS_KEPT)
def is_known(word: str) -> bool:
    """True for a form of the Russian dictionary."""
    return len(word) <= LONGEST and bool(_analyzer().word_is_known(word))


@lru_cache(maxsize=FORMS_KEPT)
def is_noun_lemma(word: str) -> bool:
    """True for a noun of the dictionary in the nominative singular, also one without a singular: loans in Kyrgyz."""
    return is_known(word) and any(
        parse.tag.POS == "NOUN" and _fold(parse.normal_form) == word and not _is_name(parse) for parse in _parses(word)
    )


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


def _parses(word: str) -> list[Parse]:
    parses: list[Parse] = _analyzer().parse(word)
    return parses


def _is_name(parse: Parse) -> bool:
    return any(mark in parse.tag for mark in ("Name", "Surn", "Patr", "Abbr"))


def _fold(word: str) -> str:
    return word.replace("ё", "е")


@dataclass(frozen=True, slots=True)
class _Lemma:
    """The forms of a lemma, each with how often it means this lemma (0–1), and those that are participles."""

    weights: Mapping[str, float]
    participles: frozenset[str]


@lru_cache(maxsize=20_000)
def _lemma(name: str) -> _Lemma:
    forms = {_fold(form.word): form for form in _lexemes(name)}
    weights = {word: sum(one.score for one in _parses(word) if _fold(one.normal_form) == name) for word in forms}
    participles = frozenset(word for word, form in forms.items() if form.tag.POS in _PARTICIPLES)
    return _Lemma(weights, participles)


def _lexemes(name: str) -> Iterator[Parse]:
    for parse in _parses(name):
        if _fold(parse.normal_form) == name:
            yield from parse.lexeme


@lru_cache(maxsize=50_000)
def _preferred(one: str, other: str) -> str:
    """Of two lemmas the one that all forms shared by both are given to."""
    if one == other:
        return one
    chosen = _chosen_by_a_person()
    if (one in chosen) != (other in chosen):
        return one if one in chosen else other
    first, second = _lemma(one), _lemma(other)
    shared = first.weights.keys() & second.weights.keys()
    mine, its = (sum(lemma.weights[word] for word in shared) for lemma in (first, second))
    if shared <= first.participles | second.participles and not shared <= first.participles & second.participles:
        verb, adjective = (mine, its) if shared <= first.participles else (its, mine)
        keeps = adjective > _SURE_ADJECTIVE * (verb + adjective)
        return one if (shared <= first.participles) != keeps else other
    return max((mine, one), (its, other))[1]


@cache
def _chosen_by_a_person() -> frozenset[str]:
    return frozenset(lexicon("exceptions")["preferred"])


@cache
def _local_forms() -> Mapping[str, str]:
    """Every form of the local nouns, and the words that never change, with their normal form."""
    exceptions = lexicon("exceptions")
    forms = {str(word): str(normal) for word, normal in exceptions["same"].items()}
    forms |= {word: word for word in exceptions["unchanged"]}
    for row in exceptions["declined"]:
        for stem in row["words"]:
            forms |= {stem + ending: stem + row.get("ending", "") for ending in row["endings"]}
    return forms


@cache
def _endings() -> Mapping[str, tuple[int, int, str]]:
    """Ending → fewest letters before it, letters of it that stay, what follows them; in the order of the table."""
    return {
        ending: (row["shortest"], len(row.get("keep", "")), row["normal"])
        for row in lexicon("russian_endings")
        for ending in row["endings"]
    }


def _unknown(word: str) -> str:
    for ending, (shortest, kept, normal) in _endings().items():
        stem = len(word) - len(ending)
        if stem >= shortest and word.endswith(ending):
            return word[: stem + kept] + normal
    return word
