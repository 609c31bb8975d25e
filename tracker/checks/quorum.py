"""R23: the quorum of a plenary sitting (art. 81 p. 2–4; in 2011 art. 82)."""

from typing import Any

from tracker.checks.shares import more_than
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings, judge
from vocab.bodies import Body, convocation_on
from vocab.timeline import Event, EventKind, Timeline
from vocab.verdicts import Verdict

_VOTES = (EventKind.VOTE, EventKind.BALLOT, EventKind.ADOPTED, EventKind.REJECTED)
_VOID = "a later registration is below the quorum: whether anything was decided after it must be looked at"
_DISCREPANCY = "registration and observers' count disagree: compare with other observers and the video"


def plenary_quorum(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R23, once a plenary sitting.

    A registration below the quorum is lawful when a registration with a quorum follows before anything is decided:
    the chair announces a break (p. 3). A last registration below it makes the sitting void from then on (p. 4); that
    is broken only where a vote after it is known. Observers who counted fewer than the quorum while enough had
    registered are a discrepancy, for a person to judge.
    """
    subject = timeline.subject
    if subject.body is not Body.PLENARY or subject.day is None or subject.cancelled:
        return ()
    rule, convocation = rules.on("R23", subject.day), convocation_on(subject.day)
    if rule is None or convocation is None:
        return ()
    quorum = more_than(convocation.seats, rule.parameters["numerator"], rule.parameters["denominator"])
    registered = timeline.of(EventKind.REGISTRATION)
    counted = timeline.of(EventKind.HEAD_COUNT)
    verdict, reason, doubt = _verdict(timeline, registered, counted, quorum)
    below = [event for event in registered if _count(event) < quorum]
    figures: dict[str, Any] = {
        "seats": convocation.seats,
        "quorum": quorum,
        "registered": [_count(event) for event in registered],
        "lowest": min((_count(event) for event in registered), default=None),
        "below": [_count(event) for event in below],
        "counted": min((_count(event) for event in counted), default=None),
    }
    evidence = tuple(event.evidence for event in (*registered, *counted))
    return (judge(rule, verdict, reason, subject.day, figures=figures, evidence=evidence, needs_review=doubt),)


def _count(event: Event) -> int:
    return event.count or 0


def _verdict(
    timeline: Timeline, registered: tuple[Event, ...], counted: tuple[Event, ...], quorum: int
) -> tuple[Verdict, str, str | None]:
    if not registered:
        return Verdict.CANNOT_TELL, "no_registration", None
    if _voted_below(timeline, quorum):
        return Verdict.BROKEN, "vote_without_quorum", None
    if _count(registered[-1]) < quorum:
        return Verdict.CANNOT_TELL, "last_registration_below", _VOID
    if any(_count(event) < quorum for event in counted):
        return Verdict.BROKEN, "counted_below", _DISCREPANCY
    if any(_count(event) < quorum for event in registered):
        return Verdict.KEPT, "quorum_restored", None
    return Verdict.KEPT, "quorum_present", None


def _voted_below(timeline: Timeline, quorum: int) -> bool:
    """True when a vote is known while the newest registration before it was below the quorum."""
    present: int | None = None
    for event in timeline.of(EventKind.REGISTRATION, *_VOTES):
        if event.kind is EventKind.REGISTRATION:
            present = _count(event)
        elif present is not None and present < quorum:
            return True
    return False
