"""Right before it goes out: what may no longer be told, whose reader left, what is stopped or has to wait."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from db.engine import reader, take_turn
from db.findings import Finding, FindingReview
from db.upsert import table_of
from publish.message import Picture
from publish.outbox import switching
from publish.outbox.answers import Fault, Impossible
from publish.outbox.delivering import DeliverCounts, deliver
from publish.outbox.drafting import Audience, keep_delivery, keep_draft
from publish.outbox.outside import Subscriber
from publish.outbox.withdrawing import withdraw_event
from tests.publish.outbox.fake_channel import NOW, Answer, Store, says
from tests.publish.outbox.posting import ACT, FACTS, TELEGRAM, OpenOutside, at, draft, keep, message, rows, states
from vocab.posts import PostKind

HOUR = timedelta(hours=1)


def confirm(engine: Engine, decision: str = "confirmed") -> None:
    """A person's word about the finding f1."""
    said = {"finding_id": "f1", "decision": decision, "reason": "r", "decided_by": "user:1", "decided_at": NOW}
    with engine.begin() as conn:
        conn.execute(insert(table_of(FindingReview)).values(**said))


@pytest.fixture
def finding(engine: Engine) -> str:
    """An accusation that a person confirmed."""
    row: dict[str, Any] = {"id": "f1", "check_id": "R01", "subject_kind": "bill", "subject_id": "b", "case_key": ""}
    row |= {"day": date(2026, 11, 1), "verdict": "broken", "reason": "r", "edition": "e", "article": "1"}
    row |= {"quote": "", "verified": True, "figures": {}, "evidence": [], "code_version": "1", "computed_at": NOW}
    with engine.begin() as conn:
        conn.execute(insert(table_of(Finding)).values(**row))
    confirm(engine)
    return "f1"


def test_a_finding_that_was_dismissed_after_the_approval_is_never_told(
    engine: Engine, store: Store, opened: OpenOutside, finding: str
) -> None:
    keep(engine, "a", findings=(finding,))
    keep(engine, "b", findings=(finding,), not_before=NOW + HOUR)
    there = opened()
    deliver(engine, there, now=at())
    confirm(engine, "dismissed")
    deliver(engine, there, now=at(NOW + HOUR))
    assert states(engine) == {"sent": 1, "withdrawn": 1}
    assert rows(engine)[1]["cause"] == "the finding f1 may no longer be told"
    assert [post["text"] for post in store.posts] == ["a"]


def test_a_thread_of_which_a_part_is_out_is_broken_off_and_stays_sent(
    engine: Engine, store: Store, opened: OpenOutside, finding: str
) -> None:
    keep(engine, "a", findings=(finding,), parts=3)

    def dismissed(kept: Store, post: Mapping[str, Any]) -> Answer:
        confirm(engine, "dismissed")
        return kept.keep(post)

    store.tricks = [dismissed]
    deliver(engine, opened(), now=at())
    (row,) = rows(engine)
    assert (row["state"], len(row["sent"]), len(store.posts)) == ("sent", 1, 1)


def test_what_the_program_withdrew_is_not_sent(sqlite_engine: Engine, store: Store, opened: OpenOutside) -> None:
    keep(sqlite_engine, "a", langs=("ky", "ru"))
    with sqlite_engine.begin() as conn:
        assert withdraw_event(conn, "a", NOW, cause="taken back") == 2
        assert withdraw_event(conn, "a", NOW, cause="taken back") == 0
    deliver(sqlite_engine, opened(langs=("ky", "ru")), now=at())
    assert (states(sqlite_engine), store.posts) == ({"withdrawn": 2}, [])


def test_what_is_over_lapses_and_a_draft_as_well(sqlite_engine: Engine, store: Store, opened: OpenOutside) -> None:
    keep(sqlite_engine, "a", "b", expires_at=NOW + HOUR)
    keep(sqlite_engine, "c", kind=PostKind.FINDING_CONFIRMED, expires_at=NOW + HOUR)
    clock = iter([NOW, *[NOW + HOUR] * 99])
    deliver(sqlite_engine, opened(), now=lambda: next(clock))  # in the middle of the work it is over
    assert states(sqlite_engine) == {"lapsed": 2, "draft": 1}
    assert deliver(sqlite_engine, opened(), now=at(NOW + HOUR)).states == {"lapsed": 1}
    assert store.posts == []


