"""What press releases tell of bills, as events of their timelines. Pure.

A release is the parliament's own word and evidence like any other, but it is read out of prose: each event names its
release, and says where the day is only that of publication.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tracker.identify.people import People
from tracker.rows import PressRow
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Votes, Who

PUBLISHED_DAY = "the day of publication: the text does not tell the day"
LATER_TEXT = "read in the release as it stands now"
UNSURE = "read with a doubt: only that a release tells of the draft"

SURE = 0.9
"""From this score on a release that names a draft is believed to say that it was rejected, vetoed, withdrawn …"""

_GRAVE = frozenset({"rejected", "vetoed", "withdrawn", "returned", "signed"})
_CERTAIN = frozenset({"name", "name_and_day", "decided"})  # a minister is no deputy with a slip of the pen

# Whatever the body: what only the plenary, the register or the President can do.
_ANYWHERE: Mapping[str, EventKind] = {
    "registered": EventKind.REGISTERED,
    "scheduled": EventKind.SCHEDULED,
    "public_discussion": EventKind.PUBLIC_DISCUSSION,
    "withdrawn": EventKind.WITHDRAWN,
    "sent_to_president": EventKind.SENT_TO_PRESIDENT,
    "signed": EventKind.SIGNED,
    "vetoed": EventKind.VETOED,
}
_IN_PLENARY: Mapping[str, EventKind] = {
    "presented": EventKind.CONSIDERED,
    "considered": EventKind.CONSIDERED,
    "adopted": EventKind.ADOPTED,
    "approved": EventKind.ADOPTED,
    "rejected": EventKind.REJECTED,
    "returned": EventKind.RETURNED,
    "postponed": EventKind.POSTPONED,
}
# In the words of committees' decisions on agendas (vocab.agenda_item).
_DECISIONS: Mapping[str, str] = {
    "approved": "approve",
    "adopted": "adopt",
    "rejected": "reject",
    "returned": "return",
    "postponed": "postpone",
}


def told_by_press(rows: Iterable[PressRow], people: People) -> Iterator[Event]:
    """An event for each row; a vote's figures stand with the outcome, or alone where none is told."""
    for row in rows:
        yield _event(row, people)


def _event(row: PressRow, people: People) -> Event:
    who, note = _presenter(row, people)
    votes = Votes(in_favour=row.votes_for, against=row.votes_against) if row.votes_for is not None else None
    event = Event(
        kind=EventKind.PRESS,
        day=row.day,
        day_told=row.day_stated,
        seq=row.seq,
        evidence=row.record.evidence(row.place),
        committee=row.committee,
        readings=row.readings,
        who=who,
        votes=votes,
        about=row.draft,
        uncertain=_notes(row, note),
    )
    return event if _is_doubtful(row) else _as_told(event, row)


def _is_doubtful(row: PressRow) -> bool:
    """Grave and unsure: then only that a release tells of the draft is taken from it."""
    return row.action in _GRAVE and (row.score < SURE or not row.is_named)


def _as_told(event: Event, row: PressRow) -> Event:
    """The event as its body and its action make it."""
    if kind := _ANYWHERE.get(row.action):
        return replace(event, kind=kind, body=_body(row))
    if row.body == "plenary":
        kind = _IN_PLENARY.get(row.action, EventKind.PRESS)
        counted = event.votes is not None and kind is EventKind.CONSIDERED
        return replace(event, kind=EventKind.VOTE if counted else kind, body=Body.PLENARY)
    choice = _DECISIONS.get(row.action, "considered")
    if row.body == "committee":
        kind = EventKind.COMMITTEE_DECISION if row.action in _DECISIONS else EventKind.CONSIDERED
        return replace(event, kind=kind, body=Body.COMMITTEE, choice=choice if row.action in _DECISIONS else None)
    if row.body == "faction":
        return replace(event, kind=EventKind.FACTION_OPINION, choice=choice)
    if row.body == "public_hearing":
        return replace(event, kind=EventKind.PUBLIC_DISCUSSION)
    return replace(event, choice=row.body)


def _body(row: PressRow) -> Body | None:
    """The bodies that sit; others have no place in the checks."""
    return Body(row.body) if row.body in (Body.PLENARY, Body.COMMITTEE) else None


def _presenter(row: PressRow, people: People) -> tuple[Who | None, str | None]:
    """Who presented the draft: a deputy where the name is theirs to the letter, else the name as written."""
    if not row.presenter:
        return None, None
    spot = ("press_record", row.record.key, f"{row.place}:presenter")
    if people.resolution(spot, row.presenter, row.day).method not in _CERTAIN:
        return Who(written=row.presenter), None
    return people.who(spot, row.presenter, row.day)


def _notes(row: PressRow, note: str | None) -> str | None:
    is_later = row.record.version != row.record.columns.get("version", row.record.version)
    notes = (
        None if row.day_stated else PUBLISHED_DAY,
        LATER_TEXT if is_later else None,
        UNSURE if _is_doubtful(row) else None,
        note,
    )
    return "; ".join(filter(None, notes)) or None
