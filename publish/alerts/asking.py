"""Somebody typed an address: it is kept, and the letter that asks for a confirmation goes into the outbox."""

from datetime import datetime

from sqlalchemy import Connection

from publish.alerts.letters import confirming_letter
from publish.alerts.subscribing import Subscribed, Wish, ask, note_letter
from publish.alerts.things import thing_in_words, thing_page
from publish.drafts import Draft
from publish.outbox.drafting import Audience, keep_delivery
from vocab.dates import BISHKEK
from vocab.posts import PostKind


def ask_by_mail(conn: Connection, wish: Wish, address: str, key: bytes, public_url: str, now: datetime) -> Subscribed:
    """The same answer whoever asks and however often: the mail alone says whether the address was known.

    The transaction is the caller's. Raises LookupError where there is no such thing to follow.
    """
    words = thing_in_words(conn, wish.thing, wish.lang)
    if words is None:
        raise LookupError(f"{wish.thing.follows} {wish.thing.id}")
    one = ask(conn, wish, address, key, now)
    lang = one.wish.lang
    draft = Draft(
        event=f"confirm:{one.id}:{one.letters + 1}",
        kind=PostKind.ALERT,
        subject=(wish.thing.follows.value, wish.thing.id),
        day=now.astimezone(BISHKEK).date(),
        items=(),
        happenings=(),
    )
    message = confirming_letter(
        thing_in_words(conn, wish.thing, lang) or words, one.state, thing_page(wish.thing, public_url, lang), lang
    )
    keep_delivery(conn, draft, Audience(channel=wish.channel, lang=lang, recipient=str(one.id)), message, now)
    note_letter(conn, one)
    return one
