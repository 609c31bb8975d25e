"""Two texts beside each other: which paragraphs and which words were taken out and put in. Pure.

Paragraphs are compared first, the words of one that was rewritten after that. Everything is bounded: a text of a
thousand pages must not hold the server, and a page must not weigh a megabyte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_PARAGRAPHS = 2_000
"""Paragraphs of a text that are compared."""

MOST_WORDS = 400  # of a paragraph that are compared one by one
MOST_LETTERS = 50_000  # of changes that are shown
_ALIKE = 0.4  # paragraphs less alike than this are two, and not one that was rewritten


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    TAKEN_OUT = "del"
    PUT_IN = "ins"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph, with one fate."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph that changed, in parts; or `unchanged` paragraphs in a row, which are only counted."""

    parts: tuple[Part, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What differs; `cut`: the texts or their changes are longer than what is compared and shown."""

    blocks: tuple[Block, ...]
    taken_out: int
    put_in: int
    cut: bool

    @property
    def is_same(self) -> bool:
        """Nothing differs."""
        return not self.cut and not self.taken_out and not self.put_in


def compare(before: str, after: str) -> Comparison:
    """What was taken out of the first text and put into the second; blanks do not count. Figures are paragraphs."""
    old, new = _paragraphs(before), _paragraphs(after)
    too_long = max(len(old), len(new)) > MOST_PARAGRAPHS
    every = list(_blocks(old[:MOST_PARAGRAPHS], new[:MOST_PARAGRAPHS]))
    shown, letters = [], 0
    for block in every:
        letters += sum(len(part.text) for part in block.parts)
        if letters > MOST_LETTERS:
            break
        shown.append(block)
    return Comparison(
        blocks=tuple(shown),
        taken_out=sum(_has(block, Change.TAKEN_OUT) for block in every),
        put_in=sum(_has(block, Change.PUT_IN) for block in every),
        cut=too_long or len(shown) < len(every),
    )


def _has(block: Block, change: Change) -> bool:
    return any(part.change is change for part in block.parts)


def _paragraphs(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Block(unchanged=last - first)
        else:
            yield from _changed(old[first:last], new[start:end])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Paragraphs at the same place are one that was rewritten where they are alike."""
    for before, after in zip(old, new, strict=False):
        if parts := _rewritten(before, after):
            yield Block(parts=parts)
        else:
            yield Block(parts=(Part(Change.TAKEN_OUT, before),))
            yield Block(parts=(Part(Change.PUT_IN, after),))
    paired = min(len(old), len(new))
    yield from (Block(parts=(Part(Change.TAKEN_OUT, one),)) for one in old[paired:])
    yield from (Block(parts=(Part(Change.PUT_IN, one),)) for one in new[paired:])


def _rewritten(before: str, after: str) -> tuple[Part, ...]:
    """The paragraph word by word; () where it is too long for that, or not the same one."""
    old, new = before.split(), after.split()
    if max(len(old), len(new)) > MOST_WORDS:
        return ()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return ()
    parts = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            parts.append(Part(Change.SAME, " ".join(old[first:last])))
            continue
        if first < last:
            parts.append(Part(Change.TAKEN_OUT, " ".join(old[first:last])))
        if start < end:
            parts.append(Part(Change.PUT_IN, " ".join(new[start:end])))
    return tuple(parts)
