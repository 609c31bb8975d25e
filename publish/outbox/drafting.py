"""What was decided and composed comes into the outbox: a post, what it tells, and a delivery for each audience."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from db.batches import delete_where, rows_where
from db.outbox import Delivery, Post, PostFinding, PostNews
from db.upsert import table_of, upsert
from publish.drafts import Draft
from publish.drafts import as_json as draft_json
from publish.message import Message, Refusal
from publish.message import as_json as message_json
from publish.outbox.steps import Note, keep_steps, move, step
from vocab.posts import ACCUSING, ChannelName, DeliveryState, PostKind

Composed = Mapping[tuple[ChannelName, str], Message | Refusal]
"""By channel and language."""

_DELIVERY = table_of(Delivery)
_UNDECIDED = frozenset({DeliveryState.DRAFT.value, DeliveryState.REFUSED.value})
_NO_LONGER = "the post is no longer composed for this channel and language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """For whom a delivery is: everybody on a channel in a language, or one subscriber there by their number."""

    channel: ChannelName
    lang: str
    recipient: str = ""


def is_untouched(deliveries: Iterable[Mapping[Any, Any]]) -> bool:
    """Whether nobody decided on a post or edited it anywhere, so that it may still be decided anew."""
    return all(row["state"] in _UNDECIDED and not (row["edited_by"] or row["decided_by"]) for row in deliveries)


def key_of(event: str, audience: Audience) -> str:
    """What makes a delivery known to channels that send nothing twice: always the same, and it tells nothing."""
    said = "\n".join((event, audience.channel, audience.lang, audience.recipient))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def keep_draft(
    conn: Connection, draft: Draft, composed: Composed, now: datetime, *, approved_kinds: Collection[PostKind]
) -> bool:
    """Keep a post for everybody, in the caller's transaction after `db.engine.take_turn`; False: nothing changed.

    What tells anything that another post tells already is not kept. What stands there already is decided anew only as
    long as no person touched it and nothing of it is approved. What accuses, or names a finding among
    other things as the week does, is never approved here.
    """
    if _told_elsewhere(conn, draft):
        return False
    kept = conn.execute(select(table_of(Post)).where(table_of(Post).c.event == draft.event)).mappings().first()
    if kept:
        return _extend(conn, dict(kept), draft, composed, now)
    approved = draft.kind in approved_kinds and draft.kind not in ACCUSING and not draft.findings
    _keep_post(conn, draft, now)
    _keep_news(conn, draft)
    for (channel, lang), message in composed.items():
        _add(conn, draft, Audience(channel=channel, lang=lang), message, now, approved=approved)
    return True


def keep_delivery(
    conn: Connection, draft: Draft, audience: Audience, message: Message | Refusal, now: datetime
) -> bool:
    """Keep what goes to one subscriber, approved at once; False where they have it already.

    What it tells may be told by posts as well. What it says of findings goes out only while these may be told.
    """
    post = table_of(Post)
    if not conn.execute(select(post.c.event).where(post.c.event == draft.event)).first():
        _keep_post(conn, draft, now)
    theirs = {"event": draft.event, "channel": audience.channel.value, "lang": audience.lang}
    if rows_where(conn, Delivery, "recipient", [audience.recipient], **theirs):
        return False
    _add(conn, draft, audience, message, now, approved=True)
    return True


def _told_elsewhere(conn: Connection, draft: Draft) -> bool:
    told = rows_where(conn, PostNews, "happening_key", draft.happenings)
    return any(row["event"] != draft.event for row in told)


def _keep_post(conn: Connection, draft: Draft, now: datetime, revision: int = 1) -> None:
    row: dict[str, Any] = {"event": draft.event, "kind": draft.kind.value, "day": draft.day, "revision": revision}
    row |= {"subject_kind": draft.subject[0], "subject_id": draft.subject[1], "draft": draft_json(draft)}
    row |= {"not_before": draft.not_before, "expires_at": draft.expires_at, "corrects": draft.corrects}
    upsert(conn, Post, [row | {"decided_at": now}], key=("event",))
    delete_where(conn, PostFinding, "event", [draft.event])
    findings = [{"event": draft.event, "finding_id": one} for one in dict.fromkeys(draft.findings)]
    upsert(conn, PostFinding, findings, key=("event", "finding_id"), update=())


def _keep_news(conn: Connection, draft: Draft) -> None:
    delete_where(conn, PostNews, "event", [draft.event])
    news = [{"happening_key": one, "event": draft.event} for one in dict.fromkeys(draft.happenings)]
    upsert(conn, PostNews, news, key=("happening_key",), update=())


def _extend(conn: Connection, kept: Mapping[str, Any], draft: Draft, composed: Composed, now: datetime) -> bool:
    there_now = select(_DELIVERY).where(_DELIVERY.c.event == draft.event).order_by(_DELIVERY.c.id)
    # Whoever approves one of them just now comes first: what a post grows by would be told nowhere.
    rows = [dict(row) for row in conn.execute(there_now.with_for_update()).mappings()]
    if not is_untouched(rows) or kept["draft"] == draft_json(draft):
        return False
    revision = kept["revision"] + 1
    _keep_post(conn, draft, now, revision)
    _keep_news(conn, draft)
    there = {(ChannelName(row["channel"]), row["lang"]): row for row in rows}
    for (channel, lang), message in composed.items():
        if (channel, lang) in there:
            _recompose(conn, there[channel, lang], message, now, revision)
        else:
            _add(conn, draft, Audience(channel=channel, lang=lang), message, now, approved=False)
    for account in there.keys() - composed.keys():
        _recompose(conn, there[account], Refusal(cause=_NO_LONGER), now, revision)
    return True


def _recompose(
    conn: Connection, row: Mapping[str, Any], message: Message | Refusal, now: datetime, revision: int
) -> None:
    state, values = _composed(message)
    move(conn, row, state, Note(at=now, cause=f"revision {revision}"), values)


def _add(
    conn: Connection, draft: Draft, to: Audience, message: Message | Refusal, now: datetime, *, approved: bool
) -> None:
    state, values = _composed(message)
    row: dict[str, Any] = {"event": draft.event, "channel": to.channel.value, "lang": to.lang}
    row |= {"recipient": to.recipient, "key": key_of(draft.event, to), "changed_at": now, "edited_by": ""}
    row |= {"decided_by": "", "attempts": 0, "claim": "", "sent": []} | values
    if approved and state is DeliveryState.DRAFT:
        state = DeliveryState.APPROVED
        row |= {"decided_at": now, "due_at": max(now, draft.not_before or now)}
    number: int = conn.execute(
        insert(_DELIVERY).values(**row, state=state.value).returning(_DELIVERY.c.id)
    ).scalar_one()
    keep_steps(conn, [step(number, "", state.value, Note(at=now, cause=row["cause"]))])


def _composed(message: Message | Refusal) -> tuple[DeliveryState, dict[str, Any]]:
    """The state of what was composed, and what its row says of it."""
    if isinstance(message, Refusal):
        return DeliveryState.REFUSED, {"message": {}, "cause": message.cause}
    return DeliveryState.DRAFT, {"message": message_json(message), "cause": ""}
