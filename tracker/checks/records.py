"""R31 and R32: what stays of a sitting: the roll call of its votes, its protocol and its transcript."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from tracker.checks.posting import Duty, ask_posting, duty_after
from tracker.checks.sittings import one_per_record, was_closed, was_held
from tracker.checks.terms import Term, When, is_within, when
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings, about
from vocab.papers import Posted
from vocab.timeline import Event, EventKind, Timeline

_VOTES = (
    EventKind.AGENDA_VOTE,
    EventKind.PUT_TO_VOTE,
    EventKind.VOTE,
    EventKind.BALLOT,
    EventKind.OBSERVED_VOTE,
)


class SittingRecord(StrEnum):
    """What R32 can say."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_THERE = "not_there"
    DAY_UNKNOWN = "day_unknown"
    NOT_SEEN = "not_seen"
    CLOSED_SITTING = "closed_sitting"
    TRANSCRIPT_IN_TIME = "transcript_in_time"
    TRANSCRIPT_LATE = "transcript_late"
    TRANSCRIPT_DAY_UNKNOWN = "transcript_day_unknown"


def roll_call_online(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R31, once a sitting with a vote."""
    votes = timeline.of(*_VOTES)
    if not votes:
        return ()
    question = Question(check_id="R31", day=day, events=one_per_record(votes))

    # A vote by show of hands or by secret ballot has no names (art. 83 p. 1): an observer's note does not tell.
    seen_only = (ReviewNote.OBSERVER_ONLY,) if all(event.observer for event in votes) else ()

    def duty(rule: Rule, seen: Event | None) -> Duty:
        own = duty_after(Term.of(day, rule.parameters["publication"], around.calendar), seen)
        return replace(own, notes=(*seen_only, *own.notes))

    return ask_posting(question, timeline, rules, Posted.ROLL_CALL, duty)


def sitting_record(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R32: the "protocol" of a sitting that was held, and its "transcript" where somebody tells of one."""
    if not was_held(timeline):
        return ()
    events = one_per_record(timeline.events)
    return (
        *_protocol(timeline, Question(check_id="R32", day=day, case="protocol", events=events), rules, around),
        *_transcript(timeline.of(EventKind.RECEIVED), day, rules, around),
    )


def _protocol(timeline: Timeline, question: Question, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    if was_closed(timeline):
        return question.ask(rules, lambda matter: matter.not_applicable(SittingRecord.CLOSED_SITTING, {}))

    def duty(rule: Rule, seen: Event | None) -> Duty:
        own = duty_after(Term.of(question.day, rule.parameters["protocol"], around.calendar), seen)
        return replace(own, notes=(ReviewNote.TERM_BORROWED, *own.notes), reasons=SittingRecord)

    return ask_posting(question, timeline, rules, Posted.PROTOCOL, duty)


def _transcript(received: Iterable[Event], day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """The transcript's way to the library, where its arrival is told."""
    rule = rules.on("R32", day)
    arrived = next((event for event in received if rule and event.what == rule.parameters["transcript_at"]), None)
    if arrived is None:
        return ()
    question = Question(check_id="R32", day=day, case="transcript", events=(arrived,))
    return question.ask(rules, about(lambda matter, event: _arrived(matter, event, around), arrived))


def _arrived(matter: Matter, event: Event, around: Surroundings) -> Judgement:
    limit, day = matter.rule.parameters["transcript"], matter.question.day
    term = Term.of(day, limit, around.calendar)
    figures = term.figures(event.day)
    in_time = is_within(When(day, day), when(event), limit, around.calendar)
    if in_time is None:
        return matter.cannot_tell(SittingRecord.TRANSCRIPT_DAY_UNKNOWN, figures)
    if in_time:
        return matter.kept(SittingRecord.TRANSCRIPT_IN_TIME, figures)
    return matter.broken(SittingRecord.TRANSCRIPT_LATE, figures, *term.late_notes(event.day))
