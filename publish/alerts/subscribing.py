"""Who follows what by letter: asked for, confirmed, changed, ended. The transaction is the caller's.

An address is kept sealed, from the moment it is typed until whoever reads its mail leaves or does not answer in time.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from db.batches import delete_where
from db.engine import take_turn
from db.sealing import opened, seal
from db.sessions import hash_of
from db.subscriptions import AlertTold, Subscription
from db.upsert import table_of, upsert
from publish.alerts.news import pieces
from publish.alerts.things import Thing
from publish.alerts.tokens import contact_hash, token_of
from publish.newsroom import last_seq
from vocab.posts import ChannelName
from vocab.subscriptions import Follows, Rhythm, SubscriptionState

_SALT_BYTES = 16
_ROWS, _TOLD = table_of(Subscription), table_of(AlertTold)

LEFT, BLOCKED, DEAD, AGAIN, BY_PERSON = "left", "blocked", "refused", "twice", "person"
"""Why it ended: its reader left or blocked us, letters are refused, it was there already, a person did it for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to be told, and how."""

    channel: ChannelName
    thing: Thing
    lang: str
    rhythm: Rhythm = Rhythm.AT_ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription as its letters and pages know it."""

    id: int
    wish: Wish
    state: SubscriptionState
    salt: str
    from_seq: int = 0
    letters: int = 0


def subscribed(row: Mapping[Any, Any]) -> Subscribed:
    """The subscription of a row."""
    thing = Thing(follows=Follows(row["follows"]), id=row["followed_id"])
    wish = Wish(channel=ChannelName(row["channel"]), thing=thing, lang=row["lang"], rhythm=Rhythm(row["rhythm"]))
    known = {name: row[name] for name in ("id", "salt", "from_seq", "letters")}
    return Subscribed(**known, wish=wish, state=SubscriptionState(row["state"]))


def ask(conn: Connection, wish: Wish, contact: str, key: bytes, now: datetime) -> Subscribed:
    """Keep that somebody wants it, not yet confirmed; the one that this address has already stays as it is.

    `contact` is "" where the other side will say who they are (Telegram).
    """
    take_turn(conn)
    hashed = contact_hash(key, wish.channel, contact) if contact else ""
    there = _live(conn, wish, hashed) if hashed else None
    if there is not None:
        if there.state is SubscriptionState.ASKED:
            values = {"lang": wish.lang, "rhythm": wish.rhythm, "asked_at": now}
            _set(conn, there.id, values)
        return find(conn, there.id) or there
    salt = secrets.token_urlsafe(_SALT_BYTES)
    row: dict[str, Any] = {
        "channel": wish.channel,
        "follows": wish.thing.follows,
        "followed_id": wish.thing.id,
        "lang": wish.lang,
        "rhythm": wish.rhythm,
        "state": SubscriptionState.ASKED,
        "contact_hash": hashed,
        "sealed": seal(key, contact, _owner(salt)) if contact else "",
        "salt": salt,
        "token_hash": hash_of(token_of(key, salt)),
        "asked_at": now,
    }
    number = conn.execute(insert(_ROWS).values(**row).returning(_ROWS.c.id)).scalar_one()
    return Subscribed(id=number, wish=wish, state=SubscriptionState.ASKED, salt=salt)


def find(conn: Connection, number: int) -> Subscribed | None:
    """The subscription of a number."""
    row = conn.execute(select(_ROWS).where(_ROWS.c.id == number)).mappings().first()
    return subscribed(row) if row else None


def by_token(conn: Connection, token: str) -> Subscribed | None:
    """The subscription that a letter's token opens; an ended one too."""
    row = conn.execute(select(_ROWS).where(_ROWS.c.token_hash == hash_of(token))).mappings().first()
    return subscribed(row) if row else None


def of_contact(conn: Connection, channel: ChannelName, contact: str, key: bytes) -> list[Subscribed]:
    """What somebody follows by this address, in the order in which they asked."""
    mine = _ROWS.c.contact_hash == contact_hash(key, channel, contact)
    confirmed = select(_ROWS).where(mine, _ROWS.c.state == SubscriptionState.CONFIRMED)
    return [subscribed(row) for row in conn.execute(confirmed.order_by(_ROWS.c.id)).mappings()]


def confirm(conn: Connection, one: Subscribed, now: datetime) -> bool:
    """They want it: told is what we learn from now on. False where nobody asks for it any more."""
    take_turn(conn)
    present = find(conn, one.id)
    if present is None or present.state is not SubscriptionState.ASKED:
        return False
    seq = last_seq(conn)
    known = [
        {"subscription_id": one.id, "key": piece.key, "event": "", "finding_id": piece.finding, "told_at": now}
        for piece in pieces(conn, one.wish.thing, seq)
        if piece.seq is None
    ]
    upsert(conn, AlertTold, known, key=("subscription_id", "key"), update=())
    _set(conn, one.id, {"state": SubscriptionState.CONFIRMED, "confirmed_at": now, "from_seq": seq})
    return True


