"""How well titles find their draft: votes of the Russian Duma, agendas of the Cypriot House. Prints, judges nothing.

The numbers are hidden. What may be used is what a record that comes in would tell: its title, its day, the sitting it
stands in, and what was linked before. Each record is left out in turn; the rest is known with its draft.

- Duma, 2012: a vote → the bill among those that other votes name. Votes without a number, and those whose bill has no
  other vote, must stay unlinked. Macro-averaged by bill; a wrong link counts against the bill that it names.
- Cyprus: agenda items whose title is not their bill's title → the bill, among all 5,073. Once with the bills' own
  titles alone (ties between editions of one regulation cannot be told apart), once with the days of the other
  sittings, once with the titles of the other sittings too, as a running system knows them.
"""

import html
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from nlp.drafts.blocking import known_weight
from nlp.drafts.draft import Draft
from nlp.drafts.index import DraftIndex, Match
from nlp.drafts.likeness import Weigh
from nlp.drafts.title_form import read_title
from vocab.agenda_item import find_readings

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")

_RESOLUTION = re.compile(r"проект\w* постановлени")
_LAW = re.compile(r"закон")
_ORDINAL = re.compile(r"(\d) чт")


@dataclass(frozen=True, slots=True)
class Asked:
    """A record whose draft is asked for, and the right answer, None for none."""

    draft: Draft
    wanted: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall, how many were asked for; and the wrong answers, as (asked, found)."""

    precision: float
    recall: float
    asked: int
    wrong: Sequence[tuple[Asked, Match | None]]

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def duma(folder: Path) -> list[Asked]:
    """The votes, their numbers hidden, each with the bill that another vote names."""
    rows = list(_rows(folder / "ru-duma-votes-2012" / "votings.jsonl"))
    votes = Counter(row["number"] for row in rows)
    return [Asked(_vote(row), row["number"] if _is_known(row) and votes[row["number"]] > 1 else None) for row in rows]


def duma_figures(folder: Path, weigh: Weigh | None = None) -> Figures:
    """Leave one out, macro by bill; `weigh` None: weights learned from the titles, else those of the lexicon."""
    asked = duma(folder)
    index = DraftIndex((one.draft for one in asked if one.draft.bill), weigh=weigh)
    found = [(one, index.match(one.draft)) for one in asked]
    named: dict[str, list[bool]] = defaultdict(list)
    wanted: dict[str, list[bool]] = defaultdict(list)
    for one, match in found:
        if match:
            named[match.bill].append(match.bill == one.wanted)
        if one.wanted:
            wanted[one.wanted].append(match is not None and match.bill == one.wanted)
    return Figures(_macro(named), _macro(wanted), len(asked), _wrong(found))


def cyprus(folder: Path) -> tuple[list[Asked], list[Draft], list[Draft], list[Draft]]:
    """The items that are asked for, the bills alone, with the days of all sittings, with their titles."""
    asked, bills, dated, titled = [], [], [], []
    for row in _rows(folder / "cy-openpatata" / "bills.jsonl"):
        bill, title = row["_id"], row["title"]
        bills.append(Draft(key=bill, title=read_title(title), bill=bill))
        for place, action in enumerate(row["actions"]):
            item = _item(bill, place, action, action["title"])
            titled.append(item)
            dated.append(_item(bill, place, action, title))
            if action["title"] != title:
                asked.append(Asked(item, bill))
    return asked, bills, [*bills, *dated], [*bills, *titled]


def cyprus_figures(asked: Sequence[Asked], known: Iterable[Draft]) -> Figures:
    """Micro-averaged over the items that are asked for."""
    index = DraftIndex(known, once=True)
    found = [(one, index.match(one.draft)) for one in asked]
    named = [match.bill == one.wanted for one, match in found if match]
    right = sum(named)
    return Figures(right / max(1, len(named)), right / max(1, len(asked)), len(asked), _wrong(found))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        yield row


def _is_known(row: Mapping[str, Any]) -> bool:
    return bool(row["number"] != "None")


def _vote(row: Mapping[str, Any]) -> Draft:
    number = row["number"] if _is_known(row) else None
    text = html.unescape(row["title"]).replace(number or "\n", "")
    day = datetime.strptime(row["datet"][:10], "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    before = text.partition("проект")[0]
    return Draft(
        key=row["voting_id"],
        title=read_title(text, day),
        day=day,
        bill=number,
        kind="resolution" if _RESOLUTION.search(text) else "law" if _LAW.search(text) else None,
        readings=frozenset(find_readings(_ORDINAL.sub(r"\1-м чт", before))),
        sitting=day.isoformat(),
    )


def _item(bill: str, place: int, action: Mapping[str, Any], title: str) -> Draft:
    sitting = action["plenary_sitting_id"]
    day = date.fromisoformat(sitting[:10])
    form = read_title(title, day if title == action["title"] else None)
    return Draft(key=f"{bill}#{place}", title=form, day=day, bill=bill, sitting=sitting)


def _macro(groups: Mapping[str, Sequence[bool]]) -> float:
    return sum(sum(group) / len(group) for group in groups.values()) / max(1, len(groups))


def _wrong(found: Iterable[tuple[Asked, Match | None]]) -> list[tuple[Asked, Match | None]]:
    return [(one, match) for one, match in found if (match.bill if match else None) != one.wanted]


def show(what: str, figures: Figures) -> None:
    """One line of the table."""
    shares = f"precision {figures.precision:.4f}  recall {figures.recall:.4f}  F1 {figures.f1:.4f}"
    print(f"{what:<58} {shares}  ({figures.asked} asked)")


def main() -> None:
    """Print the figures."""
    if not DATA.is_dir():
        print(f"no real data at {DATA}")
        return
    show("Duma votes, number hidden, macro by bill, learned weights", duma_figures(DATA))
    show("Duma votes, number hidden, macro by bill, lexicon", duma_figures(DATA, known_weight))
    asked, bills, dated, titled = cyprus(DATA)
    show("Cyprus, own titles of the bills alone", cyprus_figures(asked, bills))
    show("Cyprus, own titles, days of the other sittings", cyprus_figures(asked, dated))
    show("Cyprus, own titles, days and titles of the other sittings", cyprus_figures(asked, titled))


if __name__ == "__main__":
    main()
