"""By e-mail or in Telegram: what somebody asks for, the letter's way back, changing it and leaving. No account."""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from publish.alerts import subscribing
from publish.alerts.asking import ask_by_mail
from publish.alerts.subscribing import LEFT, Subscribed, Wish, by_token
from publish.alerts.things import Thing, thing_in_words, thing_page
from publish.alerts.tokens import read_email, token_of
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName
from vocab.subscriptions import Follows, Rhythm, SubscriptionState
from web.access import go, guest_page
from web.accounts.guests import address_of
from web.cookies import begin_visit
from web.csrf import CsrfDep
from web.i18n import N_
from web.public.subscribing_limits import may_ask, may_write_to
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/follow")

RHYTHMS = {
    Rhythm.AT_ONCE: N_("At once, several news in one letter"),
    Rhythm.DAILY: N_("Once a day, at 18:00"),
    Rhythm.WEEKLY: N_("Once a week, on Monday at 9:00"),
}
_NO_ADDRESS = N_("This is no e-mail address. Write it like name@example.kg.")
_UNSEEN = N_("A field that people do not see was filled. Leave it empty and send the form again.")
_USED_UP = N_("This link is no longer valid: it was used already, or nobody confirmed it within 48 hours.")
_CHANGED, _CONFIRMED = N_("Your changes are kept."), N_("Confirmed. News will come to your address.")

Token = Annotated[str, Query(max_length=100)]


def _thing(about: Follows, key: Annotated[str, Query(alias="id", max_length=300)] = "") -> Thing:
    """What the address of the form names."""
    return Thing(follows=about, id=key)


ThingDep = Annotated[Thing, Depends(_thing)]


class SubscriptionForm(BaseModel):
    """What was typed. `website` is a field for machines: people do not see it."""

    address: Annotated[str, Field(max_length=400)] = ""
    rhythm: Rhythm = Rhythm.AT_ONCE
    language: Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})?$")] = ""
    website: Annotated[str, Field(max_length=1000)] = ""


FormDep = Annotated[SubscriptionForm, Form()]


@router.get("/by-mail")
def form(visit: VisitDep, thing: ThingDep) -> Response:
    """What is followed, and the form."""
    return _form(visit, thing, SubscriptionForm())


@router.post("/by-mail")
def asked(visit: VisitDep, _ours: CsrfDep, form: FormDep, thing: ThingDep) -> Response:
    """Send the request to confirm. The answer is the same whether the address was known or not."""
    _named(visit, thing)
    address = read_email(form.address)
    if visit.site.mail is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if form.website or address is None:
        fault = _UNSEEN if form.website else _NO_ADDRESS
        return _form(visit, thing, form, HTTPStatus.UNPROCESSABLE_ENTITY, fault=fault)
    now, key_of_contacts = datetime.now(UTC), visit.site.keys.contacts
    until = may_ask(visit.site.engine, address_of(visit.request), now)
    if until:
        return _form(visit, thing, form, HTTPStatus.TOO_MANY_REQUESTS, until=until)
    wish = Wish(channel=ChannelName.EMAIL, thing=thing, lang=form.language or visit.lang, rhythm=form.rhythm)
    if may_write_to(visit.site.engine, address, key_of_contacts, now):
        with visit.site.engine.begin() as conn:
            ask_by_mail(conn, wish, address, key_of_contacts, visit.site.public_url, now)
    return go(f"/{visit.lang}/follow/asked")


@router.get("/in-telegram")
def to_form(visit: VisitDep, thing: ThingDep) -> Response:
    """Back to the form: the link is shown once, to whoever asked for it."""
    return go(f"/{visit.lang}/follow/by-mail?{urlencode({'about': thing.follows.value, 'id': thing.id})}")


@router.post("/in-telegram")
def in_telegram(visit: VisitDep, _ours: CsrfDep, form: FormDep, thing: ThingDep) -> Response:
    """The link into the chat with our bot: whoever presses «Start» there is subscribed."""
    words, now = _named(visit, thing), datetime.now(UTC)
    bot = visit.site.public.telegram_bot
    if not bot:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if form.website:
        return _form(visit, thing, form, HTTPStatus.UNPROCESSABLE_ENTITY, fault=_UNSEEN)
    until = may_ask(visit.site.engine, address_of(visit.request), now)
    if until:
        return _form(visit, thing, form, HTTPStatus.TOO_MANY_REQUESTS, until=until)
    wish = Wish(channel=ChannelName.TELEGRAM, thing=thing, lang=form.language or visit.lang, rhythm=form.rhythm)
    with visit.site.engine.begin() as conn:
        one = subscribing.ask(conn, wish, "", visit.site.keys.contacts, now)
    link = f"https://t.me/{bot}?start={token_of(visit.site.keys.contacts, one.salt)}"
    return guest_page(visit, "subscribe_telegram.html", lang=visit.lang, thing=words, link=link)


