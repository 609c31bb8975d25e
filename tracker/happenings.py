"""What is new, in words that people follow: an agenda, a protocol, a vote, a finding. Pure.

A happening's key is made of natural keys, so that computing it again adds nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from tracker.rows import RecordRow, local_day
from vocab.ids import committee_id
from vocab.timeline import Event, EventKind, Evidence, Subject, Timeline

Dossier = tuple[str, str]  # type ("bill", "sitting", "person", "committee") and id

_ON_LISTS = {
    EventKind.SCHEDULED: "bill_scheduled",
    EventKind.PUT_TO_VOTE: "bill_put_to_vote",
    EventKind.VOTE: "bill_put_to_vote",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A happening to be: see `db.happenings`; `about` are all dossiers that it concerns."""

    key: str
    kind: str
    subject: Dossier
    title: str
    day: date
    seen_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    about: frozenset[Dossier] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A later version of an agenda: its number, what changed, when it was seen."""

    record_key: str
    number: int
    changes: tuple[str, ...]
    seen_at: datetime


def announced_key(sitting: str) -> str:
    """The key of the happening that says that a sitting was announced."""
    return f"sitting_announced:{sitting}"


def sitting_news(
    timeline: Timeline, pages: Collection[RecordRow], versions: Iterable[Version], cancelled_before: int
) -> list[News]:
    """What these pages of a sitting tell that is new.

    `versions` are the later versions of its agendas; `cancelled_before` counts how often the sitting was said to
    be cancelled: an announcement that came back is said again.
    """
    agendas = [page for page in pages if page.columns["source"] == "agenda"]
    protocols = [page for page in pages if page.columns["source"] == "protocol"]
    found = [_protocol_published(timeline, page) for page in protocols]
    if agendas:
        found.append(_announced(timeline, agendas))
        found += [_agenda_changed(timeline, agendas, version) for version in versions]
        if timeline.subject.cancelled:
            found.append(_cancelled(timeline, agendas))
        elif cancelled_before:
            found.append(_announced_again(timeline, agendas, cancelled_before))
    return found


def _announced(timeline: Timeline, agendas: Sequence[RecordRow]) -> News:
    first = min(agendas, key=lambda page: (page.first_seen, page.key))
    news = _of_sitting(timeline, "sitting_announced", announced_key(timeline.subject.id), first)
    return replace(news, seen_at=first.first_seen)


def _announced_again(timeline: Timeline, agendas: Sequence[RecordRow], times: int) -> News:
    there = max(agendas, key=lambda page: (page.columns["last_seen"], page.key))
    key = f"{announced_key(timeline.subject.id)}:{times + 1}"
    return replace(_of_sitting(timeline, "sitting_announced", key, there), seen_at=there.columns["last_seen"])


def _agenda_changed(timeline: Timeline, agendas: Sequence[RecordRow], version: Version) -> News:
    page = next(page for page in agendas if page.key == version.record_key)
    key = f"agenda_changed:{version.record_key}:{version.number}"
    news = _of_sitting(timeline, "agenda_changed", key, page)
    return replace(news, seen_at=version.seen_at, facts=news.facts | {"changes": list(version.changes)})


def _cancelled(timeline: Timeline, agendas: Sequence[RecordRow]) -> News:
    last, page = max((page.vanished_at, page.key, page) for page in agendas if page.vanished_at)[::2]
    key = f"sitting_cancelled:{timeline.subject.id}:{local_day(last).isoformat()}"
    return replace(_of_sitting(timeline, "sitting_cancelled", key, page), seen_at=last)


def _protocol_published(timeline: Timeline, page: RecordRow) -> News:
    news = _of_sitting(timeline, "protocol_published", f"protocol_published:{page.key}", page)
    facts = news.facts | {"number": page.columns["number"]}
    return replace(news, title=page.columns["title"], seen_at=page.first_seen, facts=facts)


def _of_sitting(timeline: Timeline, kind: str, key: str, page: RecordRow) -> News:
    subject = timeline.subject
    told = [event for event in timeline.events if event.evidence.record == page.evidence().record]
    return News(
        key=key,
        kind=kind,
        subject=("sitting", subject.id),
        title=subject.title,
        day=subject.day or page.columns["day"],
        seen_at=page.seen_at,
        facts={"body": subject.body, "committee": subject.committee},
        evidence=(page.evidence(),),
        about=frozenset({("sitting", subject.id), *_committees(subject.committee), *persons_in(told)}),
    )


def _committees(name: str | None) -> list[Dossier]:
    return [("committee", committee_id(name))] if name else []


def persons_in(events: Iterable[Event]) -> set[Dossier]:
    """The persons whom events name."""
    named = {one.person_id for event in events for one in (event.who, event.to) if one}
    return {("person", person_id) for person_id in named if person_id}


def bill_news(timeline: Timeline, sittings: Collection[str], initiators: Collection[tuple[date, str]]) -> list[News]:
    """What lists of these sittings tell of a bill: one happening a bill, a sitting and a kind.

    `initiators` are the persons who brought the bill in, each with the day since which it is told.
    """
    listed: dict[tuple[str, str], list[Event]] = {}
    for event in timeline.events:
        if event.kind in _ON_LISTS and event.sitting_id in sittings:
            listed.setdefault((_ON_LISTS[event.kind], event.sitting_id or ""), []).append(event)
    return [_on_list(timeline.subject, kind, sitting, events, initiators) for (kind, sitting), events in listed.items()]


def _on_list(
    bill: Subject, kind: str, sitting: str, events: Sequence[Event], initiators: Collection[tuple[date, str]]
) -> News:
    first = events[0]
    readings = sorted(frozenset[int]().union(*(event.readings for event in events)))
    about: set[Dossier] = {("bill", bill.id), ("sitting", sitting), *_committees(first.committee)}
    return News(
        key=f"{kind}:{bill.id}:{sitting}",
        kind=kind,
        subject=("bill", bill.id),
        title=bill.title,
        day=first.day,
        seen_at=min(event.evidence.seen_at for event in events if event.evidence.seen_at),
        facts={"sitting": sitting, "body": first.body, "committee": first.committee, "readings": readings},
        evidence=tuple(dict.fromkeys(event.evidence for event in events)),
        about=frozenset(about | {("person", one) for day, one in initiators if day <= first.day}),
    )


def bill_registered(bill: Subject, record: RecordRow) -> News:
    """A bill stands in the register."""
    return News(
        key=f"bill_registered:{bill.id}",
        kind="bill_registered",
        subject=("bill", bill.id),
        title=bill.title,
        day=record.columns["registered_on"] or local_day(record.first_seen),
        seen_at=record.first_seen,
        facts={"number": record.columns["number"]},
        evidence=(record.evidence(),),
        about=frozenset({("bill", bill.id)}),
    )


def press_released(record: RecordRow) -> News:
    """A press release was published. What it tells of bills are happenings of theirs, see `tracker.press_news`."""
    published = record.columns["published_at"] or record.first_seen
    return News(
        key=f"press_released:{record.key}",
        kind="press_released",
        subject=("press", record.key),
        title=record.columns["title"],
        day=local_day(published),
        seen_at=record.first_seen,
        evidence=(record.evidence(),),
    )


def act_published(record: RecordRow, bill_id: str | None) -> News:
    """An act stands in the law registry; `bill_id` is the bill that it was, where that is known."""
    subject = ("bill", bill_id) if bill_id else ("act", record.key)
    day = record.columns["published_on"] or record.columns["adopted_on"] or local_day(record.first_seen)
    return News(
        key=f"act_published:{record.key}",
        kind="act_published",
        subject=subject,
        title=record.columns["title"],
        day=day,
        seen_at=record.first_seen,
        facts={"code": record.columns["code"]},
        evidence=(record.evidence(),),
        about=frozenset({subject} if bill_id else ()),
    )


def finding_news(
    kind: str, finding: Mapping[str, Any], timeline: Timeline | None, *, number: int, now: datetime
) -> News:
    """A finding was confirmed by a person, or withdrawn. `number` counts what was said of it, from 1."""
    places = {(one["record"], one["place"]) for one in finding["evidence"]}
    events = timeline.events if timeline else ()
    named = persons_in(event for event in events if (event.evidence.record, event.evidence.place) in places)
    subject = (finding["subject_kind"], finding["subject_id"])
    committee = timeline.subject.committee if timeline else None
    facts = {
        "finding": finding["id"],
        "check": finding["check_id"],
        "verdict": finding["verdict"],
        "reason": finding["reason"],
        "figures": finding["figures"],
        "article": finding["article"],
        "edition": finding["edition"],
    }
    return News(
        key=f"{kind}:{finding['id']}:{number}",
        kind=kind,
        subject=subject,
        title=timeline.subject.title if timeline else finding["subject_id"],
        day=finding["day"],
        seen_at=now,
        facts=facts,
        evidence=tuple(map(evidence_from, finding["evidence"])),
        about=frozenset({subject, *_committees(committee), *named}),
    )


def evidence_from(stored: Mapping[str, Any]) -> Evidence:
    """Evidence as it was kept in JSON."""
    seen_at = stored["seen_at"]
    return Evidence(**{**stored, "seen_at": datetime.fromisoformat(seen_at) if seen_at else None})
