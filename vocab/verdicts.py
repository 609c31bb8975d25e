"""What a check can say, and which of it may be shown to the public."""

from enum import StrEnum


class Verdict(StrEnum):
    """The four answers of a check. It never guesses: what cannot be told is `CANNOT_TELL`."""

    KEPT = "kept"
    BROKEN = "broken"
    CANNOT_TELL = "cannot_tell"
    NOT_APPLICABLE = "not_applicable"


class Review(StrEnum):
    """A person's decision about a finding; it always wins over a computation."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    ASKED_AGAIN = "asked_again"
    """The observers are asked once more; until they answered, an accusation is not public."""


def is_public(verdict: Verdict, review: Review | None) -> bool:
    """True when the finding may be shown: an accusation only after a person confirmed it."""
    if review is Review.DISMISSED:
        return False
    return verdict is not Verdict.BROKEN or review is Review.CONFIRMED
