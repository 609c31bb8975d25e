"""What a page is about: its permanent address read backwards."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from db.bills import Bill
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from publish.wording import check_name
from web.public.queries_findings import finding_by_id
from web.rule_book import severities

_PLACE = re.compile(r"/(bills|sittings|persons|findings|committees|factions|rules)/([\w.~-]{1,300})")
_KINDS = {
    "bills": "bill",
    "sittings": "sitting",
    "persons": "person",
    "findings": "finding",
    "committees": "committee",
    "factions": "faction",
    "rules": "rule",
}
_TITLES: dict[str, tuple[type[SQLModel], str]] = {
    "bill": (Bill, "title"),
    "sitting": (Sitting, "title"),
    "person": (Person, "name"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a page is about; `place` is its permanent address."""

    kind: str
    id: str
    place: str
    title: str


def named(place: str) -> tuple[str, str] | None:
    """Kind and id that an address names, whether there is such a page or not; None for pages without facts."""
    found = _PLACE.fullmatch(place)
    return (_KINDS[found[1]], found[2]) if found else None


def about(conn: Connection, place: str, lang: str) -> About | None:
    """What a page that everybody may see is about; None where there is none at this address."""
    found = named(place)
    if found is None:
        return None
    title = title_of(conn, *found, lang)
    return About(kind=found[0], id=found[1], place=place, title=title) if title else None


def title_of(conn: Connection, kind: str, key: str, lang: str) -> str | None:
    """What it is called; None where there is none, or the public may not see it."""
    if kind == "finding":
        row = finding_by_id(conn, key)
        return check_name(row["check_id"], lang) if row else None
    if kind == "rule":
        return check_name(key, lang) if key in severities() else None
    if kind == "committee":
        named_so = select(table_of(Sitting).c.committee).where(table_of(Sitting).c.committee_id == key)
        return conn.execute(named_so.order_by(table_of(Sitting).c.day.desc()).limit(1)).scalar()
    if kind not in _TITLES:
        return key
    model, column = _TITLES[kind]
    table = table_of(model)
    found: str | None = conn.execute(select(table.c[column]).where(table.c.id == key)).scalar()
    return found
