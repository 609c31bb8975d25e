"""Who is told by letter what is new: the address is sealed, and gone as soon as they leave."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel


class Subscription(SQLModel, table=True):
    """Somebody follows one thing by one channel. Known by number; nobody's name is kept.

    `follows` is of vocab.subscriptions.Follows, `followed_id` the dossier or the saved search, "" for a feed of all.
    `sealed` is the address (or the Telegram chat) under the key of contacts, `contact_hash` a keyed hash to find it
    again; both are "" once it ended. The token of its letters is made of `salt` and a key, and known by `token_hash`.
    Happenings after `from_seq` are told; `letters` counts what was put into the outbox. A number is never used again:
    letters on their way know their reader by it.
    """

    __tablename__ = "subscription"
    __table_args__ = (
        Index("ix_subscription_contact", "contact_hash"),
        Index("ix_subscription_state", "state", "rhythm"),
        Index("ix_subscription_followed", "follows", "followed_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    follows: str
    followed_id: str = ""
    lang: str
    rhythm: str
    state: str
    contact_hash: str = ""
    sealed: str = ""
    salt: str = ""
    token_hash: str = Field(unique=True)
    from_seq: int = 0
    letters: int = 0
    asked_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    cause: str = ""


class BotOffset(SQLModel, table=True):
    """Up to where a bot (by its number) has answered: what is written to it from `next_update` on is new."""

    __tablename__ = "bot_offset"

    bot: str = Field(primary_key=True)
    next_update: int = Field(sa_type=BigInteger)


class AlertTold(SQLModel, table=True):
    """That a subscriber was told something (`key` of an entry): once, ever.

    `event` is the post whose letter tells it; "" for what was known before they subscribed. `finding_id` is the finding
    that the entry speaks of: where it is withdrawn later, they are told so.
    """

    __tablename__ = "alert_told"
    __table_args__ = (Index("ix_alert_told_event", "event"), Index("ix_alert_told_finding", "finding_id"))

    subscription_id: int = Field(primary_key=True, foreign_key="subscription.id")
    key: str = Field(primary_key=True)
    event: str = ""
    finding_id: str = ""
    told_at: datetime
