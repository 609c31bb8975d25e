"""Bills."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import RowMapping

from db.media_queries import interviews_of
from db.search_documents import DocumentKind
from db.search_filter import Marked, marks
from nlp.search.query import read_query
from nlp.topics.choices import BILL, topics_of
from publish.outlets import bill_calendar_path
from tracker.stages import last_ending, standing, track
from tracker.stored import end_of
from tracker.timelines import bill_timelines
from vocab.lists import ListKind, canonical
from vocab.timeline import Subject, SubjectKind, Timeline
from vocab.topics import TOPICS
from web.answers import csv_file
from web.paging import Listing, all_of, page_of, total_of
from web.parameters import BillQuery, CitedQuery, Id
from web.public import (
    bill_filters,
    citing,
    extracts,
    queries_authors,
    queries_bills,
    queries_findings,
    queries_related,
    stages,
)
from web.public.linked_data import legislation
from web.public.queries_silent import silent_about
from web.public.search import blanked
from web.public.seen import shown_events
from web.visit import Visit, VisitDep
from web.words import INITIATORS, RELATIONS

router = APIRouter(prefix="/bills")
_ORDERS = ("title", "kind", "stage", "number", "last_day", "items")
_FILE = ("id", "title", "kind", "number", "initiator", "convocation", "stage", "first_day", "last_day", "items")


@router.get("")
def bills(visit: VisitDep, wanted: Annotated[BillQuery, Query()]) -> Response:
    """The list, as a page or a file."""
    conn, recall = visit.conn, visit.site.memory.recall
    query = queries_bills.matching(conn, wanted)
    if wanted.format == "csv":
        return csv_file("bills", _FILE, all_of(conn, query))
    filters = canonical(ListKind.BILLS, dict(wanted))
    total = recall(conn, ("bills", *filters.items()), lambda: total_of(conn, query))
    listing = page_of(conn, query, wanted, _ORDERS, total=total)
    choices = recall(conn, ("bill choices",), lambda: queries_bills.choices(conn))
    return visit.page(
        "bills.html",
        wanted=wanted,
        filters=filters,
        listing=listing,
        marks=_marks(visit, wanted, listing),
        fields=bill_filters.fields(choices, visit.lang),
        stage_names=stages.STAGE_NAMES,
    )


def _marks(visit: Visit, wanted: BillQuery, listing: Listing) -> dict[str, Marked]:
    """Where the words stand that were asked for."""
    if not wanted.text:
        return {}
    found = marks(visit.conn, read_query(wanted.text), DocumentKind.BILL, [row["id"] for row in listing.rows])
    return {key: Marked(blanked(one.title), blanked(one.snippet)) for key, one in found.items()}


@router.get("/{key}")
def bill(visit: VisitDep, key: Id, wanted: Annotated[CitedQuery, Query()]) -> Response:
    """What it is, where it stands, what comes next, what was not done by the rules, everything else."""
    as_of = citing.known_on(visit, wanted.as_of)
    row = queries_bills.bill_by_id(visit.conn, key)
    if row is None:
        return _moved(visit, key)
    known = bill_timelines(visit.conn, [key], as_of=as_of).get(key)
    timeline = known or Timeline(subject=Subject(kind=SubjectKind.BILL, id=key, title=row["title"]), as_of=as_of)
    known_by = end_of(as_of) if as_of else None
    documents = queries_bills.documents(visit.conn, key, known_by)
    if wanted.format == "csv":
        tables: extracts.Extracts = {
            "timeline": lambda: extracts.timeline(shown_events(timeline)),
            "documents": lambda: extracts.documents(documents),
        }
        return extracts.answer(key, wanted.table, tables)
    findings = queries_findings.about(visit.conn, SubjectKind.BILL, key, known_by)
    content = _content(row, timeline, documents, findings)
    if wanted.format == "json":
        return citing.answer(visit, content)
    return visit.page(
        "bill.html",
        bill=row,
        as_of=as_of,
        linked_data=legislation(f"{visit.site.public_url}/bills/{key}", row, visit.lang),
        citation=citing.cite(visit, row["title"], content, as_of),
        authors=queries_authors.authors(visit.conn, key, known_by),
        initiator=INITIATORS.get(row["initiator"]),
        events=shown_events(timeline),
        documents=documents,
        **_beside(visit, key, known_by),
        topics=topics_of(visit.conn, BILL, [key]).get(key),
        topic_names={number: getattr(name, visit.lang) for number, name in TOPICS.items()},
        feeds=visit.site.feed(visit.lang, "bill", key),
        calendar=f"/{bill_calendar_path(visit.lang, key)}" if _has_days(timeline) else None,
        **queries_findings.grouped(findings),
        silent=() if as_of else silent_about(visit.conn, SubjectKind.BILL, key),
        **_standing(visit, timeline),
    )


def _beside(visit: Visit, key: str, known_by: datetime | None) -> dict[str, object]:
    """Other bills on the matter, and interviews about it."""
    interviews = interviews_of(visit.conn, bill=key, known_by=known_by)
    return {"related": queries_related.related(visit.conn, key), "relations": RELATIONS, "interviews": interviews}


def _content(
    row: RowMapping, timeline: Timeline, documents: Iterable[RowMapping], findings: Iterable[RowMapping]
) -> dict[str, object]:
    """What the page tells of a bill, for its checksum."""
    return {
        **row,
        "about": "bill",
        "events": shown_events(timeline),
        "documents": [dict(one) for one in documents],
        "findings": citing.findings(findings),
    }


def _has_days(timeline: Timeline) -> bool:
    """Whether it stood on an agenda, so that its calendar has a day."""
    return any(event.sitting_id for event in timeline.events)


def _moved(visit: Visit, key: str) -> Response:
    """The page of a bill that turned out to be another one leads there."""
    present = queries_bills.present_id(visit.conn, key)
    if present is None:
        raise HTTPException(404)
    return RedirectResponse(str(visit.request.url.replace(path=f"/{visit.lang}/bills/{present}")), status_code=301)


def _standing(visit: Visit, timeline: Timeline) -> dict[str, object]:
    day = timeline.as_of or visit.today
    steps = track(timeline, day)
    stands = standing(steps)
    return {
        "steps": steps,
        "stage_names": stages.STAGE_NAMES,
        "state_words": stages.STATE_WORDS,
        "state_signs": stages.STATE_SIGNS,
        "stands": stands,
        "ending": last_ending(timeline),
        "coming": stages.coming(timeline, day),
        "may_come": stages.may_come(stands),
    }
