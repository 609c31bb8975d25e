"""A press event: what a press release tells of a draft."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from vocab.agenda_item import ItemKind


class Action(StrEnum):
    """What happened to the draft; the strongest that a text states (adopted beats considered)."""

    PRESENTED = "presented"
    CONSIDERED = "considered"
    ADOPTED = "adopted"
    APPROVED = "approved"  # a committee's positive opinion
    REJECTED = "rejected"
    RETURNED = "returned"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    SCHEDULED = "scheduled"
    PUBLIC_DISCUSSION = "public_discussion"
    REGISTERED = "registered"
    SENT_TO_PRESIDENT = "sent_to_president"
    SIGNED = "signed"
    VETOED = "vetoed"


PressBody = Literal["plenary", "committee", "faction", "working_group", "public_hearing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PressEvent:
    """One thing that happened, or is announced to happen, to one draft.

    `draft` is the title as quoted, in the nominative, without outer quotes; a description where the text gives only
    one (`quoted` False). `readings` sorted, () where none is stated. `day` by the text (`day_stated`), else the day of
    publication. `presenter` and `initiator` in the nominative. `words` are the pieces of the text that decided, with
    the rows of the lexicon that they fit («adopted: приняли в первом чтении»). `score` 0–1.
    """

    draft: str
    kind: ItemKind
    body: PressBody
    action: Action
    day: date
    committee: str | None = None
    readings: tuple[int, ...] = ()
    day_stated: bool = False
    presenter: str | None = None
    initiator: str | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    quoted: bool = True
    score: float = 1.0
    words: tuple[str, ...] = ()
