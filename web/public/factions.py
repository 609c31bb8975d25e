"""Factions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from web.answers import csv_file
from web.parameters import DossierQuery, Id
from web.public import extracts, queries_factions
from web.public.attendance import Attendance, Given, Register, attendance
from web.public.queries_factions import Faction, Member
from web.public.queries_register import register
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/factions")
_FILE = ("id", "name", "convocation", "first", "last", "people", "latest")
_MEMBERS = ("person_id", "name", "faction", "first", "last", "protocols", "absent", "given", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A member over one stretch of lists, with what protocols of those days tell."""

    member: Member
    attendance: Attendance
    given: int
    held: int


@router.get("")
def factions(visit: VisitDep, wanted: Annotated[DossierQuery, Query()]) -> Response:
    """Every faction that a list of deputies shows, as a page or a file."""
    known = known_factions(visit).values()
    if wanted.format == "csv":
        return csv_file("factions", _FILE, [{name: getattr(one, name) for name in _FILE} for one in known])
    return visit.page("factions.html", factions=list(known))


def known_factions(visit: Visit) -> dict[str, Faction]:
    """All factions by id, from memory where nothing changed."""
    return visit.site.memory.recall(visit.conn, ("factions",), lambda: queries_factions.factions(visit.conn))


@router.get("/{key}")
def faction(visit: VisitDep, key: Id, wanted: Annotated[DossierQuery, Query()]) -> Response:
    """Its members by the lists, what protocols tell of them, and the votes that they gave and held."""
    found = known_factions(visit).get(key)
    if found is None:
        raise HTTPException(404)
    book = register(visit)
    given = [one for one in book.given if one.giver_faction == key]
    held = [one for one in book.given if one.holder_faction == key]
    rows = [_row(book, member, given, held) for member in found.members]
    if wanted.format == "csv":
        tables = {"members": lambda: extracts.Extract(columns=_MEMBERS, rows=[_as_row(row) for row in rows])}
        return extracts.answer(key, wanted.table, tables)
    names = {one.id: one.name for one in known_factions(visit).values()}
    return visit.page(
        "faction.html",
        faction=found,
        rows=rows,
        given=given,
        held=held,
        given_to=_by_faction(names, (one.holder_faction for one in given)),
        held_from=_by_faction(names, (one.giver_faction for one in held)),
    )


def _row(book: Register, member: Member, given: Sequence[Given], held: Sequence[Given]) -> Row:
    who, stretch = member.person_id, member.stretch
    return Row(
        member=member,
        attendance=attendance(book, who, [stretch]),
        given=sum(one.giver_id == who and stretch.holds(one.day) for one in given),
        held=sum(one.holder_id == who and stretch.holds(one.day) for one in held),
    )


def _by_faction(names: dict[str, str], sides: Iterable[str | None]) -> list[tuple[str, str | None, int]]:
    """How many of these votes by the other side's faction: its name ("" where no list tells), id and number."""
    counts = Counter(sides)
    return [(names.get(key or "", ""), key, number) for key, number in counts.most_common()]


def _as_row(row: Row) -> dict[str, object]:
    stretch, told = row.member.stretch, row.attendance
    return {
        "person_id": row.member.person_id,
        "name": row.member.name,
        "faction": stretch.faction,
        "first": stretch.first,
        "last": stretch.last,
        "protocols": told.protocols,
        "absent": told.absent,
        "given": row.given,
        "held": row.held,
    }
