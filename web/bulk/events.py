"""Timelines as rows: every event that the public may see, and the extracts that researchers count."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlmodel import SQLModel

from db.observations import Observation
from db.protocols import AbsenceMark, RegistrationMark, TransferMark
from tracker.stored import observations
from vocab.timeline import Event, EventKind, Timeline, Votes, Who, note_of
from web.bulk.view import View
from web.public.presence import seats_on
from web.public.seen import seen_by_observers, shown, shown_events

Row = Mapping[str, Any]
_OBSERVATION = "observation"
_NOBODY = Who(written="")
_NO_VOTES = Votes()


def bill_events(view: View) -> Iterator[Row]:
    """The timeline of every bill."""
    for key, timeline in view.bills():
        for seq, event in enumerate(shown_events(timeline), start=1):
            row = _event_row(view, event)
            row["bill_id"], row["seq"] = key, seq
            yield row


def sitting_events(view: View) -> Iterator[Row]:
    """The timeline of every sitting; what extracts of it will be asked for is laid aside on the way."""
    extracts = [name for name in _EXTRACTS if name in view.tables]
    for name in extracts:
        view.aside.begin(name)
    for key, timeline in view.sittings():
        for seq, event in enumerate(shown_events(timeline), start=1):
            for name in extracts:
                if said := _extracted(view, name, timeline, event):
                    view.aside.put(name, said | {"sitting_id": key, "seq": seq})
            row = _event_row(view, event)
            row["sitting_id"], row["seq"] = key, seq
            yield row


def evidence_row(event: Event) -> dict[str, Any]:
    """Where an event comes from; a note of an observer keeps no mark of the phone."""
    said = event.evidence
    return {
        "record": said.record if note_of(said.record) is None else _OBSERVATION,
        "page_id": said.page_id,
        "url": said.url,
        "place": said.place,
        "seen_at": said.seen_at,
    }


def _event_row(view: View, event: Event) -> dict[str, Any]:
    who, to, votes = event.who or _NOBODY, event.to or _NOBODY, event.votes or _NO_VOTES
    return evidence_row(event) | {
        "day": event.day,
        "day_told": event.day_told,
        "kind": event.kind.value,
        "sitting_id": view.if_known("sitting", event.sitting_id),
        "bill_id": view.if_known("bill", event.bill_id),
        "body": event.body.value if event.body else None,
        "committee": event.committee,
        "item": event.item,
        "readings": _readings(event),
        "who": who.written or None,
        "who_id": view.if_known("person", who.person_id),
        "faction": who.faction,
        "to": to.written or None,
        "to_id": view.if_known("person", to.person_id),
        "to_faction": to.faction,
        "count": event.count,
        "minutes": event.minutes,
        "in_favour": votes.in_favour,
        "against": votes.against,
        "abstained": votes.abstained,
        "choice": event.choice,
        "about": event.about,
        "ground": event.ground,
        "what": event.what,
        "lang": event.lang,
        "at": event.at,
        "not_before": event.not_before,
        "uncertain": event.uncertain,
    }


def _readings(event: Event) -> str | None:
    return ",".join(map(str, sorted(event.readings))) or None


def _registration(_: View, timeline: Timeline, event: Event) -> dict[str, Any] | None:
    if event.count is None:
        return None
    seats = seats_on(timeline.subject.body, event.day)
    return {"count": event.count, "seats": seats, "quorum": seats // 2 + 1 if seats else None}


def _absence(view: View, _: Timeline, event: Event) -> dict[str, Any] | None:
    if event.who is None:
        return None
    return {
        "written": event.who.written,
        "person_id": view.if_known("person", event.who.person_id),
        "faction": event.who.faction,
        "faction_note": event.who.faction_note,
    }


def _transfer(view: View, _: Timeline, event: Event) -> dict[str, Any]:
    who, to = event.who or _NOBODY, event.to or _NOBODY
    return {
        "from_written": who.written or None,
        "from_id": view.if_known("person", who.person_id),
        "from_faction": who.faction,
        "to_written": to.written or None,
        "to_id": view.if_known("person", to.person_id),
        "to_faction": to.faction,
        "about": event.about,
    }


def _vote(view: View, _: Timeline, event: Event) -> dict[str, Any]:
    votes = event.votes or _NO_VOTES
    return {
        "kind": event.kind.value,
        "bill_id": view.if_known("bill", event.bill_id),
        "about": event.about,
        "readings": _readings(event),
        "in_favour": votes.in_favour,
        "against": votes.against,
        "abstained": votes.abstained,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extract:
    """Events of some kinds in official sources; `telling`: only where this table has a row there are any."""

    kinds: frozenset[EventKind]
    tell: Callable[[View, Timeline, Event], dict[str, Any] | None]
    telling: type[SQLModel] | None = None


_EXTRACTS: Mapping[str, _Extract] = {
    "registrations": _Extract(kinds=frozenset({EventKind.REGISTRATION}), tell=_registration, telling=RegistrationMark),
    "absences": _Extract(kinds=frozenset({EventKind.ABSENCE}), tell=_absence, telling=AbsenceMark),
    "transfers": _Extract(kinds=frozenset({EventKind.TRANSFER}), tell=_transfer, telling=TransferMark),
    "votes": _Extract(kinds=frozenset({EventKind.PUT_TO_VOTE, EventKind.VOTE, EventKind.AGENDA_VOTE}), tell=_vote),
}


def _extract(view: View, name: str) -> Iterator[Row]:
    """The rows of an extract: those laid aside when all sittings were read, else from their timelines."""
    if name in view.aside:
        yield from view.aside.take(name)
        return
    for key, timeline in view.sittings(_EXTRACTS[name].telling):
        for seq, event in enumerate(shown_events(timeline), start=1):
            if row := _extracted(view, name, timeline, event):
                yield row | {"sitting_id": key, "seq": seq}


def _extracted(view: View, name: str, timeline: Timeline, event: Event) -> dict[str, Any] | None:
    """A row without its key; None for an event of another kind, and for a note of an observer."""
    wanted = _EXTRACTS[name]
    if event.kind not in wanted.kinds or note_of(event.evidence.record):
        return None
    said = wanted.tell(view, timeline, event)
    return None if said is None else evidence_row(event) | said


def registrations(view: View) -> Iterator[Row]:
    """Registrations with their base."""
    return _extract(view, "registrations")


def absences(view: View) -> Iterator[Row]:
    """Deputies named as absent."""
    return _extract(view, "absences")


def transfers(view: View) -> Iterator[Row]:
    """Votes given to another."""
    return _extract(view, "transfers")


def votes(view: View) -> Iterator[Row]:
    """What was put to the vote."""
    return _extract(view, "votes")


def seen_in_the_hall(view: View) -> Iterator[Row]:
    """What observers saw, as the table of a sitting's page shows it."""
    for key, timeline in view.sittings(Observation):
        notes = observations(view.conn, [key], view.as_of)
        table, seqs = seen_by_observers(notes, timeline), count(1)
        for line in table.lines:
            for observer, value in line.seen.items():
                yield {
                    "sitting_id": key,
                    "seq": next(seqs),
                    "item": line.item,
                    "kind": line.kind.value,
                    "observer": table.letters[observer],
                    "at": line.at[observer],
                    "value": shown(line.kind, value),
                }