def confirm_chat(conn: Connection, one: Subscribed, chat: str, key: bytes, now: datetime) -> bool:
    """A chat took the token of a subscription: it is theirs from now on, and the token is used up.

    What the chat follows already goes on as it was, and this one ends. False where it is no longer asked.
    """
    take_turn(conn)
    hashed = contact_hash(key, one.wish.channel, chat)
    if _live(conn, one.wish, hashed):
        end(conn, one.id, now, AGAIN)
        return True
    if not confirm(conn, one, now):
        return False
    salt = secrets.token_urlsafe(_SALT_BYTES)
    values = {"contact_hash": hashed, "sealed": seal(key, chat, _owner(salt)), "salt": salt}
    _set(conn, one.id, values | {"token_hash": hash_of(token_of(key, salt))})
    return True


def change(conn: Connection, number: int, *, lang: str, rhythm: Rhythm) -> None:
    """In another language, or more or less often."""
    _set(conn, number, {"lang": lang, "rhythm": rhythm})


def end(conn: Connection, number: int, now: datetime, cause: str) -> bool:
    """They leave: the address is erased at once, and what they were told. False where it had ended already."""
    take_turn(conn)
    live = (_ROWS.c.id == number, _ROWS.c.state != SubscriptionState.ENDED)
    values: dict[str, Any] = {"state": SubscriptionState.ENDED, "ended_at": now, "cause": cause}
    values |= {"contact_hash": "", "sealed": "", "salt": ""}
    is_ended = conn.execute(update(_ROWS).where(*live).values(**values)).rowcount > 0
    conn.execute(delete(_TOLD).where(_TOLD.c.subscription_id == number))
    return is_ended


def end_all(conn: Connection, channel: ChannelName, contact: str, key: bytes, now: datetime, cause: str) -> int:
    """End everything of one address, what was not confirmed too; gives how many."""
    mine = (_ROWS.c.contact_hash == contact_hash(key, channel, contact), _ROWS.c.state != SubscriptionState.ENDED)
    numbers = list(conn.execute(select(_ROWS.c.id).where(*mine)).scalars())
    return sum(end(conn, number, now, cause) for number in numbers)


def contact_of(conn: Connection, number: int, key: bytes) -> str | None:
    """The address of a subscription that goes on or waits to be confirmed; None where it is gone."""
    columns = (_ROWS.c.sealed, _ROWS.c.salt)
    row = conn.execute(select(*columns).where(_ROWS.c.id == number)).first()
    return opened(key, row.sealed, _owner(row.salt)) if row and row.sealed else None


def note_letter(conn: Connection, one: Subscribed) -> None:
    """One more letter was put into the outbox."""
    _set(conn, one.id, {"letters": one.letters + 1})


def note_told(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """What a letter tells is told, from now on and for ever. Raises IntegrityError where one of it was told already."""
    if rows:
        conn.execute(insert(_TOLD), list(rows))


def untell(conn: Connection, events: Sequence[str]) -> None:
    """Letters that were taken out before anybody got them told nothing."""
    delete_where(conn, AlertTold, "event", events)


def forget_unconfirmed(conn: Connection, now: datetime, span: timedelta) -> int:
    """Delete what nobody confirmed in this span; gives how many."""
    late = select(_ROWS.c.id).where(_ROWS.c.state == SubscriptionState.ASKED, _ROWS.c.asked_at < now - span)
    numbers = list(conn.execute(late).scalars())
    delete_where(conn, Subscription, "id", numbers)
    return len(numbers)


def counted(conn: Connection) -> list[dict[str, Any]]:
    """How many there are, by channel, what is followed, rhythm, language and state. Nobody's address."""
    by = [_ROWS.c[name] for name in ("channel", "follows", "rhythm", "lang", "state")]
    query = select(*by, func.count().label("subscriptions"), func.sum(_ROWS.c.letters).label("letters"))
    return [dict(row) for row in conn.execute(query.group_by(*by).order_by(*by)).mappings()]


def _live(conn: Connection, wish: Wish, hashed: str) -> Subscribed | None:
    same = (_ROWS.c.follows == wish.thing.follows, _ROWS.c.followed_id == wish.thing.id)
    live = (_ROWS.c.contact_hash == hashed, _ROWS.c.channel == wish.channel, *same)
    row = conn.execute(select(_ROWS).where(*live, _ROWS.c.state != SubscriptionState.ENDED)).mappings().first()
    return subscribed(row) if row else None


def _set(conn: Connection, number: int, values: Mapping[str, Any]) -> None:
    table: Table = _ROWS
    conn.execute(update(table).where(table.c.id == number).values(**values))


def _owner(salt: str) -> str:
    return f"subscription:{salt}"
