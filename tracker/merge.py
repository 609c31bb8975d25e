"""Rows of records and observations → the timeline of a sitting or a bill. Pure.

Disagreements stay side by side: two sources that tell of one thing are two events, each with its evidence. `seq`
orders the events of one source only; a protocol and a vote list of one day cannot be put in one order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.identify.people import People
from tracker.looks import Watch
from tracker.observed import observed_events
from tracker.papers import PaperRow, PaperWords, paper_events
from tracker.posted import posted_bill, posted_sitting
from tracker.rows import BallotRow, EntryRow, Fields, ObservationRow, PressRow, RecordRow, SittingRow
from tracker.stated import FactRow, stated_events
from tracker.told_by_press import told_by_press
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Subject, Timeline, Votes

_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_DECIDED_BEFORE = "the day of the decision is not told: it was taken by this day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an agenda or vote list with the page it stands on, its sitting, bill and votes."""

    entry: EntryRow
    page: SittingRow
    sitting_id: str
    bill_id: str | None
    ballots: tuple[BallotRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingTold:
    """Everything that tells of one sitting."""

    pages: tuple[SittingRow, ...] = ()
    lines: tuple[Line, ...] = ()
    observations: tuple[ObservationRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    watch: Watch = field(default_factory=Watch)


@dataclass(frozen=True, slots=True, kw_only=True)
class BillTold:
    """Everything that tells of one bill.

    `cancelled` are the sittings that its lines were announced for in vain; `doubts` say of a record («act_record:…»)
    what was assumed when it was joined to the bill.
    """

    registry: tuple[RecordRow, ...] = ()
    lines: tuple[Line, ...] = ()
    acts: tuple[RecordRow, ...] = ()
    press: tuple[PressRow, ...] = ()
    observations: tuple[ObservationRow, ...] = ()
    papers: tuple[PaperRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    cancelled: frozenset[str] = frozenset()
    doubts: Mapping[str, str] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)


def merge_sitting(subject: Subject, told: SittingTold, people: People, as_of: date | None = None) -> Timeline:
    """The timeline of a sitting."""
    events = [event for page in told.pages for event in _page_events(page, subject, people)]
    events += [event for line in told.lines for event in _line_events(line)]
    events += observed_events(told.observations, people)
    ballots = [ballot.record for line in told.lines for ballot in line.ballots]
    events += list(posted_sitting(subject, told.pages, ballots, events, told.watch))
    events += stated_events(told.facts, subject)
    sources = {page.source for page in told.pages} | {"observation" for _ in told.observations}
    return _timeline(subject, events, sources, as_of)


def merge_bill(subject: Subject, told: BillTold, people: People, as_of: date | None = None) -> Timeline:
    """The timeline of a bill."""
    events = [_registered(record, subject) for record in told.registry if record.columns["registered_on"]]
    for line in told.lines:
        events += _line_events(line)
        events += _told_by_line(line)
        if line.sitting_id in told.cancelled:
            events.append(_cancelled(line))
    events += [_enacted(record, subject) for record in told.acts if record.columns["adopted_on"]]
    events += told_by_press(told.press, people)
    events += paper_events(told.papers, PaperWords.load())
    events += list(posted_bill(subject.id, told.registry, events, told.watch))
    events = [_doubted(event, told.doubts) for event in events]
    events += observed_events(told.observations, people)
    events += stated_events(told.facts, subject)
    sources = {line.page.source for line in told.lines} | {row.record.record_type for row in told.press}
    sources |= {record.record_type for record in (*told.registry, *told.acts)}
    return _timeline(subject, events, sources | {"observation" for _ in told.observations}, as_of)


def with_events(timeline: Timeline, events: Iterable[Event]) -> Timeline:
    """The timeline with events that the records of other dossiers tell."""
    return replace(timeline, events=_in_order((*timeline.events, *events)))


def _timeline(subject: Subject, events: Iterable[Event], sources: Iterable[str], as_of: date | None) -> Timeline:
    return Timeline(subject=subject, events=_in_order(events), as_of=as_of, sources=frozenset(sources))


def _in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda one: (one.day, one.seq, _ORDER[one.kind], one.evidence.record)))


