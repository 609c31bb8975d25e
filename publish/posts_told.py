"""The entries of the feeds of posts: what the outbox has sent there, read from its deliveries."""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, exists, not_, select

from db.finding_queries import may_be_told
from db.findings import Finding
from db.media_queries import keys_withdrawn
from db.outbox import Delivery, PostFinding, PostNews
from db.upsert import table_of
from publish.compose import Entry
from publish.message import from_json, plain
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, DeliveryState
from vocab.text import fold_space

Told = Mapping[str, tuple[Entry, ...]]
"""The entries by language, the newest first."""


def posts_told(conn: Connection, limit: int) -> Told:
    """The newest posts of each language. One of what may no longer be told, or was withdrawn, is left out at once."""
    return {lang: tuple(map(_entry, _rows(conn, lang, limit))) for lang in LANGUAGES}


def mark(told: Told) -> str:
    """Another one where the feeds say something else."""
    said = "\0".join(f"{lang}:{astuple(entry)}" for lang, entries in told.items() for entry in entries)
    return hashlib.sha256(said.encode()).hexdigest()


def _rows(conn: Connection, lang: str, limit: int) -> list[dict[str, Any]]:
    delivery, of_post, finding = table_of(Delivery), table_of(PostFinding).c, table_of(Finding)
    told = select(finding.c.id).where(finding.c.id == of_post.finding_id, may_be_told())
    doubtful = exists(
        select(of_post.event).where(of_post.event == delivery.c.event, not_(exists(told))).correlate(delivery)
    )
    news = table_of(PostNews).c
    withdrawn = exists(
        select(news.event).where(news.event == delivery.c.event, news.happening_key.in_(keys_withdrawn()))
    )
    wanted = (
        select(delivery)
        .where(delivery.c.channel == ChannelName.FEEDS, delivery.c.state == DeliveryState.SENT)
        .where(delivery.c.lang == lang, delivery.c.sent_at.is_not(None), not_(doubtful), not_(withdrawn))
        .order_by(delivery.c.sent_at.desc(), delivery.c.id.desc())
        .limit(limit)
    )
    return [dict(row) for row in conn.execute(wanted).mappings()]


def _entry(row: Mapping[str, Any]) -> Entry:
    """A post as an entry; the first line is left out where it is the title."""
    message = from_json(row["message"])
    text = "\n\n".join(plain(part).strip() for part in message.parts)
    first, _, rest = text.partition("\n")
    return Entry(
        guid=f"urn:baikoo:post:{quote(row['event'], safe=':')}",
        title=fold_space(message.title),
        link=message.link,
        text=rest.strip() if fold_space(first) == fold_space(message.title) else text,
        published=row["sent_at"],
        updated=max(row["sent_at"], row["changed_at"]),
    )
