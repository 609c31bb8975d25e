"""The tables of a dossier's page as files: days in ISO form, ids beside names, the archived page beside each fact."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import HTTPException
from fastapi.responses import Response
from sqlalchemy import RowMapping

from vocab.timeline import Event, Votes
from web.answers import Row, csv_file
from web.public.presence import Absent, Registration
from web.public.queries_persons import Named
from web.public.seen import SideBySide, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A table: its columns and a mapping for each row."""

    columns: tuple[str, ...]
    rows: Iterable[Row]


Extracts = Mapping[str, Callable[[], Extract]]


def answer(dossier: str, name: str | None, extracts: Extracts) -> Response:
    """The table of this name; 404 where the page has none."""
    if name is None or name not in extracts:
        raise HTTPException(404)
    found = extracts[name]()
    return csv_file(f"{dossier}-{name}", found.columns, found.rows)


def timeline(events: Iterable[Event]) -> Extract:
    """The lines of a timeline."""
    plain = ("day", "kind", "sitting_id", "bill_id", "count", "minutes", "committee", "choice", "about", "uncertain")
    names = ("readings", "who", "who_id", "to", "to_id", "in_favour", "against", "abstained", "page_id", "url")
    return Extract(columns=(*plain, *names), rows=[_event(event, plain) for event in events])


def _event(event: Event, plain: Iterable[str]) -> Mapping[str, Any]:
    who, to, votes = event.who, event.to, event.votes or Votes()
    return {name: getattr(event, name) for name in plain} | {
        "readings": ", ".join(map(str, sorted(event.readings))),
        "who": who.written if who else None,
        "who_id": who.person_id if who else None,
        "to": to.written if to else None,
        "to_id": to.person_id if to else None,
        "in_favour": votes.in_favour,
        "against": votes.against,
        "abstained": votes.abstained,
        "page_id": event.evidence.page_id,
        "url": event.evidence.url,
    }


def registrations(lines: Iterable[Registration]) -> Extract:
    """Registrations with their base."""
    columns = ("order", "registered", "seats", "quorum", "page_id", "url")
    rows = [
        {
            "order": order,
            "registered": line.count,
            "seats": line.seats,
            "quorum": line.quorum,
            "page_id": line.event.evidence.page_id,
            "url": line.event.evidence.url,
        }
        for order, line in enumerate(lines, start=1)
    ]
    return Extract(columns=columns, rows=rows)


def absent(lines: Iterable[Absent]) -> Extract:
    """Who was named as absent, and to whom the vote was given."""
    columns = ("name", "person_id", "faction", "given_to", "given_to_id", "given_to_faction", "about", "page_id", "url")
    rows = [
        {
            "name": line.who.written,
            "person_id": line.who.person_id,
            "faction": line.who.faction,
            "given_to": line.to.written if line.to else None,
            "given_to_id": line.to.person_id if line.to else None,
            "given_to_faction": line.to.faction if line.to else None,
            "about": line.about,
            "page_id": line.event.evidence.page_id,
            "url": line.event.evidence.url,
        }
        for line in lines
    ]
    return Extract(columns=columns, rows=rows)


def agenda(rows: Iterable[RowMapping]) -> Extract:
    """The items of an agenda."""
    return Extract(columns=("position", "title", "kind", "readings", "bill_id", "bill_number"), rows=rows)


def observed(seen: SideBySide) -> Extract:
    """The official record and the observers, a row for each word on a line; figures as JSON."""
    rows = [
        {"item": line.item, "kind": line.kind.value, "said_by": said_by, "at": at, "value": json.dumps(value)}
        for line in seen.lines
        for said_by, at, value in (
            *(("official", None, one) for one in line.official),
            *((seen.letters[who], line.at[who].isoformat(), shown(line.kind, one)) for who, one in line.seen.items()),
        )
    ]
    return Extract(columns=("item", "kind", "said_by", "at", "value"), rows=rows)


def documents(rows: Iterable[RowMapping]) -> Extract:
    """The files of a bill."""
    return Extract(columns=("title", "kind", "language", "url", "seen"), rows=rows)


def named(lines: Iterable[Named]) -> Extract:
    """Where protocols name a person."""
    columns = ("day", "sitting_id", "written", "other", "other_id", "about")
    return Extract(columns=columns, rows=[{name: getattr(line, name) for name in columns} for line in lines])
