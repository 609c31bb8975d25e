"""Topics against the gold: the main topic has to be among those that a person named."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from nlp.evaluation.gold import ITEMS, lines_of, releases
from nlp.evaluation.score import Miss, Score, chosen_score
from nlp.topics.classifying import classify
from vocab.agenda_item import read_agenda_item

_SHOWN = 120

_Text = tuple[str, str, str, list[int]]


def score(gold: Path, replay: Path) -> Score:
    """The share of press releases whose main topic is among the gold topics; agenda items are a part of their own."""
    pages = [(one.url, one.title, one.body, one.label["topics"]) for one in releases(gold, replay)]
    items = [_item(row) for row in lines_of(gold / ITEMS) if row.get("topics")]
    missed, missed_items = list(_misses(pages)), list(_misses(items))
    right = chosen_score(right=len(items) - len(missed_items), n=len(items)).accuracy or 0.0
    return chosen_score(
        right=len(pages) - len(missed), n=len(pages), misses=[*missed, *missed_items], parts={"agenda_items": right}
    )


def _item(row: Mapping[str, Any]) -> _Text:
    """An item as the site has it; the acts that it amends say what «some legislative acts» are about."""
    item = read_agenda_item(row["text"])
    return row["url"], item.title, "\n".join(item.amends), row["topics"]


def _misses(texts: Iterable[_Text]) -> Iterator[Miss]:
    for url, title, body, wanted in texts:
        found = classify(title, body)
        if not found or found[0].topic not in wanted:
            guess = f"{found[0].topic} ({', '.join(found[0].words)})" if found else None
            yield Miss(where=f"{url} {title[:_SHOWN]}", wanted=", ".join(map(str, wanted)), found=guess)
