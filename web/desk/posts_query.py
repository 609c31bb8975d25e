"""What the desk shows of the outbox: posts in the order in which they need somebody, each with its deliveries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from db.batches import rows_where
from db.outbox import Delivery, Post
from db.upsert import table_of
from publish.outbox.queue import FOR_A_PERSON, mark_of
from vocab.languages import LANGUAGES
from vocab.posts import WAITING, ChannelName, DeliveryState
from web.desk.post_parameters import PostQuery
from web.desk.post_words import STATES

WAITS = (*FOR_A_PERSON, DeliveryState.DRAFT)
"""What waits for an editor: the home of the desk says how many."""

_DELIVERY, _POST = table_of(Delivery), table_of(Post)
_ORDER = {state.value: place for place, state in enumerate(STATES)}
_CHANNELS = {channel.value: place for place, channel in enumerate(ChannelName)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lump:
    """Deliveries of a post that stand alike: in one state, for one cause."""

    state: str
    cause: str
    rows: Sequence[Mapping[str, Any]]

    @property
    def due_at(self) -> datetime | None:
        """The first time at which one of them goes out."""
        return min((row["due_at"] for row in self.rows if row["due_at"]), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post with its deliveries, those of one language together."""

    post: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    title: str

    @property
    def lumps(self) -> list[Lump]:
        """What stands alike, what needs somebody first."""
        found: dict[tuple[int, str, str], list[Mapping[str, Any]]] = {}
        for row in self.rows:
            found.setdefault((_ORDER[row["state"]], row["state"], row["cause"]), []).append(row)
        return [Lump(state=key[1], cause=key[2], rows=rows) for key, rows in sorted(found.items())]

    @property
    def languages(self) -> dict[str, list[Mapping[str, Any]]]:
        """The deliveries by language, in the order of the channels."""
        known = {lang: [row for row in self.rows if row["lang"] == lang] for lang in LANGUAGES}
        return {lang: rows for lang, rows in known.items() if rows}


def queue(wanted: PostQuery) -> Select[Any]:
    """The posts that are asked for: what waits for a person first, then what goes out soonest, then the newest."""
    rank = func.min(case(_ORDER, value=_DELIVERY.c.state, else_=len(_ORDER)))
    waiting = _DELIVERY.c.state.in_([state.value for state in WAITING])
    due = func.min(case((waiting, _DELIVERY.c.due_at)))
    query = select(_DELIVERY.c.event, rank.label("rank")).join(_POST, _POST.c.event == _DELIVERY.c.event)
    said = ((_DELIVERY.c.state, wanted.state), (_POST.c.kind, wanted.kind), (_DELIVERY.c.channel, wanted.channel))
    for column, value in (*said, (_DELIVERY.c.lang, wanted.language)):
        query = query.where(column == str(value)) if value else query
    early = case((rank.in_([_ORDER[state.value] for state in WAITING]), due))
    return query.group_by(_DELIVERY.c.event).order_by(rank, early, func.max(_DELIVERY.c.id).desc())


def told(conn: Connection, events: Iterable[str], lang: str) -> list[Told]:
    """These posts in their order; the title is that of a message in the language, if one is composed."""
    wanted = list(events)
    posts = {row["event"]: row for row in rows_where(conn, Post, "event", wanted)}
    rows: dict[str, list[Mapping[str, Any]]] = {event: [] for event in wanted}
    for row in rows_where(conn, Delivery, "event", wanted):
        rows[row["event"]].append({**row, "mark": f"{row['id']}:{mark_of(row)}"})
    for found in rows.values():
        found.sort(key=lambda row: (_CHANNELS[row["channel"]], LANGUAGES.index(row["lang"]), row["id"]))
    return [
        Told(post=posts[event], rows=rows[event], title=_title(posts[event], rows[event], lang))
        for event in wanted
        if event in posts
    ]


def waiting(conn: Connection) -> dict[str, int]:
    """How many posts wait for an editor, and how many of their deliveries are unknown or dead."""
    theirs = _DELIVERY.c.state.in_([state.value for state in WAITS])
    posts = conn.execute(select(func.count(_DELIVERY.c.event.distinct())).where(theirs)).scalar_one()
    each = select(_DELIVERY.c.state, func.count().label("number")).where(theirs).group_by(_DELIVERY.c.state)
    numbers = {row.state: row.number for row in conn.execute(each)}
    return {"posts": posts, **{state.value: numbers.get(state.value, 0) for state in FOR_A_PERSON}}


def by_state(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """How many deliveries are in each state in which there are any, in the order of the queue."""
    found = {state: sum(n for (_, one), n in counts.items() if one == state) for state in STATES}
    return {state.value: number for state, number in found.items() if number}


def _title(post: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    titles = {row["lang"]: row["message"]["title"] for row in rows if row["message"]}
    first = next((item["title"] for item in post["draft"].get("items", ())), "")
    return str(titles.get(lang) or next(iter(titles.values()), "") or first or post["event"])
