"""R41: when an adopted law goes to the President, and when it is signed or comes back (art. 58 p. 6, art. 59 p. 6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.checks.steps import Course, in_plenary
from tracker.checks.terms import Term, arithmetic, is_by, is_within, when
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings, about
from vocab.dates import add_months, calendar_days
from vocab.timeline import Event, EventKind

_PRESIDENT, _OVERRIDDEN = "president", "overridden"
_DONE = (EventKind.SIGNED, EventKind.VETOED)


class Sending(StrEnum):
    """What R41 can say."""

    SENT_IN_TIME = "sent_in_time"
    SENT_TOO_LATE = "sent_too_late"
    SENT_UNKNOWN = "sent_unknown"
    ADOPTION_UNKNOWN = "adoption_unknown"
    DONE_IN_TIME = "done_in_time"
    DONE_TOO_LATE = "done_too_late"
    DONE_UNKNOWN = "done_unknown"
    NOT_DONE_YET = "not_done_yet"
    DAYS_UNKNOWN = "days_unknown"


@dataclass(frozen=True, slots=True)
class _Round:
    """One way of a law to the President: from its adoption (or the vote that overrode objections) to his answer."""

    adopted: Event | None
    sent: Event | None
    arrived: Event | None
    done: Event | None
    is_override: bool

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for event in (self.adopted, self.sent, self.arrived, self.done) if event)


def sending_and_signing(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R41, twice each time that a law is told to have gone to the President: sent in time, and answered in time."""
    answers: list[Judgement] = []
    for number, one in enumerate(_rounds(course), start=1):
        last = one.events[-1]
        name = "" if number == 1 else f":{number}"
        answers += course.ask(last.day, one.events, about(_sent(around), one), case=f"sent{name}")
        answers += course.ask(last.day, one.events, about(_done(around), one), case=f"signed{name}")
    return tuple(answers)


def _rounds(course: Course) -> list[_Round]:
    """Every answer of the President closes a round; a law on its way to him is an open one."""
    rounds: list[_Round] = []
    left = list(_way(course))
    while left:
        end = next((place for place, event in enumerate(left) if event.kind in _DONE), len(left) - 1)
        found = _round(left[: end + 1])
        if found.sent or found.arrived or found.done:
            rounds.append(found)
        left = left[end + 1 :]
    return rounds


def _way(course: Course) -> list[Event]:
    """Adoption in the last reading, overrides, the law on its way and the answers, each day's thing once.

    What is told without its day tells the same thing later, where another source gives the day.
    """
    told = [event for event in course.timeline.events if _is_of_way(course, event)]
    dated = {event.kind for event in told if event.day_told}
    first: dict[tuple[EventKind, object], Event] = {}
    for event in told:
        if event.day_told or event.kind not in dated:
            first.setdefault((event.kind, event.day if event.day_told else None), event)
    return sorted(first.values(), key=lambda event: (event.day, event.kind in _DONE))


def _is_of_way(course: Course, event: Event) -> bool:
    if event.kind is EventKind.ADOPTED:
        return course.last_reading in event.readings and in_plenary(event)
    if event.kind is EventKind.OVERRIDE:
        return event.choice == _OVERRIDDEN
    if event.kind is EventKind.RECEIVED:
        return event.what == _PRESIDENT
    return event.kind in (EventKind.SENT_TO_PRESIDENT, *_DONE)


def _round(events: Sequence[Event]) -> _Round:
    def last(*kinds: EventKind) -> Event | None:
        return next((event for event in reversed(events) if event.kind in kinds), None)

    adopted = last(EventKind.ADOPTED, EventKind.OVERRIDE)
    sent, arrived = last(EventKind.SENT_TO_PRESIDENT), last(EventKind.RECEIVED)
    is_override = adopted is not None and adopted.kind is EventKind.OVERRIDE
    return _Round(adopted=adopted, sent=sent, arrived=arrived, done=last(*_DONE), is_override=is_override)


def _sent(around: Surroundings) -> Callable[[Matter, _Round], Judgement]:
    def judge(matter: Matter, one: _Round) -> Judgement:
        """A law that arrived, or was signed, had been sent before: where only that is told, it bounds the sending."""
        limit, end = matter.rule.parameters["sent"], one.sent or one.arrived or one.done
        if one.adopted is None or end is None or end.day < one.adopted.day:
            return matter.cannot_tell(Sending.ADOPTION_UNKNOWN, {})
        term = Term.of(one.adopted.day, limit, around.calendar)
        figures = term.figures(end.day)
        answer = is_within(when(one.adopted), when(end), limit, around.calendar)
        if answer:
            return matter.kept(Sending.SENT_IN_TIME, figures)
        if one.sent is None:
            return matter.cannot_tell(Sending.SENT_UNKNOWN, figures)
        if answer is None:
            return matter.cannot_tell(Sending.DAYS_UNKNOWN, figures)
        return matter.broken(Sending.SENT_TOO_LATE, figures, *term.late_notes(end.day))

    return judge


def _done(around: Surroundings) -> Callable[[Matter, _Round], Judgement]:
    def judge(matter: Matter, one: _Round) -> Judgement:
        """From its arrival the President has a month, after an override so many working days.

        The month is his own term: it does not stand still between the parliament's sessions. Where the sending is not
        told, a law that was answered within the term after its adoption was answered in time.
        """
        start = one.arrived or one.sent or one.adopted
        if one.done is None or start is None or one.done.day < start.day:
            reason = Sending.NOT_DONE_YET if one.done is None else Sending.DONE_UNKNOWN
            answer = matter.not_applicable if one.done is None else matter.cannot_tell
            return answer(reason, {})
        figures, in_time, last_notes = _answered(matter, (start, one.done), one.is_override, around)
        if in_time:
            return matter.kept(Sending.DONE_IN_TIME, figures)
        if start is one.adopted:
            return matter.cannot_tell(Sending.DONE_UNKNOWN, figures)
        if in_time is None:
            return matter.cannot_tell(Sending.DAYS_UNKNOWN, figures)
        return matter.broken(Sending.DONE_TOO_LATE, figures, *last_notes)

    return judge


def _answered(
    matter: Matter, ends: tuple[Event, Event], is_override: bool, around: Surroundings
) -> tuple[dict[str, Any], bool | None, tuple[ReviewNote, ...]]:
    """The arithmetic, whether the answer came in time, and why a person has to look where it did not."""
    (start, done), parameters = ends, matter.rule.parameters
    if is_override:
        limit = parameters["after_override"]
        term = Term.of(start.day, limit, around.calendar)
        in_time = is_within(when(start), when(done), limit, around.calendar)
        return term.figures(done.day), in_time, term.late_notes(done.day)
    months: int = parameters["signed_months"]
    began, deadline = when(start), add_months(start.day, months)
    first = add_months(began.earliest, months) if began.earliest else None
    figures = arithmetic(calendar_days(start.day, done.day)) | {"months": months, "deadline": deadline.isoformat()}
    is_unread = matter.rule.verified and "signed" in parameters["unread"]
    return figures, is_by(when(done), first, deadline), (ReviewNote.UNVERIFIED_RULE,) if is_unread else ()
