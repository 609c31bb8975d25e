"""Persons."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from db.media_queries import interviews_of
from vocab.ids import faction_id
from vocab.timeline import SubjectKind
from web.answers import csv_file
from web.paging import all_of, page_of
from web.parameters import DossierQuery, Id, PersonQuery
from web.public import extracts, queries_findings, queries_persons
from web.public.attendance import attendance, by_year, partners
from web.public.queries_register import register
from web.visit import VisitDep

router = APIRouter(prefix="/persons")
_ORDERS = ("name", "convocation", "faction", "absences", "held")
_BILLS = ("id", "title", "kind", "day", "page_id")
_FILE = ("id", "name", "convocation", "faction", "absences", "held")


@router.get("")
def persons(visit: VisitDep, wanted: Annotated[PersonQuery, Query()]) -> Response:
    """The list, as a page or a file."""
    query = queries_persons.matching(wanted)
    if wanted.format == "csv":
        return csv_file("persons", _FILE, all_of(visit.conn, query))
    conn, recall = visit.conn, visit.site.memory.recall
    listing = page_of(conn, query, wanted, _ORDERS)
    return visit.page(
        "persons.html",
        wanted=wanted,
        listing=listing,
        convocations=queries_persons.convocations(conn),
        factions=queries_persons.factions(conn),
        told_of=recall(conn, ("protocols of convocations",), lambda: queries_persons.told_of(conn)),
    )


@router.get("/{key}")
def person(visit: VisitDep, key: Id, wanted: Annotated[DossierQuery, Query()]) -> Response:
    """Memberships, what protocols tell of attendance, votes given and held, bills brought in."""
    row = queries_persons.person_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(404)
    named = {
        "absences": queries_persons.absences(visit.conn, key),
        "given": queries_persons.given(visit.conn, key),
        "held": queries_persons.held(visit.conn, key),
    }
    bills = queries_persons.initiated(visit.conn, key)
    if wanted.format == "csv":
        tables: dict[str, Callable[[], extracts.Extract]] = {
            name: partial(extracts.named, lines) for name, lines in named.items()
        }
        tables["bills"] = lambda: extracts.Extract(columns=_BILLS, rows=bills)
        return extracts.answer(key, wanted.table, tables)
    memberships = queries_persons.memberships(visit.conn, key)
    book = register(visit)
    given = [one for one in book.given if one.giver_id == key]
    held = [one for one in book.given if one.holder_id == key]
    return visit.page(
        "person.html",
        person=row,
        memberships=memberships,
        faction_id=faction_id,
        told=attendance(book, key, book.stretches.get(key, ())),
        years=by_year(book, key),
        given_to=partners(given, lambda one: (one.holder, one.holder_id)),
        held_from=partners(held, lambda one: (one.giver, one.giver_id)),
        bills=bills,
        interviews=interviews_of(visit.conn, person=key),
        **named,
        **queries_findings.grouped(queries_findings.about(visit.conn, SubjectKind.PERSON, key)),
        feeds=visit.site.feed(visit.lang, "person", key),
    )
