"""How well the fields of an agenda item are read."""

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nlp.evaluation.gold import ITEMS, lines_of
from nlp.evaluation.score import Miss, Score, chosen_score
from nlp.evaluation.titles import same_title
from vocab.agenda_item import AgendaItemText, read_agenda_item
from vocab.errors import ReadError
from vocab.text import title_key

# The gold knows four types: codes and constitutional laws are laws there.
_TYPES = {"code": "law", "constitutional_law": "law"}

FIELDS: Mapping[str, Callable[[AgendaItemText], Any]] = {
    "type": lambda item: _TYPES.get(item.kind, item.kind),
    "title": lambda item: item.title,
    "amends": lambda item: list(item.amends),
    "readings": lambda item: list(item.readings),
    "initiators": lambda item: list(item.initiators),
    "government_resolution": lambda item: [
        {"number": one.number, "date": one.day.isoformat()} for one in item.resolutions
    ],
    "committee": lambda item: item.committee_decisions[0].committee if item.committee_decisions else None,
    "committee_decision": lambda item: item.committee_decisions[0].decision if item.committee_decisions else None,
    "committee_readings": lambda item: list(item.committee_decisions[0].readings) if item.committee_decisions else [],
    "discussed": lambda item: item.discussed[0].isoformat() if item.discussed else None,
}
"""What the grammar gives for each labelled field; the topics of an item are a task of their own."""


def score(gold: Path, replay: Path) -> Score:
    """The share of right values over all labelled fields; `parts` the share per field. `replay` is not needed."""
    del replay
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    misses: list[Miss] = []
    for label in lines_of(gold / ITEMS):
        item = _read(label["text"])
        for name, field in FIELDS.items():
            if name not in label:
                continue
            found = field(item) if item else None
            agreed = agrees(label[name], found) or (name == "title" and same_title(label[name], found or ""))
            wanted[name] += 1
            right[name] += agreed
            if not agreed:
                misses.append(Miss(where=f"{label['url']} {name}", wanted=str(label[name]), found=str(found)))
    parts = {name: right[name] / wanted[name] for name in FIELDS if wanted[name]}
    return chosen_score(right=right.total(), n=wanted.total(), misses=misses, parts=parts)


def agrees(label: Any, found: Any) -> bool:
    """True where a value agrees with its label: texts by `title_key`, lists in any order, one object as a list."""
    if isinstance(label, str) and isinstance(found, str):
        return title_key(label) == title_key(found)
    if isinstance(label, dict):
        return agrees([label], found)
    if isinstance(label, list) and isinstance(found, list):
        waiting = list(found)
        for one in label:
            fitting = next((other for other in waiting if _same(one, other)), None)
            if fitting is None:
                return False
            waiting.remove(fitting)
        return not waiting
    return bool(label == found)


def _same(one: Any, other: Any) -> bool:
    return one == other if isinstance(one, dict) else agrees(one, other)


def _read(text: str) -> AgendaItemText | None:
    try:
        return read_agenda_item(text)
    except ReadError:
        return None
