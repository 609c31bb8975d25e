"""What the newsdesk reads: new happenings, what was already said of them, sittings that begin soon, a week."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from db.batches import rows_in, rows_where
from db.happenings import Happening
from db.media_queries import videos_of
from db.outbox import Delivery, Post, PostFinding, PostNews
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from publish import drafts, newsroom
from publish.compose import News, first_key
from publish.drafts import Dossier
from publish.newsdesk.calendar import Coming, last_week
from publish.newsdesk.decide import subjects
from publish.newsdesk.rules import DeskRules
from publish.newsdesk.said import Said, SaidPost
from publish.outbox.drafting import is_untouched
from vocab.dates import BISHKEK
from vocab.posts import DeliveryState, PostKind

_POST, _DELIVERY, _HAPPENING = (table_of(model).c for model in (Post, Delivery, Happening))
_OUT = {DeliveryState.SENT.value, DeliveryState.CLAIMED.value, DeliveryState.UNKNOWN.value}
_FOR_EVERYBODY = _POST.kind != PostKind.ALERT
"""Letters to subscribers were not said in public: they have corrections of their own."""

_DECIDED_BEFORE = timedelta(days=3)
"""A beginning is decided on at most so long before: sittings of today and tomorrow are looked at."""

Key = TypeVar("Key", str, Dossier)


def news_since(conn: Connection, seq: int, rules: DeskRules, now: datetime) -> list[News]:
    """The happenings after `seq` that we have not known for too long, oldest first, under today's ids."""
    wanted = (_HAPPENING.seq > seq) & (_HAPPENING.seen_at >= now - rules.stale_after)
    return sorted(newsroom.news_where(conn, wanted), key=lambda one: one.seq)


def news_of_last_week(conn: Connection, now: datetime) -> list[News]:
    """What we learnt in the week that is over."""
    monday, sunday = last_week(now)
    begins = datetime.combine(monday, time.min, tzinfo=BISHKEK)
    ends = datetime.combine(sunday + timedelta(days=1), time.min, tzinfo=BISHKEK)
    return newsroom.news_where(conn, (_HAPPENING.seen_at >= begins) & (_HAPPENING.seen_at < ends))


def said_of(conn: Connection, news: Collection[News], rules: DeskRules) -> Said:
    """What was said of whatever these happenings are about."""
    told = _told(conn, {one.key for one in news})
    of_topic = _of_topics(conn, [one for one in news if one.facts.get("told")])
    of_finding = _of_findings(conn, {str(one.facts["finding"]) for one in news if one.facts.get("finding")})
    about = subjects(news, rules)
    taken_back = {one.subject for one in news if one.kind in rules.corrections.takes}
    of_dossier = _of_dossiers(conn, taken_back)
    by_matter = (*of_finding.values(), *of_topic.values(), *of_dossier.values())
    named = {*told.values(), *(event for events in by_matter for event in events)}
    return Said(
        posts=_posts(conn, named | _about(conn, about)),
        told=told,
        of_finding=of_finding,
        of_topic=of_topic,
        of_dossier=of_dossier,
        sittings=_sittings(conn, {key for kind, key in about if kind == "sitting"}),
    )


def _told(conn: Connection, keys: Iterable[str]) -> dict[str, str]:
    return {row["happening_key"]: row["event"] for row in rows_where(conn, PostNews, "happening_key", keys)}


