"""Who was there: registrations, absences and the votes given to others, read off a sitting's timeline. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vocab.bodies import Body, convocation_on
from vocab.timeline import Event, EventKind, Timeline, Votes, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A registration with its base. `quorum` is more than half of the seats; None where the base is not known."""

    event: Event
    count: int
    seats: int | None

    @property
    def quorum(self) -> int | None:
        """The smallest number that is more than half of the seats."""
        return self.seats // 2 + 1 if self.seats else None

    @property
    def reaches(self) -> bool | None:
        """The number is a quorum."""
        return self.count >= self.quorum if self.quorum else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """A deputy named as absent, and to whom the vote was given."""

    who: Who
    event: Event
    to: Who | None = None
    about: str | None = None


def seats_on(body: str | None, day: date) -> int | None:
    """The seats of the plenary on a day; the size of a committee is not known."""
    convocation = convocation_on(day)
    return convocation.seats if convocation and body == Body.PLENARY else None


def registrations(timeline: Timeline) -> tuple[Registration, ...]:
    """Every registration that gives a number, in order."""
    subject = timeline.subject
    return tuple(
        Registration(event=event, count=event.count, seats=seats_on(subject.body, event.day))
        for event in timeline.of(EventKind.REGISTRATION)
        if event.count is not None
    )


def absent(timeline: Timeline) -> tuple[Absent, ...]:
    """One line an absent deputy and transfer; a source that names somebody twice stays twice."""
    transfers = timeline.of(EventKind.TRANSFER)
    given = {_place(event) for event in transfers}
    lines = [Absent(who=event.who, to=event.to, about=event.about, event=event) for event in transfers if event.who]
    lines += [
        Absent(who=event.who, event=event)
        for event in timeline.of(EventKind.ABSENCE)
        if event.who and _place(event) not in given
    ]
    return tuple(sorted(lines, key=lambda line: (line.event.day, line.event.evidence.record, line.event.seq)))


def _place(event: Event) -> tuple[str, str, str]:
    """The same deputy in the same record."""
    who = event.who.written if event.who else ""
    return event.evidence.record, who, event.who.person_id or "" if event.who else ""


def votes(timeline: Timeline) -> dict[tuple[int, str | None], Votes]:
    """What is known of the votes, by place and title of the agenda's item."""
    events = timeline.of(EventKind.PUT_TO_VOTE, EventKind.VOTE)
    return {(event.seq, event.about): event.votes or Votes() for event in events}


def total_minutes(events: Iterable[Event]) -> int:
    """The length of the breaks that have one."""
    return sum(event.minutes or 0 for event in events)
