"""Event and Timeline: what is known about one bill or one sitting, in order, with the evidence of every line.

A timeline is computed from records and observations and never stored. Disagreements stand side by
side: two sources that give different figures are two events.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from vocab.bodies import Body


class EventKind(StrEnum):
    """What happened. One row per thing that a source can say."""

    REGISTERED = "registered"  # a bill got its number
    ANNOUNCED = "announced"  # a sitting was announced by an agenda
    CANCELLED = "cancelled"  # an announced sitting vanished from the site
    SCHEDULED = "scheduled"  # a bill stands on an agenda
    REGISTRATION = "registration"  # deputies registered in the hall: count
    BREAK = "break"  # minutes, or None where the length is unknown
    ABSENCE = "absence"  # a deputy is announced as absent
    TRANSFER = "transfer"  # a deputy's vote is given to another deputy
    CONSIDERED = "considered"  # a bill was considered in readings
    PUT_TO_VOTE = "put_to_vote"  # an item was put to the vote; figures may be unknown
    VOTE = "vote"  # the result of a vote, with figures
    BALLOT = "ballot"  # one deputy's recorded vote
    ADOPTED = "adopted"
    REJECTED = "rejected"
    RETURNED = "returned"  # back to the second reading (art. 55 p. 7), or to its authors
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    COMMITTEE_DECISION = "committee_decision"
    FACTION_OPINION = "faction_opinion"
    PUBLIC_DISCUSSION = "public_discussion"
    EXTENSION = "extension"  # the committee extended the interval (art. 53 p. 11)
    SENT_TO_PRESIDENT = "sent_to_president"
    SIGNED = "signed"
    VETOED = "vetoed"
    ENACTED = "enacted"  # stands in the law registry
    PRESS = "press"  # a press release tells of it, and of nothing that has a kind of its own
    HEAD_COUNT = "head_count"  # an observer counted the hall
    OBSERVED_ABSENT = "observed_absent"  # an observer saw that a deputy was not there
    OBSERVED_PRESENT = "observed_present"
    OBSERVED_VOTE = "observed_vote"  # an observer counted the votes
    OBSERVED_PROXY = "observed_proxy"  # an observer saw somebody vote for another
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact comes from.

    `record` is "<record type>:<key>" or "observation:<uuid>"; `page_id` the archived page (None for an observation);
    `url` the address it was read at; `place` where on it; `seen_at` when we first saw it (recorded time, UTC).
    """

    record: str
    page_id: int | None = None
    url: str | None = None
    place: str | None = None
    seen_at: datetime | None = None

    @property
    def is_press(self) -> bool:
        """True for what a press release tells: the parliament's own words, but not its record."""
        return self.record.startswith("press_record:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person as a source names them, and whom we take them for.

    `person_id` None: not resolved. `faction` is the canonical faction on the day of the event; `faction_note` says
    when it comes from another day's membership list ("nearest list: 2016-06-17").
    """

    written: str
    person_id: str | None = None
    faction: str | None = None
    faction_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """A vote's figures; None where the source does not give them."""

    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a timeline.

    `day` is when it happened (valid time), `evidence.seen_at` when we could know it (recorded time). `day_told` False:
    the source does not tell the day, it happened by then. `seq` orders events of one source on one day (a protocol's
    own order). `about` is a scope in the source's words (the item a
    vote was transferred for), `ground` the lawful ground of combined readings (art. 53 p. 13) where it is known.
    `uncertain` says what was repaired or assumed, None for a plain reading.
    """

    kind: EventKind
    day: date
    evidence: Evidence
    day_told: bool = True
    seq: int = 0
    body: Body | None = None
    committee: str | None = None
    sitting_id: str | None = None
    bill_id: str | None = None
    readings: frozenset[int] = frozenset()
    count: int | None = None
    minutes: int | None = None
    who: Who | None = None
    to: Who | None = None
    votes: Votes | None = None
    choice: str | None = None
    about: str | None = None
    ground: str | None = None
    uncertain: str | None = None


class SubjectKind(StrEnum):
    """What a timeline, a finding or a happening is about."""

    BILL = "bill"
    SITTING = "sitting"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The dossier of a timeline: its public id, title, and what checks need to know of it.

    For a sitting `body`, `day`, `extraordinary` and `cancelled` are given; for a bill `kind` (law, code,
    constitutional_law, ratification, resolution, other) and `initiator` ("government" | "deputies" | None: unknown).
    """

    kind: SubjectKind
    id: str
    title: str
    body: Body | None = None
    committee: str | None = None
    day: date | None = None
    extraordinary: bool = False
    cancelled: bool = False
    bill_kind: str | None = None
    initiator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything known about one subject, ordered by (day, seq). `as_of` None: as known now."""

    subject: Subject
    events: tuple[Event, ...] = ()
    as_of: date | None = None
    sources: frozenset[str] = field(default_factory=frozenset)

    def of(self, *kinds: EventKind) -> tuple[Event, ...]:
        """The events of these kinds, in order."""
        return tuple(event for event in self.events if event.kind in kinds)
