"""What a crawl counts, and what it needs to know of its walk to judge itself at the end."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.versions import StoreCounts

_PAGES = ("fetched", "unchanged", "parsed", "missing", "refused", "unreadable")


@dataclass(slots=True)
class Figures:
    """Counts that are kept with every stored page, so that an interrupted crawl goes on counting where it was.

    `kinds`: page type → what its pages were (`_PAGES`). `records`: record type → items, new, changed, unchanged.
    """

    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    records: dict[str, Counter[str]] = field(default_factory=dict)
    totals: Counter[str] = field(default_factory=Counter)

    def count_page(self, kind: str, *whats: str) -> None:
        """Count a page of this type in each of these ways."""
        self.kinds.setdefault(kind, Counter()).update(whats)

    def count_records(self, record_type: str, items: int, stored: StoreCounts) -> None:
        """Count the items of one record type on a page and what storing them changed."""
        counter = self.records.setdefault(record_type, Counter())
        counter.update(items=items, new=stored.new, changed=stored.changed, unchanged=stored.unchanged)

    def as_json(self) -> dict[str, Any]:
        """Sums first, then the details by page type and record type."""
        pages = sum(self.kinds.values(), Counter[str]())
        records = sum(self.records.values(), Counter[str]())
        return {
            **{f"pages_{what}": pages[what] for what in _PAGES},
            **{f"records_{what}": records[what] for what in ("new", "changed", "unchanged")},
            **dict(sorted(self.totals.items())),
            "kinds": {kind: dict(sorted(counts.items())) for kind, counts in sorted(self.kinds.items())},
            "records": {name: dict(sorted(counts.items())) for name, counts in sorted(self.records.items())},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Figures":
        """The figures of an interrupted run."""
        return cls(
            kinds={kind: Counter(counts) for kind, counts in stored.get("kinds", {}).items()},
            records={name: Counter(counts) for name, counts in stored.get("records", {}).items()},
            totals=Counter({"bytes": stored.get("bytes", 0)}),
        )


@dataclass(slots=True)
class KindWalk:
    """How the walk over one page type went: addresses by what became of them, and the records they showed.

    `open_ended`: pages that neither end their list nor lead on to its next page.
    """

    answered: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    unreadable: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    records: set[tuple[str, str]] = field(default_factory=set)
    start_lost: set[str] = field(default_factory=set)
    open_ended: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Walk:
    """The whole walk: page types, the page types each leads to, those with open problems, unexpected errors."""

    kinds: dict[str, KindWalk] = field(default_factory=dict)
    leads: dict[str, set[str]] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    def of(self, kind: str) -> KindWalk:
        """The walk over this page type."""
        return self.kinds.setdefault(kind, KindWalk())

    def around(self, kind: str) -> set[str]:
        """This page type, all that were reached from it, and all from which it was reached."""
        back: dict[str, set[str]] = {}
        for name, others in self.leads.items():
            for other in others:
                back.setdefault(other, set()).add(name)
        return _closure(kind, self.leads) | _closure(kind, back)


def _closure(start: str, leads: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = [start]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo.extend(leads.get(one, ()))
    return found
