"""From what is new to letters in the outbox: each thing once to each subscriber, all that is new in one letter.

What is told and the letter that tells it are written in one transaction: neither can be there without the other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select

from db.batches import rows_in
from db.engine import reader, take_turn
from db.outbox import Delivery
from db.stage_runs import last_figures, remember_run
from db.subscriptions import AlertTold
from db.upsert import table_of
from publish.alerts.due import STAGE, due_now, never_came, owed_corrections, unreachable
from publish.alerts.letters import news_letter
from publish.alerts.news import TAKES_BACK, Piece, correction, entry, pieces, under_todays_ids
from publish.alerts.subscribing import DEAD, Subscribed, end, find, note_letter, note_told, untell
from publish.alerts.things import present, thing_in_words, thing_page
from publish.channels.abilities import ABILITIES
from publish.drafts import Draft
from publish.outbox.drafting import Audience, keep_delivery
from publish.saved_searches import look
from vocab.dates import BISHKEK
from vocab.posts import WAITING, DeliveryState, PostKind
from vocab.subscriptions import SubscriptionState

_TOLD, _DELIVERY = table_of(AlertTold).c, table_of(Delivery).c
_ON_ITS_WAY = frozenset({*WAITING, DeliveryState.DRAFT, DeliveryState.CLAIMED})
_CAME = frozenset({DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.DELETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Letters that were put into the outbox, the entries in them, subscriptions that ended, and why others failed."""

    letters: int = 0
    entries: int = 0
    ended: int = 0
    failed: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What became of one subscription: how many entries its letter has, and whether it has to be looked at again."""

    entries: int = 0
    waits: bool = False


def prepare(engine: Engine, *, public_url: str, now: datetime) -> Prepared:
    """Put the letters that are due into the outbox; nothing new writes nothing. Two at once tell nothing twice.

    At once is told what changed since the last run, daily and weekly what is new when the hour has come. A subscription
    that fails stops no other one, and is tried again by the next run.
    """
    look(engine, now=now)
    released, ended = _tidied(engine, now)
    with reader(engine) as conn:
        before = last_figures(conn, STAGE)
        due = due_now(conn, before, released, now)
    entries, failed, again = [], {}, set()
    for number in sorted(due.news | due.rest):
        try:
            with engine.begin() as conn:
                done = _tell(conn, number, number in due.news, public_url, now)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others get their letters
            failed[number] = f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"
            continue
        entries += [done.entries] if done.entries else []
        again |= {number} if done.waits else set()
    figures = {**due.figures, "again": sorted(again | failed.keys())}
    if figures != {name: before.get(name) for name in figures}:
        with engine.begin() as conn:
            reasons = [f"subscription {number}: {why}" for number, why in failed.items()]
            figures |= {"letters": len(entries), "entries": sum(entries)}
            remember_run(conn, STAGE, figures, started_at=now, took=timedelta(), reasons=reasons)
    return Prepared(letters=len(entries), entries=sum(entries), ended=ended, failed=failed)


def _tidied(engine: Engine, now: datetime) -> tuple[set[int], int]:
    """Letters that never came told nothing; whom nobody can reach is not written to any more.

    Gives whose letters never came, and how many subscriptions ended.
    """
    with reader(engine) as conn:
        if not never_came(conn) and not unreachable(conn):
            return set(), 0
    with engine.begin() as conn:
        take_turn(conn)
        released = never_came(conn)
        untell(conn, list(released))
        gone = unreachable(conn)
        return set(released.values()) - set(gone), sum(end(conn, number, now, DEAD) for number in gone)


def _tell(conn: Connection, number: int, with_news: bool, public_url: str, now: datetime) -> _Told:
    """Write one letter of all that this subscriber was not told yet, if there is anything."""
    take_turn(conn)
    one = find(conn, number)
    if one is None or one.state is not SubscriptionState.CONFIRMED:
        return _Told()
    told = _told(conn, number)
    back, waits = _taken_back(conn, one, told, now)
    fresh = back + (_fresh(conn, one, told) if with_news else [])
    if fresh:
        _write(conn, one, fresh, public_url, now)
    return _Told(entries=len(fresh), waits=waits)


def _told(conn: Connection, number: int) -> Sequence[Any]:
    return conn.execute(select(_TOLD.key, _TOLD.event, _TOLD.finding_id).where(_TOLD.subscription_id == number)).all()


def _fresh(conn: Connection, one: Subscribed, told: Sequence[Any]) -> list[Piece]:
    """What they were not told, under whatever id; of two that are one under today's ids, the first."""
    found = pieces(conn, present(conn, one.wish.thing), one.from_seq)
    findings = {row.finding_id for row in told if row.finding_id}
    found = [piece for piece in found if piece.takes_back not in findings]
    todays = under_todays_ids(conn, [*(row.key for row in told), *(piece.key for piece in found)])
    known = {todays[row.key] for row in told}
    fresh: dict[str, Piece] = {}
    for piece in found:
        if todays[piece.key] not in known:
            fresh.setdefault(todays[piece.key], piece)
    return list(fresh.values())


