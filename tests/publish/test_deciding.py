"""From happenings in the tables to posts in the outbox: once, in three languages, taken out or put right afterwards."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from db.bills import Bill
from db.happenings import Happening
from db.media import LiveVideo
from db.outbox import Delivery, Post, PostNews
from db.settings import home_settings
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from publish.deciding import DecideCounts, Desk, decide_now, open_desk
from publish.drafts import Draft
from publish.message import Refusal, from_json, plain
from vocab.languages import LANGUAGES
from vocab.posts import ChannelName, DeliveryState

NOON = datetime(2026, 11, 27, 6, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ACCOUNTS = [(channel, lang) for channel in (ChannelName.TELEGRAM, ChannelName.X) for lang in LANGUAGES]


def happened(engine: Engine, kind: str, key: str, **more: Any) -> None:
    row: dict[str, Any] = {"subject_kind": "bill", "subject_id": "b1", "title": "О бюджете", "day": date(2026, 11, 27)}
    row |= {"seen_at": NOON, "facts": {"readings": [1]}, "evidence": [{"url": "https://kenesh.kg/1", "page_id": None}]}
    with engine.begin() as conn:
        conn.execute(insert(table_of(Happening)).values(**row | more | {"kind": kind, "key": key}))


def rows(engine: Engine, model: Any = Delivery) -> list[dict[str, Any]]:
    with engine.connect() as conn:
        return [dict(row) for row in conn.execute(select(table_of(model))).mappings()]


def states(engine: Engine) -> set[str]:
    return {row["state"] for row in rows(engine)}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(home_settings(tmp_path), "https://baikoo.example", ACCOUNTS)


def test_news_becomes_one_draft_for_each_channel_and_language(engine: Engine, desk: Desk) -> None:
    happened(engine, "bill_told_adopted", "a")
    happened(engine, "press_released", "p")
    counts = decide_now(engine, desk, now=LATER)
    assert counts == DecideCounts(looked_at=2, posts=1, refused=0, withdrawn=0)
    drafts = rows(engine)
    assert {(row["channel"], row["lang"]) for row in drafts} == {(channel.value, lang) for channel, lang in ACCOUNTS}
    assert {row["state"] for row in drafts} == {DeliveryState.DRAFT}
    for row in drafts:
        text = "".join(plain(part) for part in from_json(row["message"]).parts)
        assert "О бюджете" in text
        assert f"https://baikoo.example/{row['lang']}/" in text
    assert decide_now(engine, desk, now=LATER) == DecideCounts(looked_at=0, posts=0, refused=0, withdrawn=0)
    assert len(rows(engine, Post)) == 1


def test_what_waits_for_its_bundle_is_looked_at_again(sqlite_engine: Engine, desk: Desk) -> None:
    happened(sqlite_engine, "bill_told_adopted", "a")
    assert decide_now(sqlite_engine, desk, now=NOON).posts == 0
    happened(
        sqlite_engine, "bill_told_adopted", "b", subject_id="b2", title="О связи", seen_at=NOON + timedelta(minutes=1)
    )
    assert decide_now(sqlite_engine, desk, now=LATER).posts == 1
    assert {row["happening_key"] for row in rows(sqlite_engine, PostNews)} == {"a", "b"}


def test_a_draft_grows_until_somebody_decides(sqlite_engine: Engine, desk: Desk) -> None:
    happened(sqlite_engine, "bill_told_adopted", "a")
    decide_now(sqlite_engine, desk, now=LATER)
    happened(sqlite_engine, "bill_told_adopted", "b", subject_id="b2", title="О связи")
    assert decide_now(sqlite_engine, desk, now=LATER).posts == 1
    [post] = rows(sqlite_engine, Post)
    assert post["revision"] == 2
    assert all("О связи" in str(row["message"]) for row in rows(sqlite_engine))
    with sqlite_engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(state="approved"))
    happened(sqlite_engine, "bill_told_adopted", "c", subject_id="b3", title="О воде")
    decide_now(sqlite_engine, desk, now=LATER)
    assert [row["event"] for row in rows(sqlite_engine, Post)][1] == f"{post['event']}#2"


def test_facts_are_approved_by_configuration_and_accusations_never(sqlite_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "newsdesk.yml").write_text("approved: [reading_result]\nchannels: {reading_result: [telegram]}\n")
    happened(sqlite_engine, "bill_told_adopted", "a")
    happened(sqlite_engine, "finding_confirmed", "f", facts={"finding": "x", "check": "R28", "verdict": "broken"})
    decide_now(sqlite_engine, open_desk(home_settings(tmp_path), "https://baikoo.example", ACCOUNTS), now=LATER)
    found = {(row["event"].split(":")[0], row["channel"], row["state"]) for row in rows(sqlite_engine)}
    assert ("reading_result", "telegram", "approved") in found
    assert {channel for kind, channel, _ in found if kind == "reading_result"} == {"telegram"}
    assert {state for kind, _, state in found if kind == "finding_confirmed"} <= {"draft", "refused"}


def test_what_is_taken_back_is_withdrawn_or_put_right_where_it_stands(engine: Engine, desk: Desk) -> None:
    happened(engine, "bill_told_adopted", "a")
    decide_now(engine, desk, now=LATER)
    table = table_of(Delivery)
    with engine.begin() as conn:
        sent = {"state": "sent", "sent": [{"id": "7", "url": "https://t.me/baikoo/7"}]}
        conn.execute(update(table).where(table.c.channel == "telegram", table.c.lang == "ky").values(**sent))
    happened(engine, "bill_told_corrected", "c", facts={"told": "a"})
    counts = decide_now(engine, desk, now=LATER)
    assert (counts.posts, counts.withdrawn) == (1, 1)
    of_post = {
        (row["channel"], row["lang"]): row["state"] for row in rows(engine) if not row["event"].startswith("corr")
    }
    assert of_post.pop(("telegram", "ky")) == "sent"
    assert set(of_post.values()) == {"withdrawn"}
    assert [(row["channel"], row["lang"]) for row in rows(engine) if row["event"] == "correction:c"] == [
        ("telegram", "ky")
    ]


def test_an_interview_that_is_withdrawn_takes_back_the_post_of_its_quote(sqlite_engine: Engine, desk: Desk) -> None:
    facts = {"url": "https://gazeta.kg/1", "name": "О бюджете", "language": "ru", "quote": None}
    of_person = {"subject_kind": "person", "subject_id": "p1", "title": "Асанов Асан"}
    first, quote = "interview_published:1", {"quote": "Слова", "told": "interview_published:1"}
    happened(sqlite_engine, "interview_published", first, **of_person, facts=facts)
    happened(sqlite_engine, "interview_published", f"{first}:quote", **of_person, facts=facts | quote)
    decide_now(sqlite_engine, desk, now=LATER)
    assert [row["happening_key"] for row in rows(sqlite_engine, PostNews)] == [f"{first}:quote"]
    happened(sqlite_engine, "interview_withdrawn", "interview_withdrawn:1", **of_person, facts={"told": first})
    assert decide_now(sqlite_engine, desk, now=LATER).withdrawn == 1
    assert states(sqlite_engine) == {DeliveryState.WITHDRAWN}


def test_a_sitting_is_told_with_its_video_and_the_week_on_monday(sqlite_engine: Engine, desk: Desk) -> None:
    with sqlite_engine.begin() as conn:
        row = {"id": "plenary-2026-11-30", "body": "plenary", "day": date(2026, 11, 30), "starts_at": time(10)}
        conn.execute(insert(table_of(Sitting)).values(**row, title="Заседание", extraordinary=False, cancelled=False))
        facts = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "platform": "youtube"}
        video = {"sitting_id": row["id"], "added_by": "cli", "added_at": NOON}
        conn.execute(insert(table_of(LiveVideo)).values(**facts, **video))
    happened(sqlite_engine, "bill_told_adopted", "a")
    monday = datetime(2026, 11, 30, 3, 30, tzinfo=UTC)  # 09:30 in Bishkek
    decide_now(sqlite_engine, desk, now=monday)
    events = {row["event"] for row in rows(sqlite_engine, Post)}
    assert {"sitting_starts:plenary-2026-11-30", "weekly_digest:2026-W48"} <= events
    starts = [row for row in rows(sqlite_engine) if row["event"].startswith("sitting_starts")]
    assert all(str(facts["url"]) in str(row["message"]) for row in starts)
    before = len(rows(sqlite_engine))
    assert decide_now(sqlite_engine, desk, now=monday + timedelta(minutes=1)).posts == 0
    assert len(rows(sqlite_engine)) == before


def test_an_agenda_is_told_with_its_hour_and_its_number_of_bills(sqlite_engine: Engine, desk: Desk) -> None:
    sitting: dict[str, Any] = {"id": "s", "body": "plenary", "day": date(2026, 12, 2), "starts_at": time(10)}
    of_item: list[dict[str, Any]] = [{"id": "0", "position": 0, "bill_id": None}]
    of_item += [{"id": str(one), "position": one, "bill_id": "b1"} for one in (1, 2)]
    with sqlite_engine.begin() as conn:
        conn.execute(insert(table_of(Bill)).values(id="b1", title="О бюджете", kind="bill"))
        conn.execute(insert(table_of(Sitting)).values(**sitting, title="Заседание"))
        of_sitting = {"sitting_id": "s", "title": "О бюджете", "kind": "bill"}
        conn.execute(insert(table_of(AgendaItem)), [one | of_sitting for one in of_item])
    happened(sqlite_engine, "sitting_announced", "a", subject_kind="sitting", subject_id="s", day=date(2026, 12, 2))
    decide_now(sqlite_engine, desk, now=LATER)
    [post] = rows(sqlite_engine, Post)
    assert {name: post["draft"]["facts"][name] for name in ("starts_at", "items", "bills")} == {
        "starts_at": "10:00",
        "items": 3,
        "bills": 1,
    }
    assert all("10:00" in str(row["message"]) for row in rows(sqlite_engine))


def test_what_cannot_be_composed_is_refused_with_its_reason(sqlite_engine: Engine, desk: Desk) -> None:
    def silent(_: Draft, __: ChannelName, lang: str) -> Refusal:
        return Refusal(cause=f"no words in {lang}")

    happened(sqlite_engine, "bill_told_adopted", "a")
    counts = decide_now(sqlite_engine, Desk(rules=desk.rules, accounts=ACCOUNTS, compose=silent), now=LATER)
    assert counts.refused == len(ACCOUNTS)
    assert states(sqlite_engine) == {"refused"}
    assert {row["cause"] for row in rows(sqlite_engine)} == {f"no words in {lang}" for lang in LANGUAGES}
