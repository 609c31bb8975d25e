"""How posts come into the outbox: once, extended while nobody touched them, never approved by it if they accuse."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db.engine import reader
from db.outbox import DeliveryStep, Post, PostFinding, PostNews
from db.upsert import table_of
from publish.drafts import from_json
from publish.message import Message, Refusal
from publish.outbox import acts
from publish.outbox.answers import Done
from publish.outbox.drafting import Audience, Composed, keep_delivery, keep_draft, key_of
from tests.publish.outbox.fake_channel import NOW
from tests.publish.outbox.posting import ACT, FACTS, TELEGRAM, draft, message, rows, states
from vocab.posts import ChannelName, PostKind

RU, KY = (TELEGRAM, "ru"), (TELEGRAM, "ky")
TOO_LONG = Refusal(cause="too long")


def kept(engine: Engine, composed: Composed | None = None, event: str = "vote:1", **more: Any) -> bool:
    with engine.begin() as conn:
        return keep_draft(conn, draft(event, **more), composed or {RU: message()}, NOW, approved_kinds=())


def column(engine: Engine, name: str, model: Any) -> list[Any]:
    with reader(engine) as conn:
        return list(conn.execute(select(table_of(model).c[name])).scalars())


def test_a_post_waits_for_a_person_and_what_cannot_be_composed_is_never_due(engine: Engine) -> None:
    assert kept(engine, {RU: message(), KY: TOO_LONG}, findings=("f1", "f1"))
    assert [(row["lang"], row["state"], row["due_at"], row["cause"]) for row in rows(engine)] == [
        ("ru", "draft", None, ""),
        ("ky", "refused", None, "too long"),
    ]
    assert column(engine, "finding_id", PostFinding) == ["f1"]
    assert len(column(engine, "id", DeliveryStep)) == 2
    assert not kept(engine, {RU: message(), KY: TOO_LONG}, findings=("f1", "f1"))
    assert len(rows(engine)) == 2


def test_what_another_post_tells_already_is_not_told_again(sqlite_engine: Engine) -> None:
    assert kept(sqlite_engine, happenings=("h1", "h2"))
    assert not kept(sqlite_engine, event="vote:2", happenings=("h3", "h2"))
    assert column(sqlite_engine, "event", Post) == ["vote:1"]
    assert sorted(column(sqlite_engine, "happening_key", PostNews)) == ["h1", "h2"]


def test_a_post_that_nobody_touched_is_decided_anew(engine: Engine) -> None:
    kept(engine, {RU: TOO_LONG, KY: message()}, happenings=("h1",))
    more: Composed = {RU: message("и ещё"), (TELEGRAM, "en"): message("and more")}
    assert kept(engine, more, happenings=("h1", "h2"))
    assert [(row["lang"], row["state"]) for row in rows(engine)] == [
        ("ru", "draft"),
        ("ky", "refused"),
        ("en", "draft"),
    ]
    assert rows(engine)[0]["message"]["title"] == "и ещё"
    assert column(engine, "revision", Post) == [2]
    assert sorted(column(engine, "happening_key", PostNews)) == ["h1", "h2"]
    (post,) = column(engine, "draft", Post)
    assert from_json(post).happenings == ("h1", "h2")


def test_a_post_does_not_grow_under_the_hand_of_who_approves_it(engine: Engine) -> None:
    kept(engine, happenings=("h1",))
    with ThreadPoolExecutor() as pool:
        with engine.begin() as conn:
            assert acts.approve(conn, 1, "", ACT) == Done()
            growing = pool.submit(kept, engine, {RU: message("двое")}, happenings=("h1", "h2"))
            time.sleep(0.3)  # it waits, or has read by now
        assert growing.result() is False
    assert column(engine, "happening_key", PostNews) == ["h1"]
    assert states(engine) == {"approved": 1}


@pytest.mark.parametrize("act", ["approve", "reject", "edit"])
def test_what_a_person_touched_stays_as_it_is(sqlite_engine: Engine, act: str) -> None:
    kept(sqlite_engine, happenings=("h1",))
    with sqlite_engine.begin() as conn:
        more: dict[str, tuple[str | Message, ...]] = {"reject": ("no",), "edit": (message("своё"),)}
        assert getattr(acts, act)(conn, 1, "", ACT, *more.get(act, ())) == Done()
    before = rows(sqlite_engine)
    assert not kept(sqlite_engine, {RU: message("другое")}, happenings=("h1", "h2"))
    assert rows(sqlite_engine) == before


def test_facts_may_be_approved_by_configuration_and_accusations_never(sqlite_engine: Engine) -> None:
    later = NOW + timedelta(hours=2)
    with sqlite_engine.begin() as conn:
        for place, kind in enumerate(PostKind):
            one = draft(f"e{place}", kind=kind, not_before=later)
            keep_draft(conn, one, {RU: message(), KY: TOO_LONG}, NOW, approved_kinds=frozenset(PostKind))
    facts = len(PostKind) - 1
    assert states(sqlite_engine) == {"approved": facts, "draft": 1, "refused": len(PostKind)}
    assert {row["due_at"] for row in rows(sqlite_engine) if row["state"] == "approved"} == {later}
    assert PostKind.FINDING_CONFIRMED in FACTS


def test_a_letter_goes_to_one_subscriber_once_and_may_tell_what_posts_tell(engine: Engine) -> None:
    kept(engine, happenings=("h1",))
    alert = draft("alert:7", kind=PostKind.ALERT, happenings=("h1",), findings=("f1",))
    seven = Audience(channel=ChannelName.EMAIL, lang="ky", recipient="7")
    eight = Audience(channel=ChannelName.EMAIL, lang="ky", recipient="8")
    with engine.begin() as conn:
        assert keep_delivery(conn, alert, seven, message(), NOW)
        assert not keep_delivery(conn, alert, seven, message(), NOW)
        assert keep_delivery(conn, alert, eight, TOO_LONG, NOW)
    assert [(row["recipient"], row["state"]) for row in rows(engine)[1:]] == [("7", "approved"), ("8", "refused")]
    assert column(engine, "finding_id", PostFinding) == ["f1"]
    assert column(engine, "event", PostNews) == ["vote:1"]


def test_a_key_is_always_the_same_and_another_for_everybody_else() -> None:
    audiences = [
        Audience(channel=channel, lang=lang, recipient=to)
        for channel in (TELEGRAM, ChannelName.X)
        for lang in ("ru", "ky")
        for to in ("", "1")
    ]
    keys = {key_of(event, one) for event in ("a", "b") for one in audiences}
    assert len(keys) == 2 * len(audiences)
    assert key_of("a", audiences[0]) in keys
