"""Which known bill a draft is. Pure; the keys are in memory, `tracker.identify.bills` loads and stores them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, count

from tracker.identify.bill_keys import NUMBER, RESOLUTION, TITLE, TITLE_AND_INITIATORS, Draft, Key
from vocab.text import title_key

TITLE_SCORE = 0.8  # the bare title, told by one side without initiators
CONFLICT_SCORE = 0.5  # the draft's keys belong to several bills
SAME_SCORE = 0.88  # the text layer is sure enough that two titles name one draft
SAME_MARGIN = 0.02  # two bills that resemble a draft nearly alike are not told apart by it
CONFLICT, AMBIGUOUS, UNKNOWN, SIMILAR = "conflict", "ambiguous", "unknown", "similar"

_LIFE = timedelta(days=365)  # a draft that nobody spoke of for a year is another one under the same title
_RETOLD_WITHIN = timedelta(days=7)  # what was decided is told for a week


@dataclass(frozen=True, slots=True)
class Match:
    """The bill of a draft; None where several come into question or the draft has no key at all."""

    bill_id: str | None
    method: str
    score: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where a bill is told of: what tells the drafts of one package, or of one title, apart.

    `sitting_key` is the list of a sitting, or the press release, that it stands on. `reached` is the reading
    in which the plenary is told to have adopted it then, the last one where it became a law.
    """

    day: date
    title: str = ""
    sitting_key: str | None = None
    readings: frozenset[int] = frozenset()
    reached: int = 0

    @classmethod
    def of(cls, draft: Draft) -> "Placed":
        """Where a draft stands."""
        return cls(
            day=draft.day,
            title=title_key(draft.written),
            sitting_key=draft.sitting_key,
            readings=draft.readings,
            reached=draft.reached,
        )

    def clashes(self, draft: Draft) -> bool:
        """True when both stand on one list, in one reading, under different titles: they are two bills."""
        if not self.sitting_key or self.sitting_key != draft.sitting_key or self.title == title_key(draft.written):
            return False
        return bool(self.readings & draft.readings) or not (self.readings or draft.readings)

    def bars(self, other: "Placed") -> bool:
        """True when the one was adopted in a reading before the other came to the same or an earlier one."""
        return bool(other.readings) and max(other.readings) <= self.reached and other.day - self.day > _RETOLD_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBills:
    """What is known of the bills that drafts may mean.

    `keys` are (kind, value, bill), `placed` (bill, where it is told of), `official` the bills that more than press
    releases tell of, `initiators` their kinds by bill, `apart` pairs of which a person decided that they are two,
    `taken` further ids that no new bill may get.
    """

    keys: Iterable[tuple[str, str, str]] = ()
    placed: Iterable[tuple[str, Placed]] = ()
    official: Collection[str] = ()
    initiators: Mapping[str, str] = field(default_factory=dict)
    apart: Collection[frozenset[str]] = ()
    taken: Collection[str] = ()

    def but_free(self, ids: Collection[str]) -> "KnownBills":
        """The same, but these ids may be given again."""
        return replace(self, taken=set(self.taken) - set(ids))


