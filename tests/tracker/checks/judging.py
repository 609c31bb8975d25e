"""A bill of our own in a line of code, and what one check says of it."""

from datetime import date

from tracker.calendar import KyrgyzCalendar
from tracker.checks import CHECKS
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline


def day(text: str) -> date:
    return date.fromisoformat(text)


def event(kind: EventKind, on: str, *readings: int, **said: object) -> Event:
    values = {"kind": kind, "day": day(on), "evidence": Evidence(record="r"), "readings": frozenset(readings)}
    return Event(**(values | said))  # type: ignore[arg-type]


def bill(*events: Event, title: str = "О дорогах", **said: object) -> Timeline:
    values = {"kind": SubjectKind.BILL, "id": "b", "title": title, "bill_kind": "law"}
    ordered = sorted(events, key=lambda one: (one.day, one.seq))
    return Timeline(subject=Subject(**(values | said)), events=tuple(ordered))  # type: ignore[arg-type]


def judged(check_id: str, timeline: Timeline, calendar: KyrgyzCalendar | None = None) -> dict[str, Judgement]:
    """The judgements of one check, by case."""
    check = next(check for check in CHECKS if check.id == check_id)
    around = Surroundings(calendar=calendar or KyrgyzCalendar())
    return {one.case: one for one in check.judge(timeline, RuleBook.load(), around)}


def only(check_id: str, timeline: Timeline, calendar: KyrgyzCalendar | None = None) -> Judgement:
    """The one judgement of a check."""
    [one] = judged(check_id, timeline, calendar).values()
    return one


def said(one: Judgement) -> tuple[str, str]:
    """Verdict and reason in short."""
    return one.verdict.value, one.reason