def _page_events(page: SittingRow, subject: Subject, people: People) -> Iterator[Event]:
    about = Event(
        kind=EventKind.ANNOUNCED,
        day=page.day,
        evidence=page.record.evidence(),
        body=Body(page.body),
        committee=page.committee,
        sitting_id=subject.id,
        uncertain=page.record.fields.get("day_note"),
    )
    if page.source == "agenda":
        yield replace(about, at=page.starts_at)
        if subject.cancelled:
            yield replace(about, kind=EventKind.CANCELLED)
    for mark in page.marks("registrations"):
        here = _at(about, page, "registration", mark["seq"])
        yield replace(here, kind=EventKind.REGISTRATION, count=mark["count"])
    for mark in page.marks("breaks"):
        here = _at(about, page, "break", mark["seq"])
        yield replace(here, kind=EventKind.BREAK, minutes=mark["minutes"])
    for mark in page.marks("absences"):
        yield from _absence_events(_at(about, page, "absence", mark["seq"]), page, mark, people)


def _at(event: Event, page: SittingRow, what: str, seq: int) -> Event:
    return replace(event, seq=seq, evidence=page.record.evidence(f"{what}:{seq}"))


def _absence_events(here: Event, page: SittingRow, mark: Fields, people: People) -> Iterator[Event]:
    """The absence, and the transfer of the vote where one is told."""
    seq = mark["seq"]
    who, note = people.who(("sitting_record", page.key, f"absence:{seq}"), mark["name"], page.day)
    absence = replace(here, kind=EventKind.ABSENCE, who=who, uncertain=_notes(here.uncertain, note))
    yield absence
    if mark.get("transfer_to"):
        spot = ("sitting_record", page.key, f"transfer:{seq}")
        holder, holder_note = people.who(spot, mark["transfer_to"], page.day)
        yield replace(
            absence,
            kind=EventKind.TRANSFER,
            to=holder,
            about=mark.get("about"),
            evidence=page.record.evidence(f"transfer:{seq}"),
            uncertain=_notes(absence.uncertain, holder_note),
        )


def _notes(*notes: str | None) -> str | None:
    return "; ".join(dict.fromkeys(note for note in notes if note)) or None


def _line_events(line: Line) -> Iterator[Event]:
    """The bill stands on an agenda, or was put to the vote, with the figures where a vote has any."""
    here = _of_line(line)
    if line.page.source == "agenda":
        yield here
        return
    counted = [one for one in line.ballots if one.in_favour is not None]
    for ballot in counted:
        votes = Votes(in_favour=ballot.in_favour, against=ballot.against, abstained=ballot.abstained)
        yield replace(here, kind=EventKind.VOTE, votes=votes, evidence=ballot.record.evidence(f"vote {ballot.number}"))
    if not counted:
        yield replace(here, kind=EventKind.PUT_TO_VOTE, votes=Votes())


def _of_line(line: Line) -> Event:
    entry = line.entry
    return Event(
        kind=EventKind.SCHEDULED,
        day=entry.day,
        seq=entry.position,
        evidence=entry.record.evidence(f"line:{entry.position}"),
        body=Body(line.page.body),
        committee=line.page.committee,
        sitting_id=line.sitting_id,
        bill_id=line.bill_id,
        item=entry.position if line.page.source == "agenda" else None,
        readings=entry.readings,
        about=entry.title,
        uncertain=line.page.record.fields.get("day_note"),
    )


def _told_by_line(line: Line) -> Iterator[Event]:
    """What a line tells of other days: decisions of committees, days of the discussion."""
    here = replace(_of_line(line), seq=0)
    for decision in line.entry.decisions:
        yield replace(
            here,
            kind=EventKind.COMMITTEE_DECISION,
            body=Body.COMMITTEE,
            committee=decision.committee,
            sitting_id=None,
            readings=decision.readings,
            choice=decision.decision,
            day_told=False,
            uncertain=_notes(here.uncertain, _DECIDED_BEFORE),
        )
    for day in line.entry.discussed:
        yield replace(here, kind=EventKind.CONSIDERED, day=day, sitting_id=None)


def _cancelled(line: Line) -> Event:
    return replace(_of_line(line), kind=EventKind.CANCELLED, readings=frozenset(), evidence=line.page.record.evidence())


def _registered(record: RecordRow, subject: Subject) -> Event:
    return Event(
        kind=EventKind.REGISTERED,
        day=record.columns["registered_on"],
        evidence=record.evidence(),
        bill_id=subject.id,
        about=record.columns["title"],
    )


def _enacted(record: RecordRow, subject: Subject) -> Event:
    return Event(
        kind=EventKind.ENACTED,
        day=record.columns["adopted_on"],
        evidence=record.evidence(),
        bill_id=subject.id,
        about=record.columns["title"],
    )


def _doubted(event: Event, doubts: Mapping[str, str]) -> Event:
    doubt = doubts.get(event.evidence.record)
    return replace(event, uncertain=_notes(event.uncertain, doubt)) if doubt else event
