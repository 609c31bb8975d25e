"""What press releases tell of bills, as happenings: said once, whatever the text layer numbers anew. Pure."""

from collections.abc import Collection, Mapping, Sequence

from tracker.happenings import Dossier, News, persons_in
from vocab.bodies import Body
from vocab.ids import committee_id, digest
from vocab.timeline import Event, EventKind, Timeline

KIND = "bill_told_"
"""Begins the kind of each of these happenings; the rest is what is told: adopted, committee_approve …"""

_SILENT = frozenset({EventKind.PRESS})  # nothing that has a name of its own
_ASIDE: Mapping[EventKind, str] = {EventKind.COMMITTEE_DECISION: "committee", EventKind.FACTION_OPINION: "faction"}


def press_news(timeline: Timeline, releases: Collection[str]) -> list[News]:
    """What these press releases (keys) tell of a bill: one happening a release, a kind and readings."""
    records = {f"press_record:{key}" for key in releases}
    told: dict[str, list[Event]] = {}
    for event in timeline.events:
        if event.evidence.record in records and event.kind not in _SILENT:
            told.setdefault(_key(event), []).append(event)
    return [_news(timeline, key, events) for key, events in told.items()]


def _key(event: Event) -> str:
    """Natural: the release, what it tells, of which draft in its own words, in which readings and on which day."""
    readings = "-".join(map(str, sorted(event.readings)))
    words = digest(event.about or "")
    return f"{_kind(event)}:{event.evidence.record}:{words}:{event.day.isoformat()}:{readings}"


def _kind(event: Event) -> str:
    if event.kind in _ASIDE:
        return f"{KIND}{_ASIDE[event.kind]}_{event.choice}"
    if event.kind is EventKind.CONSIDERED and event.body is Body.COMMITTEE:
        return f"{KIND}committee_considered"
    return f"{KIND}{event.kind.value}"


def _news(timeline: Timeline, key: str, events: Sequence[Event]) -> News:
    first, bill = events[0], timeline.subject
    about: set[Dossier] = {("bill", bill.id), *persons_in(events)}
    if first.committee:
        about.add(("committee", committee_id(first.committee)))
    votes = first.votes
    return News(
        key=key,
        kind=_kind(first),
        subject=("bill", bill.id),
        title=bill.title,
        day=first.day,
        seen_at=min(event.evidence.seen_at for event in events if event.evidence.seen_at),
        facts={
            "body": first.body,
            "committee": first.committee,
            "readings": sorted(first.readings),
            "in_favour": votes.in_favour if votes else None,
            "against": votes.against if votes else None,
        },
        evidence=tuple(dict.fromkeys(event.evidence for event in events)),
        about=frozenset(about),
    )
