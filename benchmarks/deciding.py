"""The newsdesk over 100,000 happenings: deciding alone, and the whole way into the outbox.

Decides once over all of them, with nothing said before and with everything said; then runs `decide_now` on SQLite over
as many, composing every post for Telegram, X and the feeds in three languages. Prints figures, judges nothing.
The aim is 30 s for a decision over 100,000 happenings.
"""

import tempfile
import time
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from db.engine import open_engine
from db.happenings import Happening
from db.migrate import upgrade
from db.settings import home_settings
from db.upsert import table_of
from publish.compose import News
from publish.deciding import decide_now, open_desk
from publish.newsdesk.decide import decide
from publish.newsdesk.rules import load_rules
from publish.newsdesk.said import Said, SaidPost
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName

NUMBER = 100_000
NOON = datetime(2026, 11, 27, 6, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
CHANNELS = (ChannelName.TELEGRAM, ChannelName.X, ChannelName.FEEDS)
DAYS = 365
KINDS = ("press_released", "bill_told_adopted", "bill_scheduled", "protocol_published", "bill_told_considered")
SINGLE = 500
"""Every so many is a confirmed finding, which is a post of its own."""


def happenings() -> list[News]:
    """As a busy parliament makes them: most tell of bills on lists, few are a post of their own."""
    return [
        News(
            seq=place,
            key=f"h{place}",
            kind="finding_confirmed" if place % SINGLE == 0 else KINDS[place % len(KINDS)],
            subject_kind="bill",
            subject_id=f"b{place % 20_000}",
            title=f"О внесении изменений в Закон «О предмете {place % 20_000}»",
            day=date(2026, 11, 27) + timedelta(days=place % DAYS),
            seen_at=NOON,
            facts={"readings": [1]} | ({"finding": f"f{place}", "check": "R28"} if place % SINGLE == 0 else {}),
        )
        for place in range(1, NUMBER + 1)
    ]


def main() -> None:
    """Print how long it takes."""
    news, rules = happenings(), load_rules()
    started = time.perf_counter()
    decided = decide(news, Said(), rules, LATER)
    print(f"decide over {NUMBER:,} happenings: {time.perf_counter() - started:.2f} s, {len(decided.drafts):,} posts")
    posts = {draft.event: SaidPost(draft=draft) for draft in decided.drafts}
    told = {key: draft.event for draft in decided.drafts for key in draft.happenings}
    started = time.perf_counter()
    again = decide(news, Said(posts=posts, told=told), rules, LATER)
    print(f"again, all of it said: {time.perf_counter() - started:.2f} s, {len(again.drafts)} posts")
    with tempfile.TemporaryDirectory() as folder:
        whole(Path(folder), news)


def whole(home: Path, news: list[News]) -> None:
    """From the table of happenings to deliveries."""
    engine = open_engine(f"sqlite:///{home / 'baikoo.sqlite'}")
    upgrade(engine)
    with engine.begin() as conn:
        conn.execute(insert(table_of(Happening)), [asdict(one) | {"evidence": []} for one in news])
    accounts = [
        (channel, lang) for channel in (ChannelName.TELEGRAM, ChannelName.X, ChannelName.FEEDS) for lang in LANGUAGES
    ]
    desk = open_desk(home_settings(home), "https://baikoo.example", accounts)
    for title in ("decide_now, read to kept", "again, nothing new"):
        started = time.perf_counter()
        counts = decide_now(engine, desk, now=LATER)
        print(f"{title}: {time.perf_counter() - started:.2f} s, {counts}")
    engine.dispose()


if __name__ == "__main__":
    main()
