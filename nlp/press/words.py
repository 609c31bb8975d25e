"""The text of a press release as words: what the finding of press events looks at.

Cleaning keeps every place: `ReleaseText.plain[i]` is the character that stands at `i` of title + line feed + body.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from nlp.lexicon import lexicon
from vocab.name_forms import surname_rank
from vocab.text import plain_quotes

MOST_TEXT = 100_000
"""Characters of a release that are read; a longer one is none."""

_TAG = re.compile(r"<[/a-zA-Z!][^<>]{0,300}>")
_ENTITIES = {"&laquo;": "«", "&raquo;": "»", "&quot;": '"', "&nbsp;": " ", "&ndash;": "–", "&mdash;": "—", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_PAIRS = {"<<": " «", ">>": "» "}
_PAIR = re.compile(r"<<|>>|''|``")
_BLANKS = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_MIXED = re.compile("[a-zA-Z][а-яёөүңА-ЯЁӨҮҢ]|[а-яёөүңА-ЯЁӨҮҢ][a-zA-Z]")
_LETTERS = re.compile("[a-zA-Zа-яёөүңА-ЯЁӨҮҢ]+")
_CYRILLIC = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*|[«».,;:!?()–—-]|\n")
_ENDS = frozenset(".!?")
_INITIALS = 5  # words and dots of «А.Д.» and the surname before


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark, `plain[start:end]`; `form` has small letters and no ё; `draft` is the number of a draft."""

    form: str
    start: int
    end: int
    capital: bool = False
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence; `headline`: it is of the title."""

    words: tuple[Word, ...]
    headline: bool = False


def plain_text(text: str) -> str:
    """The text with plain blanks and quotes, without tags, Latin look-alikes in Cyrillic words; every place is kept."""
    text = _TAG.sub(lambda tag: " " * len(tag.group()), text[:MOST_TEXT])
    text = _ENTITY.sub(lambda mark: _ENTITIES[mark.group()].ljust(len(mark.group())), text)
    text = _PAIR.sub(lambda pair: _pair(text, pair), text)
    text = _BLANKS.sub(" ", text).replace("İ", "I")
    if _MIXED.search(text):
        text = _LETTERS.sub(lambda word: _cyrillic(word.group()), text)
    return plain_quotes(text)


def _cyrillic(word: str) -> str:
    return word.translate(_CYRILLIC) if _MIXED.search(word) else word


def _pair(text: str, pair: re.Match[str]) -> str:
    known = _PAIRS.get(pair.group())
    after = text[pair.end() : pair.end() + 1]
    return known or (" «" if after.isalnum() else "» ")


def words_of(plain: str) -> list[Word]:
    """The words and marks of a plain text, line feeds too."""
    return [_word(match) for match in _WORD.finditer(plain)]


def _word(match: re.Match[str]) -> Word:
    written = match.group()
    return Word(written.lower().replace("ё", "е"), match.start(), match.end(), written[0].isupper())


def ends_sentence(words: Sequence[Word], place: int) -> bool:
    """True where the word at `place` is a mark that ends a sentence: not the dot of an initial or a shortening."""
    mark = words[place].form
    if mark == "\n":
        return True
    if mark not in _ENDS or place + 1 == len(words):
        return mark in _ENDS
    after = words[place + 1]
    if not (after.capital or after.form in {"«", "\n", "-", "–", "—"}):
        return False
    if mark != "." or not place or not _is_shortened(words[place - 1]):
        return True
    return _ends_name(words, place) and not _is_shortened(after) and not surname_rank(after.form)


def _ends_name(words: Sequence[Word], place: int) -> bool:
    """True behind «Усенов А.Д.»: initials that stand behind their surname may end a sentence."""
    for word in reversed(words[max(0, place - _INITIALS) : place + 1]):
        if word.form != "." and not (word.capital and _is_shortened(word)):
            return word.capital and surname_rank(word.form) > 0
    return False


def _is_shortened(word: Word) -> bool:
    """True for «г» of «г. Бишкек» and for initials: their dot ends no sentence."""
    return word.form in _shortened() or (word.capital and (len(word.form) == 1 or word.form == "дж"))


@cache
def _shortened() -> frozenset[str]:
    return frozenset(lexicon("press_events")["shortened"])


def sentences_of(words: Sequence[Word], title_end: int) -> Iterator[Sentence]:
    """The sentences; a word that begins before `title_end` is of the headline."""
    sentence: list[Word] = []
    for place, word in enumerate(words):
        if word.form != "\n":
            sentence.append(word)
        if sentence and ends_sentence(words, place):
            yield Sentence(tuple(sentence), sentence[0].start < title_end)
            sentence = []
    if sentence:
        yield Sentence(tuple(sentence), sentence[0].start < title_end)


@dataclass(frozen=True, slots=True)
class Span:
    """Words `[first, last)` that stand for one: draft number `draft`, or a quotation (None)."""

    first: int
    last: int
    draft: int | None = None


def masked(words: Sequence[Word], spans: Sequence[Span]) -> list[Word]:
    """The words with every span as one word, «<draft>» or «<quote>»; of spans that overlap the earlier counts."""
    kept: list[Word] = []
    place = 0
    for span in sorted(spans, key=lambda one: (one.first, one.draft is None, -one.last)):
        if span.first < place:
            continue
        kept.extend(words[place : span.first])
        first, last = words[span.first], words[span.last - 1]
        form = "<quote>" if span.draft is None else "<draft>"
        kept.append(replace(first, form=form, end=last.end, capital=False, draft=span.draft))
        place = span.last
    kept.extend(words[place:])
    return kept


_LONGEST_QUOTATION = 250


def quotations(words: Sequence[Word]) -> list[Span]:
    """What stands in quotes, the outermost that close; a quotation stays within its line."""
    found: list[Span] = []
    opened: list[int] = []
    for place, word in enumerate(words):
        if word.form == "\n":
            opened.clear()
        elif word.form == "«":
            opened.append(place)
        elif word.form == "»" and opened:
            first = opened.pop()
            if place - first <= _LONGEST_QUOTATION and not _is_headline(words, first, place):
                while found and found[-1].first > first:
                    found.pop()
                found.append(Span(first, place + 1))
    return found


def _is_headline(words: Sequence[Word], first: int, last: int) -> bool:
    """True where quotes embrace the whole headline: these are not somebody's words."""
    return not first and (last + 1 == len(words) or words[last + 1].form == "\n")
