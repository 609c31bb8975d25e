"""Normal forms of Russian words: one for all inflections of a word.

pymorphy3 knows what a form may be; which of several lemmas it is, it says form by form («суда» is a court, «судов» are
ships), so that the forms of one word would be scattered. Here two lemmas are weighed over *all* forms that they share,
and the winner takes every one of them. Words that the dictionary lacks get their form by a table of endings.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]
from pymorphy3.analyzer import Parse  # type: ignore[import-untyped]

from nlp.lexicon import lexicon

FORMS_KEPT = 200_000  # word forms whose normal form is remembered; about 40 MB
LONGEST = 40  # letters; nothing longer is a word

_PARTICIPLES = frozenset({"PRTF", "PRTS"})
_SURE_ADJECTIVE = 0.8  # «данные» is no form of «дать», though «принятый» is one of «принять»
_SURNAMES = ("ов", "ев")
_ADJECTIVES = ("ый", "ий", "ой", "ийся", "ое", "ее", "ые")


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
    lemmas = tuple(dict.fromkeys(_fold(parse.normal_form) for parse in parses(word)))
    if len(lemmas) == 1:
        return lemmas
    wins = {lemma: sum(_preferred(lemma, other) == lemma for other in lemmas) for lemma in lemmas}
    return tuple(sorted(lemmas, key=lambda lemma: (-wins[lemma], lemma)))


def local_form(word: str) -> str | None:
    """The normal form of an exception, a local noun or an institution in any form; None for every other word."""
    return _local_forms().get(word)


def likelihood(word: str, lemma: str) -> float:
    """How often the form means this lemma (0–1), as the dictionary counts; 1 for a word that it lacks."""
    return _lemma(lemma).weights.get(word, 0.0) if is_known(word) and local_form(word) is None else 1.0


def masculine_surname(word: str) -> str:
    """«молдобекова» and «бекешеву» as «молдобеков», «бекешев»; a word that ends like no such surname stays."""
    normal = _unknown(word)
    return normal if normal.endswith(_SURNAMES) else word


@lru_cache(maxsize=FORMS_KEPT)
def is_known(word: str) -> bool:
    """True for a form of the Russian dictionary."""
    return len(word) <= LONGEST and bool(_analyzer().word_is_known(word))


@lru_cache(maxsize=FORMS_KEPT)
def is_noun_lemma(word: str) -> bool:
    """True for a noun of the dictionary in the nominative singular, also one without a singular: loans in Kyrgyz."""
    return is_known(word) and any(
        parse.tag.POS == "NOUN" and _fold(parse.normal_form) == word and not _is_name(parse) for parse in parses(word)
    )


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer(lang="ru")


def parses(word: str) -> list[Parse]:
    """All that the dictionary says a form may be, the likeliest first."""
    found: list[Parse] = _analyzer().parse(word)
    return found


def _is_name(parse: Parse) -> bool:
    return any(mark in parse.tag for mark in ("Name", "Surn", "Patr", "Abbr"))


def _fold(word: str) -> str:
    return word.replace("ё", "е")


@dataclass(frozen=True, slots=True)
class _Lemma:
    """The forms of a lemma, each with how often it means this lemma (0–1), and what kind of word it is."""

    weights: Mapping[str, float]
    participles: frozenset[str]
    kinds: frozenset[str]

    def is_verb_of(self, shared: Set[str]) -> bool:
        """True when the shared forms are participles of this verb."""
        return shared <= self.participles


@lru_cache(maxsize=20_000)
def _lemma(name: str) -> _Lemma:
    lexemes = list(_lexemes(name))
    forms = {_fold(form.word): form for form in lexemes}
    weights = {word: _weight(word, name) for word in forms}
    participles = frozenset(word for word, form in forms.items() if form.tag.POS in _PARTICIPLES)
    kinds = {mark for form in lexemes for mark in ("Surn", "Name", "NOUN") if mark in form.tag}
    if name.endswith(_ADJECTIVES):
        kinds.add("adjective")
    return _Lemma(weights, participles, frozenset(kinds))


def _weight(word: str, name: str) -> float:
    """How often a form means a lemma. A form that nobody counted means each of its lemmas equally often."""
    found = parses(word)
    lemmas = [_fold(parse.normal_form) for parse in found]
    if len({round(parse.score, 4) for parse in found}) == 1:
        return (name in lemmas) / len(set(lemmas))
    return float(sum(parse.score for parse, lemma in zip(found, lemmas, strict=True) if lemma == name))


def _lexemes(name: str) -> Iterator[Parse]:
    for parse in parses(name):
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
    if ("Surn" in first.kinds) != ("Surn" in second.kinds) and "Name" in first.kinds | second.kinds:
        return one if "Surn" in first.kinds else other  # «Миронов» is no genitive of many persons called Мирон
    shared = first.weights.keys() & second.weights.keys()
    mine, its = (sum(lemma.weights[word] for word in shared) for lemma in (first, second))
    if first.is_verb_of(shared) and not second.is_verb_of(shared) and "adjective" in second.kinds:
        return other if its > _SURE_ADJECTIVE * (mine + its) else one
    if second.is_verb_of(shared) and not first.is_verb_of(shared) and "adjective" in first.kinds:
        return one if mine > _SURE_ADJECTIVE * (mine + its) else other
    return max((mine, "NOUN" in first.kinds, one), (its, "NOUN" in second.kinds, other))[2]


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


@dataclass(frozen=True, slots=True)
class _Ending:
    """A row of the table for words that the dictionary lacks; `kept` letters of the ending stay."""

    rank: int
    shortest: int
    kept: int
    normal: str


@cache
def _endings() -> Mapping[str, _Ending]:
    rows = [(row, ending) for row in lexicon("russian_endings") for ending in row["endings"]]
    return {
        ending: _Ending(rank, row["shortest"], len(row.get("keep", "")), row["normal"])
        for rank, (row, ending) in enumerate(rows)
    }


@cache
def _longest_ending() -> int:
    return max(map(len, _endings()))


def _unknown(word: str) -> str:
    """The normal form by the first row of the table whose ending fits."""
    endings = _endings()
    fitting: list[tuple[_Ending, int]] = []
    for length in range(1, min(_longest_ending(), len(word)) + 1):
        ending, stem = endings.get(word[-length:]), len(word) - length
        if ending is not None and stem >= ending.shortest:
            fitting.append((ending, stem))
    if not fitting:
        return word
    ending, stem = min(fitting, key=lambda one: one[0].rank)
    return word[: stem + ending.kept] + ending.normal
