"""Event and Timeline: what is known about one bill or one sitting, in order, with the evidence of every line.

A timeline is computed from records and observations and never stored. Disagreements stand side by
side: two sources that give different figures are two events.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from vocab.bodies import Body

STATED = "stated:"
"""How the record of evidence begins that a person typed, see db.facts: «stated:<id>»."""

OBSERVED = "observation:"
"""How the record of evidence begins that is an observer's note: «observation:<uuid>»."""


class EventKind(StrEnum):
    """What happened. One row per thing that a source can say."""

    SUBMITTED = "submitted"  # a bill was handed in
    REGISTERED = "registered"  # a bill got its number
    RECEIVED = "received"  # somebody got a bill: what (committee, experts, president, vetoed_law)
    DOCUMENT = "document"  # a document exists: what (vocab.documents), lang, readings it is for
    DOCUMENTS_COMPLETE = "documents_complete"  # a person says that no document is missing from our record
    PUBLISHED = "published"  # something stood on the site by this day: what; not_before: we had looked in vain
    NOT_PUBLISHED = "not_published"  # we looked on this day, and it was not on the site: what
    AMENDMENTS_UNTIL = "amendments_until"  # the last day for amendments, as the resolution has it (art. 54 p. 5)
    HEARING_ANNOUNCED = "hearing_announced"  # parliamentary hearings were announced (art. 116)
    HEARING = "hearing"  # parliamentary hearings were held
    INITIATIVE = "initiative"  # an extraordinary sitting was asked for: what (president, toraga, deputies), count
    ANNOUNCED = "announced"  # a sitting was announced by an agenda
    CANCELLED = "cancelled"  # an announced sitting vanished from the site
    SCHEDULED = "scheduled"  # a bill stands on an agenda
    REGISTRATION = "registration"  # deputies registered in the hall: count
    AGENDA_VOTE = "agenda_vote"  # the agenda was put to the vote: votes
    STARTED = "started"  # a sitting was opened: at
    ENDED = "ended"  # a sitting was closed: at
    CLOSED = "closed"  # a sitting, or an item of it, was held without the public: ground
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
    OVERRIDE = "override"  # a vetoed law was put to the vote again: votes, choice (overridden, upheld)
    CONCILIATION = "conciliation"  # a conciliation group: what (formed, decided), choice (unanimous, divided)
    MEMBER = "member"  # somebody belongs to a committee on this day: who with faction
    ENACTED = "enacted"  # stands in the law registry
    PRESS = "press"  # a press release tells of it, and of nothing that has a kind of its own
    HEAD_COUNT = "head_count"  # an observer counted the hall
    OBSERVED_ABSENT = "observed_absent"  # an observer saw that a deputy was not there
    OBSERVED_PRESENT = "observed_present"
    OBSERVED_VOTE = "observed_vote"  # an observer counted the votes
    OBSERVED_PROXY = "observed_proxy"  # an observer saw somebody vote for another
    OBSERVED_REGISTRATION = "observed_registration"  # an observer heard the number announced: count
    OBSERVED_BREAK = "observed_break"  # minutes
    PROXY_ANNOUNCED = "proxy_announced"  # the chair announced that a vote was given: who, to
    PRESENTER = "presenter"  # who presented an item: who, what (initiator, representative, committee, other)
    MATERIALS = "materials"  # materials of an item: what, choice (handed_out, not_handed_out)
    AMENDMENTS_READ = "amendments_read"  # choice (read, not_read), count
    QUOTE = "quote"  # who said about
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact comes from.

    `record` is "<record type>:<key>", "observation:<uuid>", or "stated:<id>" for what a person of the coalition typed;
    `page_id` the archived page (None for a note and a stated fact); `url` the address it was read at; `place` where on
    it, or the words that name the paper of a stated fact; `seen_at` when we first saw it (recorded time, UTC).
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

    @property
    def is_stated(self) -> bool:
        """True for what a person of the coalition typed: the word of one, with a source that no machine read."""
        return self.record.startswith(STATED)


def note_of(record: str) -> str | None:
    """The uuid of the observer's note that is this evidence's `record`; None for another record."""
    return record.removeprefix(OBSERVED) if record.startswith(OBSERVED) else None


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

    `day` is when it happened (valid time), `evidence.seen_at` when we could know it (recorded time). `day_told`
    False: the source does not tell the day, it happened by then. `seq` orders events of one source on one day (a
    protocol's own order). `item` is the number of a line of the agenda, in the agenda itself and in what observers
    note; other lists number otherwise. `about` is a scope in the source's words (the item a vote was transferred
    for), `ground` the lawful ground of combined readings (art. 53 p. 13) where it is known. `what` names the thing
    where a kind has several (a document, a role), `lang` its language, `at` the time of day. `not_before` is the
    last whole day on which a thing was not there, known by a later look in vain: it came after that day, and by
    `day`; None where nobody looked. `parts` are the sections that the text of a document was found to hold, None
    where no text was read. `observer` is the observer whose note it is, None for a page. `uncertain` says what was
    repaired or assumed, None for a plain reading.
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
    item: int | None = None
    readings: frozenset[int] = frozenset()
    count: int | None = None
    minutes: int | None = None
    who: Who | None = None
    to: Who | None = None
    votes: Votes | None = None
    choice: str | None = None
    about: str | None = None
    ground: str | None = None
    what: str | None = None
    lang: str | None = None
    at: time | None = None
    not_before: date | None = None
    parts: frozenset[str] | None = None
    observer: str | None = None
    uncertain: str | None = None


class SubjectKind(StrEnum):
    """What a timeline, a finding or a happening is about."""

    BILL = "bill"
    SITTING = "sitting"
    PERSON = "person"
    BODY = "body"  # the parliament as a whole, or one of its committees


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The dossier of a timeline: its public id, title, and what checks need to know of it.

    For a sitting `body`, `day`, `extraordinary` and `cancelled` are given; for a bill `kind` (law, code,
    constitutional_law, ratification, resolution, other), `initiator` ("government" | "deputies" | None: unknown) and
    `topics` (vocab.topics, those that are sure).
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
    topics: frozenset[int] = frozenset()


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
