"""Events, evidence and payloads as the API tells them: what pages hide is not there, contacts are blanked. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from vocab.ids import digest
from vocab.timeline import OBSERVED, STATED, Event, Evidence, Votes, Who
from web.api.links import Links
from web.contacts import without_contacts

PERSONAL = frozenset({"gender"})
"""Fields of payloads that no page shows."""


def cleaned(value: Any) -> Any:
    """The same JSON without phones, e-mail addresses and personal fields."""
    match value:
        case str():
            return without_contacts(value)
        case Mapping():
            return {name: cleaned(one) for name, one in value.items() if name not in PERSONAL}
        case list() | tuple():
            return [cleaned(one) for one in value]
    return value


def evidence(said: Evidence, links: Links) -> dict[str, Any]:
    """Where a fact comes from; of a note or a stated fact only that it is one."""
    return {
        "record": _record(said.record),
        "page_id": said.page_id,
        "page_url": links.archived(said.page_id),
        "url": cleaned(said.url),
        "place": None if said.record.startswith(OBSERVED) else cleaned(said.place),
        "first_seen": said.seen_at,
    }


def stored_evidence(pieces: Iterable[Mapping[str, Any]], links: Links) -> list[dict[str, Any]]:
    """Evidence as findings and happenings keep it."""
    found = []
    for piece in pieces:
        seen = piece.get("seen_at")
        said = Evidence(
            record=str(piece.get("record") or ""),
            page_id=piece.get("page_id"),
            url=piece.get("url"),
            place=piece.get("place"),
            seen_at=datetime.fromisoformat(seen) if seen else None,
        )
        found.append(evidence(said, links))
    return found


def _record(record: str) -> str:
    for prefix in (OBSERVED, STATED):
        if record.startswith(prefix):
            return prefix.rstrip(":")
    return record


def event(told: Event, links: Links) -> dict[str, Any]:
    """A line of a timeline; events of observers are bared by `web.public.seen` before."""
    plain = ("day", "day_told", "item", "count", "minutes", "sitting_id", "bill_id", "choice", "ground", "what")
    kind, key = ("sitting", told.sitting_id) if told.sitting_id else ("bill", told.bill_id or "")
    return {
        "id": event_id(told),
        "kind": told.kind.value,
        **{name: getattr(told, name) for name in plain},
        **links.subject(kind, key),
        "first_seen": told.evidence.seen_at,
        "body": told.body.value if told.body else None,
        "committee": told.committee,
        "readings": sorted(told.readings),
        "who": _who(told.who),
        "to": _who(told.to),
        "votes": _votes(told.votes),
        "about": cleaned(told.about),
        "lang": told.lang,
        "at": told.at,
        "not_before": told.not_before,
        "parts": None if told.parts is None else sorted(told.parts),
        "uncertain": cleaned(told.uncertain),
        "evidence": evidence(told.evidence, links),
    }


def event_id(told: Event) -> str:
    """The same line of the same source has the same id."""
    who, to = told.who.written if told.who else "", told.to.written if told.to else ""
    source = told.evidence
    return digest("event", source.record, source.place or "", told.kind, str(told.day), str(told.seq), who, to)


def _who(who: Who | None) -> dict[str, Any] | None:
    if who is None:
        return None
    names = ("person_id", "faction", "faction_note")
    return {"written": cleaned(who.written), **{name: getattr(who, name) for name in names}}


def _votes(votes: Votes | None) -> dict[str, Any] | None:
    if votes is None:
        return None
    return {name: getattr(votes, name) for name in ("in_favour", "against", "abstained")}
