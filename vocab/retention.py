"""How long what tells of people is kept: one declaration, which the sweep keeps and the privacy page shows."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Kept(StrEnum):
    """What is deleted after a term."""

    BRAKES = "brakes"
    SESSIONS = "sessions"
    LINKS = "links"
    LETTERS = "letters"
    CONTACTS = "contacts"
    REFUSED = "refused"
    LISTS = "lists"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What is kept, and for how many days after its end; what it is and why so long: `web.privacy.words`."""

    kept: Kept
    days: int

    @property
    def span(self) -> timedelta:
        """The term as a span of time."""
        return timedelta(days=self.days)


TERMS = (
    Term(kept=Kept.BRAKES, days=1),
    Term(kept=Kept.UNCONFIRMED, days=2),
    Term(kept=Kept.CONTACTS, days=365),
    Term(kept=Kept.REFUSED, days=365),
    Term(kept=Kept.LINKS, days=30),
    Term(kept=Kept.LETTERS, days=90),
    Term(kept=Kept.SESSIONS, days=180),
    Term(kept=Kept.LISTS, days=365),
)
"""In the order in which they are told."""


def term(kept: Kept) -> Term:
    """The term of one kind."""
    return next(one for one in TERMS if one.kept is kept)