def _taken_back(conn: Connection, one: Subscribed, told: Sequence[Any], now: datetime) -> tuple[list[Piece], bool]:
    """Findings that their letters told and that are withdrawn since; and whether such a letter is still on its way.

    A letter that did not go out yet is taken out by the outbox itself: then there is nothing to put right.
    """
    owed = owed_corrections(conn, one.id)
    events = {row.event for row in told if row.finding_id in {finding for _, finding, _ in owed}}
    states = _states(conn, events, one.id)
    back, waits = [], False
    for _, finding, times in owed:
        came = {
            states.get(row.event) for row in told if row.finding_id == finding and not row.key.startswith(TAKES_BACK)
        }
        if came & _CAME:
            back.append(correction(finding, times, now))
        waits = waits or (not came & _CAME and bool(came & _ON_ITS_WAY))
    return back, waits


def _states(conn: Connection, events: Collection[str], number: int) -> dict[str, DeliveryState]:
    query = select(_DELIVERY.event, _DELIVERY.state).where(_DELIVERY.recipient == str(number))
    return {row.event: DeliveryState(row.state) for row in rows_in(conn, query, _DELIVERY.event, events)}


def _write(conn: Connection, one: Subscribed, fresh: Sequence[Piece], public_url: str, now: datetime) -> None:
    """The letter, and what it tells. Raises RuntimeError where the outbox has it already: then nothing is told."""
    thing, lang = present(conn, one.wish.thing), one.wish.lang
    words = thing_in_words(conn, thing, lang) or thing.id
    entries = [entry(conn, thing, piece, public_url, lang) for piece in fresh]
    findings = tuple(piece.finding for piece in fresh if piece.finding)
    event = f"alert:{one.id}:{one.letters + 1}"
    draft = Draft(
        event=event,
        kind=PostKind.ALERT,
        subject=(thing.follows.value, thing.id),
        day=now.astimezone(BISHKEK).date(),
        items=(),
        happenings=tuple(piece.key for piece in fresh if piece.seq is not None),
        findings=findings,
    )
    message = news_letter(words, entries, thing_page(thing, public_url, lang), lang, ABILITIES[one.wish.channel])
    to = Audience(channel=one.wish.channel, lang=lang, recipient=str(one.id))
    if not keep_delivery(conn, draft, to, message, now):
        raise RuntimeError(f"the outbox has {event} already")
    note_letter(conn, one)
    note_told(
        conn,
        [
            {
                "subscription_id": one.id,
                "key": piece.key,
                "event": event,
                "finding_id": piece.finding or piece.takes_back * (piece.seq is None),
                "told_at": now,
            }
            for piece in fresh
        ],
    )
