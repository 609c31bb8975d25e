"""Where sentences begin and end in Russian and Kyrgyz texts of a parliament.

A dot ends no sentence after an initial («А.Жапаров»), after an abbreviation («ст. 5», «2-ж.»), between figures, and
nothing ends one inside quotes: a quoted title is part of its sentence. A line feed always ends one.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.lexicon import lexicon

_MARK = re.compile(r'[«»“”„"]|[.!?…](?: ?[.!?…])*|\n+')
_CLOSERS = '»”")]'
_LAST_WORD = re.compile(r"[\w.-]{1,12}$")
_NEXT = re.compile(r"[»”\")\]]*(?:\s+|$)[«„“\"(–—-]*\s*(.?)", re.DOTALL)
_OPENERS, _CLOSING = frozenset("«„"), frozenset("»”")
_LONGEST_QUOTE = 1_500  # characters; a quote that is not closed by then was forgotten
_INITIAL = re.compile(r"(?:^|[\s«(\"“„.-])[A-ZА-ЯЁӨҮҢ](?:[а-яё])?$")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence, blanks around it left out."""
    start, depth, opened, straight = 0, 0, 0, False
    for match in _MARK.finditer(text):
        mark, place = match.group(), match.start()
        if mark[0] == "\n":
            depth, straight = 0, False
            end = place
        elif mark in _OPENERS or (mark == "“" and not depth):
            depth, opened = depth + 1, place
            continue
        elif mark in _CLOSING or mark == "“":
            depth = max(depth - 1, 0)
            continue
        elif mark == '"':
            straight, opened = not straight, place
            continue
        else:
            quoted = (depth or straight) and place - opened < _LONGEST_QUOTE
            end = _end_of_sentence(text, match, inside=bool(quoted))
        if end:
            yield from _trimmed(text, start, end)
            start = end
            depth, straight = 0, False
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if bare := piece.strip():
        begin = start + piece.index(bare[0])
        yield begin, begin + len(bare)


def _end_of_sentence(text: str, match: re.Match[str], *, inside: bool) -> int:
    """Where the sentence ends that this mark ends; 0 when it ends none."""
    after = match.end()
    following = _NEXT.match(text, after)
    if following is None:
        return 0
    closers = after
    while closers < len(text) and text[closers] in _CLOSERS:
        closers += 1
    if inside and closers == after:
        return 0
    begins = following.group(1)
    if begins.islower() or (match.group() == "." and _is_short(text, match.start())):
        return 0
    return closers


def _is_short(text: str, place: int) -> bool:
    """True when the dot at this place belongs to an initial, an abbreviation or a number in a list."""
    before = text[max(place - 14, 0) : place]
    if _INITIAL.search(before):
        return True
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group().casefold().strip("-")
    if {word, word.rpartition(".")[2], word.rpartition("-")[2]} & _abbreviations():
        return True
    head = text[max(place - len(word) - 2, 0) : place - len(word)]
    return word.isdigit() and len(word) <= 3 and (not head.strip() or head.endswith("\n"))


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon("language")["abbreviations"])
