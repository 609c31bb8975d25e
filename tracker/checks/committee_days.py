"""R34: on which days committees sit (art. 42 p. 2), and that they do not sit while the plenary does (art. 33 p. 4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from tracker.checks.head_counts import clock
from tracker.checks.session import WEEKDAYS, is_between_sessions
from tracker.checks.sittings import one_per_record, own_events, shows_sitting
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, SittingCalendar, Surroundings
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Timeline


class CommitteeDay(StrEnum):
    """What R34 can say."""

    NAMED_DAY = "named_day"
    OTHER_DAY = "other_day"
    EXCLUDED_DAY = "excluded_day"
    DURING_PLENARY = "during_plenary"
    BESIDE_PLENARY = "beside_plenary"
    TIMES_UNKNOWN = "times_unknown"
    PLENARY_UNKNOWN = "plenary_unknown"
    FACTIONS_UNKNOWN = "factions_unknown"
    MOVED_WORKDAY = "moved_workday"


@dataclass(frozen=True, slots=True)
class _Span:
    """What tells of a sitting, and from when to when it went on, as far as that is told."""

    events: tuple[Event, ...]

    @property
    def began(self) -> time | None:
        """As it was opened, else as it was announced."""
        opened = self._times(EventKind.STARTED) or self._times(EventKind.ANNOUNCED)
        return min(opened, default=None)

    @property
    def ended(self) -> time | None:
        return max(self._times(EventKind.ENDED), default=None)

    @property
    def is_held(self) -> bool:
        return shows_sitting(self.events)

    def goes_on_at(self, at: time | None) -> bool:
        return bool(at and self.began and self.ended and self.began <= at < self.ended)

    def is_over_by(self, at: time | None) -> bool:
        return bool(at and self.ended and self.ended <= at)

    def _times(self, kind: EventKind) -> list[time]:
        return [event.at for event in self.events if event.kind is kind and event.at]


def committee_days(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R34, once a committee's sitting that is told of; the plenaries of that day stand in its timeline, where known."""
    own = own_events(timeline)
    if not own:
        return ()
    plenary = tuple(event for event in timeline.events if event.body is Body.PLENARY)
    question = Question(check_id="R34", day=day, events=one_per_record((*own, *plenary)))
    return question.ask(rules, lambda matter: _on_day(matter, own, plenary, (rules, around.calendar)))


def _on_day(
    matter: Matter, own: Sequence[Event], plenary: tuple[Event, ...], known: tuple[RuleBook, SittingCalendar]
) -> Judgement:
    (rules, calendar), day = known, matter.question.day
    weekday = WEEKDAYS[day.weekday()]
    figures = {"date": day.isoformat(), "weekday": weekday}
    if plenary:
        return _beside(matter, _Span(tuple(own)), _spans(plenary), figures)
    if calendar.is_suspended(day) and not is_between_sessions(day, rules, calendar):
        notes = () if _Span(tuple(own)).is_held else (ReviewNote.ONLY_ANNOUNCED,)
        return matter.broken(CommitteeDay.EXCLUDED_DAY, figures | {"why": "constituency_week"}, *notes)
    if calendar.is_moved_workday(day):
        return matter.not_applicable(CommitteeDay.MOVED_WORKDAY, figures)
    if weekday in matter.rule.parameters["weekdays"]:
        return matter.kept(CommitteeDay.NAMED_DAY, figures)
    return _other_day(matter, weekday, figures)


def _spans(plenary: Iterable[Event]) -> list[_Span]:
    """The plenary sittings of the day apart: there may be an ordinary and an extraordinary one."""
    found: dict[str | None, list[Event]] = {}
    for event in plenary:
        found.setdefault(event.sitting_id, []).append(event)
    return [_Span(tuple(events)) for events in found.values()]


def _beside(matter: Matter, own: _Span, plenaries: Sequence[_Span], figures: Mapping[str, Any]) -> Judgement:
    """On Mondays and Tuesdays committees have to keep out of the plenary's hours, on other days of its day."""
    held = own.is_held and any(one.is_held for one in plenaries)
    notes = () if held else (ReviewNote.ONLY_ANNOUNCED,)
    if figures["weekday"] not in matter.rule.parameters["weekdays"]:
        return matter.broken(CommitteeDay.EXCLUDED_DAY, {**figures, "why": "plenary_that_day"}, *notes)
    shown = {**figures, "began": _shown(own.began), "plenary": [_shown(one.began) for one in plenaries]}
    if any(one.goes_on_at(own.began) or own.goes_on_at(one.began) for one in plenaries):
        return matter.broken(CommitteeDay.DURING_PLENARY, shown, *notes)
    if all(one.is_over_by(own.began) or own.is_over_by(one.began) for one in plenaries):
        return matter.kept(CommitteeDay.BESIDE_PLENARY, shown)
    return matter.cannot_tell(CommitteeDay.TIMES_UNKNOWN, shown)


def _shown(at: time | None) -> str:
    return clock(at) if at else "—"


def _other_day(matter: Matter, weekday: str, figures: Mapping[str, Any]) -> Judgement:
    """«При необходимости – в другие дни», but not on days on which the plenary or the factions sit."""
    if weekday in matter.rule.parameters["plenary_weekdays"]:
        return matter.cannot_tell(CommitteeDay.PLENARY_UNKNOWN, figures)
    if weekday in matter.rule.parameters["faction_weekdays"]:
        return matter.cannot_tell(CommitteeDay.FACTIONS_UNKNOWN, figures)
    return matter.kept(CommitteeDay.OTHER_DAY, figures)
