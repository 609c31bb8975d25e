"""How well the acts that a press release cites are found."""

import re
from collections.abc import Sequence
from pathlib import Path

from nlp.acts.finding import cited_acts
from nlp.evaluation.gold import releases
from nlp.evaluation.score import Miss, Score, found_score
from nlp.evaluation.titles import same_title
from vocab.errors import ReadError
from vocab.numbers import ActRef
from vocab.text import fold

_HEAD = re.compile(
    r".*?(?:закон|кодекс|конституци[яи]|указ|постановление|распоряжение|регламент|соглашение|конвенция|договор"
    r"|протокол|меморандум|хартия|пакт|декларация|статут|устав|ноты)(?!\w)"
)


def score(gold: Path, replay: Path) -> Score:
    """Acts found in the labelled releases: the same kind and a title alike at 90, number and day not contradicting."""
    right = found = wanted = 0
    misses: list[Miss] = []
    for release in releases(gold, replay):
        cited, labels = cited_acts(f"{release.title}\n{release.body}"), release.label["acts"]
        pairs = matched(cited, labels)
        right, found, wanted = right + len(pairs), found + len(cited), wanted + len(labels)
        taken, known = {one for one, _ in pairs}, {other for _, other in pairs}
        misses += [Miss(where=release.url, wanted=one, found=None) for n, one in enumerate(labels) if n not in known]
        misses += [Miss(where=release.url, wanted=None, found=one) for n, one in enumerate(cited) if n not in taken]
    return found_score(right=right, found=found, wanted=wanted, misses=misses)


def matched(found: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """The largest pairing of places in `found` with places in `wanted` that mean the same act."""
    fits = [[place for place, label in enumerate(wanted) if same_act(one, label)] for one in found]
    owner: dict[int, int] = {}

    def place_one(one: int, tried: set[int]) -> bool:
        for label in fits[one]:
            if label not in tried:
                tried.add(label)
                if label not in owner or place_one(owner[label], tried):
                    owner[label] = one
                    return True
        return False

    for one in range(len(found)):
        place_one(one, set())
    return sorted((one, label) for label, one in owner.items())


def same_act(one: str, other: str) -> bool:
    """True for two wordings of the same kind whose titles are alike and whose number and day do not contradict."""
    left, right = _read(one), _read(other)
    if left is None or right is None or _kind(one) != _kind(other):
        return False
    if any(mine and theirs and mine != theirs for mine, theirs in zip(left[1:], right[1:], strict=True)):
        return False
    return same_title(left[0], right[0])


def _kind(text: str) -> str:
    """The first words up to the word that says the kind: «грантовое соглашение»."""
    head = _HEAD.match(fold(text))
    return head.group() if head else ""


def _read(text: str) -> tuple[str, str | None, str | None] | None:
    """Title, number and day."""
    try:
        ref = ActRef.parse(text)
    except ReadError:
        return None
    return ref.title, ref.number, ref.day.isoformat() if ref.day else None
