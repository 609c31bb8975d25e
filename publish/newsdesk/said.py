"""What was already said: the posts that there are, as the newsdesk has to know them. Pure types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from publish.drafts import Dossier, Draft

AGAIN = "#"
"""Stands between the event of a bundle's first post and the number of a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPost:
    """A post that was decided before.

    `is_open`: nobody approved, edited or rejected it anywhere, so that it may still grow. `out` are the channels and
    languages that have it, or may have it. `links` are the addresses where it stands: channel → language → address.
    """

    draft: Draft
    is_open: bool = False
    out: frozenset[tuple[str, str]] = frozenset()
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The posts by their events; which post told a happening; which spoke of a finding, a topic, or a dossier.

    A topic is named by the happening that told it first (`publish.compose.first_key`).

    `sittings` is what is known of the sittings that posts are about: {"starts_at": "10:00", "place", "committee",
    "body", "items": number of items on the agenda, "bills": those that are bills}.
    """

    posts: Mapping[str, SaidPost] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    of_finding: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_topic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_dossier: Mapping[Dossier, tuple[str, ...]] = field(default_factory=dict)
    sittings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _bases: dict[str, list[SaidPost]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Put the posts of one bundle together: a busy day asks for thousands of them."""
        for event, post in self.posts.items():
            self._bases.setdefault(event.partition(AGAIN)[0], []).append(post)

    def before(self, base: str) -> list[SaidPost]:
        """The posts of a bundle: the first, and those that followed (`base#2` …)."""
        return self._bases.get(base, [])
