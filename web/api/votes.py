"""Votes as timelines know them, and what observers saw, by letters and without what they typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import Connection, or_, select

from db.observations import Observation
from db.planning import SittingMark
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from tracker.rows import ObservationRow
from tracker.stored import observations
from tracker.timelines import sitting_timelines
from vocab.timeline import EventKind, Timeline
from web.api.answering import listing
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import ObservationsWanted, VotesWanted
from web.api.schema import Api, Day, EventOut, ListOut, Told, Url
from web.api.told import event
from web.api.walks import Rows, Walk, walk
from web.public.seen import seen_by_observers, shown, shown_events
from web.visit import VisitDep

router = APIRouter(tags=["sittings"], responses=MISTAKES)
VOTES = (EventKind.PUT_TO_VOTE, EventKind.VOTE, EventKind.BALLOT, EventKind.OBSERVED_VOTE, EventKind.OVERRIDE)


class WordOut(Told):
    """What one side said on one line: the official record (`said_by` = `official`), or an observer by letter."""

    id: str
    url: Url
    api: Api
    sitting_id: str
    day: Day
    item: Annotated[int | None, Field(description="The number on the agenda; null: the sitting.")]
    kind: Annotated[str, Field(examples=["head_count"])]
    said_by: Annotated[str, Field(examples=["A"], description="`official`, or a letter: the same within a sitting.")]
    at: Annotated[datetime | None, Field(description="When the observer noted it (UTC).")]
    value: Annotated[dict[str, Any], Field(description="Figures and choices; nothing that was typed.")]
    agreement: Annotated[str, Field(description="Of this line: `agree`, `differ`, `alone` or `nobody`.")]


@router.get("/votes", response_model=ListOut[EventOut], responses=TABLE)
def votes(visit: VisitDep, wanted: Annotated[VotesWanted, Query()]) -> Response:
    """Votes: that one was taken, its figures where a source gives them, single ballots, and counts of observers."""
    sitting, item, note = table_of(Sitting).c, table_of(AgendaItem).c, table_of(Observation).c
    about = select(item.sitting_id)
    about = about.where(item.bill_id == wanted.bill) if wanted.bill else about
    heard = select(note.sitting_id).where(note.kind == "vote")
    query = select(table_of(Sitting)).where(or_(sitting.id.in_(about), sitting.id.in_(heard)))
    query = query.where(sitting.id == wanted.sitting) if wanted.sitting else query
    tell = partial(_votes, visit.conn, Links(visit.site.public_url), wanted.bill)
    page = walk(visit.conn, Walk(name="votes", sittings=query, tell=tell), wanted)
    return listing(visit, wanted, EventOut, page.rows, page.next_cursor)


def _votes(conn: Connection, links: Links, bill: str | None, sittings: Sequence[str]) -> Mapping[str, Rows]:
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for key, timeline in sitting_timelines(conn, sittings).items():
        for one in shown_events(timeline):
            if one.kind in VOTES and bill in (None, one.bill_id):
                told = event(one, links)
                found.setdefault(key, []).append((f"{one.seq:09}:{told['id']}", told))
    return found


@router.get("/observations", response_model=ListOut[WordOut], responses=TABLE)
def observed(visit: VisitDep, wanted: Annotated[ObservationsWanted, Query()]) -> Response:
    """What observers saw beside the official record, line by line: no names, no typed words."""
    sitting, note, mark = table_of(Sitting).c, table_of(Observation).c, table_of(SittingMark).c
    moved = select(mark.moved_to).where(mark.moved_to.is_not(None))
    query = select(table_of(Sitting)).where(or_(sitting.id.in_(select(note.sitting_id)), sitting.id.in_(moved)))
    query = query.where(sitting.id == wanted.sitting) if wanted.sitting else query
    tell = partial(_words, visit.conn, Links(visit.site.public_url))
    page = walk(visit.conn, Walk(name="observations", sittings=query, tell=tell), wanted)
    return listing(visit, wanted, WordOut, page.rows, page.next_cursor)


def _words(conn: Connection, links: Links, sittings: Sequence[str]) -> Mapping[str, Rows]:
    notes: dict[str, list[ObservationRow]] = {}
    for note in observations(conn, sittings):
        notes.setdefault(note.sitting_id, []).append(note)
    timelines = sitting_timelines(conn, notes)
    return {key: list(_lines(key, notes[key], timelines[key], links)) for key in notes if key in timelines}


def _lines(key: str, notes: Sequence[ObservationRow], timeline: Timeline, links: Links) -> Rows:
    """The lines in the order of the page, a row for each who said something."""
    seen = seen_by_observers(notes, timeline)
    found = []
    for number, line in enumerate(seen.lines):
        said: list[tuple[str, datetime | None, Mapping[str, Any]]] = [("official", None, one) for one in line.official]
        said += [(seen.letters[who], line.at[who], shown(line.kind, value)) for who, value in line.seen.items()]
        for place, (who, at, value) in enumerate(said):
            row = {
                "id": f"{key}:{number}:{place}",
                **links.subject("sitting", key),
                "sitting_id": key,
                "day": timeline.subject.day,
                "item": line.item,
                "kind": line.kind.value,
                "said_by": who,
                "at": at,
                "value": value,
                "agreement": line.agreement.value,
            }
            found.append((f"{number:06}:{place:04}", row))
    return found