class BillIndex:
    """The keys of the bills that a batch of drafts may mean."""

    def __init__(self, known: KnownBills) -> None:
        self._bills: dict[Key, set[str]] = {}
        self._keys: dict[str, set[Key]] = {}
        self._placed: dict[str, list[Placed]] = {}
        self._official, self._initiators = set(known.official), dict(known.initiators)
        self._apart, self._taken = set(known.apart), set(known.taken)
        for kind, value, bill_id in known.keys:
            self._bills.setdefault((kind, value), set()).add(bill_id)
            self._keys.setdefault(bill_id, set()).add((kind, value))
        for bill_id, one in known.placed:
            self._placed.setdefault(bill_id, []).append(one)

    def match(self, draft: Draft, alike: Iterable[tuple[str, float]] = ()) -> Match | None:
        """The bill that the draft is, None for a new one. `alike`: bills that resemble it, by the text layer's score.

        Numbers and resolutions decide first, then the exact title; likeness only where these say nothing, or to
        choose among several bills of one title.
        """
        exact = self._by_strong_keys(draft) or self._by_title(draft)
        if exact and exact.bill_id:
            return exact
        among = exact.candidates if exact else None
        likely = most_alike(alike, lambda bill: self._may_resemble(bill, draft, among))
        if likely or exact:
            return likely or exact
        return None if draft.makes_bill else Match(None, UNKNOWN, 0.0)

    def is_anothers(self, key: Key, bill_id: str) -> bool:
        """True where a key is one of another bill than this."""
        return bool(self._bills.get(key, set()) - {bill_id})

    def add(self, draft: Draft, bill_id: str, told: Iterable[Key] | None = None) -> list[Key]:
        """The draft is this bill: its keys (all, or those that are given) are the bill's keys. Gives the new ones."""
        keys = self._keys.setdefault(bill_id, set())
        said = (*draft.strong_keys(), *draft.title_keys()) if told is None else told
        new = [key for key in said if key not in keys]
        keys.update(new)
        for key in new:
            self._bills.setdefault(key, set()).add(bill_id)
        self._placed.setdefault(bill_id, []).append(Placed.of(draft))
        if not draft.is_press:
            self._official.add(bill_id)
        if draft.initiator:
            self._initiators.setdefault(bill_id, draft.initiator)
        return new

    def new_id(self, draft: Draft) -> str:
        """A public id for a new bill; the second bill of a package has a hash of its title added."""
        plain, second = draft.new_id(), draft.second_id()
        wanted = chain((plain, second), (f"{second}-{number}" for number in count(2)))
        return next(one for one in wanted if one not in self._keys and one not in self._taken)

    def twins(self, bill_id: str) -> list[tuple[str, str]]:
        """Bills that a strong key shows to be this one, each with the kind of the key.

        A registration number is one bill's. A resolution may bring in a package: then the title has to be the same.
        """
        found: dict[str, str] = {}
        for kind, value in sorted(self._keys.get(bill_id, ())):
            for other in sorted(self._bills.get((kind, value), set()) - {bill_id}):
                if self._is_twin(bill_id, other, kind):
                    found.setdefault(other, kind)
        return list(found.items())

    def resemble(self, one: str, other: str) -> bool:
        """True where nothing tells two bills apart: neither numbers, initiators nor days, nor a person."""
        if frozenset((one, other)) in self._apart:
            return False
        if any(_differ(self._values(one, kind), self._values(other, kind)) for kind in (NUMBER, RESOLUTION)):
            return False
        kinds = {self._initiators[bill] for bill in (one, other) if bill in self._initiators}
        here, there = self._placed.get(one, ()), self._placed.get(other, ())
        if len(kinds) > 1 or any(a.bars(b) or b.bars(a) for a in here for b in there):
            return False
        return min((abs(a.day - b.day) for a in here for b in there), default=timedelta()) <= _LIFE

    def fold(self, kept: str, gone: str) -> None:
        """The one bill turned out to be the other."""
        for key in self._keys.pop(gone, set()):
            self._bills[key] = self._bills[key] - {gone} | {kept}
            self._keys.setdefault(kept, set()).add(key)
        self._placed.setdefault(kept, []).extend(self._placed.pop(gone, ()))
        self._taken.add(gone)
        self._official |= {kept} if gone in self._official else set()
        self._apart = {frozenset(kept if one == gone else one for one in pair) for pair in self._apart}

    def _is_twin(self, one: str, other: str, kind: str) -> bool:
        if kind not in (NUMBER, RESOLUTION) or frozenset((one, other)) in self._apart:
            return False
        return kind == NUMBER or (self._share(one, other, TITLE) and not self._numbers_differ(one, other))

    def _share(self, one: str, other: str, kind: str) -> bool:
        return bool(self._values(one, kind) & self._values(other, kind))

    def _numbers_differ(self, one: str, other: str) -> bool:
        return _differ(self._values(one, NUMBER), self._values(other, NUMBER))

    def _by_strong_keys(self, draft: Draft) -> Match | None:
        found = {key: self._of_package(key, draft) for key in draft.strong_keys()}
        numbered = [bill for (kind, _), ids in found.items() if kind == NUMBER for bill in sorted(ids)]
        bills = list(dict.fromkeys([*numbered, *sorted(set().union(*found.values()))]))
        if len(bills) == 1 or (len(numbered) == 1 and self._are_of_title(bills[1:], draft)):
            method = next(kind for (kind, _), ids in found.items() if ids)
            return Match(bills[0], method)
        return Match(bills[0], CONFLICT, CONFLICT_SCORE, tuple(bills)) if bills else None

    def _are_of_title(self, bills: Iterable[str], draft: Draft) -> bool:
        """True where the bills of the draft's resolutions have its title: they are the bill of its number."""
        return all(self._keys[bill] & set(draft.title_keys()) and not self._contradicts(bill, draft) for bill in bills)

    def _of_package(self, key: Key, draft: Draft) -> set[str]:
        """The bills of a strong key. A resolution may bring in a package: then those with the draft's title."""
        bills = self._bills.get(key, set())
        if key[0] == RESOLUTION:
            bills = {bill for bill in bills if not self._clash(bill, draft)}
        titled = {bill for bill in bills if self._keys[bill] & set(draft.title_keys())}
        return titled or bills

    def _by_title(self, draft: Draft) -> Match | None:
        for kind, value in draft.title_keys():
            possible = self._bills.get((kind, value), set())
            bills = sorted(bill for bill in possible if self._may_be(bill, draft))
            if kind == TITLE and not self._may_lack_initiators(bills, draft):
                return None
            bills = [bill for bill in bills if bill in self._official] or bills
            if len(bills) == 1:
                return Match(bills[0], kind, TITLE_SCORE if kind == TITLE else 1.0)
            if bills:
                return Match(None, AMBIGUOUS, 0.0, tuple(bills))
        return None

    def _may_lack_initiators(self, bills: list[str], draft: Draft) -> bool:
        """The bare title may join two drafts only where one side does not tell its initiators."""
        told = any(kind == TITLE_AND_INITIATORS for kind, _ in draft.title_keys())
        return not told or all(not self._values(bill, TITLE_AND_INITIATORS) for bill in bills)

    def _may_be(self, bill_id: str, draft: Draft) -> bool:
        if self._contradicts(bill_id, draft):
            return False
        by_press = draft.is_press or bill_id not in self._official
        return not by_press or not (self._is_out_of_time(bill_id, draft) or self._other_initiator(bill_id, draft))

    def _may_resemble(self, bill_id: str, draft: Draft, among: Collection[str] | None) -> bool:
        if among is not None and bill_id not in among:
            return False
        return self._may_be(bill_id, draft) and not self._clash(bill_id, draft)

    def _contradicts(self, bill_id: str, draft: Draft) -> bool:
        """True when both have registration numbers, or resolutions, and share none."""
        said = draft.strong_keys()
        return any(
            _differ({value for one, value in said if one == kind}, self._values(bill_id, kind))
            for kind in (NUMBER, RESOLUTION)
        )

    def _clash(self, bill_id: str, draft: Draft) -> bool:
        return any(one.clashes(draft) for one in self._placed.get(bill_id, ()))

    def _is_out_of_time(self, bill_id: str, draft: Draft) -> bool:
        """A title is used again: after a year of silence, or after the reading was passed, another bill has it."""
        here, places = Placed.of(draft), self._placed.get(bill_id, ())
        if places and min(abs(one.day - here.day) for one in places) > _LIFE:
            return True
        return any(one.bars(here) or here.bars(one) for one in places)

    def _other_initiator(self, bill_id: str, draft: Draft) -> bool:
        known, told = self._initiators.get(bill_id), draft.initiator
        return bool(known and told and known != told)

    def _values(self, bill_id: str, kind: str) -> set[str]:
        return {value for one, value in self._keys.get(bill_id, ()) if one == kind}


def _differ(one: Collection[str], other: Collection[str]) -> bool:
    return bool(one and other) and not set(one) & set(other)


def most_alike(alike: Iterable[tuple[str, float]], may_be: Callable[[str], bool]) -> Match | None:
    """The bill that resembles a draft well enough and more than all others; None where none does."""
    best: dict[str, float] = {}
    for bill, score in alike:
        if score >= SAME_SCORE:
            best[bill] = max(score, best.get(bill, 0.0))
    ranked = sorted(filter(may_be, best), key=lambda bill: (-best[bill], bill))
    if len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < SAME_MARGIN:
        return Match(None, AMBIGUOUS, 0.0, tuple(ranked))
    return Match(ranked[0], SIMILAR, best[ranked[0]]) if ranked else None
