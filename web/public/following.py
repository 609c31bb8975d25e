"""Follow: what a feed is, how a list with filters is followed, and the page of a list that is."""

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError
from sqlalchemy import func, select

from db.brakes import Limit, take
from db.following import SavedMatch
from db.upsert import table_of
from nlp.search.query import read_query
from publish.fitting import Followed
from publish.follow_words import list_in_words
from publish.followed import names_of
from publish.lapsing import lapsed
from publish.outlets import search_calendar_path, search_path
from publish.run import publish_list
from publish.saved_searches import TooLong, TooMany, asked, save, saved
from vocab.languages import LANGUAGES
from vocab.lists import FILTERS, ListKind, canonical
from vocab.retention import Kept, term
from web.access import go, guest_page, no_store
from web.accounts.guests import address_of
from web.cookies import begin_visit
from web.csrf import CsrfDep
from web.i18n import N_
from web.parameters import BillQuery, FindingQuery, Id, PersonQuery, SittingQuery
from web.public.search import SearchParameters
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/follow")
_FREE = 20
"""So many new lists a day may come from one address before the next has to wait."""

_PARAMETERS: dict[ListKind, type[BaseModel]] = {
    ListKind.BILLS: BillQuery,
    ListKind.SITTINGS: SittingQuery,
    ListKind.PERSONS: PersonQuery,
    ListKind.FINDINGS: FindingQuery,
    ListKind.SEARCH: SearchParameters,
}
_TOO_LONG = N_("This list is too long to follow. Go back and add a filter.")
_TOO_MANY = N_("No further list can be followed at present. Lists that are followed already go on.")
_WAIT = N_("You have just followed many lists. Please wait a quarter of an hour.")
WantedKind = Annotated[ListKind, Query(alias="list")]


@router.get("")
def help_page(visit: VisitDep) -> Response:
    """What a feed is, how to subscribe, and the most useful feeds."""
    return visit.page("follow.html")


@router.get("/new")
def new(visit: VisitDep, kind: WantedKind) -> Response:
    """What would be followed, to be confirmed; a list that is followed already is shown at once."""
    one = _wanted(visit, kind)
    if not one.filters:
        return go(f"/{visit.lang}/follow")
    return _again(visit, one) if saved(visit.conn, one.id) else _form(visit, one)


@router.post("/new")
def follow(visit: VisitDep, _ours: CsrfDep, kind: WantedKind) -> Response:
    """Follow the list from now on, and show its page. The same list again leads to the same page."""
    one = _wanted(visit, kind)
    if not one.filters:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    if saved(visit.conn, one.id) is None:
        if _waits(visit, one.made_at):
            return _form(visit, one, HTTPStatus.TOO_MANY_REQUESTS, _WAIT)
        try:
            save(visit.site.engine, one)
        except TooLong:
            return _form(visit, one, HTTPStatus.UNPROCESSABLE_ENTITY, _TOO_LONG)
        except TooMany:
            return _form(visit, one, HTTPStatus.SERVICE_UNAVAILABLE, _TOO_MANY)
        folder = visit.site.settings.public_dir
        publish_list(visit.site.engine, folder, one.id, public=visit.site.public)
        return go(_page(visit, one.id))
    return _again(visit, one)


@router.get("/{key}")
def followed(visit: VisitDep, key: Id) -> Response:
    """A list that is followed: its feeds in three languages, and how many fit now."""
    one = saved(visit.conn, key)
    if one is None:
        ended = lapsed(visit.conn, key)
        if ended is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return lapsed_page(visit, ended, visit.lang)
    match = table_of(SavedMatch).c
    fitting = select(func.count()).where(match.search_id == key, match.gone_at.is_(None))
    return visit.page(
        "follow_list.html",
        followed=one,
        words=_in_words(visit, one),
        number=visit.conn.execute(fitting).scalar_one(),
        feeds={lang: _published(visit, lang, one.id) for lang in LANGUAGES},
        calendars={
            lang: f"/{path}" for lang in LANGUAGES if visit.site.published(path := search_calendar_path(lang, one.id))
        },
    )


def lapsed_page(visit: Visit, one: Followed, lang: str) -> Response:
    """What a list that nobody asked for had asked, and how to follow it again."""
    words = list_in_words(one.kind, one.filters, lang, names_of(visit.conn, one))
    told = {"followed": one, "words": words, "days": term(Kept.LISTS).days}
    return no_store(visit.text("follow_gone.html", lang=lang, **told), HTTPStatus.GONE)


def _again(visit: Visit, one: Followed) -> Response:
    """To the page of a list that is followed already; that somebody wants it still is remembered."""
    answer = go(_page(visit, one.id))
    answer.background = visit.site.asked.note(visit.site.engine, one.id)
    return answer


def _wanted(visit: Visit, kind: ListKind) -> Followed:
    """The list that the address asks for. Raises RequestValidationError for a filter that no list takes."""
    said = {name: value for name, value in visit.request.query_params.items() if name in FILTERS[kind]}
    try:
        read = _PARAMETERS[kind].model_validate(said)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("query", *one["loc"])} for one in error.errors()]) from error
    filters = canonical(kind, read.model_dump(mode="json"))
    words = read_query(filters.get("q") or filters.get("text") or "")
    return asked(kind, filters, words, datetime.now(UTC))


def _waits(visit: Visit, now: datetime) -> bool:
    """Whether the address has to wait; of it only a keyed hash is kept, and that for a day."""
    address = (address_of(visit.request) or "").encode()
    digest = hmac.new(visit.site.keys.csrf, b"follow:" + address, sha256).hexdigest()
    with visit.site.engine.begin() as conn:
        return take(conn, Limit(key=f"follow:{digest[:32]}", free=_FREE), now=now) is not None


def _published(visit: Visit, lang: str, key: str) -> tuple[str, ...]:
    paths = (f"{search_path(lang, key)}.{form}" for form in ("atom", "rss"))
    return tuple(f"/{path}" for path in paths if visit.site.published(path))


def _page(visit: Visit, key: str) -> str:
    return f"/{visit.lang}/follow/{key}"


def _in_words(visit: Visit, one: Followed) -> str:
    return list_in_words(one.kind, one.filters, visit.lang, names_of(visit.conn, one))


def _form(visit: Visit, one: Followed, status: int = HTTPStatus.OK, fault: str | None = None) -> Response:
    begin_visit(visit.request)
    told: dict[str, Any] = {"followed": one, "words": _in_words(visit, one), "fault": fault}
    return guest_page(visit, "follow_new.html", lang=visit.lang, status=status, **told)
