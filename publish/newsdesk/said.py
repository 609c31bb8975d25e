"""What was already said: the posts that there are, as the newsdesk has to know them. Pure types."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from publish.drafts import Dossier, Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPost:
    """A post that was decided before.

    `is_open`: nobody approved, edited or rejected it anywhere, so that it may still grow. `is_out`: some channel has
    it, or may have it. `links` are the addresses where it stands: channel → language → address.
    """

    draft: Draft
    is_open: bool = False
    is_out: bool = False
    links: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The posts by their events; which post told a happening; which spoke of a finding, or of a dossier."""

    posts: Mapping[str, SaidPost] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    of_finding: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of_dossier: Mapping[Dossier, tuple[str, ...]] = field(default_factory=dict)
