"""An index of drafts in memory: which draft does this title name, or none? Pure; drafts can be added at any time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.drafts.blocking import block_keys, learned_weights
from nlp.drafts.draft import THRESHOLD, Draft, Sameness, days_apart, sameness
from nlp.drafts.likeness import Likeness, Weigh, at_most, deciding_words, likeness
from nlp.drafts.title_form import TitleForm

MARGIN = 0.03
"""Two drafts whose scores differ by less are told apart by their days, or not at all."""

_FAR = 10_000
_NEARER = 3
_BETTER = 0.008
_LEAST = 0.5
_FEWEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The draft that a record names: `bill` and, of its records, the `draft` most alike.

    `runner_up` is the score of the next bill, 0 where there is none.
    """

    bill: str
    draft: Draft
    score: float
    method: str
    runner_up: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    draft: Draft
    same: Sameness
    days: int


@dataclass(frozen=True, slots=True)
class _Bill:
    """A bill that may be the one: its record most alike, and the days to the nearest record that is good enough."""

    name: str
    best: _Candidate
    days: int

    @property
    def score(self) -> float:
        return self.best.same.score

    def with_another(self, one: _Candidate) -> "_Bill":
        best = max(self.best, one, key=lambda each: (each.same.score, -each.days, each.draft.key))
        return _Bill(self.name, best, min(self.days, one.days if one.same.score >= THRESHOLD else _FAR))


class DraftIndex:
    """Drafts by the keys of their titles.

    `weigh` None: the weights of terms are learned from the titles, and learned anew when the index has doubled.
    `once`: a sitting names a bill once, so a bill that stands in the sitting already is not named again there.
    """

    def __init__(self, drafts: Iterable[Draft] = (), *, weigh: Weigh | None = None, once: bool = False) -> None:
        self._fixed = weigh
        self._once = once
        self._drafts: dict[str, list[Draft]] = defaultdict(list)  # by the text of the title
        self._titles: dict[str, list[str]] = defaultdict(list)  # by block key
        self._forms: dict[str, TitleForm] = {}
        self._sittings: dict[tuple[str, str], int] = defaultdict(int)
        self._learned_from = 0
        self.weigh: Weigh = weigh or learned_weights(())
        for draft in drafts:
            self._put(draft)
        self._block()

    def add(self, draft: Draft) -> None:
        """Add one draft."""
        new = draft.title.text not in self._forms
        self._put(draft)
        if new and len(self._forms) > max(_FEWEST, 2 * self._learned_from):
            self._block()
        elif new:
            self._file(draft.title)

    def match(self, draft: Draft) -> Match | None:
        """The bill that a record names, None where none does or several may; the record itself does not count."""
        bills: dict[str, _Bill] = {}
        for one in self.candidates(draft):
            name = one.draft.bill or one.draft.key
            bills[name] = bills[name].with_another(one) if name in bills else _Bill(name, one, one.days)
        ranked = sorted(bills.values(), key=lambda bill: (-bill.score, bill.days, bill.name))
        if not ranked or ranked[0].score < THRESHOLD:
            return None
        chosen = _choose([bill for bill in ranked if bill.score > ranked[0].score - MARGIN])
        if chosen is None:
            return None
        return Match(
            bill=chosen.name,
            draft=chosen.best.draft,
            score=chosen.score,
            method=chosen.best.same.method,
            runner_up=max((bill.score for bill in ranked if bill is not chosen), default=0.0),
            words=chosen.best.same.words or deciding_words(draft.title, chosen.best.draft.title, self.weigh),
        )

    def candidates(self, draft: Draft) -> Iterator[_Candidate]:
        """The drafts that may be the same, each with how sure that is."""
        for text, like in self.alike(draft.title):
            for other in self._drafts[text]:
                if other.key == draft.key or self._taken(draft, other):
                    continue
                same = sameness(draft, other, like, self.weigh)
                if same is not None:
                    days = days_apart(draft, other)
                    yield _Candidate(other, same, _FAR if days is None else days)

    def alike(self, title: TitleForm) -> Iterator[tuple[str, Likeness]]:
        """The titles of the index that are at least half alike, each once, by their text."""
        for text in {text for key in block_keys(title, self.weigh) for text in self._titles.get(key, ())}:
            other = self._forms[text]
            if at_most(title, other, self.weigh) >= _LEAST:
                like = likeness(title, other, self.weigh)
                if like.score >= _LEAST:
                    yield text, like

    def _taken(self, draft: Draft, other: Draft) -> bool:
        """Whether the bill of `other` stands in the draft's sitting already, by another record than this one."""
        if not self._once or draft.sitting is None:
            return False
        bill = other.bill or other.key
        return self._sittings[bill, draft.sitting] > (draft.bill == bill)

    def _put(self, draft: Draft) -> None:
        self._drafts[draft.title.text].append(draft)
        self._forms[draft.title.text] = draft.title
        if draft.sitting is not None:
            self._sittings[draft.bill or draft.key, draft.sitting] += 1

    def _block(self) -> None:
        """Learn the weights and file every title anew."""
        self._learned_from = len(self._forms)
        self.weigh = self._fixed or learned_weights(self._forms.values())
        self._titles.clear()
        for title in self._forms.values():
            self._file(title)

    def _file(self, title: TitleForm) -> None:
        for key in block_keys(title, self.weigh):
            self._titles[key].append(title.text)


def _choose(near: list[_Bill]) -> _Bill | None:
    """Of nearly equal bills, the best first, the one that its title and its days speak for; None where they do not."""
    best = near[0]
    others = near[1:]
    if all(_clearly_nearer(best, other) or (best.days <= other.days and _better(best, other)) for other in others):
        return best
    nearest = min(near, key=lambda bill: (bill.days, bill.name))
    rest = [bill for bill in near if bill is not nearest]
    return nearest if all(_clearly_nearer(nearest, bill) and not _better(bill, nearest) for bill in rest) else None


def _better(one: _Bill, other: _Bill) -> bool:
    return one.score - other.score > _BETTER


def _clearly_nearer(one: _Bill, other: _Bill) -> bool:
    return one.days * _NEARER < other.days
