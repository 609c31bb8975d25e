"""What the newsdesk decides, before anybody found words for it: facts by their kind, in no language. Pure types."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from vocab.posts import PostKind

Dossier = tuple[str, str]
"""Kind and id: ("bill", "n-6-16490-26"), as `publish.compose.page_url` takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that a post tells: a happening with its kind, title in the source's words, page and facts.

    `source` is the address of the page that told it, "" where there is none.
    """

    kind: str
    title: str
    place: Dossier
    day: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A piece of news that was decided.

    `event` is natural and unique. `happenings` are the keys of what it tells, `findings` the ids of the findings that
    it speaks of. `facts` belong to the whole: {"sitting": …, "counts": {kind: n}, "since": …}, see publish.newsdesk.
    """

    event: str
    kind: PostKind
    subject: Dossier
    day: date
    items: tuple[Item, ...]
    happenings: tuple[str, ...]
    findings: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    expires_at: datetime | None = None
    corrects: str | None = None


def as_json(draft: Draft) -> dict[str, Any]:
    """The draft as the outbox keeps it."""
    items = [asdict(item) | {"day": item.day.isoformat(), "place": list(item.place)} for item in draft.items]
    moments = {"not_before": _iso(draft.not_before), "expires_at": _iso(draft.expires_at)}
    kept = {name: list(getattr(draft, name)) for name in ("subject", "happenings", "findings")}
    plain = {"event": draft.event, "kind": draft.kind.value, "day": draft.day.isoformat(), "corrects": draft.corrects}
    return plain | kept | moments | {"items": items, "facts": dict(draft.facts)}


def from_json(kept: Mapping[str, Any]) -> Draft:
    """The draft that `as_json` kept."""
    items = [
        Item(**item | {"day": date.fromisoformat(item["day"]), "place": tuple(item["place"])}) for item in kept["items"]
    ]
    read: dict[str, Any] = {
        "kind": PostKind(kept["kind"]),
        "day": date.fromisoformat(kept["day"]),
        "items": tuple(items),
        **{name: tuple(kept[name]) for name in ("subject", "happenings", "findings")},
        **{name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in ("not_before", "expires_at")},
    }
    return Draft(**{**kept, **read})


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
