"""Normal forms of Kyrgyz words: the stem, without plural, possessive, case and, in part, the endings of verbs.

No dictionary of Kyrgyz may be used, so that a stem is *guessed*: by the table of endings
(`lexicon/kyrgyz_suffixes.yml`: slots, vowel harmony, what an ending stands after), by which consonants may end a stem,
and by a list of known stems (`lexicon/kyrgyz_stems.yml`). A loan that is a noun of the Russian dictionary is a known
stem too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from nlp.lexicon import lexicon
from nlp.words.russian import FORMS_KEPT, LONGEST, is_noun_lemma

_VOWELS = "аеёиоуыэюяөү"
_SPOKEN = {"г": "к", "б": "п"}
_SHORTEST_LOAN = 4


@dataclass(frozen=True, slots=True)
class Stem:
    """What is left of a word; `known`: it is a listed stem or a Russian noun; `stripped`: letters taken off."""

    text: str
    known: bool
    stripped: int


@lru_cache(maxsize=FORMS_KEPT)
def stem_of(word: str) -> Stem:
    """The stem of a Kyrgyz word that is written small. Any other text is its own stem."""
    if len(word) > LONGEST:
        return Stem(word, known=False, stripped=0)
    if (irregular := _lexicon().irregular.get(word)) is not None:
        return Stem(irregular, known=True, stripped=0)
    if _is_whole(word):
        return Stem(word, known=True, stripped=0)
    rests = {rest for rest in (*_nominal(word), *_verbal(word)) if rest.text != word}
    for is_known in (_is_listed, is_loan):
        if is_known is is_loan and is_loan(word):
            return Stem(word, known=True, stripped=0)
        if known := [stem for rest in rests for stem in _known_stems(rest, is_known)]:
            best = max(known, key=lambda stem: (len(stem), stem))
            return Stem(best, known=True, stripped=max(len(word) - len(best), 1))
    guessed = [_spoken(rest.text) for rest in rests if _may_be_stem(rest)]
    best = min(guessed, key=lambda stem: (len(stem), stem), default=word)
    return Stem(best, known=False, stripped=len(word) - len(best))


def normal_form(word: str) -> str:
    """The text of `stem_of`."""
    return stem_of(word).text


def possible_stems(word: str) -> frozenset[str]:
    """All stems that a Kyrgyz word may be of where none is known, and the known one where there is one: for queries."""
    stem = stem_of(word)
    if stem.known or len(word) > LONGEST:
        return frozenset({stem.text})
    rests = (*_nominal(word), *_verbal(word))
    guessed = frozenset(_spoken(rest.text) for rest in rests if rest.text != word and _may_be_stem(rest))
    return guessed or frozenset({word})


@dataclass(frozen=True, slots=True)
class _Rest:
    """A word without some endings: `bare`: the innermost that was taken off is a single vowel, the possessive.

    `verb`: only a known verb may be left.
    """

    text: str
    bare: bool = False
    verb: bool = False


@dataclass(frozen=True, slots=True)
class _Ending:
    """A written form of an ending: after which last vowels and in which surroundings it stands.

    `third`: a possessive of the third person. `sure`: it may be taken off a verb that nobody listed. `inner`: a
    participle, which takes the endings of nouns.
    """

    written: str
    vowels: frozenset[str]
    after: str
    third: bool
    sure: bool
    inner: bool


@dataclass(frozen=True, slots=True)
class _Lexicon:
    slots: Mapping[str, Mapping[str, tuple[_Ending, ...]]]
    classes: Mapping[str, frozenset[str]]
    final_pairs: frozenset[str]
    voiced_loans: tuple[str, ...]
    shortest: int
    irregular: Mapping[str, str]
    closed: tuple[str, ...]
    stems: frozenset[str]
    verbs: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    table, stems = lexicon("kyrgyz_suffixes"), lexicon("kyrgyz_stems")
    return _Lexicon(
        slots={slot: _endings(rows, table["harmony"]) for slot, rows in table["slots"].items()},
        classes=_classes(table),
        final_pairs=frozenset(table["final_pairs"]),
        voiced_loans=tuple(table["voiced_loans"]),
        shortest=table["shortest_stem"],
        irregular=table["irregular"],
        closed=tuple(table["closed"]),
        stems=frozenset(stems["protected"]) | frozenset(stems["nouns"]),
        verbs=frozenset(stems["verbs"]),
    )


def _classes(table: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    voiced, voiceless = (frozenset(table[name]) | frozenset(table["both"]) for name in ("voiced", "voiceless"))
    vowels, soundless = frozenset(_VOWELS), frozenset("ьъ")
    return {
        "vowel": vowels,
        "voiced": voiced | soundless,
        "voiceless": voiceless | soundless,
        "consonant": voiced | voiceless | soundless,
        "open": frozenset(table["open"]),
        "any": vowels | voiced | voiceless | soundless,
    }


def _endings(rows: Iterable[Mapping[str, Any]], harmony: Mapping[str, Any]) -> Mapping[str, tuple[_Ending, ...]]:
    """The rows of a slot with every vowel written out, by the last letter of the written form."""
    written: dict[str, list[_Ending]] = defaultdict(list)
    for row in rows:
        vowels: dict[str, set[str]] = defaultdict(set)
        for last in _VOWELS:
            for form in _in_harmony(row["form"], last, harmony):
                vowels[form].add(last)
        for form, after in vowels.items():
            marks = (row.get(mark, False) for mark in ("third", "sure", "inner"))
            ending = _Ending(form, frozenset(after), row["after"], *marks)
            written[form[-1]].append(ending)
    return {last: tuple(endings) for last, endings in written.items()}


def _in_harmony(form: str, last: str, harmony: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The ways to write an ending after a stem whose last vowel is `last`."""
    if not form:
        yield ""
        return
    for letter in harmony.get(form[0], {last: form[0]})[last]:
        following = letter if letter in _VOWELS else last
        yield from (letter + rest for rest in _in_harmony(form[1:], following, harmony))


