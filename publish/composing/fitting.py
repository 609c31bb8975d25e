"""A text cut into parts that fit a channel. Pure.

In this order: whole in one post; brief in one post; a thread of the whole, then of the brief text. A thread is cut
after a paragraph, else after a sentence, else after a clause, else after a word; never inside of a name, link or tag.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publish.channels.abilities import letters
from publish.channels.protocol import Abilities
from publish.message import Mark, Part, Refusal, Span, plain

_WHOLE = frozenset({Mark.NAME, Mark.LINK, Mark.TAG})
_GAP = r"[^\S\u00a0]+"  # a no-break space is none
_WORD = re.compile(rf"(?:\S|\u00a0)+|{_GAP}")
_SENTENCE = re.compile(r"[.!?…][»”\")\]]*$")
_CLAUSE = re.compile(r"[,;:—–][»”\")\]]*$")
_FULL_ENOUGH = 0.5
"""A part ends at a paragraph or sentence that fills so much of it, before it ends at a mere clause or word."""

_ENDS = 20
"""More than so much does a part not lose at its end."""

COUNTER = re.compile(r" \(\d+/\d+\)")
"""What stands at the end of each part of a thread."""

_PARAGRAPH, _AFTER_SENTENCE, _AFTER_CLAUSE, _AFTER_WORD = range(4)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays together: spans without a place to cut, and the blanks after them."""

    spans: Part
    gap: str

    @property
    def level(self) -> int:
        """How good it is to cut after it: 0 is best."""
        text = plain(self.spans)
        if "\n" in self.gap:
            return _PARAGRAPH
        if _SENTENCE.search(text):
            return _AFTER_SENTENCE
        return _AFTER_CLAUSE if _CLAUSE.search(text) else _AFTER_WORD


def fit(whole: Part, brief: Part, link: str, abilities: Abilities) -> tuple[Part, ...] | Refusal:
    """The parts in which the text goes out; `link` is the main address, for a thread that it is to lead."""
    for text in (whole, brief):
        if abilities.measure(text) <= abilities.limit:
            return (text,)
    for text in (whole, brief):
        if abilities.measure(text) > (abilities.limit + _ENDS) * abilities.most_parts:
            continue
        leading = _link_first(text, link) if abilities.link_leads else text
        for number in range(2, abilities.most_parts + 1):
            parts = cut(leading, number, abilities)
            if parts:
                return parts
    return Refusal(cause=_too_long(whole, brief, abilities))


def _too_long(whole: Part, brief: Part, abilities: Abilities) -> str:
    lengths = f"{abilities.measure(whole)}, and {abilities.measure(brief)} when brief"
    parts = f" or {abilities.most_parts} such parts" if abilities.most_parts > 1 else ""
    named = max((span for span in brief if span.mark is Mark.NAME), key=lambda span: len(span.text), default=None)
    hint = f"; its longest name, which is never cut, has {letters((named,))} letters" if named else ""
    return (
        f"the text is too long: {lengths}, where {abilities.limit}{parts} fit{hint}; "
        "shorten the template's text in its brief form (brief), or write one for this channel"
    )


def cut(text: Part, number: int, abilities: Abilities) -> tuple[Part, ...] | None:
    """The text in exactly so many parts with their counters, (1/3) …; None where it does not fit them."""
    pieces, parts = _pieces(text), list[Part]()
    while pieces:
        counter = f" ({len(parts) + 1}/{number})"
        taken = _taken(pieces, counter, abilities)
        if not taken or len(parts) == number:
            return None
        parts.append((*_joined(pieces[:taken]), Span(counter)))
        pieces = pieces[taken:]
    return tuple(parts) if len(parts) == number else None


def _taken(pieces: Sequence[_Piece], counter: str, abilities: Abilities) -> int:
    """How many of the pieces stand in the next part; 0 where not even the first one fits."""

    def length(number: int) -> int:
        return abilities.measure((*_joined(pieces[:number]), Span(counter)))

    fitting = bisect_right(range(1, len(pieces) + 1), abilities.limit, key=length)
    while fitting and length(fitting) > abilities.limit:  # a longer text may count less: two words become an address
        fitting -= 1
    if fitting == len(pieces):
        return fitting
    for level in (_PARAGRAPH, _AFTER_SENTENCE, _AFTER_CLAUSE):
        ends = [number for number in range(1, fitting + 1) if pieces[number - 1].level <= level]
        if ends and length(ends[-1]) >= abilities.limit * _FULL_ENOUGH:
            return ends[-1]
    return fitting


def _pieces(text: Part) -> list[_Piece]:
    pieces: list[_Piece] = []
    together: list[Span] = []
    for span in _words(text):
        if span.mark not in _WHOLE and re.fullmatch(_GAP, span.text):
            if together:
                pieces.append(_Piece(tuple(together), span.text))
                together = []
            elif pieces:
                pieces[-1] = replace(pieces[-1], gap=pieces[-1].gap + span.text)
        else:
            together.append(span)
    return [*pieces, _Piece(tuple(together), "")] if together else pieces


def _words(text: Part) -> Iterator[Span]:
    for span in text:
        if span.mark in _WHOLE:
            yield span
        else:
            yield from (replace(span, text=word) for word in _WORD.findall(span.text))


def _joined(pieces: Sequence[_Piece]) -> Part:
    """The pieces as spans, with the blanks between them."""
    spans: list[Span] = []
    for number, piece in enumerate(pieces):
        gap = piece.gap if number + 1 < len(pieces) else ""
        for span in (*piece.spans, *([Span(gap)] if gap else [])):
            last = spans[-1] if spans else None
            joins = last and span.mark not in _WHOLE and (last.mark is span.mark)
            if last and joins:
                spans[-1] = replace(last, text=last.text + span.text)
            else:
                spans.append(span)
    return tuple(spans)


def _link_first(text: Part, link: str) -> Part:
    """The text with the line of its main link after the first paragraph: who sees the first part finds the page."""
    lines = _lines(text)
    place = next((n for n, line in enumerate(lines) if any(span.address == link for span in line)), None)
    if place is None or place < 2:
        return text
    moved = [lines[0], lines[place], *lines[1:place], *lines[place + 1 :]]
    spans: list[Span] = []
    for number, line in enumerate(moved):
        spans += [*([Span("\n")] if number else []), *line]
    return tuple(spans)


def _lines(text: Part) -> list[list[Span]]:
    lines: list[list[Span]] = [[]]
    for span in text:
        first, *others = span.text.split("\n") if span.mark not in _WHOLE else [span.text]
        lines[-1] += [replace(span, text=first)] if first else []
        lines += [[replace(span, text=other)] if other else [] for other in others]
    return lines
