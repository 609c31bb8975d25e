"""Whose letters are looked at now: where something changed, where the hour has come, and whom a letter failed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.batches import rows_in
from db.bills import BillAlias
from db.happenings import Happening, HappeningAbout
from db.outbox import Delivery
from db.subscriptions import AlertTold, Subscription
from db.upsert import table_of
from publish.alerts.news import TAKES_BACK, withdrawn
from publish.followed import changed_lists
from publish.newsroom import last_seq, told_of
from vocab.posts import ChannelName, DeliveryState
from vocab.subscriptions import WHOLE, Follows, Rhythm, SubscriptionState, last_due

STAGE = "alerts"
MOST_DEAD = 3
"""So many letters that a mail server refused for good, and the address is no longer written to."""

_ROWS, _TOLD, _DELIVERY = (table_of(model).c for model in (Subscription, AlertTold, Delivery))
_CONFIRMED = _ROWS.state == SubscriptionState.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Numbers of subscriptions: `news` are told all that is new, `rest` only what is taken back.

    `figures` are what the next look starts from.
    """

    news: frozenset[int]
    rest: frozenset[int]
    figures: Mapping[str, Any] = field(default_factory=dict)


def due_now(conn: Connection, before: Mapping[str, Any], released: Collection[int], now: datetime) -> Due:
    """Who is looked at. `before` are the figures of the last look, `released` whose letter was taken out unsent."""
    last, since = last_seq(conn), before.get("last_seq")
    told = told_of(conn, last)
    if since is not None and told_of(conn, since) != before["told_of"]:
        since = None  # lists told later who was meant by what happened long ago
    lists, looked = changed_lists(conn, since, before.get("looked"))
    found, owed = {*released, *before.get("again", ())}, set[int]()
    if since != last or looked != before.get("looked"):
        found |= _at_once(conn, since, {one.id for one in lists})
        owed = {number for number, _, _ in owed_corrections(conn)}
    figures: dict[str, Any] = {"last_seq": last, "told_of": told, "looked": looked}
    for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY):
        due = last_due(rhythm, now).isoformat()
        if before.get(rhythm, due) < due:
            found |= set(conn.execute(_of_rhythm(rhythm)).scalars())
        figures[rhythm.value] = max(due, before.get(rhythm, due))
    return Due(news=frozenset(found), rest=frozenset(owed - found), figures=figures)


def owed_corrections(conn: Connection, number: int | None = None) -> list[tuple[int, str, int]]:
    """Who was told of a finding that is no longer said, and not that it is withdrawn.

    Gives (subscription, finding, how often it was told), of one subscription or of all.
    """
    mine = (_TOLD.event != "", *(() if number is None else (_TOLD.subscription_id == number,)))
    spoken_of = conn.execute(select(_TOLD.finding_id).where(_TOLD.finding_id != "", *mine).distinct()).scalars()
    told: dict[tuple[int, str], set[str]] = {}
    query = select(_TOLD.subscription_id, _TOLD.finding_id, _TOLD.key).where(*mine)
    for row in rows_in(conn, query, _TOLD.finding_id, withdrawn(conn, set(spoken_of))):
        told.setdefault((row.subscription_id, row.finding_id), set()).add(row.key)
    found = []
    for (one, finding), keys in sorted(told.items()):
        times = sum(1 for key in keys if not key.startswith(TAKES_BACK))
        if f"{TAKES_BACK}{finding}:{times}" not in keys:
            found.append((one, finding, times))
    return found


def never_came(conn: Connection) -> dict[str, int]:
    """Letters that were taken out before they were sent, and still count as told: their subscriptions, by event.

    Only those that spoke of a finding: it was withdrawn, and the rest of the letter is told by the next one.
    """
    query = select(_TOLD.event, _TOLD.subscription_id).join(table_of(Delivery), _DELIVERY.event == _TOLD.event)
    taken_out = (_DELIVERY.recipient != "", _DELIVERY.state == DeliveryState.WITHDRAWN)
    query = query.where(_TOLD.event != "", _TOLD.finding_id != "", *taken_out).distinct()
    return {row.event: row.subscription_id for row in conn.execute(query)}


def unreachable(conn: Connection) -> list[int]:
    """Subscribers whom the other side refuses for good: a chat that blocked us, an address that takes no letter."""
    number = _DELIVERY.recipient
    dead = select(number, _DELIVERY.channel, func.count().label("letters")).where(
        number != "", _DELIVERY.state == DeliveryState.DEAD
    )
    counts = {int(row.recipient): row for row in conn.execute(dead.group_by(number, _DELIVERY.channel))}
    live = rows_in(conn, select(_ROWS.id).where(_CONFIRMED), _ROWS.id, counts)
    return [
        row.id for row in live if counts[row.id].channel == ChannelName.TELEGRAM or counts[row.id].letters >= MOST_DEAD
    ]


def _of_rhythm(rhythm: Rhythm) -> Select[int]:
    return select(_ROWS.id).where(_CONFIRMED, _ROWS.rhythm == rhythm)


def _at_once(conn: Connection, since: int | None, lists: Collection[str]) -> set[int]:
    """The subscriptions that are told at once, of what changed."""
    if since is None:
        return set(conn.execute(_of_rhythm(Rhythm.AT_ONCE)).scalars())
    about, happening = table_of(HappeningAbout).c, table_of(Happening).c
    query = select(about.dossier_type, about.dossier_id).join(table_of(Happening), happening.key == about.happening_key)
    changed: dict[str, set[str]] = {Follows.LIST: set(lists)}
    for kind, key in conn.execute(query.where(happening.seq > since).distinct()):
        changed.setdefault(kind, set()).add(key)
    alias = table_of(BillAlias).c
    former = rows_in(conn, select(alias.alias), alias.bill_id, changed.get(Follows.BILL, ()))
    changed.setdefault(Follows.BILL, set()).update(row.alias for row in former)
    found = set(conn.execute(_of_rhythm(Rhythm.AT_ONCE).where(_ROWS.follows.in_(WHOLE))).scalars())
    for follows, keys in changed.items():
        query_of = _of_rhythm(Rhythm.AT_ONCE).where(_ROWS.follows == follows)
        found |= {row.id for row in rows_in(conn, query_of, _ROWS.followed_id, keys)}
    return found
