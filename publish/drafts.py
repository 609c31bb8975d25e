"""What the newsdesk decides, before anybody found words for it: facts by their kind, in no language. Pure types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
