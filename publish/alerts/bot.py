"""What our bot does: /start confirms a subscription, /list tells them, /stop ends them.

What an update changes is written in one transaction with the number of the next one: a bot that is killed neither loses
a wish nor does it twice. Only its answer may be missing then.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from db.engine import reader, take_turn
from db.subscriptions import BotOffset
from db.upsert import table_of, upsert
from publish.alerts.subscribing import (
    BLOCKED,
    LEFT,
    Subscribed,
    by_token,
    confirm_chat,
    end,
    end_all,
    of_contact,
)
from publish.alerts.things import thing_in_words
from publish.alerts.updates import Bot, Silence, Update
from publish.wording import load_words
from vocab.languages import LANGUAGES, preferred
from vocab.posts import ChannelName
from vocab.subscriptions import SubscriptionState

_COMMAND = re.compile(r"/(start|list|stop|help)(?:@\w+)?(?:\s+(\S+))?\s*", re.IGNORECASE)
_TELEGRAM = ChannelName.TELEGRAM


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the bot works with: the database, the key of contacts and the address of the site."""

    engine: Engine
    key: bytes
    public_url: str


def poll(desk: Desk, bot: Bot, now: datetime) -> int | Silence:
    """Wait for what people write, and answer it; gives how many updates there were."""
    with reader(desk.engine) as conn:
        offset = conn.execute(select(_OFFSET.c.next_update).where(_OFFSET.c.bot == bot.number)).scalar() or 0
    updates = bot.updates(offset)
    if isinstance(updates, Silence):
        return updates
    for update in updates:
        with desk.engine.begin() as conn:
            take_turn(conn)
            answer = _answer(conn, desk, update, now)
            row = {"bot": bot.number, "next_update": update.number + 1}
            upsert(conn, BotOffset, [row], key=("bot",))
        if answer:
            bot.say(update.chat, answer, now)
    return len(updates)


_OFFSET = table_of(BotOffset)


def _answer(conn: Connection, desk: Desk, update: Update, now: datetime) -> str:
    """What is said to an update, and done about it; "" where nothing is said."""
    if update.is_gone:
        end_all(conn, _TELEGRAM, update.chat, desk.key, now, BLOCKED)
    if not update.is_message:
        return ""
    mine = of_contact(conn, _TELEGRAM, update.chat, desk.key)
    lang = mine[-1].wish.lang if mine else preferred(update.language, LANGUAGES)
    command = _COMMAND.fullmatch(update.text.strip())
    match (command[1].lower(), command[2] or "") if command else ("help", ""):
        case ("start", token) if token:
            return _start(conn, desk, update, token, now)
        case ("list" | "stop", _) if not mine:
            return _say("none", lang, site=_site(desk, lang))
        case ("list", _):
            return _list(conn, mine, lang)
        case ("stop", given):
            return _stop(conn, mine, given, now)
    return _say("hello", lang, site=_site(desk, lang))


def _start(conn: Connection, desk: Desk, update: Update, token: str, now: datetime) -> str:
    one = by_token(conn, token)
    asked = one is not None and one.wish.channel is _TELEGRAM and one.state is SubscriptionState.ASKED
    if one is None or not asked or not confirm_chat(conn, one, update.chat, desk.key, now):
        lang = preferred(update.language, LANGUAGES)
        return _say("unknown_token", lang, site=_site(desk, lang))
    return _say("started", one.wish.lang, thing=_named(conn, one, one.wish.lang))


def _list(conn: Connection, mine: list[Subscribed], lang: str) -> str:
    lines = [f"{place}. {_named(conn, one, lang)}" for place, one in enumerate(mine, start=1)]
    return "\n".join([_say("list", lang), *lines, "", _say("how_to_stop", lang)])


def _stop(conn: Connection, mine: list[Subscribed], given: str, now: datetime) -> str:
    """End everything, or one by its place in the list."""
    lang = mine[-1].wish.lang
    if not given:
        for one in mine:
            end(conn, one.id, now, LEFT)
        return _say("stopped_all", lang)
    place = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 0
    if not 1 <= place <= len(mine):
        return _say("no_such", lang)
    one = mine[place - 1]
    end(conn, one.id, now, LEFT)
    return _say("stopped", lang, thing=_named(conn, one, lang))


def _named(conn: Connection, one: Subscribed, lang: str) -> str:
    return thing_in_words(conn, one.wish.thing, lang) or one.wish.thing.id


def _site(desk: Desk, lang: str) -> str:
    return f"{desk.public_url}/{lang}/follow"


def _say(name: str, lang: str, **values: str) -> str:
    return str(load_words("alerts", lang)["bot"][name]).format_map(values)
