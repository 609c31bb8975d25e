"""From what is new to posts in the outbox: read, decide, compose, keep. One transaction writes all of it or nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine

from db.batches import rows_where
from db.engine import reader, take_turn
from db.outbox import PostNews
from db.settings import HomeSettings
from db.stage_runs import last_figures, remember_run
from publish.composing.cards import CardFolder
from publish.composing.posts import compose_post
from publish.composing.templates import FOLDER, Templates
from publish.drafts import Draft
from publish.message import Message, Refusal
from publish.newsdesk import calendar, reading
from publish.newsdesk.calendar import Coming
from publish.newsdesk.decide import decide
from publish.newsdesk.rules import DeskRules, load_rules
from publish.newsdesk.said import Said
from publish.newsroom import last_seq
from publish.outbox.drafting import keep_draft
from publish.outbox.withdrawing import withdraw_event
from vocab.posts import ChannelName, PostKind

STAGE = "decide"

Account = tuple[ChannelName, str]
Compose = Callable[[Draft, ChannelName, str], Message | Refusal]
"""The words of a draft for a channel in a language."""

_Words = Mapping[Account, Message | Refusal]

_TAKEN_BACK = "what it tells was taken back before it was sent"
_OVERTAKEN = "the sitting does not begin then"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the newsdesk works with: its rules, where posts can go, and who finds the words."""

    rules: DeskRules
    accounts: Collection[Account]
    compose: Compose


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCounts:
    """What a look at the news brought: happenings looked at, posts kept, deliveries refused, posts taken out."""

    looked_at: int
    posts: int
    refused: int
    withdrawn: int


def open_desk(settings: HomeSettings, public_url: str, accounts: Collection[Account]) -> Desk:
    """The newsdesk of a home: editors' own rules and templates go before those of the program.

    Raises ConfigError for rules that cannot be read.
    """
    templates, pictures = Templates(own=settings.home / FOLDER), CardFolder(settings.cards_dir)
    compose = partial(compose_post, public_url=public_url, templates=templates, pictures=pictures)
    return Desk(rules=load_rules(settings.home), accounts=accounts, compose=compose)


def decide_now(engine: Engine, desk: Desk, *, now: datetime) -> DecideCounts:
    """Decide on what came since the last time, and on what the clock brings.

    Killed in between it has written nothing, and the next run decides the same. What waits for more of its bundle is
    looked at again next time.
    """
    with reader(engine) as conn:
        last = last_seq(conn)
        news = reading.news_since(conn, last_figures(conn, STAGE).get("from_seq", 0), desk.rules, now)
        said = reading.said_of(conn, news, desk.rules)
        decided = decide(news, said, desk.rules, now)
        coming = reading.coming(conn, now)
        drafts = [*decided.drafts, *_of_the_clock(conn, coming, desk.rules, now)]
        overtaken = calendar.overtaken(coming, reading.posts_of_beginnings(conn, now))
    composed = [(draft, _composed(draft, desk, said)) for draft in drafts]
    with engine.begin() as conn:
        take_turn(conn)
        kept, untold = _kept(conn, composed, desk, now)
        withdrawn = sum(withdraw_event(conn, event, now, cause=_TAKEN_BACK) > 0 for event in decided.withdrawn)
        withdrawn += sum(withdraw_event(conn, event, now, cause=_OVERTAKEN) > 0 for event in overtaken)
        counts = DecideCounts(
            looked_at=len(news),
            posts=len(kept),
            refused=sum(isinstance(one, Refusal) for of_it in kept for one in of_it.values()),
            withdrawn=withdrawn,
        )
        missed = min((one.seq for one in news if one.key in untold), default=None)
        _remember(conn, counts, _from_seq(last, decided.held, missed), now)
    return counts


def _of_the_clock(conn: Connection, coming: Sequence[Coming], rules: DeskRules, now: datetime) -> list[Draft]:
    about = {("sitting", one.sitting) for one in coming}
    drafts = calendar.starting(coming, reading.posts_of(conn, about, PostKind.SITTING_STARTS), rules, now)
    week = ("day", calendar.last_week(now)[0].isoformat())
    if calendar.is_digest_time(rules, now) and not reading.posts_of(conn, {week}, PostKind.WEEKLY_DIGEST):
        digest = calendar.digest(reading.news_of_last_week(conn, now), rules, now)
        drafts += [digest] if digest else []
    return drafts


def _composed(draft: Draft, desk: Desk, said: Said) -> _Words:
    """The words for every channel and language that it goes to; a correction goes where the slip stands."""
    channels = desk.rules.channels.get(draft.kind)
    places = [account for account in desk.accounts if channels is None or account[0] in channels]
    if draft.corrects is not None:
        out = said.posts[draft.corrects].out
        places = [account for account in desk.accounts if (account[0].value, account[1]) in out]
    return {account: desk.compose(draft, *account) for account in places}


def _kept(
    conn: Connection, composed: Sequence[tuple[Draft, _Words]], desk: Desk, now: datetime
) -> tuple[list[_Words], set[str]]:
    """The words of the posts that were kept, and the happenings of those that were not, which nobody told yet.

    A person, or another run, may have decided on a post while this one composed.
    """
    kept, refused = [], set[str]()
    for draft, words in composed:
        if words and keep_draft(conn, draft, words, now, approved_kinds=desk.rules.approved):
            kept.append(words)
        elif words:
            refused.update(draft.happenings)
    told = {row["happening_key"] for row in rows_where(conn, PostNews, "happening_key", refused)}
    return kept, refused - told


def _from_seq(last: int, *again: int | None) -> int:
    """From which happening on the next run looks: what waits, or was missed, is looked at again."""
    return min((one - 1 for one in again if one is not None), default=last)


def _remember(conn: Connection, counts: DecideCounts, from_seq: int, now: datetime) -> None:
    """The row of the run; where nothing happened and nothing has to be remembered, none is written."""
    before = last_figures(conn, STAGE)
    figures = asdict(counts) | {"from_seq": from_seq}
    if before.get("from_seq") != from_seq or counts.posts or counts.withdrawn:
        remember_run(conn, STAGE, figures, started_at=now, took=timedelta())
