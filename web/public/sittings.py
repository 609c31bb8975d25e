"""Sittings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import RowMapping

from db.media_queries import videos_of
from db.moves import follow, moves
from tracker.marks import marked
from tracker.stored import end_of, observations
from tracker.timelines import sitting_timelines
from vocab.bodies import Body
from vocab.media import PLATFORM_NAMES
from vocab.timeline import EventKind, Subject, SubjectKind, Timeline
from web.answers import csv_file
from web.paging import all_of, page_of
from web.parameters import CitedQuery, Id, SittingQuery
from web.public import citing, extracts, presence, queries_findings, queries_sittings, seen
from web.public.queries_silent import silent_about
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/sittings")
_ORDERS = ("day", "body", "registered", "absent", "items")
_FILE = ("id", "day", "body", "committee", "number", "extraordinary", "cancelled", "registered", "absent", "items")


@router.get("")
def sittings(visit: VisitDep, wanted: Annotated[SittingQuery, Query()]) -> Response:
    """The list, as a page or a file."""
    query = queries_sittings.matching(wanted)
    if wanted.format == "csv":
        return csv_file("sittings", _FILE, all_of(visit.conn, query))
    choices = queries_sittings.choices(visit.conn)
    return visit.page(
        "sittings.html",
        wanted=wanted,
        listing=page_of(visit.conn, query, wanted, _ORDERS),
        bodies=list(Body),
        committee=dict(choices["committees"]).get(wanted.committee),
        feeds=visit.site.feed(visit.lang, "committee", wanted.committee) if wanted.committee else (),
        calendar=visit.site.calendar(visit.lang, wanted.committee),
        seats_on=presence.seats_on,
        **choices,
    )


@router.get("/{key}")
def sitting(visit: VisitDep, key: Id, wanted: Annotated[CitedQuery, Query()]) -> Response:
    """Who was there, what was on the agenda, what the observers saw, and the sources."""
    as_of = citing.known_on(visit, wanted.as_of)
    row = queries_sittings.sitting_by_id(visit.conn, key)
    if row is None:
        return _moved(visit, key)
    known = sitting_timelines(visit.conn, [key], as_of=as_of).get(key)
    subject = Subject(kind=SubjectKind.SITTING, id=key, title=row["title"], body=Body(row["body"]), day=row["day"])
    timeline = known or Timeline(subject=subject, as_of=as_of)
    known_by = end_of(as_of) if as_of else None
    agenda = () if as_of else queries_sittings.agenda(visit.conn, key)
    observed = seen.seen_by_observers(observations(visit.conn, [key], as_of), timeline)
    if wanted.format == "csv":
        return extracts.answer(key, wanted.table, _tables(timeline, observed, agenda))
    findings = queries_findings.about(visit.conn, SubjectKind.SITTING, key, known_by)
    content = {**row, "about": "sitting", "events": seen.shown_events(timeline), "findings": citing.findings(findings)}
    if wanted.format == "json":
        return citing.answer(visit, content)
    breaks = timeline.of(EventKind.BREAK)
    return visit.page(
        "sitting.html",
        sitting=row,
        as_of=as_of,
        **_to_watch(visit, row, known_by),
        neighbours=queries_sittings.neighbours(visit.conn, row),
        timeline=timeline,
        registrations=presence.registrations(timeline),
        breaks=breaks,
        minutes=presence.total_minutes(breaks),
        absent=presence.absent(timeline),
        votes=presence.votes(timeline),
        seen=observed,
        events=seen.shown_events(timeline),
        agenda=agenda,
        **queries_findings.grouped(findings),
        citation=citing.cite(visit, row["title"], content, as_of),
        silent=() if as_of else silent_about(visit.conn, SubjectKind.SITTING, key),
        sources=queries_sittings.sources(visit.conn, key, known_by),
        calendar=visit.site.calendar(visit.lang, row["committee_id"]),
    )


def _to_watch(visit: Visit, row: RowMapping, known_by: datetime | None) -> dict[str, Any]:
    """What became of the sitting, and where it is shown; one that was called off is shown nowhere."""
    mark = marked(visit.conn, [row["id"]]).get(row["id"])
    videos = {} if mark or row["cancelled"] else videos_of(visit.conn, [row["id"]], known_by=known_by)
    return {
        "mark": mark,
        "videos": videos.get(row["id"], ()),
        "platform_names": PLATFORM_NAMES,
        "is_over": row["day"] < visit.today,
    }


def _moved(visit: Visit, key: str) -> Response:
    """The page of a sitting that became another one leads there."""
    present = follow(moves(visit.conn), key)
    if present == key or queries_sittings.sitting_by_id(visit.conn, present) is None:
        raise HTTPException(404)
    return RedirectResponse(str(visit.request.url.replace(path=f"/{visit.lang}/sittings/{present}")), status_code=301)


def _tables(timeline: Timeline, observed: seen.SideBySide, agenda: Sequence[RowMapping]) -> extracts.Extracts:
    """The tables of the page as files."""
    return {
        "timeline": lambda: extracts.timeline(seen.shown_events(timeline)),
        "registrations": lambda: extracts.registrations(presence.registrations(timeline)),
        "absent": lambda: extracts.absent(presence.absent(timeline)),
        "agenda": lambda: extracts.agenda(agenda),
        "observed": lambda: extracts.observed(observed),
    }
