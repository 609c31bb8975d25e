"""What the newsdesk does with posts that somebody touched, and with letters that are nobody else's business."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update

from db.outbox import Delivery, Post, PostFinding
from db.settings import home_settings
from db.sittings import Sitting
from db.upsert import table_of
from publish.composing.examples import example
from publish.deciding import Desk, decide_now, open_desk
from publish.drafts import Draft
from publish.message import Message, Refusal
from publish.outbox.drafting import Audience, keep_delivery, keep_draft
from tests.publish.test_deciding import ACCOUNTS, LATER, happened, rows
from vocab.posts import ChannelName, DeliveryState, PostKind


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(home_settings(tmp_path), "https://baikoo.example", ACCOUNTS)


def touch(engine: Engine, **values: str) -> None:
    with engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(**values))


def test_news_of_a_post_that_was_put_back_makes_a_post_of_its_own(sqlite_engine: Engine, desk: Desk) -> None:
    happened(sqlite_engine, "bill_told_adopted", "a")
    decide_now(sqlite_engine, desk, now=LATER)
    touch(sqlite_engine, decided_by="7")
    happened(sqlite_engine, "bill_told_adopted", "b", subject_id="b2", title="О связи")
    assert decide_now(sqlite_engine, desk, now=LATER).posts == 1
    first, second = (row["event"] for row in rows(sqlite_engine, Post))
    assert second == f"{first}#2"


def test_what_a_person_approves_amid_a_decision_costs_no_news(sqlite_engine: Engine, desk: Desk) -> None:
    happened(sqlite_engine, "bill_told_adopted", "a")
    decide_now(sqlite_engine, desk, now=LATER)
    happened(sqlite_engine, "bill_told_adopted", "b", subject_id="b2", title="О связи")

    def meanwhile(draft: Draft, channel: ChannelName, lang: str) -> Message | Refusal:
        touch(sqlite_engine, state="approved")
        return desk.compose(draft, channel, lang)

    assert decide_now(sqlite_engine, replace(desk, compose=meanwhile), now=LATER).posts == 0
    assert decide_now(sqlite_engine, desk, now=LATER).posts == 1
    assert len(rows(sqlite_engine, Post)) == 2
    assert decide_now(sqlite_engine, desk, now=LATER).looked_at == 0


def test_what_only_letters_told_is_not_corrected_in_public(sqlite_engine: Engine, desk: Desk) -> None:
    letter = replace(example(PostKind.ALERT), event="alert:1:1", subject=("bill", "b1"), findings=("x",))
    words = desk.compose(example(PostKind.ALERT), ChannelName.TELEGRAM, "ru")
    with sqlite_engine.begin() as conn:
        to = Audience(channel=ChannelName.TELEGRAM, lang="ru", recipient="1")
        assert keep_delivery(conn, letter, to, words, LATER)
    touch(sqlite_engine, state="sent")
    happened(sqlite_engine, "finding_withdrawn", "w", facts={"finding": "x"})
    counts = decide_now(sqlite_engine, desk, now=LATER + timedelta(minutes=1))
    assert (counts.posts, counts.withdrawn) == (0, 0)
    assert [row["kind"] for row in rows(sqlite_engine, Post)] == ["alert"]


def test_a_week_that_names_a_finding_waits_for_a_person(sqlite_engine: Engine, desk: Desk) -> None:
    week = replace(example(PostKind.WEEKLY_DIGEST), findings=("x",), happenings=())
    plain = replace(week, event="weekly_digest:plain", findings=())
    composed = {account: desk.compose(week, *account) for account in ACCOUNTS[:1]}
    with sqlite_engine.begin() as conn:
        for draft in (week, plain):
            assert keep_draft(conn, draft, composed, LATER, approved_kinds=[PostKind.WEEKLY_DIGEST])
    states = {row["event"]: row["state"] for row in rows(sqlite_engine)}
    assert states == {week.event: DeliveryState.DRAFT, plain.event: DeliveryState.APPROVED}
    assert [row["event"] for row in rows(sqlite_engine, PostFinding)] == [week.event]


def test_a_sitting_that_is_called_off_or_moved_is_not_told_to_begin(sqlite_engine: Engine, desk: Desk) -> None:
    sitting = table_of(Sitting)
    row = {"id": "s", "body": "plenary", "day": date(2026, 11, 27), "starts_at": time(14), "title": "Заседание"}
    with sqlite_engine.begin() as conn:
        conn.execute(insert(sitting).values(**row))
    half_past_one = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)  # in Bishkek
    assert decide_now(sqlite_engine, desk, now=half_past_one).posts == 1

    def now_known(**values: Any) -> None:
        with sqlite_engine.begin() as conn:
            conn.execute(update(sitting).values(**values))

    def stand() -> dict[str, str]:
        return {row["event"]: row["state"] for row in rows(sqlite_engine)}

    now_known(starts_at=time(14, 5))
    assert decide_now(sqlite_engine, desk, now=half_past_one).posts == 1
    assert stand() == {"sitting_starts:s": "draft"}
    touch(sqlite_engine, state="approved", decided_by="7")
    now_known(starts_at=time(14, 10))
    counts = decide_now(sqlite_engine, desk, now=half_past_one)
    assert (counts.posts, counts.withdrawn) == (1, 1)
    assert stand() == {"sitting_starts:s": "withdrawn", "sitting_starts:s#2": "draft"}
    assert all("14:10" in str(row["message"]) for row in rows(sqlite_engine) if row["event"].endswith("#2"))
    now_known(cancelled=True)
    assert decide_now(sqlite_engine, desk, now=half_past_one).withdrawn == 1
    assert set(stand().values()) == {"withdrawn"}
    assert decide_now(sqlite_engine, desk, now=half_past_one).withdrawn == 0
