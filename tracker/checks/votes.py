"""R25 and R29: enough votes for a law (art. 53 p. 19, art. 84 p. 8), and nobody votes who is absent (art. 84 p. 7)."""

from typing import Any

from tracker.checks.shares import at_least, more_than
from tracker.checks.steps import is_law
from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Surroundings, judge
from vocab.bodies import Body, convocation_on
from vocab.timeline import Event, EventKind, Timeline
from vocab.verdicts import Verdict

_VOTED = frozenset({"за", "против", "воздержался", "for", "against", "abstained"})
_SLIP = "the roll call or the list of absent deputies may be a slip: compare both with the video"
_PRESENT = "seats"


def law_majority(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R25, once a vote on a law; an item put to the vote whose result no source gives is «cannot tell»."""
    if not is_law(timeline):
        return ()
    votes = timeline.of(EventKind.VOTE)
    told = {(event.day, event.readings) for event in votes}
    unknown = [event for event in timeline.of(EventKind.PUT_TO_VOTE) if (event.day, event.readings) not in told]
    found = []
    for event in (*votes, *unknown):
        rule = rules.on("R25", event.day)
        if rule is not None:
            found.append(_majority(timeline, event, rule))
    return tuple(found)


def _majority(timeline: Timeline, event: Event, rule: Rule) -> Judgement:
    convocation = convocation_on(event.day)
    seats = convocation.seats if convocation else 0
    least, enough = _needed(rule, seats, timeline.subject.bill_kind == "constitutional_law")
    in_favour = event.votes.in_favour if event.votes else None
    outcome = _outcome(timeline, event)
    verdict, reason = _enough(in_favour, outcome, least, enough)
    figures: dict[str, Any] = {
        "seats": seats,
        "needed": enough,
        "in_favour": in_favour,
        "against": event.votes.against if event.votes else None,
        "outcome": outcome.value if outcome else None,
        "readings": sorted(event.readings),
    }
    case = "-".join(map(str, sorted(event.readings))) + f"@{event.day.isoformat()}"
    doubt = "recorded as not adopted with enough votes: perhaps a slip" if reason == "enough_but_rejected" else None
    return judge(
        rule, verdict, reason, event.day, case=case, figures=figures, evidence=(event.evidence,), needs_review=doubt
    )


def _needed(rule: Rule, seats: int, constitutional: bool) -> tuple[int, int]:
    """(fewer than this is never enough, this is always enough)."""
    share = rule.parameters
    if constitutional:
        needed = at_least(seats, share["constitutional_numerator"], share["constitutional_denominator"])
        return needed, needed
    enough = more_than(seats, share["numerator"], share["denominator"])
    return (enough if share["base"] == _PRESENT else share["minimum"]), enough


def _outcome(timeline: Timeline, vote: Event) -> EventKind | None:
    """What the sources say became of it on that day."""
    for event in timeline.of(EventKind.ADOPTED, EventKind.REJECTED):
        if event.day == vote.day and (event.readings & vote.readings or not vote.readings):
            return event.kind
    return None


def _enough(in_favour: int | None, outcome: EventKind | None, least: int, enough: int) -> tuple[Verdict, str]:
    if in_favour is None:
        return Verdict.CANNOT_TELL, "no_figures"
    if outcome is None:
        return Verdict.CANNOT_TELL, "outcome_unknown"
    if least <= in_favour < enough:
        return Verdict.CANNOT_TELL, "present_unknown"
    if outcome is EventKind.ADOPTED:
        return (Verdict.KEPT, "enough_votes") if in_favour >= enough else (Verdict.BROKEN, "too_few_votes")
    return (Verdict.KEPT, "not_adopted") if in_favour < least else (Verdict.BROKEN, "enough_but_rejected")


def absent_but_voted(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R29: once a deputy who is both absent and recorded as voting; else once a sitting."""
    subject = timeline.subject
    if subject.body is not Body.PLENARY or subject.day is None or subject.cancelled:
        return ()
    rule = rules.on("R29", subject.day)
    if rule is None:
        return ()
    absent = _absent(timeline)
    ballots = [event for event in timeline.of(EventKind.BALLOT) if (event.choice or "").lower() in _VOTED]
    evidence = tuple(event.evidence for event in absent.values())
    figures: dict[str, Any] = {"absent": len(absent), "ballots": len(ballots)}
    if not ballots or not absent:
        reason = "no_roll_call" if not ballots else "absent_unknown"
        return (judge(rule, Verdict.CANNOT_TELL, reason, subject.day, figures=figures, evidence=evidence),)
    both = [event for event in ballots if event.who and event.who.person_id in absent]
    if not both:
        return (judge(rule, Verdict.KEPT, "none_voted", subject.day, figures=figures, evidence=evidence),)
    return tuple(_both(event, absent, rule) for event in both)


def _absent(timeline: Timeline) -> dict[str, Event]:
    """Who is marked absent, by the protocol without a transfer, or by an observer."""
    given = {event.who.person_id for event in timeline.of(EventKind.TRANSFER) if event.who}
    marks = timeline.of(EventKind.ABSENCE, EventKind.OBSERVED_ABSENT)
    return {
        event.who.person_id: event
        for event in marks
        if event.who and event.who.person_id is not None and event.who.person_id not in given
    }


def _both(ballot: Event, absent: dict[str, Event], rule: Rule) -> Judgement:
    person = (ballot.who.person_id if ballot.who else None) or ""
    mark = absent[person]
    figures = {
        "person": mark.who.written if mark.who else person,
        "person_id": person,
        "choice": ballot.choice,
        "about": ballot.about,
        "marked_by": "observer" if mark.kind is EventKind.OBSERVED_ABSENT else "protocol",
    }
    return judge(
        rule,
        Verdict.BROKEN,
        "absent_and_voted",
        ballot.day,
        case=f"ballot:{person}:{ballot.seq}",
        figures=figures,
        evidence=(mark.evidence, ballot.evidence),
        needs_review=_SLIP,
    )
