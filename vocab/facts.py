"""What a person may state of a bill or a sitting by a letter or a paper: the kinds, and the fields of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vocab.papers import Paper, Posted
from vocab.timeline import EventKind, SubjectKind


class Field(StrEnum):
    """What a fact may say besides its day and its source."""

    WHAT = "what"  # one of the things that the kind knows
    CHOICE = "choice"  # how it came out, in the words of the checks
    READINGS = "readings"  # [2, 3]
    COUNT = "count"  # deputies who asked for a sitting
    IN_FAVOUR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"
    LANGUAGE = "lang"  # ky, ru
    COMMITTEE = "committee"  # its name, as agendas write it
    FACTION = "faction"
    GROUND = "ground"  # a ground of art. 53 p. 13, see reglament/kg.yml


NUMBERS = frozenset({Field.COUNT, Field.IN_FAVOUR, Field.AGAINST, Field.ABSTAINED})
LANGUAGES = ("ky", "ru")
COMPLETE, COMBINED = "complete_record", "combined"
"""Choices of a note: nothing is missing in our record of the bill; readings were taken together on a ground."""
COMPARED = ("same", "editorial", "changed")
"""Choices of a text: what a comparison with the reading before showed."""
OPINIONS = ("positive", "negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The fields of a kind. `may_come`: the day may lie ahead, as the last day for amendments does."""

    what: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    more: tuple[Field, ...] = ()
    needed: frozenset[Field] = field(default_factory=frozenset)
    may_come: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order of a form."""
        own = ((Field.WHAT, self.what), (Field.CHOICE, self.choice))
        return (*(name for name, values in own if values), *self.more)


_PLAIN = Shape()
_VOTES = (Field.IN_FAVOUR, Field.AGAINST, Field.ABSTAINED)
_NAMED = frozenset({Field.WHAT})
_CHOSEN = frozenset({Field.CHOICE})
_OUTCOME = Shape(more=(Field.READINGS, *_VOTES), needed=frozenset({Field.READINGS}))

SHAPES: Mapping[SubjectKind, Mapping[EventKind, Shape]] = {
    SubjectKind.BILL: {
        EventKind.SUBMITTED: _PLAIN,
        EventKind.REGISTERED: _PLAIN,
        EventKind.RECEIVED: Shape(what=("committee", "experts", "president", "vetoed_law"), needed=_NAMED),
        EventKind.DOCUMENT: Shape(
            what=tuple(Paper), choice=(*OPINIONS, *COMPARED), more=(Field.READINGS, Field.LANGUAGE), needed=_NAMED
        ),
        EventKind.DOCUMENTS_COMPLETE: _PLAIN,
        EventKind.NOTE: Shape(choice=(COMPLETE, COMBINED), more=(Field.READINGS, Field.GROUND), needed=_CHOSEN),
        EventKind.PUBLISHED: Shape(what=(Posted.BILL, Posted.HEARING_RECORD), needed=_NAMED),
        EventKind.PUBLIC_DISCUSSION: _PLAIN,
        EventKind.AMENDMENTS_UNTIL: Shape(may_come=True),
        EventKind.HEARING_ANNOUNCED: _PLAIN,
        EventKind.HEARING: Shape(may_come=True),
        EventKind.COMMITTEE_DECISION: Shape(
            choice=("adopt", "approve", "reject", "return", "postpone", "working_group"),
            more=(Field.COMMITTEE, Field.READINGS),
            needed=_CHOSEN,
        ),
        EventKind.FACTION_OPINION: Shape(
            choice=OPINIONS, more=(Field.FACTION, Field.READINGS), needed=_CHOSEN | {Field.FACTION}
        ),
        EventKind.EXTENSION: _PLAIN,
        EventKind.ADOPTED: _OUTCOME,
        EventKind.REJECTED: _OUTCOME,
        EventKind.RETURNED: Shape(more=(Field.READINGS,)),
        EventKind.POSTPONED: Shape(choice=("by_committee", "by_plenary")),
        EventKind.WITHDRAWN: _PLAIN,
        EventKind.SENT_TO_PRESIDENT: _PLAIN,
        EventKind.SIGNED: _PLAIN,
        EventKind.VETOED: _PLAIN,
        EventKind.CONCILIATION: Shape(what=("formed", "decided"), choice=("unanimous", "divided"), needed=_NAMED),
        EventKind.OVERRIDE: Shape(choice=("overridden", "upheld"), more=_VOTES, needed=_CHOSEN),
    },
    SubjectKind.SITTING: {
        EventKind.INITIATIVE: Shape(
            what=("president", "toraga", "deputies", "other"), more=(Field.COUNT,), needed=_NAMED
        ),
        EventKind.EXTENSION: _PLAIN,
        EventKind.RECEIVED: Shape(what=("library",), needed=_NAMED),
        EventKind.PUBLISHED: Shape(
            what=(Posted.AGENDA, Posted.MATERIALS, Posted.ROLL_CALL, Posted.PROTOCOL, Posted.TRANSCRIPT), needed=_NAMED
        ),
    },
}
"""What may be stated, by what it is about. What happened in the room is for observers' notes."""
