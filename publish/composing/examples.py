"""A draft of each kind to try templates with. Invented facts in the form of real ones, and long as real ones are."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from publish.drafts import Draft, Item
from vocab.posts import PostKind


def example(kind: PostKind) -> Draft:
    """The example of a kind."""
    told = _told()[kind.value]
    day = date.fromisoformat(told["day"])
    items = tuple(_item(item, day) for item in told.get("items", ()))
    return Draft(
        event=f"{kind.value}:example",
        kind=kind,
        subject=(told["subject"][0], told["subject"][1]),
        day=day,
        items=items,
        happenings=tuple(f"{item.kind}:example:{number}" for number, item in enumerate(items)),
        findings=tuple(str(item.facts["finding"]) for item in items if item.facts.get("finding")),
        facts=told.get("facts", {}),
    )


def _item(told: Mapping[str, Any], day: date) -> Item:
    return Item(
        kind=told["kind"],
        title=told["title"],
        place=(told["place"][0], told["place"][1]),
        day=day,
        facts=told.get("facts", {}),
        source=told.get("source", ""),
    )


@lru_cache(maxsize=1)
def _told() -> Mapping[str, Any]:
    told: Mapping[str, Any] = yaml.safe_load(files("publish.composing").joinpath("examples.yml").read_text("utf-8"))
    return told
