"""People and where the lists of deputies show them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import Connection, RowMapping, select

from db.batches import rows_in
from db.list_conditions import conditions
from db.media_queries import interviews_of
from db.people import Membership, Person
from db.upsert import table_of
from vocab.lists import ListKind, canonical
from web.api.answering import listing, one
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.media import InterviewOut, interviews
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import ListWanted, PeopleWanted, Wanted
from web.api.schema import KEY, Api, ListOut, Told, Url
from web.public import queries_persons
from web.visit import VisitDep

router = APIRouter(prefix="/people", tags=["people"], responses=MISTAKES)
PersonId = Annotated[str, Path(pattern=KEY, description="The id of a person.")]


class PersonOut(Told):
    """A person, with the newest membership."""

    id: str
    url: Url
    api: Api
    name: Annotated[str, Field(description="The fullest form seen.")]
    surname: str
    given: str | None
    patronymic: str | None
    convocation: str | None
    faction: str | None


class PersonDetail(PersonOut):
    """A person, and where to ask on."""

    interviews: list[InterviewOut]
    memberships: Api
    transfers: Api
    findings: Api


class MembershipOut(Told):
    """An unbroken stretch of lists that show a person in one faction; outside of it nothing is known."""

    id: str
    url: Url
    api: Api
    person_id: str
    convocation: str
    faction: str | None
    seen_first: Annotated[date, Field(description="The day of the first list.")]
    seen_last: Annotated[date, Field(description="The day of the last list.")]


@router.get("", response_model=ListOut[PersonOut], responses=TABLE)
def people(visit: VisitDep, wanted: Annotated[PeopleWanted, Query()]) -> Response:
    """Persons by surname, with the filters of the site."""
    person = table_of(Person)
    query = select(person).where(*conditions(ListKind.PERSONS, canonical(ListKind.PERSONS, dict(wanted))))
    order = Order(columns=(person.c.surname, person.c.id), kinds=(str, str))
    page = page_of(visit.conn, query, order, wanted, "people")
    items = _told(visit.conn, page.rows, Links(visit.site.public_url))
    return listing(visit, wanted, PersonOut, items, page.next_cursor)


@router.get("/{key}", response_model=PersonDetail)
def person(visit: VisitDep, key: PersonId, wanted: Annotated[Wanted, Query()]) -> Response:
    """One person."""
    row = queries_persons.person_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(404)
    links = Links(visit.site.public_url)
    (told,) = _told(visit.conn, [row], links)
    more = {
        "interviews": interviews(interviews_of(visit.conn, person=key), links),
        "memberships": links.api("people", key, "memberships"),
        "transfers": f"{links.api('transfers')}?person={key}",
        "findings": links.found(key),
    }
    return one(visit, wanted, PersonDetail, told | more)


@router.get("/{key}/memberships", response_model=ListOut[MembershipOut], responses=TABLE)
def memberships(visit: VisitDep, key: PersonId, wanted: Annotated[ListWanted, Query()]) -> Response:
    """Where lists of deputies show a person, by day."""
    if queries_persons.person_by_id(visit.conn, key) is None:
        raise HTTPException(404)
    member = table_of(Membership)
    order = Order(columns=(member.c.seen_first, member.c.convocation), kinds=(date, str))
    query = select(member).where(member.c.person_id == key)
    page = page_of(visit.conn, query, order, wanted, f"memberships of {key}")
    links = Links(visit.site.public_url)
    names = ("person_id", "convocation", "faction", "seen_first", "seen_last")
    items = [
        {
            "id": f"{key}:{row['convocation']}:{row['seen_first']}",
            "url": links.page("persons", key),
            "api": links.api("people", key, "memberships"),
            **{name: row[name] for name in names},
        }
        for row in page.rows
    ]
    return listing(visit, wanted, MembershipOut, items, page.next_cursor)


def _told(conn: Connection, rows: Sequence[RowMapping], links: Links) -> list[dict[str, Any]]:
    newest = _newest(conn, [row["id"] for row in rows])
    names = ("id", "name", "surname", "given", "patronymic")
    return [
        {
            **{name: row[name] for name in names},
            **links.subject("person", row["id"]),
            "convocation": newest.get(row["id"], {}).get("convocation"),
            "faction": newest.get(row["id"], {}).get("faction"),
        }
        for row in rows
    ]


def _newest(conn: Connection, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """The newest membership of each person: the last one read."""
    member = table_of(Membership)
    query = select(member).order_by(member.c.seen_first, member.c.convocation)
    return {row.person_id: row._mapping for row in rows_in(conn, query, member.c.person_id, keys)}
