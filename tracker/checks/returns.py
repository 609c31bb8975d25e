"""R21 and R22: no new content in the third reading, and one return to the second (art. 55 p. 7, art. 56, art. 57)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.checks.cases import distinct
from tracker.checks.steps import Course, Step, in_plenary
from tracker.checks.terms import Term, is_within, when
from tracker.judgement import Judgement, Matter, ReviewNote, SittingCalendar, Surroundings, about
from vocab.bodies import Body
from vocab.papers import Paper
from vocab.timeline import Event, EventKind

_TAKEN_UP = (EventKind.SCHEDULED, EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE)


class ThirdReading(StrEnum):
    """What R21 can say."""

    SAME_TEXT = "same_text"
    NO_AMENDMENTS_READ = "no_amendments_read"
    TEXT_CHANGED = "text_changed"
    AMENDMENTS_READ = "amendments_read"
    TEXTS_NOT_COMPARED = "texts_not_compared"
    OBSERVERS_DISAGREE = "observers_disagree"
    TAKEN_TOGETHER = "taken_together"


class Returns(StrEnum):
    """What R22 can say."""

    ONCE = "once"
    TOO_OFTEN = "too_often"
    MAY_BE_ONE = "may_be_one"
    READING_UNKNOWN = "reading_unknown"
    BROUGHT_IN_TIME = "brought_in_time"
    BROUGHT_TOO_LATE = "brought_too_late"
    BROUGHT_UNKNOWN = "brought_unknown"
    NO_TERM = "no_term"


def third_reading(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R21, once each third reading.

    Editorial corrections are made before the final vote (p. 4): what changed has to be read by a person.
    """
    rule = course.rules.on("R21", course.steps[-1].day)
    taken = [step for step in course.steps if rule and rule.parameters["reading"] in step.readings]
    cases = distinct(step.day.isoformat() for step in taken)
    return tuple(
        judgement
        for case, step in zip(cases, taken, strict=True)
        for judgement in course.ask(
            step.day, (*_about_text(course, step), *step.events), about(_unchanged(course), step), case=case
        )
    )


def _about_text(course: Course, step: Step) -> tuple[Event, ...]:
    """Comparisons of the texts of two readings, and what observers saw on the day of the third."""
    last = max(step.readings)
    texts = course.timeline.of(EventKind.DOCUMENT)
    compared = [one for one in texts if one.what == Paper.TEXT and last in one.readings and one.choice]
    seen = [one for one in course.timeline.of(EventKind.AMENDMENTS_READ) if one.day == step.day]
    return (*compared, *(one for one in seen if not one.readings or last in one.readings))


def _unchanged(course: Course) -> Any:
    def judge(matter: Matter, step: Step) -> Judgement:
        parameters = matter.rule.parameters
        figures = step.figures()
        if len(step.readings) > 1:
            return matter.not_applicable(ThirdReading.TAKEN_TOGETHER, figures)
        told = _about_text(course, step)
        compared = {event.choice for event in told if event.kind is EventKind.DOCUMENT}
        if compared & set(parameters["changed"]):
            return matter.broken(ThirdReading.TEXT_CHANGED, figures, ReviewNote.MAY_BE_EDITORIAL)
        if compared & set(parameters["unchanged"]):
            return matter.kept(ThirdReading.SAME_TEXT, figures)
        return _seen(matter, [event.choice for event in told], figures)

    return judge


def _seen(matter: Matter, choices: Sequence[str | None], figures: dict[str, Any]) -> Judgement:
    if not choices:
        return matter.cannot_tell(ThirdReading.TEXTS_NOT_COMPARED, figures)
    if len(set(choices)) > 1:
        return matter.cannot_tell(ThirdReading.OBSERVERS_DISAGREE, figures)
    if choices[0] == "read":
        notes = (ReviewNote.OBSERVER_ONLY, ReviewNote.MAY_BE_EDITORIAL)
        return matter.broken(ThirdReading.AMENDMENTS_READ, figures, *notes)
    return matter.kept(ThirdReading.NO_AMENDMENTS_READ, figures)


