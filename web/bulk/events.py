"""Timelines as rows: every event that the public may see, and the extracts that researchers count."""

from collections.abc import Callable, Iterator, Mapping
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
    """The timeline of every sitting."""
    for key, timeline in view.sittings():
        for seq, event in enumerate(shown_events(timeline), start=1):
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


def _extract(
    *kinds: EventKind,
    telling: type[SQLModel] | None = None,
    tell: Callable[[View, Timeline, Event], dict[str, Any] | None],
) -> Callable[[View], Iterator[Row]]:
    """A reader of the events of some kinds in official sources; `seq` is theirs in the whole timeline."""

    def rows(view: View) -> Iterator[Row]:
        for key, timeline in view.sittings(telling):
            for seq, event in enumerate(shown_events(timeline), start=1):
                said = (
                    tell(view, timeline, event) if event.kind in kinds and not note_of(event.evidence.record) else None
                )
                if said is not None:
                    yield {"sitting_id": key, "seq": seq} | evidence_row(event) | said

    return rows


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


def registrations(view: View) -> Iterator[Row]:
    """Registrations with their base."""
    return _extract(EventKind.REGISTRATION, telling=RegistrationMark, tell=_registration)(view)


def absences(view: View) -> Iterator[Row]:
    """Deputies named as absent."""
    return _extract(EventKind.ABSENCE, telling=AbsenceMark, tell=_absence)(view)


def transfers(view: View) -> Iterator[Row]:
    """Votes given to another."""
    return _extract(EventKind.TRANSFER, telling=TransferMark, tell=_transfer)(view)


def votes(view: View) -> Iterator[Row]:
    """What was put to the vote."""
    return _extract(EventKind.PUT_TO_VOTE, EventKind.VOTE, EventKind.AGENDA_VOTE, tell=_vote)(view)


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
