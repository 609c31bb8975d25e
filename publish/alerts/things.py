"""What can be followed by letter: whether it is there, what it is called, and where its page is."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.bills import Bill, BillAlias
from db.people import Person
from db.upsert import table_of
from publish.compose import page_url
from publish.follow_words import list_in_words
from publish.followed import names_of
from publish.newsroom import committees
from publish.outlets import Outlet
from publish.saved_searches import saved
from publish.wording import fill, load_words
from vocab.body_names import committee_name
from vocab.subscriptions import WHOLE, Follows


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Thing:
    """One thing that is followed; `id` is "" for what is about all."""

    follows: Follows
    id: str = ""


def present(conn: Connection, thing: Thing) -> Thing:
    """The same under today's id: a bill that turned out to be another one goes on under that one's."""
    if thing.follows is not Follows.BILL:
        return thing
    alias = table_of(BillAlias).c
    today = conn.execute(select(alias.bill_id).where(alias.alias == thing.id)).scalar()
    return Thing(follows=thing.follows, id=today) if today else thing


def thing_in_words(conn: Connection, thing: Thing, lang: str) -> str | None:
    """What it is called, within a sentence: «законопроект № 6-1/26 «…»»; None where there is no such thing."""
    values = _values(conn, thing, lang)
    if values is None:
        return None
    words = load_words("alerts", lang)["things"]
    numbered = fill(words.get(f"{thing.follows}_numbered", ""), values) if values.get("number") else None
    return numbered or str(words[thing.follows]).format_map(values)


def thing_page(thing: Thing, public_url: str, lang: str) -> str:
    """Where the public reads about it."""
    if thing.follows is Follows.LIST:
        return f"{public_url}/{lang}/follow/{thing.id}"
    if thing.follows in WHOLE:
        return Outlet(about=thing.follows).page(public_url, lang)
    return page_url(public_url, lang, "body" if thing.follows is Follows.COMMITTEE else thing.follows, thing.id)


def _values(conn: Connection, thing: Thing, lang: str) -> dict[str, str | None] | None:
    match thing.follows:
        case Follows.BILL:
            bill = table_of(Bill).c
            row = conn.execute(select(bill.title, bill.number).where(bill.id == thing.id)).first()
            return {"title": row.title, "number": row.number} if row else None
        case Follows.PERSON:
            person = table_of(Person).c
            name = conn.execute(select(person.name).where(person.id == thing.id)).scalar()
            return {"title": name} if name else None
        case Follows.COMMITTEE:
            name = dict(committees(conn)).get(thing.id)
            return {"title": committee_name(name, lang)} if name else None
        case Follows.LIST:
            one = saved(conn, thing.id)
            return {"title": list_in_words(one.kind, one.filters, lang, names_of(conn, one))} if one else None
    return None if thing.id else {}