def _of_findings(conn: Connection, findings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    pairs = [(row["finding_id"], row["event"]) for row in rows_where(conn, PostFinding, "finding_id", findings)]
    return _in_order(conn, pairs)


def _of_topics(conn: Connection, news: Iterable[News]) -> dict[str, tuple[str, ...]]:
    """The posts that told what these happenings go on with, by any happening of it: an interview, then its quote."""
    wanted = {str(one.facts["told"]): one.subject_id for one in news}
    happening = table_of(Happening)
    query = select(happening.c.key, happening.c.facts)
    rows = rows_in(conn, query, happening.c.subject_id, wanted.values())
    topic_of = {row.key: topic for row in rows if (topic := first_key(row.key, row.facts)) in wanted}
    return _in_order(conn, [(topic_of[key], event) for key, event in _told(conn, topic_of).items()])


def _of_dossiers(conn: Connection, about: Collection[Dossier]) -> dict[Dossier, tuple[str, ...]]:
    """The posts that told something of these dossiers: what of them was told, or the dossier as a whole."""
    telling = table_of(PostNews)
    query = select(_HAPPENING.subject_kind, _HAPPENING.subject_id, telling.c.event)
    query = query.join(telling, telling.c.happening_key == _HAPPENING.key)
    rows = rows_in(conn, query, _HAPPENING.subject_id, {key for _, key in about})
    pairs = {((row.subject_kind, row.subject_id), row.event) for row in rows}
    return _in_order(conn, [pair for pair in pairs if pair[0] in about])


def _in_order(conn: Connection, pairs: Collection[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    """The events of each key, in the order in which they were decided."""
    query = select(_POST.event, _POST.decided_at).where(_FOR_EVERYBODY)
    when = {row.event: row.decided_at for row in rows_in(conn, query, _POST.event, {event for _, event in pairs})}
    public = [pair for pair in pairs if pair[1] in when]
    found: dict[Key, list[str]] = {}
    for key, event in sorted(public, key=lambda pair: (when[pair[1]], pair[1])):
        found.setdefault(key, []).append(event)
    return {key: tuple(events) for key, events in found.items()}


def _about(conn: Connection, about: Collection[Dossier]) -> set[str]:
    query = select(_POST.event, _POST.subject_kind, _POST.subject_id).where(_FOR_EVERYBODY)
    rows = rows_in(conn, query, _POST.subject_id, {key for _, key in about})
    return {row.event for row in rows if (row.subject_kind, row.subject_id) in about}


def _posts(conn: Connection, events: Collection[str]) -> dict[str, SaidPost]:
    sent: dict[str, list[Mapping[Any, Any]]] = {event: [] for event in events}
    for row in rows_where(conn, Delivery, "event", events):
        sent[row["event"]].append(row)
    return {row["event"]: _post(row, sent[row["event"]]) for row in rows_where(conn, Post, "event", events)}


def _post(row: Mapping[str, Any], deliveries: Collection[Mapping[Any, Any]]) -> SaidPost:
    links: dict[str, dict[str, str]] = {}
    for one in deliveries:
        if one["state"] == DeliveryState.SENT and one["sent"]:
            links.setdefault(one["channel"], {})[one["lang"]] = one["sent"][0]["url"]
    return SaidPost(
        draft=drafts.from_json(row["draft"]),
        is_open=is_untouched(deliveries),
        out=frozenset((one["channel"], one["lang"]) for one in deliveries if one["state"] in _OUT),
        links=links,
    )


def posts_of(conn: Connection, subjects: Collection[Dossier], kind: PostKind) -> dict[str, SaidPost]:
    """The posts of one kind about these, by their events."""
    posts = _posts(conn, _about(conn, subjects))
    return {event: post for event, post in posts.items() if post.draft.kind is kind}


def posts_of_beginnings(conn: Connection, now: datetime) -> dict[str, SaidPost]:
    """The posts that say that a sitting begins, and whose time is not over, by their events."""
    lately = _POST.decided_at > now - _DECIDED_BEFORE  # by the index: there are as many posts as letters
    query = select(_POST.event).where(_POST.kind == PostKind.SITTING_STARTS, _POST.expires_at > now, lately)
    return _posts(conn, conn.execute(query).scalars().all())


def coming(conn: Connection, now: datetime) -> list[Coming]:
    """The sittings of today and tomorrow whose hour is known, from the site or with their live video."""
    table = table_of(Sitting)
    today = now.astimezone(BISHKEK).date()
    query = select(table).where(table.c.day.in_((today, today + timedelta(days=1))))
    rows = conn.execute(query).mappings().all()
    ids = {row["id"] for row in rows}
    videos, items = _videos(conn, ids), _items(conn, ids)
    found = [_coming(row, videos.get(row["id"], {}), items.get(row["id"], 0)) for row in rows]
    return [one for one in found if one is not None]


def _coming(row: Mapping[Any, Any], video: Mapping[str, Any], items: int) -> Coming | None:
    hour = row["starts_at"]
    begins = datetime.combine(row["day"], hour, tzinfo=BISHKEK) if hour else None
    if video.get("starts_at"):
        begins = begins or video["starts_at"]
    if begins is None:
        return None
    return Coming(
        sitting=row["id"],
        title=row["title"],
        body=row["body"],
        committee=row["committee"],
        starts_at=begins.astimezone(UTC),
        place=row["place"],
        video=str(video.get("url", "")),
        platform=str(video.get("platform", "")),
        cancelled=row["cancelled"],
        items=items,
    )


def _sittings(conn: Connection, sittings: Collection[str]) -> dict[str, dict[str, Any]]:
    """What a post about a sitting says of it, see `Said`."""
    items, bills = _items(conn, sittings), _items(conn, sittings, bills_only=True)
    return {
        row["id"]: {
            "starts_at": f"{row['starts_at']:%H:%M}" if row["starts_at"] else None,
            **{name: row[name] for name in ("place", "committee", "body")},
            "items": items.get(row["id"], 0),
            "bills": bills.get(row["id"], 0),
        }
        for row in rows_where(conn, Sitting, "id", sittings)
    }


def _videos(conn: Connection, sittings: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """The live video of each sitting, the first of those that stand."""
    return {sitting: found[0] for sitting, found in videos_of(conn, sittings).items()}


def _items(conn: Connection, sittings: Collection[str], *, bills_only: bool = False) -> dict[str, int]:
    """How many items stand on each agenda; of one bill two lines are one."""
    item = table_of(AgendaItem).c
    counted = func.count(item.bill_id.distinct()) if bills_only else func.count()
    query = select(item.sitting_id, counted).group_by(item.sitting_id)
    return {row[0]: row[1] for row in rows_in(conn, query, item.sitting_id, sittings)}
