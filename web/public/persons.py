"""Persons."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from vocab.timeline import SubjectKind
from web.answers import csv_file
from web.paging import all_of, page_of
from web.parameters import DossierQuery, Id, PersonQuery
from web.public import extracts, queries_findings, queries_persons
from web.visit import VisitDep

router = APIRouter(prefix="/persons")
_ORDERS = ("name", "convocation", "faction", "absences", "held")
_FILE = ("id", "name", "convocation", "faction", "absences", "held")


@router.get("")
def persons(visit: VisitDep, wanted: Annotated[PersonQuery, Query()]) -> Response:
    """The list, as a page or a file."""
    query = queries_persons.matching(wanted)
    if wanted.format == "csv":
        return csv_file("persons", _FILE, all_of(visit.conn, query))
    listing = page_of(visit.conn, query, wanted, _ORDERS)
    convocations = queries_persons.convocations(visit.conn)
    told_of = queries_persons.told_of(visit.conn)
    return visit.page("persons.html", wanted=wanted, listing=listing, convocations=convocations, told_of=told_of)


@router.get("/{key}")
def person(visit: VisitDep, key: Id, wanted: Annotated[DossierQuery, Query()]) -> Response:
    """Memberships, absences, votes given and held."""
    row = queries_persons.person_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(404)
    named = {
        "absences": queries_persons.absences(visit.conn, key),
        "given": queries_persons.given(visit.conn, key),
        "held": queries_persons.held(visit.conn, key),
    }
    if wanted.format == "csv":
        tables = {name: partial(extracts.named, lines) for name, lines in named.items()}
        return extracts.answer(key, wanted.table, tables)
    memberships = queries_persons.memberships(visit.conn, key)
    return visit.page(
        "person.html",
        person=row,
        memberships=memberships,
        absent_at=len({line.sitting_id for line in named["absences"]}),
        protocols=queries_persons.protocols_in(visit.conn, {one["convocation"] for one in memberships}),
        **named,
        **queries_findings.grouped(queries_findings.about(visit.conn, SubjectKind.PERSON, key)),
        feeds=visit.site.feed(visit.lang, "person", key),
    )
