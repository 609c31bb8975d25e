"""Outcomes of votes in a running text: «за проголосовали 94, против 6», «макул – 70, каршы – 5»."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from nlp.lexicon import lexicon
from nlp.mentions.mention import Mention, MentionKind

PARTS: Final = ("for", "against", "abstained")

_HINT = re.compile(r"против|воздерж|проголосова|каршы|добуш|калыс|бейтарап", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|\n")
_WORD = re.compile(r"\d+(?:[.,:/-]\d+)*(?:\s?%)?|[^\W\d_]+")
_CUT = re.compile(r"[,;()]|\sи\s|\sжана\s|\sпри\s", re.IGNORECASE)
_LONGEST = 600  # letters of a sentence that are looked at around its first hint
_FARTHEST = 60
_CLOSING = frozenset('»"”')


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    label: str
    number: int
    sure: bool


def find_votes(text: str) -> list[Mention]:
    """The outcomes of votes, in order; `value` has the parts that are told, as numbers of votes."""
    found: list[Mention] = []
    done = 0
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        start, done = _sentence(text, hint.start(), done)
        found.extend(_outcomes(text, start, done))
    return found


def _sentence(text: str, place: int, after: int) -> tuple[int, int]:
    low, high = max(after, place - _LONGEST), min(len(text), place + _LONGEST)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, place)]
    following = _SENTENCE_END.search(text, place, high)
    return (ends[-1] if ends else low), following.start() if following else high


def _outcomes(text: str, start: int, end: int) -> Iterator[Mention]:
    parts = [part for low, high in _pieces(text, start, end) if (part := _part(text, low, high))]
    group: list[_Part] = []
    for part in parts:
        apart = group and (any(one.label == part.label for one in group) or part.start - group[-1].end > _FARTHEST)
        if apart:
            yield from _mention(text, group)
            group = []
        group.append(part)
    yield from _mention(text, group)


def _mention(text: str, parts: Sequence[_Part]) -> Iterator[Mention]:
    if not any(part.sure for part in parts):
        return
    start, end = parts[0].start, parts[-1].end
    value = {part.label: part.number for part in parts}
    told = [f"{label} {value[label]}" for label in PARTS if label in value]
    yield Mention(
        kind=MentionKind.VOTES,
        start=start,
        end=end,
        written=text[start:end],
        normal=", ".join(told),
        value=value,
        score=0.95 if len(parts) > 1 else 0.8,
        method="pattern:votes",
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence cut at commas, and before each label but the first of a piece («за – 61 против – 38»)."""
    cuts = [match.start() for match in _CUT.finditer(text, start, end)]
    for low, high in zip([start, *cuts], [*cuts, end], strict=True):
        labels = [match.start() for match in _WORD.finditer(text, low, high) if _label(match.group())]
        inner = labels[1:] if len(labels) > 1 and not _ends_with_label(text, labels[-1], high) else []
        yield from zip([low, *inner], [*inner, high], strict=True)


def _ends_with_label(text: str, label: int, high: int) -> bool:
    """True for «94 за 6 против»: the numbers stand before the labels."""
    return not any(match.group()[0].isdigit() for match in _WORD.finditer(text, label, high))


def _part(text: str, low: int, high: int) -> _Part | None:
    words = list(_WORD.finditer(text, low, high))
    written = [match.group().lower() for match in words]
    # «за один из вариантов» counts nothing
    following = [*written[1:], ""]
    numbers = [place for place, word in enumerate(written) if following[place] != "из" and _number(word) is not None]
    if not numbers:
        return None
    label = next((place for place, word in enumerate(written) if _label(word)), None)
    if label is None:
        return _unlabelled(words, written, numbers)
    fitting = [place for place in numbers if _fits(written, place, label)]
    number = min(fitting, key=lambda place: (not _counts(written, place), abs(place - label)), default=None)
    if number is None or (written[label] == "за" and not _is_vote_for(text, words, label, number)):
        return None
    return _made(
        words, min(label, number), max(label, number), (_label(written[label]), _number(written[number]), True)
    )


def _unlabelled(words: Sequence[re.Match[str]], written: Sequence[str], numbers: Sequence[int]) -> _Part | None:
    """«проголосовал 61 депутат»; «поддержали 70 депутатов» only beside another part."""
    voting = any(_is(word, "votes") for word in written)
    number = next((place for place in numbers if _counts(written, place)), None)
    if number is None or not (voting or any(_is(word, "support") for word in written)):
        return None
    return _made(words, number, number, ("for", _number(written[number]), voting))


def _made(
    words: Sequence[re.Match[str]], first: int, last: int, told: tuple[str | None, int | None, bool]
) -> _Part | None:
    label, number, sure = told
    if label is None or number is None:
        return None
    return _Part(words[first].start(), words[last].end(), label, number, sure)


def _fits(written: Sequence[str], number: int, label: int) -> bool:
    """True when a number counts votes, or only words of voting stand between it and the label."""
    if _counts(written, number) or _is(written[number - 1] if number else "", "votes"):
        return True
    between = written[min(number, label) + 1 : max(number, label)]
    return all(_is(word, "votes") or _is(word, "between") for word in between)


def _is_vote_for(text: str, words: Sequence[re.Match[str]], label: int, number: int) -> bool:
    """True where «за» is a vote: beside a voting verb, quoted, or alone with its number."""
    match = words[label]
    if any(_is(word.group().lower(), "votes") for word in words):
        return True
    if text[match.end() : match.end() + 1] in _CLOSING:
        return True
    return label == len(words) - 1 or (number == label + 1 and len(words) <= label + 3)


def _counts(written: Sequence[str], place: int) -> bool:
    """True when the word after a number is what votes are counted in."""
    return place + 1 < len(written) and _is(written[place + 1], "units")


@cache
def _words(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    rows = lexicon("votes")
    row = rows["labels"].get(kind) or rows[kind]
    return frozenset(row["words"]), tuple(row["stems"])


def _is(word: str, kind: str) -> bool:
    words, stems = _words(kind)
    return word in words or (bool(stems) and word.startswith(stems))


def _label(word: str) -> str | None:
    lower = word.lower()
    return next((kind for kind in PARTS if _is(lower, kind)), None)


def _number(word: str) -> int | None:
    """A number of votes; None for a share, a date, and more than a parliament has."""
    known: Mapping[str, int] = lexicon("votes")["numbers"]
    if word.isdecimal():
        return int(word) if len(word) <= 3 and int(word) <= lexicon("votes")["most"] else None
    return known.get(word)
