"""A mention: somebody or something that a text names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class MentionKind(StrEnum):
    """What is named."""

    PERSON = "person"
    COMMITTEE = "committee"
    FACTION = "faction"
    BILL_NUMBER = "bill_number"
    RESOLUTION = "resolution"
    DAY = "day"
    VOTES = "votes"
    ACT = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A piece `text[start:end]`, what it means, and how sure that is.

    `written` is the piece itself, `normal` its canonical form (a person: «Нурланбек Шакиев»; an act, a committee: in
    the nominative; a day: ISO). `value` by kind, JSON-able: person {"known": key | None}, votes {"for", "against",
    "abstained"}, resolution {"number", "day"}, act {"kind", "title", "number", "day", "article", "part", "key",
    "record"}. `score` is 0–1; `method` names what found it ("gazetteer", "pattern:initials", …).
    """

    kind: MentionKind
    start: int
    end: int
    written: str
    normal: str
    value: Mapping[str, Any] = field(default_factory=dict)
    score: float
    method: str
