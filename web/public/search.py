"""Search: words in any form, Russian or Kyrgyz, over everything that the site shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import Connection, RowMapping, select

from db.people import Person
from db.search import Hit, SearchPage, SearchQuery
from db.search import search as find
from db.search_documents import DocumentKind
from db.search_marks import Piece
from db.upsert import table_of
from nlp.search.query import LONGEST, read_query
from vocab.bodies import Body
from vocab.text import fold_space
from vocab.topics import TOPICS
from vocab.verdicts import Verdict
from web.contacts import without_contacts
from web.i18n import N_
from web.paging import Listing
from web.parameters import Day, Words
from web.public import queries_findings, queries_sittings
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/search")
PER_PAGE = 20

KIND_NAMES = {
    DocumentKind.BILL: N_("Bill"),
    DocumentKind.ITEM: N_("Agenda item"),
    DocumentKind.PRESS: N_("Press release"),
    DocumentKind.PROTOCOL: N_("Protocol"),
    DocumentKind.FINDING: N_("Finding"),
    DocumentKind.ACT: N_("Act"),
}
EXAMPLES = ("пенсии", "республиканский бюджет", "билим берүү", "выборам", "здравоохранение", "Бакасов")
"""Queries that show what can be asked: any form, two words, Kyrgyz, a name; those that find something are shown."""


def typed(value: Any) -> Any:
    """What was typed or pasted, as far as it is read."""
    return fold_space(value[: 4 * LONGEST].replace("\0", " "))[:LONGEST] or None if isinstance(value, str) else value


def _no_choice(value: Any) -> Any:
    return None if value == "" else value


class SearchParameters(BaseModel):
    """What is searched for; an empty choice is none."""

    q: Annotated[str | None, BeforeValidator(typed)] = None
    kind: Annotated[DocumentKind | None, BeforeValidator(_no_choice)] = None
    topic: Annotated[int | None, BeforeValidator(_no_choice)] = None
    body: Words = None
    person: Words = None
    verdict: Annotated[Verdict | None, BeforeValidator(_no_choice)] = None
    since: Day = None
    until: Day = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document that was found; `finding` where it is one."""

    hit: Hit
    title: Sequence[Piece]
    snippet: Sequence[Piece]
    finding: RowMapping | None = None


@router.get("")
def search(visit: VisitDep, wanted: Annotated[SearchParameters, Query()]) -> Response:
    """The form, and what was found for it."""
    found = find(visit.conn, _query(wanted))
    listing = Listing(rows=(), total=found.total, number=wanted.page, per_page=PER_PAGE)
    filters = wanted.model_dump(exclude={"page"}, exclude_none=True, mode="json")
    return visit.page(
        "search.html",
        wanted=wanted,
        filters=filters,
        narrowed=filters.keys() - {"q"},
        found=found,
        shown=shown_hits(visit.conn, found),
        listing=listing,
        missing=_missing(found),
        examples=[] if found.words else [one for one in EXAMPLES if _finds(visit.conn, one)],
        **_choices(visit, wanted),
    )


def _query(wanted: SearchParameters) -> SearchQuery:
    return SearchQuery(
        words=read_query(wanted.q or ""),
        kinds=[wanted.kind] if wanted.kind else (),
        body=wanted.body,
        topic=wanted.topic,
        person=wanted.person,
        verdict=wanted.verdict,
        since=wanted.since,
        until=wanted.until,
        limit=PER_PAGE,
        offset=(wanted.page - 1) * PER_PAGE,
    )


def _choices(visit: Visit, wanted: SearchParameters) -> dict[str, Any]:
    person = table_of(Person).c
    named = select(person.name).where(person.id == wanted.person)
    return {
        "kinds": KIND_NAMES,
        "topics": [(number, getattr(name, visit.lang)) for number, name in TOPICS.items()],
        "plenary": Body.PLENARY.value,
        "committees": queries_sittings.choices(visit.conn)["committees"],
        "person": visit.conn.execute(named).scalar() if wanted.person else None,
    }


def _finds(conn: Connection, words: str) -> bool:
    return find(conn, SearchQuery(words=read_query(words), limit=1)).total > 0


def _missing(found: SearchPage) -> list[str]:
    """The words that stand in no document as whole words: where nothing was found, they are why."""
    return [word.written for word in found.words if not word.documents] if not found.total else []


def shown_hits(conn: Connection, found: SearchPage) -> list[Shown]:
    """The hits as the page shows them; a finding that was withdrawn since the search was filled is not shown."""
    findings = _findings(conn, [hit.key for hit in found.hits if hit.kind is DocumentKind.FINDING])
    return [
        Shown(
            hit=hit,
            title=blanked(hit.marked_title),
            snippet=blanked(hit.snippet),
            finding=findings.get(hit.key),
        )
        for hit in found.hits
        if hit.kind is not DocumentKind.FINDING or hit.key in findings
    ]


def _findings(conn: Connection, keys: Iterable[str]) -> Mapping[str, RowMapping]:
    """Those that may be shown now, by id."""
    found = {key: queries_findings.finding_by_id(conn, key) for key in keys}
    return {key: row for key, row in found.items() if row is not None and row["superseded_at"] is None}


def blanked(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces without phones and e-mail addresses; where there was one, nothing is marked."""
    text = "".join(piece.text for piece in pieces)
    blanked = without_contacts(text)
    return pieces if blanked == text else (Piece(blanked),)
