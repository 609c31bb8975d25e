"""Committees."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from tracker.bodies import body_timeline
from tracker.stored import end_of
from vocab.timeline import EventKind, SubjectKind
from web.answers import csv_file
from web.i18n import N_
from web.parameters import DossierQuery, Id
from web.public import extracts, presence, queries_committees, queries_findings, queries_sittings
from web.public.queries_committees import Committee
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/committees")
LATEST = 12
MOST = 60
CALLED_BY = {
    queries_committees.SITTINGS: N_("by agendas and protocols"),
    queries_committees.PRESS: N_("by press releases"),
    queries_committees.LISTS: N_("by lists of deputies"),
    queries_committees.FINDINGS: N_("by findings"),
}
ACTIONS = {
    "approved": N_("approved, a press release tells"),
    "adopted": N_("adopted, a press release tells"),
    "rejected": N_("rejected, a press release tells"),
    "considered": N_("considered, a press release tells"),
    "returned": N_("returned, a press release tells"),
    "postponed": N_("postponed, a press release tells"),
    "scheduled": N_("planned, a press release tells"),
    "working_group": N_("in a working group, a press release tells"),
}
_FILE = ("id", "name", "sittings", "bills", "last")
_BILLS = ("day", "id", "title", "source", "sitting_id", "action", "in_favour", "against", "page_id")


@router.get("")
def committees(visit: VisitDep, wanted: Annotated[DossierQuery, Query()]) -> Response:
    """Every committee that a source names, as a page or a file."""
    known = known_committees(visit).values()
    if wanted.format == "csv":
        rows = [
            {"id": one.id, "name": one.name, "bills": one.bills, "last": one.last, "sittings": one.number("sittings")}
            for one in known
        ]
        return csv_file("committees", _FILE, rows)
    return visit.page("committees.html", committees=list(known))


def known_committees(visit: Visit) -> dict[str, Committee]:
    """All committees by id, from memory where nothing changed."""
    return visit.site.memory.recall(visit.conn, ("committees",), lambda: queries_committees.committees(visit.conn))


@router.get("/{key}")
def committee(visit: VisitDep, key: Id, wanted: Annotated[DossierQuery, Query()]) -> Response:
    """Its sittings, the bills before it, its members, what it is called, and what the checks say."""
    found = known_committees(visit).get(key)
    if found is None:
        raise HTTPException(404)
    conn, as_of = visit.conn, wanted.as_of
    bills = queries_committees.before(conn, found)
    if wanted.format == "csv":
        return extracts.answer(key, wanted.table, {"bills": lambda: extracts.Extract(columns=_BILLS, rows=bills)})
    findings = queries_findings.about(conn, SubjectKind.BODY, key, end_of(as_of) if as_of else None)
    return visit.page(
        "committee.html",
        committee=found,
        as_of=as_of,
        called_by=CALLED_BY,
        action_words=ACTIONS,
        bills=bills[:MOST],
        told=len(bills),
        members=_members(visit, key),
        sittings=queries_sittings.of_committee(conn, key, visit.today, LATEST),
        seats_on=presence.seats_on,
        **queries_findings.grouped(findings),
        feeds=visit.site.feed(visit.lang, "committee", key),
        calendar=visit.site.calendar(visit.lang, key),
    )


def _members(visit: Visit, key: str) -> list[object]:
    """Whom the newest list names; where none names the committee, nobody."""

    def load() -> list[object]:
        timeline = body_timeline(visit.conn, key)
        return list(timeline.of(EventKind.MEMBER)) if timeline else []

    return visit.site.memory.recall(visit.conn, ("committee members", key), load)
