"""R27 and R28: a deputy votes in person; until 2022 a vote could be given in writing, within the faction."""

from typing import Any

from tracker.editions import Rule, RuleBook
from tracker.judgement import Judgement, Surroundings, judge
from vocab.bodies import faction_key, is_faction
from vocab.timeline import Event, EventKind, Timeline, Who
from vocab.verdicts import Verdict

_SEEN = "seen by an observer: compare with other observers and the video"


def personal_voting(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R27, once a vote transfer of a protocol and once a proxy that an observer saw."""
    found = []
    for event in timeline.of(EventKind.TRANSFER, EventKind.OBSERVED_PROXY):
        rule = rules.on("R27", event.day)
        if rule is not None:
            found.append(_personal(event, rule))
    return tuple(found)


def _personal(event: Event, rule: Rule) -> Judgement:
    allowed, observed = rule.parameters["written_transfer"], event.kind is EventKind.OBSERVED_PROXY
    if not allowed:
        verdict, reason = Verdict.BROKEN, "proxy_seen" if observed else "transfer_forbidden"
    elif observed:
        verdict, reason = Verdict.CANNOT_TELL, "proxy_seen_writing_unknown"
    else:
        verdict, reason = Verdict.NOT_APPLICABLE, "written_transfer_allowed"
    return judge(
        rule,
        verdict,
        reason,
        event.day,
        case=_case(event),
        figures=_figures(event),
        evidence=(event.evidence,),
        needs_review=_SEEN if observed and not allowed else None,
    )


def proxy_within_faction(timeline: Timeline, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R28, once a vote transfer: both deputies belong to one faction on that day."""
    found = []
    for event in timeline.of(EventKind.TRANSFER):
        rule = rules.on("R28", event.day)
        if rule is not None:
            found.append(_within_faction(event, rule))
    return tuple(found)


def _within_faction(event: Event, rule: Rule) -> Judgement:
    verdict, reason = _same_faction(event.who, event.to)
    notes = [who.faction_note for who in (event.who, event.to) if who and who.faction_note]
    doubt = "; ".join(dict.fromkeys(notes)) if verdict is Verdict.BROKEN else None
    return judge(
        rule,
        verdict,
        reason,
        event.day,
        case=_case(event),
        figures=_figures(event) | {"notes": notes},
        evidence=(event.evidence,),
        needs_review=doubt,
    )


def _same_faction(giver: Who | None, holder: Who | None) -> tuple[Verdict, str]:
    if giver is None or holder is None or giver.person_id is None or holder.person_id is None:
        return Verdict.CANNOT_TELL, "name_not_resolved"
    if not giver.faction or not holder.faction or not is_faction(giver.faction) or not is_faction(holder.faction):
        return Verdict.CANNOT_TELL, "faction_unknown"
    if faction_key(giver.faction) == faction_key(holder.faction):
        return Verdict.KEPT, "same_faction"
    return Verdict.BROKEN, "other_faction"


def _case(event: Event) -> str:
    """`transfer:<place in the protocol>`, `proxy:<the observation>`."""
    if event.kind is EventKind.OBSERVED_PROXY:
        return f"proxy:{event.evidence.record}"
    return f"transfer:{event.seq}"


def _figures(event: Event) -> dict[str, Any]:
    giver, holder = event.who, event.to
    return {
        "giver": giver.written if giver else "—",
        "giver_id": giver.person_id if giver else None,
        "giver_faction": (giver.faction if giver else None) or "—",
        "holder": holder.written if holder else "—",
        "holder_id": holder.person_id if holder else None,
        "holder_faction": (holder.faction if holder else None) or "—",
        "about": event.about,
    }