@dataclass(frozen=True, slots=True)
class _Returned:
    """Returns from one reading (None: the source does not tell which)."""

    reading: int | None
    events: tuple[Event, ...]

    @property
    def days(self) -> list[str]:
        return sorted({event.day.isoformat() for event in self.events})


def single_return(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R22: how often a bill went back from each reading, and once each return from the third, how soon it came back.

    A return is counted where the plenary returned the bill in its second or third reading.
    """
    told = [event for event in course.timeline.of(EventKind.RETURNED) if in_plenary(event)]
    rule = course.rules.on("R22", told[-1].day) if told else None
    if rule is None:
        return ()
    readings: list[int] = rule.parameters["readings"]
    groups = {reading: tuple(one for one in told if reading in one.readings) for reading in readings}
    unknown = tuple(one for one in told if not one.readings)
    found = [_Returned(reading, events) for reading, events in groups.items() if events]
    found += [_Returned(None, unknown)] if unknown else []
    return tuple(answer for one in found for answer in _of_reading(course, one, len(found) == 1, around.calendar))


def _of_reading(
    course: Course, returned: _Returned, is_alone: bool, calendar: SittingCalendar
) -> tuple[Judgement, ...]:
    case = f"returns:{returned.reading or 'unknown'}"
    last = returned.events[-1]
    often = course.ask(last.day, returned.events, lambda matter: _how_often(matter, returned, is_alone), case=case)
    again = _brought(course, last)
    back = course.ask(
        last.day,
        (last, *again),
        lambda matter: _how_soon(matter, returned, again, calendar),
        case=f"back:{last.day.isoformat()}",
    )
    return (*often, *(back if returned.reading is not None else ()))


def _how_often(matter: Matter, returned: _Returned, is_alone: bool) -> Judgement:
    most: int = matter.rule.parameters["most"]
    figures: dict[str, Any] = {"number": len(returned.days), "days": returned.days, "most": most}
    if returned.reading is None and not (is_alone and len(returned.days) <= most):
        return matter.cannot_tell(Returns.READING_UNKNOWN, figures)
    if len(returned.days) <= most:
        return matter.kept(Returns.ONCE, figures)
    if not all(event.day_told for event in returned.events):  # a retelling may tell of the same return
        return matter.cannot_tell(Returns.MAY_BE_ONE, figures)
    return matter.broken(Returns.TOO_OFTEN, figures)


def _brought(course: Course, returned: Event) -> tuple[Event, ...]:
    """The committee's decision after a return, and where the plenary took the bill up again."""
    after = [event for event in course.timeline.events if event.day > returned.day]
    committee = (one for one in after if one.kind is EventKind.COMMITTEE_DECISION and one.body is Body.COMMITTEE)
    plenary = (one for one in after if one.kind in _TAKEN_UP and in_plenary(one))
    return tuple(one for one in (next(committee, None), next(plenary, None)) if one)


def _how_soon(matter: Matter, returned: _Returned, again: Sequence[Event], calendar: SittingCalendar) -> Judgement:
    """Art. 57 p. 4 counts for returns from the third reading; the committee may have come sooner than the plenary."""
    parameters, last = matter.rule.parameters, returned.events[-1]
    if returned.reading != parameters["term_after"]:
        return matter.not_applicable(Returns.NO_TERM, {"date": last.day.isoformat()})
    if not again:
        return matter.cannot_tell(Returns.BROUGHT_UNKNOWN, {"date": last.day.isoformat()})
    term = Term.of(last.day, parameters["term"], calendar)
    answers = {event: is_within(when(last), when(event), parameters["term"], calendar) for event in again}
    figures = term.figures(min(event.day for event in again)) | {"date": last.day.isoformat()}
    if True in answers.values():
        return matter.kept(Returns.BROUGHT_IN_TIME, figures)
    late = [event for event, answer in answers.items() if answer is False]
    if any(event.kind is EventKind.COMMITTEE_DECISION for event in late):
        return matter.broken(Returns.BROUGHT_TOO_LATE, figures, *term.late_notes(late[0].day))
    return matter.cannot_tell(Returns.BROUGHT_UNKNOWN, figures)
