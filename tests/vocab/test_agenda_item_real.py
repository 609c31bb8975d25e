"""The grammar of an agenda item on all real items and on the labels of a reader."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from pathlib import Path

from vocab.agenda_item import AgendaItemText, read_agenda_item
from vocab.text import title_key


def test_every_real_item_is_read_and_nothing_is_left_over(shared_data: Path) -> None:
    root = shared_data / "kenesh-reconstructed"
    items = []
    for row in csv.DictReader((root / "index.csv").read_text(encoding="utf-8").splitlines()):
        if row["kind"] == "vote-list":
            for paragraph in re.findall("<p>(.*?)</p>", (root / row["file"]).read_text(encoding="utf-8"), re.DOTALL):
                text = unescape(re.sub("<[^>]+>", "", re.sub("<strong>.*?</strong>", "", paragraph)))
                items.append(read_agenda_item(text))
    assert [item.leftovers for item in items if item.leftovers] == []
    assert len(items) == 121
    assert Counter(item.kind for item in items) == {
        "law": 93, "ratification": 14, "resolution": 9, "other": 4, "constitutional_law": 1,
    }  # fmt: skip
    assert Counter(one.decision for item in items for one in item.committee_decisions) == {
        "adopt": 96, "approve": 29, "considered": 12, "submit": 1, "reject": 1,
    }  # fmt: skip
    assert sum(len(item.resolutions) for item in items) == 73
    assert sum(len(item.initiators) for item in items) == 167
    assert sum(len(item.amends) for item in items) == 119


# A field of the gold and what the parser gives for it.
FIELDS: dict[str, Callable[[AgendaItemText], object]] = {
    "type": lambda item: "law" if item.kind == "constitutional_law" else item.kind,
    "title": lambda item: title_key(item.title),
    "amends": lambda item: list(item.amends),
    "readings": lambda item: list(item.readings),
    "initiators": lambda item: list(item.initiators),
    "government_resolution": lambda item: [(one.number, one.day.isoformat()) for one in item.resolutions],
    "committee": lambda item: item.committee_decisions[0].committee if item.committee_decisions else None,
    "committee_decision": lambda item: item.committee_decisions[0].decision if item.committee_decisions else None,
    "committee_readings": lambda item: list(item.committee_decisions[0].readings) if item.committee_decisions else [],
    "discussed": lambda item: item.discussed[0].isoformat() if item.discussed else None,
}


def test_every_field_agrees_with_the_gold(shared_data: Path) -> None:
    lines = (shared_data / "gold/agenda_items.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = []
    for gold in map(json.loads, lines):
        item = read_agenda_item(gold["text"])
        resolutions = gold.get("government_resolution", [])
        resolutions = resolutions if isinstance(resolutions, list) else [resolutions]
        gold["government_resolution"] = [(one["number"], one["date"]) for one in resolutions]
        gold["title"] = title_key(gold["title"])
        wrong += [
            (name, item.title) for name, read in FIELDS.items() if (read(item) or None) != (gold.get(name) or None)
        ]
    assert wrong == []
    assert len(lines) == 60