def test_a_letter_goes_to_the_address_of_now_and_to_nobody_who_left(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    with sqlite_engine.begin() as conn:
        take_turn(conn)
        for number in ("7", "8"):
            to = Audience(channel=TELEGRAM, lang="ru", recipient=number)
            keep_delivery(conn, draft(kind=PostKind.ALERT), to, message(), NOW)
    reached = {"8": Subscriber(address="eight@example.kg")}
    there = replace(opened(), subscriber_of=lambda _conn, number: reached.get(number))
    deliver(sqlite_engine, there, now=at())
    assert [row["state"] for row in rows(sqlite_engine)] == ["withdrawn", "sent"]
    assert [post["to"] for post in store.posts] == ["eight@example.kg"]
    assert deliver(sqlite_engine, opened(), now=at()).states == {}


def test_without_a_reader_nobody_gets_a_letter(sqlite_engine: Engine, opened: OpenOutside) -> None:
    with sqlite_engine.begin() as conn:
        to = Audience(channel=TELEGRAM, lang="ru", recipient="7")
        keep_delivery(conn, draft(kind=PostKind.ALERT), to, message(), NOW)
    assert deliver(sqlite_engine, opened(), now=at()).states == {"withdrawn": 1}


def test_a_picture_goes_along_and_where_it_is_missing_nothing_half_goes_out(
    sqlite_engine: Engine, store: Store, opened: OpenOutside, tmp_path: Path
) -> None:
    (tmp_path / "there.png").write_bytes(b"png")
    with sqlite_engine.begin() as conn:
        for name in ("there.png", "gone.png"):
            card = replace(message(name), picture=Picture(file=name, alt="what it shows"))
            keep_draft(conn, draft(name), {(TELEGRAM, "ru"): card}, NOW, approved_kinds=FACTS)
    deliver(sqlite_engine, replace(opened(), cards=tmp_path), now=at())
    assert [row["state"] for row in rows(sqlite_engine)] == ["sent", "dead"]
    assert rows(sqlite_engine)[1]["cause"] == "the picture gone.png is missing"


@pytest.mark.parametrize(("trick", "minutes"), [(says(429, retry_after="900"), 15), (says(401), 10)])
def test_a_channel_that_does_not_take_anything_now_is_left_alone_and_the_others_go_on(
    engine: Engine, store: Store, opened: OpenOutside, trick: Any, minutes: int
) -> None:
    store.tricks = [trick]
    keep(engine, "a", "b", "c", langs=("ky", "ru"))
    there, wait = opened(langs=("ky", "ru")), timedelta(minutes=minutes)
    assert deliver(engine, there, now=at()).states == {"sent": 3, "failed": 1, "approved": 2}
    with reader(engine) as conn:
        (held,) = switching.states(conn)
    assert held["channel"] in {"telegram/ky", "telegram/ru"}
    assert (held["not_before"], bool(held["cause"])) == (NOW + wait, True)
    deliver(engine, there, now=at(NOW + wait - timedelta(seconds=1)))
    assert len(store.posts) == 3
    deliver(engine, there, now=at(NOW + wait))
    assert states(engine) == {"sent": 6}
    with reader(engine) as conn:
        (held,) = switching.states(conn)
    assert (held["not_before"], held["cause"]) == (None, ""), "it is let in again"


def test_the_kill_switch_holds_even_what_a_worker_has_claimed(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    keep(sqlite_engine, "a", "b", "c")

    def pulls(kept: Store, post: Mapping[str, Any]) -> Answer:
        with sqlite_engine.begin() as conn:
            switching.stop(conn, None, "taken over", ACT)
        return kept.keep(post)

    store.tricks, there = [pulls], opened()
    deliver(sqlite_engine, there, now=at())
    assert states(sqlite_engine) == {"sent": 1, "approved": 2}
    deliver(sqlite_engine, there, now=at())
    assert len(store.posts) == 1
    with sqlite_engine.begin() as conn:
        assert switching.stop(conn, TELEGRAM, " ", ACT) == Impossible(fault=Fault.REASON)
        switching.resume(conn, None, ACT)
    deliver(sqlite_engine, there, now=at())
    assert states(sqlite_engine) == {"sent": 3}


def test_a_worker_that_is_asked_to_stop_ends_what_is_under_way_and_gives_back_the_rest(
    engine: Engine, store: Store, opened: OpenOutside
) -> None:
    keep(engine, "a", "b", "c")
    asked = iter([False, False, True, True])
    first = deliver(engine, opened(), now=at(), stopping=lambda: next(asked))
    assert states(engine) == {"sent": 1, "approved": 2}
    both = first + deliver(engine, opened(), now=at())
    assert both == DeliverCounts(states={**first.states, "sent": 3})  # type: ignore[dict-item]
    assert len(store.posts) == 3