def _strips(word: str, slot: str) -> Iterator[tuple[str, _Ending]]:
    """The word without each ending of a slot that may end it."""
    lexicon_ = _lexicon()
    for ending in lexicon_.slots[slot].get(word[-1:], ()):
        if not word.endswith(ending.written):
            continue
        rest = word[: -len(ending.written)]
        fits = ending.after == "possessive" or rest[-1:] in lexicon_.classes[ending.after]
        if len(rest) > 1 and fits and _last_vowel(rest) in ending.vowels:
            yield rest, ending


def _last_vowel(word: str) -> str:
    return next((letter for letter in reversed(word) if letter in _VOWELS), "")


def _nominal(word: str) -> Iterator[_Rest]:
    """The word without case, possessive, plural and participle, in all ways that the table allows."""
    for rest in _without_case(word):
        yield rest
        singulars = [rest.text, *(singular for singular, _ in _strips(rest.text, "plural"))]
        yield from map(_Rest, singulars[1:])
        for singular in singulars:
            yield from (_Rest(root) for root, ending in _strips(singular, "verb") if ending.inner)


def _without_case(word: str) -> Iterator[_Rest]:
    """The word without case and possessive."""
    yield _Rest(word)
    yield from (_Rest(rest, bare=len(ending.written) == 1) for rest, ending in _strips(word, "possessive"))
    for rest, case in _strips(word, "case"):
        of_third = case.after == "possessive"
        if not of_third:
            yield _Rest(rest)
        for owned, possessive in _strips(rest, "possessive"):
            if possessive.third or not of_third:
                yield _Rest(owned, bare=len(possessive.written) == 1)


def _verbal(word: str) -> Iterator[_Rest]:
    """The word without the ending of a finite verb or a converb."""
    yield from (_Rest(rest, verb=not ending.sure) for rest, ending in _strips(word, "verb"))


def _known_stems(rest: _Rest, is_known: Callable[[str], bool]) -> Iterator[str]:
    """The known stem that a rest is: as it stands, else with its last consonant unvoiced or with a soft sign."""
    if rest.verb:
        is_known = _is_verb
    forms = [rest.text]
    if rest.text[-1:] in _SPOKEN:
        forms.append(rest.text[:-1] + _SPOKEN[rest.text[-1]])
    if not rest.verb:
        forms.append(rest.text + "ь")
    if (known := next((form for form in forms if is_known(form)), None)) is not None:
        yield known


def _is_whole(stem: str) -> bool:
    """True for a listed stem, and for a word with an ending that no other follows."""
    lexicon_ = _lexicon()
    return stem in lexicon_.stems or stem in lexicon_.verbs or stem.endswith(lexicon_.closed)


def _is_listed(stem: str) -> bool:
    return _is_whole(stem) or _is_verb(stem)


def is_loan(stem: str) -> bool:
    """True for a noun of the Russian dictionary that a Kyrgyz word may be made of."""
    return len(stem) >= _SHORTEST_LOAN and is_noun_lemma(stem)


def _is_verb(stem: str) -> bool:
    """True for a listed verb, also in another voice: «карал», «жактырыл»."""
    verbs = _lexicon().verbs
    return stem in verbs or any(
        rest in verbs or any(root in verbs for root, _ in _strips(rest, "voice")) for rest, _ in _strips(stem, "voice")
    )


def _may_be_stem(rest: _Rest) -> bool:
    """True when a guess is allowed: long enough, with a vowel, and no consonants at its end that no word has.

    After a possessive vowel no two consonants are guessed: «түлкүнүн» is of «түлкү»; «калкы» of a listed stem.
    """
    lexicon_ = _lexicon()
    if rest.verb or len(rest.text) < lexicon_.shortest or not _last_vowel(rest.text):
        return False
    pair = rest.text[-2:]
    return any(letter in _VOWELS for letter in pair) or (not rest.bare and pair in lexicon_.final_pairs)


def _spoken(stem: str) -> str:
    """A guessed stem with its last consonant as it stands at the end of a word: «китеб» is «китеп»."""
    if stem[-1] in _SPOKEN and not stem.endswith(_lexicon().voiced_loans):
        return stem[:-1] + _SPOKEN[stem[-1]]
    return stem
