"""What has to stand on the parliament's site by a day: in time, late, not there, or nobody can tell.

A thing that we saw by its last day is in time. It is late only where we looked after that day and did not find it:
between two looks nobody knows when it came, and where the site was down nobody looked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.terms import Term, When, arithmetic, is_by, when
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote
from vocab.papers import Posted
from vocab.timeline import Event, EventKind, Timeline


class Posting(StrEnum):
    """What a check of one thing on the site can say."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_THERE = "not_there"
    DAY_UNKNOWN = "day_unknown"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """By which day something has to stand on the site.

    `deadline` is the last day on which it is in time; `is_dated` False: the day that it is counted from is not told, so
    that the deadline may have been earlier. `figures` is the arithmetic, `notes` why a person has to look before it is
    called late; `reasons` are the words of the check for each `Posting`.
    """

    deadline: date
    figures: Mapping[str, Any]
    is_dated: bool = True
    notes: tuple[ReviewNote, ...] = ()
    reasons: type[StrEnum] = Posting


DutyOf = Callable[[Rule, Event | None], Duty]
"""The duty by a rule; given when the thing was first seen, for the arithmetic."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """What decides: the first time that it was seen, and the look in vain that counts."""

    seen: Event | None
    in_vain: Event | None

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(event for event in (self.in_vain, self.seen) if event is not None)


def duty_before(term: Term, seen: Event | None) -> Duty:
    """Not later than so many days before the day that the term is given with."""
    day = term.start
    figures: dict[str, Any] = {"date": day.isoformat(), "needed": term.days, "unit": term.unit.value}
    if seen is not None and seen.day <= day:
        figures |= arithmetic(replace(term, start=seen.day).count(day))
    return Duty(deadline=term.before(day), figures=figures)


def duty_after(term: Term, seen: Event | None) -> Duty:
    """Not later than so many days after the day that the term starts after."""
    end = seen.day if seen else term.last
    return Duty(deadline=term.last, figures=term.figures(end), notes=term.late_notes(end))


def ask_posting(
    question: Question, timeline: Timeline, rules: RuleBook, what: Posted, duty_of: DutyOf
) -> tuple[Judgement, ...]:
    """The judgement on one duty; `question.events` are what makes it one, without those that tell of the site."""
    rule = rules.on(question.check_id, question.day)
    if rule is None:
        return ()
    seen = first_seen(timeline, what)
    duty = duty_of(rule, seen)
    looks = _Looks(seen, _in_vain(timeline, what, seen, duty.deadline))
    question = replace(question, events=(*question.events, *looks.events))
    return question.ask(rules, lambda matter: _answer(matter, duty, looks))


def first_seen(timeline: Timeline, what: Posted) -> Event | None:
    """The first event that tells of a thing on the site."""
    return next(_about(timeline, EventKind.PUBLISHED, what), None)


def _about(timeline: Timeline, kind: EventKind, what: Posted) -> Iterator[Event]:
    return (event for event in timeline.of(kind) if event.what == what)


def _in_vain(timeline: Timeline, what: Posted, seen: Event | None, deadline: date) -> Event | None:
    """The look in vain that counts: the first one after the deadline, for later ones say nothing more."""
    looks = [one for one in _about(timeline, EventKind.NOT_PUBLISHED, what) if seen is None or one.day <= seen.day]
    after = [one for one in looks if one.day > deadline]
    return next(iter(after or reversed(looks)), None)


def _answer(matter: Matter, duty: Duty, looks: _Looks) -> Judgement:
    seen, in_vain = looks.seen, looks.in_vain
    say = duty.reasons
    figures = {**duty.figures, "deadline": duty.deadline.isoformat()}
    if in_vain is not None:
        figures["looked"] = in_vain.day.isoformat()
    if seen is None:
        if in_vain is not None and in_vain.day > duty.deadline:
            return matter.broken(say(Posting.NOT_THERE), figures, *duty.notes)
        return matter.cannot_tell(say(Posting.NOT_SEEN), figures)
    figures |= {"published": seen.day.isoformat()}
    in_vain_days = [one for one in (seen.not_before, in_vain.day if in_vain else None) if one is not None]
    if in_vain_days:
        figures["looked"] = max(in_vain_days).isoformat()
    in_time = is_by(_came(seen, in_vain), duty.deadline if duty.is_dated else None, duty.deadline)
    if in_time is None:
        return matter.cannot_tell(say(Posting.DAY_UNKNOWN), figures)
    if in_time:
        return matter.kept(say(Posting.IN_TIME), figures)
    return matter.broken(say(Posting.LATE), figures, *duty.notes)


def _came(seen: Event, in_vain: Event | None) -> When:
    """When it came to the site: after every look in vain. On the day of such a look it may have come later."""
    found = when(seen)
    if in_vain is None:
        return found
    return When(max(found.earliest or in_vain.day, in_vain.day), found.latest)
