"""A post that is sent to the feeds stands there, once, in its language, for as long as it is said."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import feedparser
import pytest
from sqlalchemy import Engine, select, update

from db.engine import open_engine, take_turn
from db.findings import Finding, FindingReview
from db.media import Interview
from db.outbox import Delivery
from db.people import Person
from db.settings import home_settings
from db.upsert import table_of, upsert
from publish.channels.abilities import ABILITIES
from publish.channels.protocol import Remote, Sending, Sent
from publish.channels.registry import open_accounts
from publish.message import Mark, Message, Span, as_json
from publish.outbox.delivering import deliver
from publish.outbox.drafting import keep_draft
from publish.outbox.outside import Outside
from publish.outbox.steps import Note, move
from publish.run import publish
from publish.settings import PublicSettings
from tests.cli.conftest import exit_code
from tests.publish.outbox.posting import FACTS, at, draft
from vocab.posts import ChannelName, DeliveryState, PostKind

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
PUBLIC = PublicSettings(public_url="https://baikoo.example")
LINK = "https://baikoo.example/ru/bills/n-6-1-26"
_DELIVERY = table_of(Delivery)


def said(title: str, text: str = "За 71 <из> 120.") -> Message:
    part = (Span(title, Mark.STRONG), Span(f"\n{text}\n"), Span("Подробнее", Mark.LINK, LINK))
    return Message(title=title, parts=(part,), link=LINK)


def post(engine: Engine, event: str, title: str, now: datetime = NOW, **more: Any) -> None:
    """A post in two languages that went out to the feeds."""
    accounts = {key: one for key, one in open_accounts({}).on.items() if key[0] is ChannelName.FEEDS}
    with engine.begin() as conn:
        take_turn(conn)
        composed = {(ChannelName.FEEDS, lang): said(f"{title} {lang}") for lang in ("ky", "ru")}
        assert keep_draft(conn, draft(event, **more), composed, now, approved_kinds=FACTS)
        due = {"state": DeliveryState.APPROVED, "due_at": now}
        conn.execute(update(_DELIVERY).where(_DELIVERY.c.event == event).values(**due))
    deliver(engine, Outside(accounts=accounts, abilities=ABILITIES, cards=Path("nowhere")), now=at(now))


def change(engine: Engine, event: str, after: DeliveryState, now: datetime, **values: Any) -> None:
    with engine.begin() as conn:
        for row in conn.execute(select(_DELIVERY).where(_DELIVERY.c.event == event)).mappings().all():
            assert move(conn, dict(row), after, Note(at=now, who="user:7", cause="by hand"), values)


def entries(engine: Engine, out: Path, lang: str = "ru", form: str = "atom") -> list[Any]:
    publish(engine, out, public=PUBLIC, now=NOW)
    feed = feedparser.parse((out / f"feeds/{lang}/posts.{form}").read_bytes())
    assert not feed.bozo
    return list(feed.entries)


def test_what_is_sent_is_an_entry_in_its_language(sqlite_engine: Engine, tmp_path: Path) -> None:
    assert entries(sqlite_engine, tmp_path) == []
    post(sqlite_engine, "vote:1", "Первый")
    post(sqlite_engine, "vote:2", "Второй", NOW + timedelta(minutes=5))
    newest, oldest = entries(sqlite_engine, tmp_path)
    assert [newest.title, oldest.title] == ["Второй ru", "Первый ru"]
    assert (oldest.id, oldest.link) == ("urn:baikoo:post:vote:1", LINK)
    assert oldest.summary == f"За 71 <из> 120.\nПодробнее: {LINK}"
    assert oldest.published == "2026-11-27T09:00:00+00:00"
    assert [one.title for one in entries(sqlite_engine, tmp_path, "ky", "rss")] == ["Второй ky", "Первый ky"]
    assert entries(sqlite_engine, tmp_path, "en") == []
    assert publish(sqlite_engine, tmp_path, public=PUBLIC, now=NOW + timedelta(days=1)).written == 0


def test_an_edit_changes_the_entry_in_its_place_and_a_deletion_takes_it_out(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    post(sqlite_engine, "vote:1", "Первый")
    post(sqlite_engine, "vote:2", "Второй", NOW + timedelta(minutes=5))
    [_, before] = entries(sqlite_engine, tmp_path)
    edited = as_json(said("Исправленный"))
    change(sqlite_engine, "vote:1", DeliveryState.SENT, NOW + timedelta(hours=1), message=edited)
    [_, after] = entries(sqlite_engine, tmp_path)
    assert (after.title, after.id, after.published) == ("Исправленный", before.id, before.published)
    assert after.updated == "2026-11-27T10:00:00+00:00"
    change(sqlite_engine, "vote:1", DeliveryState.DELETED, NOW + timedelta(hours=2))
    assert [one.title for one in entries(sqlite_engine, tmp_path)] == ["Второй ru"]


def test_a_finding_that_may_no_longer_be_told_leaves_the_feed_at_once(sqlite_engine: Engine, tmp_path: Path) -> None:
    finding: dict[str, Any] = {
        "id": "f1",
        "check_id": "R33",
        "subject_kind": "bill",
        "subject_id": "n-6-1-26",
        "case_key": "1",
    }
    finding |= {"verdict": "broken", "needs_review": None, "reason": "r", "edition": "e", "article": "ст. 33"}
    finding |= {"quote": "", "verified": True, "figures": {}, "evidence": [], "code_version": "1", "day": NOW.date()}
    review: dict[str, Any] = {"finding_id": "f1", "decided_by": "user:7", "decided_at": NOW, "reason": "r"}
    with sqlite_engine.begin() as conn:
        upsert(conn, Finding, [finding | {"computed_at": NOW, "superseded_at": None}], key=("id",))
        upsert(conn, FindingReview, [review | {"id": 1, "decision": "confirmed"}], key=("id",))
    post(sqlite_engine, "finding:1", "Нарушение", kind=PostKind.FINDING_CONFIRMED, findings=("f1",))
    assert [one.title for one in entries(sqlite_engine, tmp_path)] == ["Нарушение ru"]
    with sqlite_engine.begin() as conn:
        upsert(conn, FindingReview, [review | {"id": 2, "decision": "dismissed"}], key=("id",))
    assert entries(sqlite_engine, tmp_path) == []


def test_delivering_writes_the_feed_at_once(
    tmp_path: Path, empty_tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = home_settings(tmp_path)
    copyfile(empty_tables, tmp_path / "baikoo.sqlite")
    for name in [name for name in os.environ if name.startswith("BAIKOO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    engine, now = open_engine(settings.database_url), datetime.now(UTC)
    publish(engine, settings.public_dir, public=PUBLIC, now=now)
    with engine.begin() as conn:
        take_turn(conn)
        composed = {(ChannelName.FEEDS, "ru"): said("Первый")}
        assert keep_draft(conn, draft("vote:1"), composed, now, approved_kinds=FACTS)
    engine.dispose()
    assert exit_code(monkeypatch, "publish", "deliver", "--once") == 0
    feed = feedparser.parse((settings.public_dir / "feeds/ru/posts.atom").read_bytes())
    assert [one.title for one in feed.entries] == ["Первый"]


def test_an_interview_that_is_withdrawn_leaves_the_feed_and_is_not_sent(engine: Engine, tmp_path: Path) -> None:
    row: dict[str, Any] = {"id": 1, "person_id": "p1", "title": "Беседа", "language": "ru", "added_by": "cli"}
    row |= {"url": "https://gazeta.kg/1", "day": NOW.date(), "added_at": NOW, "quote": "", "approver": ""}
    with engine.begin() as conn:
        upsert(conn, Person, [{"id": "p1", "name": "Асанов", "surname": "Асанов"}], key=("id",))
        upsert(conn, Interview, [row | {"approved_how": "", "withdrawn_at": None}], key=("id",))
    post(engine, "interview:1", "Беседа", happenings=("interview_published:1",))
    assert [one.title for one in entries(engine, tmp_path)] == ["Беседа ru"]
    with engine.begin() as conn:
        upsert(conn, Interview, [row | {"approved_how": "", "withdrawn_at": NOW}], key=("id",))
    assert entries(engine, tmp_path) == []
    post(engine, "interview:2", "Цитата", happenings=("interview_published:1:quote",))
    with engine.connect() as conn:
        late = conn.execute(select(_DELIVERY.c.state, _DELIVERY.c.cause).where(_DELIVERY.c.event == "interview:2"))
        cause = "interview_published:1:quote may no longer be told"
        assert set(late) == {(DeliveryState.WITHDRAWN, cause)}


def test_the_feed_says_where_it_is_and_sending_again_changes_nothing(tmp_path: Path) -> None:
    environ = {"BAIKOO_HOME": str(tmp_path), "BAIKOO_PUBLIC_URL": "https://baikoo.example"}
    channel, address = open_accounts(environ).on[ChannelName.FEEDS, "ky"], "https://baikoo.example/feeds/ky/posts.atom"
    assert channel.check().account == f"{address}, not written yet: `baikoo publish` writes it"
    (tmp_path / "public/feeds/ky").mkdir(parents=True)
    (tmp_path / "public/feeds/ky/posts.atom").write_text("")
    assert channel.check().account.startswith(f"{address}, written 20")
    sending = Sending(key="k", part=(Span("а"),), title="т", link=LINK, lang="ky")
    done = Sent(remote=Remote(id="k", url=address))
    assert [channel.send(sending, NOW), channel.find(sending, NOW), channel.edit(done.remote, sending)] == [done] * 3
    assert channel.delete(done.remote) == done