@router.get("/asked")
def sent(visit: VisitDep) -> Response:
    """What happens now: a letter comes."""
    return visit.page("subscribe_asked.html")


@router.get("/confirm")
def to_confirm(visit: VisitDep, token: Token = "") -> Response:
    """The button that confirms: opening a link confirms nothing, for programs open links too."""
    one = _of(visit, token)
    return go(_mine(visit, token)) if one.state is SubscriptionState.CONFIRMED else _page(visit, "confirm", one, token)


@router.post("/confirm")
def confirmed(visit: VisitDep, _ours: CsrfDep, token: Token = "") -> Response:
    """From now on letters come."""
    one = _of(visit, token)
    with visit.site.engine.begin() as conn:
        subscribing.confirm(conn, one, datetime.now(UTC))
    return go(_mine(visit, token, done="confirmed"))


@router.get("/mine")
def mine(visit: VisitDep, token: Token = "", done: Annotated[str, Query(max_length=20)] = "") -> Response:
    """This subscription: what is followed, how often, in which language; to change it or to leave."""
    one = _of(visit, token)
    told = {"confirmed": _CONFIRMED, "changed": _CHANGED}.get(done)
    if one.state is SubscriptionState.ASKED:
        return go(f"/{visit.lang}/follow/confirm?token={token}")
    return _page(visit, "mine", one, token, done=told)


@router.post("/mine")
def changed(visit: VisitDep, _ours: CsrfDep, form: FormDep, token: Token = "") -> Response:
    """Another rhythm or language from the next letter on."""
    one = _of(visit, token)
    with visit.site.engine.begin() as conn:
        subscribing.change(conn, one.id, lang=form.language or one.wish.lang, rhythm=form.rhythm)
    return go(_mine(visit, token, done="changed"))


@router.get("/end")
def to_end(visit: VisitDep, token: Token = "") -> Response:
    """The button that ends it."""
    return _page(visit, "end", _of(visit, token, ended=True), token)


@router.post("/end")
def ended(visit: VisitDep, token: Token = "") -> Response:
    """Leave. The token is enough: a mail program sends this when its reader presses «unsubscribe».

    The answer is a page and leads nowhere else, as RFC 8058 wants it.
    """
    one = _of(visit, token, ended=True)
    with visit.site.engine.begin() as conn:
        subscribing.end(conn, one.id, datetime.now(UTC), LEFT)
    return _page(visit, "end", replace(one, state=SubscriptionState.ENDED), token)


def _named(visit: Visit, thing: Thing) -> str:
    """What is followed, in words. Raises HTTPException 404 where there is nothing of that kind."""
    words = thing_in_words(visit.conn, thing, visit.lang)
    if words is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return words


def _of(visit: Visit, token: str, *, ended: bool = False) -> Subscribed:
    """The subscription of a letter's link. Raises HTTPException 404 where there is none, or it is over."""
    one = by_token(visit.conn, token)
    if one is None or (one.state is SubscriptionState.ENDED and not ended):
        raise HTTPException(HTTPStatus.NOT_FOUND, _USED_UP)
    return one


def _mine(visit: Visit, token: str, done: str = "") -> str:
    return f"/{visit.lang}/follow/mine?token={token}{f'&done={done}' if done else ''}"


def _page(visit: Visit, name: str, one: Subscribed, token: str, **told: Any) -> Response:
    begin_visit(visit.request)
    words = thing_in_words(visit.conn, one.wish.thing, visit.lang) or one.wish.thing.id
    known: dict[str, Any] = {"one": one, "thing": words, "token": token, "rhythms": RHYTHMS, "done": None, **told}
    known["page"] = thing_page(one.wish.thing, "", visit.lang)
    return guest_page(visit, f"subscription_{name}.html", lang=visit.lang, **known)


def _form(visit: Visit, thing: Thing, form: SubscriptionForm, status: int = HTTPStatus.OK, **told: Any) -> Response:
    begin_visit(visit.request)
    known: dict[str, Any] = {"fault": None, "until": None, "rhythms": RHYTHMS, "form": form, "followed": thing, **told}
    page = thing_page(thing, "", visit.lang)
    words = _named(visit, thing)
    return guest_page(visit, "subscribe.html", lang=visit.lang, status=status, thing=words, page=page, **known)
