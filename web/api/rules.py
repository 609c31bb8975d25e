"""The rules that are checked, and the committees that are known."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import func, select

from db.sittings import Sitting
from db.upsert import table_of
from publish.wording import check_about, check_name
from tracker.editions import Rule
from tracker.judging import Rules
from web.api.answering import listing, one
from web.api.cursors import encode
from web.api.findings import FindingWanted
from web.api.keyset import Order, page_of, position
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import Lang, ListWanted
from web.api.schema import Api, Key, ListOut, Part, Told, Url
from web.visit import VisitDep

router = APIRouter(responses=MISTAKES)


class WordingOut(Part):
    """A rule in one edition."""

    edition: str
    article: str
    quote: Annotated[str, Field(description="The words of the act.")]
    parameters: Annotated[dict[str, Any], Field(description="The numbers that the check counts with.")]
    verified: Annotated[bool, Field(description="Article and words were read in the text itself.")]
    note: Annotated[str, Field(description="What is known of it where it was not.")]
    source: str
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The first day on which it is no longer in force.")]


class RuleOut(Told):
    """A rule that is checked, in every edition."""

    id: Annotated[str, Field(examples=["R28"])]
    url: Url
    api: Api
    name: str
    about: Annotated[str, Field(description="What is looked at.")]
    severity: str
    wordings: list[WordingOut]
    findings: Api


class CommitteeOut(Told):
    """A committee that sat."""

    id: str
    url: Url
    api: Api
    name: str
    sittings: Annotated[int, Field(description="How many sittings are known.")]
    first_day: date
    last_day: date


class RulesWanted(ListWanted):
    """The rules, in a language."""

    lang: Lang = "ru"


@router.get("/rules", response_model=ListOut[RuleOut], responses=TABLE, tags=["rules"])
def rules(visit: VisitDep, wanted: Annotated[RulesWanted, Query()]) -> Response:
    """The rules that are checked."""
    after = position(wanted, "rules", (str,))
    links = Links(visit.site.public_url)
    told = [one for one in _rules(links, wanted.lang) if not after or one["id"] > after[0]]
    rows = told[: wanted.rows]
    more = encode(wanted.scope("rules"), [rows[-1]["id"]]) if len(told) > len(rows) else None
    return listing(visit, wanted, RuleOut, rows, more)


@router.get("/rules/{key}", response_model=RuleOut, tags=["rules"])
def rule(visit: VisitDep, key: Key, wanted: Annotated[FindingWanted, Query()]) -> Response:
    """One rule."""
    found = [one for one in _rules(Links(visit.site.public_url), wanted.lang) if one["id"] == key]
    if not found:
        raise HTTPException(404)
    return one(visit, wanted, RuleOut, found[0])


@router.get("/committees", response_model=ListOut[CommitteeOut], responses=TABLE, tags=["sittings"])
def committees(visit: VisitDep, wanted: Annotated[ListWanted, Query()]) -> Response:
    """Committees of which sittings are known."""
    sitting = table_of(Sitting).c
    figures = (func.count().label("sittings"), func.min(sitting.day).label("first_day"))
    known = (
        select(
            sitting.committee_id.label("id"),
            func.max(sitting.committee).label("name"),
            *figures,
            func.max(sitting.day).label("last_day"),
        )
        .where(sitting.committee_id.is_not(None))
        .group_by(sitting.committee_id)
        .subquery()
    )
    page = page_of(visit.conn, select(known), Order(columns=(known.c.id,), kinds=(str,)), wanted, "committees")
    links = Links(visit.site.public_url)
    items = []
    for row in page.rows:
        asked = urlencode({"committee": row["id"]})
        address = {"url": links.page("committees", row["id"]), "api": f"{links.api('sittings')}?{asked}"}
        plain = {name: row[name] for name in ("id", "sittings", "first_day", "last_day")}
        items.append({**plain, **address, "name": row["name"] or row["id"]})
    return listing(visit, wanted, CommitteeOut, items, page.next_cursor)


def _rules(links: Links, lang: str) -> list[dict[str, Any]]:
    book = sorted(Rules.load().book.rules, key=lambda one: (one.id, one.valid_from))
    return [_told(key, list(same), links, lang) for key, same in groupby(book, key=lambda one: one.id)]


def _told(key: str, wordings: Sequence[Rule], links: Links, lang: str) -> dict[str, Any]:
    return {
        "id": key,
        "url": links.page("rules", key),
        "api": links.api("rules", key),
        "name": check_name(key, lang),
        "about": check_about(key, lang),
        "severity": wordings[0].severity,
        "wordings": _wordings(wordings),
        "findings": f"{links.api('findings')}?{urlencode({'check': key})}",
    }


def _wordings(wordings: Iterable[Rule]) -> list[dict[str, Any]]:
    names = WordingOut.model_fields
    return [{name: getattr(one, name) for name in names} for one in wordings]
