"""What an observer can note, and the fields of each kind of note."""

from collections.abc import Mapping
from enum import StrEnum

from vocab.papers import Paper

FORM_VERSION = 1
"""Grows when a kind or a field of a note changes its meaning; notes of older forms are understood for good."""


class ObservationKind(StrEnum):
    """The kinds of notes on the form in the room."""

    STARTED = "started"
    ENDED = "ended"
    REGISTRATION = "registration"  # as announced
    HEAD_COUNT = "head_count"
    AGENDA_VOTE = "agenda_vote"
    ABSENT = "absent"
    PRESENT = "present"
    PRESENTER = "presenter"
    OPINION = "opinion"
    MATERIALS = "materials"
    AMENDMENTS = "amendments"
    COMBINED = "combined"
    VOTE = "vote"
    PROXY_ANNOUNCED = "proxy_announced"
    PROXY = "proxy"  # seen: somebody votes for another
    POSTPONED = "postponed"
    BREAK = "break"
    CLOSED = "closed"
    DOCUMENT = "document"
    QUOTE = "quote"
    NOTE = "note"
    PHOTO = "photo"
    INTERVIEW = "interview"
    VIDEO = "video"


class Field(StrEnum):
    """What a field of a note holds; names of persons and links are as typed."""

    NUMBER = "number"  # a whole number from 0 to 1000
    MINUTES = "minutes"
    TIME = "time"  # "10:05", Bishkek
    DAY = "day"  # "2026-11-27"
    TEXT = "text"
    PERSON = "person"
    LINK = "link"
    YES_NO = "yes_no"
    READINGS = "readings"  # [2, 3]
    UPLOAD = "upload"  # the id of a picture that was sent apart
    ROLE = "role"  # initiator, representative, committee, other
    GIVEN_BY = "given_by"  # committee, faction, government, expert
    STANCE = "stance"  # positive, negative, none
    METHOD = "method"  # electronic, hands
    OUTCOME = "outcome"  # adopted, rejected
    GROUND = "ground"  # a ground of art. 53 p. 13, see reglament/kg.yml, or "not_named"
    PAPER = "paper"  # vocab.papers.Paper
    LANGUAGE = "language"  # ky, ru


ABOUT_ITEM: Mapping[str, Field] = {"item": Field.NUMBER, "bill": Field.TEXT}
"""Every note may say which item of the agenda it is about, and which bill that is."""

FIELDS: Mapping[ObservationKind, Mapping[str, Field]] = {
    ObservationKind.STARTED: {"at": Field.TIME},
    ObservationKind.ENDED: {"at": Field.TIME},
    ObservationKind.REGISTRATION: {"count": Field.NUMBER},
    ObservationKind.HEAD_COUNT: {"count": Field.NUMBER},
    ObservationKind.AGENDA_VOTE: {"for": Field.NUMBER, "against": Field.NUMBER},
    ObservationKind.ABSENT: {"person": Field.PERSON},
    ObservationKind.PRESENT: {"person": Field.PERSON},
    ObservationKind.PRESENTER: {"person": Field.PERSON, "role": Field.ROLE, "readings": Field.READINGS},
    ObservationKind.OPINION: {
        "given_by": Field.GIVEN_BY,
        "name": Field.TEXT,
        "stance": Field.STANCE,
        "paper": Field.PAPER,
        "readings": Field.READINGS,
    },
    ObservationKind.MATERIALS: {"handed_out": Field.YES_NO, "paper": Field.PAPER},
    ObservationKind.AMENDMENTS: {"read": Field.YES_NO, "count": Field.NUMBER},
    ObservationKind.COMBINED: {"readings": Field.READINGS, "ground": Field.GROUND, "text": Field.TEXT},
    ObservationKind.VOTE: {
        "for": Field.NUMBER,
        "against": Field.NUMBER,
        "abstained": Field.NUMBER,
        "method": Field.METHOD,
        "outcome": Field.OUTCOME,
        "readings": Field.READINGS,
        "counted": Field.YES_NO,  # yes: the observer counted; no: as announced
    },
    ObservationKind.PROXY_ANNOUNCED: {"from": Field.PERSON, "to": Field.PERSON},
    ObservationKind.PROXY: {"from": Field.PERSON, "to": Field.PERSON},
    ObservationKind.POSTPONED: {"by_committee": Field.YES_NO},
    ObservationKind.BREAK: {"minutes": Field.MINUTES},
    ObservationKind.CLOSED: {"text": Field.TEXT},
    ObservationKind.DOCUMENT: {"paper": Field.PAPER, "dated": Field.DAY, "language": Field.LANGUAGE},
    ObservationKind.QUOTE: {"person": Field.PERSON, "text": Field.TEXT},
    ObservationKind.NOTE: {"text": Field.TEXT},
    ObservationKind.PHOTO: {"upload": Field.UPLOAD, "text": Field.TEXT},
    ObservationKind.INTERVIEW: {"person": Field.PERSON, "link": Field.LINK, "text": Field.TEXT},
    ObservationKind.VIDEO: {"link": Field.LINK},
}

CHOICES: Mapping[Field, tuple[str, ...]] = {
    Field.ROLE: ("initiator", "representative", "committee", "other"),
    Field.GIVEN_BY: ("committee", "faction", "government", "expert"),
    Field.STANCE: ("positive", "negative", "none"),
    Field.METHOD: ("electronic", "hands"),
    Field.OUTCOME: ("adopted", "rejected"),
    Field.PAPER: tuple(Paper),
    Field.LANGUAGE: ("ky", "ru"),
}
"""What may stand in a field of few values. The grounds of combined readings are data of a rule: reglament/kg.yml."""

GROUND_NOT_NAMED = "not_named"
"""Readings were combined, and no ground was named."""

NEEDED: Mapping[ObservationKind, str] = {
    ObservationKind.REGISTRATION: "count",
    ObservationKind.HEAD_COUNT: "count",
    ObservationKind.ABSENT: "person",
    ObservationKind.PRESENT: "person",
    ObservationKind.OPINION: "given_by",
    ObservationKind.MATERIALS: "handed_out",
    ObservationKind.AMENDMENTS: "read",
    ObservationKind.COMBINED: "readings",
    ObservationKind.DOCUMENT: "paper",
    ObservationKind.QUOTE: "text",
    ObservationKind.NOTE: "text",
    ObservationKind.PHOTO: "upload",
    ObservationKind.VIDEO: "link",
}
"""The field without which a note of a kind says nothing."""
