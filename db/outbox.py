"""The outbox: what is said in public, on which channel and in which language, and what became of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class Post(SQLModel, table=True):
    """One piece of news, whatever the channel and language. `event` is natural: deciding again adds nothing.

    `kind`: vocab.posts.PostKind. `draft` is the decided draft (publish.drafts.Draft) as JSON; `revision` counts how
    often it was decided anew before anybody approved it. It is not sent before `not_before`, nor after `expires_at`.
    `corrects` is the event that it puts right.
    """

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_decided", "decided_at"), Index("ix_post_subject", "subject_id", "subject_kind"))

    event: str = Field(primary_key=True)
    kind: str
    subject_kind: str
    subject_id: str
    day: date
    draft: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    revision: int = 1
    decided_at: datetime
    not_before: datetime | None = None
    expires_at: datetime | None = None
    corrects: str | None = Field(default=None, index=True)


class PostNews(SQLModel, table=True):
    """What a post tells of: a happening is told by one post and never by a second."""

    __tablename__ = "post_news"

    happening_key: str = Field(primary_key=True)
    event: str = Field(foreign_key="post.event", index=True)


class PostFinding(SQLModel, table=True):
    """The findings that a post speaks of: it is sent only while each of them may be told."""

    __tablename__ = "post_finding"

    event: str = Field(primary_key=True, foreign_key="post.event")
    finding_id: str = Field(primary_key=True, index=True)


class Delivery(SQLModel, table=True):
    """A post on one channel, in one language, for everybody (`recipient` "") or one subscriber (their number).

    `state`: vocab.posts.DeliveryState. `message` is what was composed (publish.message.Message) as JSON; `cause` why it
    is refused, rejected, failed, dead or unknown. `key` makes it known to channels that send nothing twice. `claim` is
    the worker's own token, `lease_until` the end of its lease; `started_at` is set before the first byte goes out.
    `sent` are the parts that the channel has: [{id, url}], in order. `edited_by` is who changed the words by hand.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event", "channel", "lang", "recipient"),
        Index("ix_delivery_due", "state", "channel", "due_at"),
        Index("ix_delivery_changed", "changed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    event: str = Field(foreign_key="post.event")
    channel: str
    lang: str
    recipient: str = ""
    state: str
    message: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    key: str
    cause: str = ""
    edited_by: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    due_at: datetime | None = None
    attempts: int = 0
    claim: str = ""
    lease_until: datetime | None = None
    started_at: datetime | None = None
    sent: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    sent_at: datetime | None = None
    changed_at: datetime


class DeliveryStep(SQLModel, table=True):
    """What happened to a delivery, append-only. `who` is a person's reference, "" where it was the program."""

    __tablename__ = "delivery_step"

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id", index=True)
    at: datetime
    who: str = ""
    before: str
    after: str
    cause: str = ""


class ChannelState(SQLModel, table=True):
    """What holds a channel back (`channel` "" is all of them): stopped by a person, or waiting for the other side.

    `stopped_by`, `stopped_at` and `reason` are the kill switch; "" where it is not pulled. Nothing is claimed before
    `not_before`, which the channel itself named (a rate limit); `cause` says why it waits.
    """

    __tablename__ = "channel_state"

    channel: str = Field(primary_key=True)
    stopped_by: str = ""
    stopped_at: datetime | None = None
    reason: str = ""
    not_before: datetime | None = None
    cause: str = ""
    changed_at: datetime
