"""Which known bill a draft is. Pure; the keys are in memory, `tracker.identify.bills` loads and stores them."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.identify.bill_keys import NUMBER, RESOLUTION, TITLE, TITLE_AND_INITIATORS, Draft, Key
from vocab.text import title_key

TITLE_SCORE = 0.8  # the bare title, told by one side without initiators
CONFLICT_SCORE = 0.5  # the draft's keys belong to several bills
CONFLICT, AMBIGUOUS, UNKNOWN = "conflict", "ambiguous", "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """The bill of a draft; None where several come into question or the draft has no key at all."""

    bill_id: str | None
    method: str
    score: float = 1.0
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft of a bill on a sitting's list: what tells the drafts of one package apart."""

    sitting_key: str
    readings: frozenset[int]
    title: str

    def clashes(self, draft: Draft) -> bool:
        """True when both stand on one list, in one reading, under different titles: they are two bills."""
        if self.sitting_key != draft.sitting_key or self.title == title_key(draft.title):
            return False
        return bool(self.readings & draft.readings) or not (self.readings or draft.readings)


class BillIndex:
    """The keys of the bills that a batch of drafts may mean."""

    def __init__(self, keys: Iterable[tuple[str, str, str]], placed: Iterable[tuple[str, Placed]]) -> None:
        self._bills: dict[Key, set[str]] = {}
        self._keys: dict[str, set[Key]] = {}
        self._placed: dict[str, list[Placed]] = {}
        for kind, value, bill_id in keys:
            self._bills.setdefault((kind, value), set()).add(bill_id)
            self._keys.setdefault(bill_id, set()).add((kind, value))
        for bill_id, one in placed:
            self._placed.setdefault(bill_id, []).append(one)

    def match(self, draft: Draft) -> Match | None:
        """The bill that the draft is, None for a new one."""
        if not draft.strong_keys() and not draft.title_keys():
            return Match(None, UNKNOWN, 0.0)
        return self._by_strong_keys(draft) or self._by_title(draft)

    def add(self, draft: Draft, bill_id: str) -> list[Key]:
        """The draft is this bill: its keys are the bill's keys. Gives those that are new."""
        keys = self._keys.setdefault(bill_id, set())
        new = [key for key in (*draft.strong_keys(), *draft.title_keys()) if key not in keys]
        keys.update(new)
        for key in new:
            self._bills.setdefault(key, set()).add(bill_id)
        if draft.sitting_key:
            placed = Placed(draft.sitting_key, draft.readings, title_key(draft.title))
            self._placed.setdefault(bill_id, []).append(placed)
        return new

    def new_id(self, draft: Draft) -> str:
        """A public id for a new bill; the second bill of a package has a hash of its title added."""
        plain = draft.new_id()
        return f"{plain}-{draft.title_digest()}" if plain in self._keys else plain

    def _by_strong_keys(self, draft: Draft) -> Match | None:
        found = {key: self._of_package(key, draft) for key in draft.strong_keys()}
        bills = sorted(set().union(*found.values()))
        if len(bills) == 1:
            method = next(kind for (kind, _), ids in found.items() if ids)
            return Match(bills[0], method)
        return Match(bills[0], CONFLICT, CONFLICT_SCORE, tuple(bills)) if bills else None

    def _of_package(self, key: Key, draft: Draft) -> set[str]:
        """The bills of a strong key. A resolution may bring in a package: then those with the draft's title."""
        bills = self._bills.get(key, set())
        if key[0] == RESOLUTION:
            bills = {bill for bill in bills if not any(one.clashes(draft) for one in self._placed.get(bill, ()))}
        titled = {bill for bill in bills if self._keys[bill] & set(draft.title_keys())}
        return titled or bills

    def _by_title(self, draft: Draft) -> Match | None:
        for kind, value in draft.title_keys():
            possible = self._bills.get((kind, value), set())
            bills = sorted(bill for bill in possible if not self._contradicts(bill, draft))
            if kind == TITLE and not self._may_lack_initiators(bills, draft):
                return None
            if len(bills) == 1:
                return Match(bills[0], kind, TITLE_SCORE if kind == TITLE else 1.0)
            if bills:
                return Match(None, AMBIGUOUS, 0.0, tuple(bills))
        return None

    def _may_lack_initiators(self, bills: list[str], draft: Draft) -> bool:
        """The bare title may join two drafts only where one side does not tell its initiators."""
        told = any(kind == TITLE_AND_INITIATORS for kind, _ in draft.title_keys())
        return not told or all(not self._values(bill, TITLE_AND_INITIATORS) for bill in bills)

    def _contradicts(self, bill_id: str, draft: Draft) -> bool:
        """True when both have registration numbers, or resolutions, and share none."""
        for kind in (NUMBER, RESOLUTION):
            own = {value for one, value in draft.strong_keys() if one == kind}
            known = self._values(bill_id, kind)
            if own and known and not own & known:
                return True
        return False

    def _values(self, bill_id: str, kind: str) -> set[str]:
        return {value for one, value in self._keys[bill_id] if one == kind}
