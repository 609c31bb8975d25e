"""What stood on the site, and since when, as events of a bill or a sitting. Pure.

A thing that was found is *published* by the day of its record; one that was not there when we looked is *not published*
on that day. A bill is looked for before the plenary considers it, an agenda before the sitting, the roll call and the
protocol after it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.looks import AFTER, BEFORE, Look, Looks, Watch
from tracker.rows import RecordRow, SittingRow, local_day
from vocab.bodies import Body
from vocab.ids import committee_id
from vocab.papers import Posted
from vocab.timeline import Event, EventKind, Subject

NOT_JOINED = "no entry of the register was joined to the bill"

_VOTES = frozenset({EventKind.VOTE, EventKind.PUT_TO_VOTE, EventKind.BALLOT, EventKind.OBSERVED_VOTE})
_HANDLED = _VOTES | {EventKind.SCHEDULED, EventKind.CONSIDERED}
_DAY = timedelta(days=1)


def posted_bill(bill_id: str, registry: Sequence[RecordRow], told: Sequence[Event], watch: Watch) -> Iterator[Event]:
    """Since when the bill stands in the register; or the looks in vain before the plenary had it on its table."""
    if not watch.is_live:
        return
    looks = watch.of(Posted.BILL)
    if registry:
        yield from _shown(registry, Posted.BILL, looks, watch, bill_id=bill_id)
        return
    days = sorted({one.day for one in told if one.kind in _HANDLED and one.body is Body.PLENARY})
    found = {look.began: look for day in days for look in looks.around(day, BEFORE)}
    for look in found.values():
        yield replace(_missing(look, Posted.BILL), bill_id=bill_id, uncertain=NOT_JOINED)


def posted_sitting(
    subject: Subject, pages: Sequence[SittingRow], ballots: Sequence[RecordRow], told: Sequence[Event], watch: Watch
) -> Iterator[Event]:
    """Since when its agenda, roll calls and protocol stand on the site, or when they did not."""
    if not watch.is_live or subject.day is None:
        return
    of_source = {name: [page.record for page in pages if page.source == name] for name in ("agenda", "protocol")}
    section = watch.sections.get(committee_id(subject.committee) if subject.committee else "")
    agendas = watch.of(Posted.AGENDA).since(section)
    yield from _posted(subject.id, subject.day, of_source["agenda"], Posted.AGENDA, watch, agendas)
    if subject.body is not Body.PLENARY:
        return
    if ballots or any(one.kind in _VOTES for one in told):
        yield from _posted(subject.id, subject.day, ballots, Posted.ROLL_CALL, watch, watch.of(Posted.ROLL_CALL))
    if any(page.source != "agenda" for page in pages) or any(one.observer for one in told):
        protocols = of_source["protocol"]
        yield from _posted(subject.id, subject.day, protocols, Posted.PROTOCOL, watch, watch.of(Posted.PROTOCOL))


def _posted(
    sitting_id: str, day: date, records: Sequence[RecordRow], what: Posted, watch: Watch, looks: Looks
) -> Iterator[Event]:
    if records:
        yield from _shown(records, what, looks, watch, sitting_id=sitting_id)
        return
    for look in looks.around(day, BEFORE if what is Posted.AGENDA else AFTER):
        yield replace(_missing(look, what), sitting_id=sitting_id)


def _shown(
    records: Iterable[RecordRow],
    what: Posted,
    looks: Looks,
    watch: Watch,
    *,
    bill_id: str | None = None,
    sitting_id: str | None = None,
) -> Iterator[Event]:
    """The first record, and the last look in vain before it: it came after the day before that look."""
    first = min(records, key=lambda one: (watch.first_seen(one), one.key))
    moment = watch.first_seen(first)
    before = looks.last_before(moment)
    if before is not None:
        yield replace(_missing(before, what), bill_id=bill_id, sitting_id=sitting_id)
    yield Event(
        kind=EventKind.PUBLISHED,
        day=local_day(moment),
        not_before=before.day - _DAY if before is not None else None,
        evidence=first.evidence(),
        what=what,
        bill_id=bill_id,
        sitting_id=sitting_id,
    )


def _missing(look: Look, what: Posted) -> Event:
    return Event(kind=EventKind.NOT_PUBLISHED, day=look.day, evidence=look.evidence(what), what=what)
