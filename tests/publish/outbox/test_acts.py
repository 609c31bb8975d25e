"""What people do: from which state what is possible, that the second person is told, and what is kept of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, update

from db.audit import newest, verify
from db.engine import reader
from db.outbox import Delivery
from db.upsert import table_of
from publish.outbox import acts
from publish.outbox.answers import Answer, Changed, Done, Fault, Impossible
from publish.outbox.at_channel import delete_there, edit_there
from publish.outbox.delivering import deliver
from publish.outbox.queue import Wish, deliveries, delivery, mark_of, steps_of
from tests.publish.outbox.abilities import KEYLESS
from tests.publish.outbox.fake_channel import NOW, Store
from tests.publish.outbox.posting import ACT, TELEGRAM, OpenOutside, at, keep, message, rows, states
from vocab.posts import DeliveryState as State
from vocab.posts import may_move

Do = Callable[[Connection, str], Answer]
LATER = NOW + timedelta(hours=2)
ACTS: dict[str, tuple[State, Do]] = {
    "approve": (State.APPROVED, lambda conn, seen: acts.approve(conn, 1, seen, ACT, LATER)),
    "edit": (State.DRAFT, lambda conn, seen: acts.edit(conn, 1, seen, ACT, message("иначе"))),
    "put back": (State.DRAFT, lambda conn, seen: acts.put_back(conn, 1, seen, ACT)),
    "reject": (State.REJECTED, lambda conn, seen: acts.reject(conn, 1, seen, ACT, "why")),
    "withdraw": (State.WITHDRAWN, lambda conn, seen: acts.withdraw(conn, 1, seen, ACT, "why")),
    "send again": (State.APPROVED, lambda conn, seen: acts.send_again(conn, 1, seen, ACT, "why")),
    "found": (State.SENT, lambda conn, seen: acts.say_there(conn, 1, seen, ACT, "https://x.example/1")),
    "not found": (State.DEAD, lambda conn, seen: acts.say_absent(conn, 1, seen, ACT, "why")),
    "schedule": (State.APPROVED, lambda conn, seen: acts.schedule(conn, 1, seen, ACT, LATER)),
}
POSSIBLE = {
    "approve": {State.DRAFT},
    "edit": {State.DRAFT, State.REFUSED, State.APPROVED, State.DEAD},
    "put back": {State.APPROVED, State.REJECTED, State.LAPSED},
    "reject": {State.DRAFT, State.REFUSED, State.APPROVED, State.FAILED, State.DEAD},
    "withdraw": {State.DRAFT, State.REFUSED, State.APPROVED, State.FAILED, State.DEAD},
    "send again": {State.DEAD, State.FAILED},
    "found": {State.UNKNOWN},
    "not found": {State.UNKNOWN},
    "schedule": {State.APPROVED},
}


def put(engine: Engine, state: State, **values: Any) -> None:
    """The one delivery, in this state."""
    keep(engine, "a")
    with engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(state=state.value, **values))


def do(engine: Engine, act: Do, seen: str = "") -> Answer:
    with engine.begin() as conn:
        return act(conn, seen)


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_possible_from_its_states_and_leads_along_the_known_ways(sqlite_engine: Engine, name: str) -> None:
    after, act = ACTS[name]
    keep(sqlite_engine, "a")
    for state in State:
        with sqlite_engine.begin() as conn:
            conn.execute(update(table_of(Delivery)).values(state=state.value, started_at=None, cause="", claim=""))
        answer, (row,) = do(sqlite_engine, act), rows(sqlite_engine)
        if state not in POSSIBLE[name]:
            reason = Fault.LOOK_FIRST if (name, state) == ("send again", State.UNKNOWN) else Fault.STATE
            assert isinstance(answer, Impossible), state
            assert (answer.fault, row["state"]) == (reason, state)
            continue
        reached = State.FAILED if (name, state) == ("send again", State.FAILED) else after
        assert (answer, row["state"]) == (Done(), reached), state
        assert state is reached or may_move(state, reached)
        with reader(sqlite_engine) as conn:
            step, log = steps_of(conn, 1)[-1], newest(conn, 1)[0]
        assert (step["before"], step["after"], step["who"]) == (state, reached, ACT.who)
        assert (log["action"], log["target"], log["who"]) == (f"delivery {name}", "delivery:1", ACT.who)
    with reader(sqlite_engine) as conn:
        assert verify(conn) is None


def test_the_second_person_is_told_what_the_first_did(engine: Engine) -> None:
    put(engine, State.DRAFT)
    (row,) = rows(engine)
    assert do(engine, ACTS["approve"][1], mark_of(row)) == Done()
    answer = do(engine, ACTS["reject"][1], mark_of(row))
    assert isinstance(answer, Changed)
    assert (answer.row["state"], rows(engine)[0]["due_at"]) == (State.APPROVED, LATER)


@pytest.mark.parametrize(
    ("state", "values", "act", "fault"),
    [
        (State.DRAFT, {}, lambda conn, seen: acts.reject(conn, 1, seen, ACT, " "), Fault.REASON),
        (State.DEAD, {}, lambda conn, seen: acts.send_again(conn, 1, seen, ACT, ""), Fault.REASON),
        (State.UNKNOWN, {}, lambda conn, seen: acts.say_absent(conn, 1, seen, ACT, ""), Fault.REASON),
        (State.UNKNOWN, {}, lambda conn, seen: acts.say_there(conn, 1, seen, ACT, "javascript:1"), Fault.NO_ADDRESS),
        (State.DRAFT, {}, lambda conn, seen: acts.approve(conn, 2, seen, ACT), Fault.NO_SUCH),
        (State.APPROVED, {"started_at": NOW}, ACTS["reject"][1], Fault.LOOK_FIRST),
        (State.APPROVED, {"started_at": NOW}, ACTS["put back"][1], Fault.LOOK_FIRST),
        (State.APPROVED, {"started_at": NOW}, ACTS["schedule"][1], Fault.LOOK_FIRST),
        (State.APPROVED, {"started_at": NOW}, ACTS["edit"][1], Fault.PARTLY),
        (State.DEAD, {"sent": [{"id": "1", "url": ""}]}, ACTS["edit"][1], Fault.PARTLY),
        (State.REJECTED, {"message": {}}, ACTS["put back"][1], Fault.STATE),
    ],
)
def test_what_cannot_be_done_changes_nothing_and_says_why(
    sqlite_engine: Engine, state: State, values: dict[str, Any], act: Do, fault: Fault
) -> None:
    put(sqlite_engine, state, **values)
    before = rows(sqlite_engine)
    answer = do(sqlite_engine, act)
    assert isinstance(answer, Impossible)
    assert answer.fault is fault
    assert answer.words.startswith(fault.value)
    assert rows(sqlite_engine) == before


def test_nothing_goes_out_before_its_post_may_nor_is_approved_when_its_time_is_over(sqlite_engine: Engine) -> None:
    keep(sqlite_engine, "a", not_before=LATER, expires_at=LATER + timedelta(hours=1))
    over = LATER + timedelta(hours=1)
    assert do(sqlite_engine, lambda conn, _: acts.schedule(conn, 1, "", ACT, NOW)) == Done()
    assert rows(sqlite_engine)[0]["due_at"] == LATER
    expired = Impossible(fault=Fault.EXPIRED)
    assert do(sqlite_engine, lambda conn, _: acts.schedule(conn, 1, "", ACT, over)) == expired
    assert do(sqlite_engine, ACTS["put back"][1]) == Done()
    assert do(sqlite_engine, lambda conn, _: acts.approve(conn, 1, "", ACT, over)) == expired
    assert do(sqlite_engine, lambda conn, _: acts.approve(conn, 1, "", ACT)) == Done()
    assert rows(sqlite_engine)[0]["due_at"] == LATER
    with sqlite_engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(state="dead"))
    late = replace(ACT, at=over)
    assert do(sqlite_engine, lambda conn, _: acts.send_again(conn, 1, "", late, "why")) == expired


def test_what_a_person_looked_for_and_did_not_find_is_sent_again_and_once(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    put(sqlite_engine, State.UNKNOWN, started_at=NOW)
    assert do(sqlite_engine, lambda conn, _: acts.send_again(conn, 1, "", ACT, "looked", looked=True)) == Done()
    deliver(sqlite_engine, opened(), now=at())
    assert (states(sqlite_engine), len(store.posts)) == ({"sent": 1}, 1)


def test_of_a_thread_that_a_person_found_the_rest_is_left(sqlite_engine: Engine) -> None:
    keep(sqlite_engine, "a", parts=3)
    with sqlite_engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(state="unknown", started_at=NOW))
    assert do(sqlite_engine, ACTS["found"][1]) == Done()
    (row,) = rows(sqlite_engine)
    assert (row["state"], row["cause"]) == ("sent", "found by a person; 2 further parts were not sent")


ABLE = replace(KEYLESS, can_edit=True, can_delete=True)


def test_a_post_is_changed_and_taken_off_where_it_stands(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    keep(sqlite_engine, "a", parts=2)
    there = opened(ABLE)
    deliver(sqlite_engine, there, now=at())
    seen = mark_of(rows(sqlite_engine)[0])
    other = Impossible(fault=Fault.OTHER_PARTS)
    assert edit_there(sqlite_engine, there, 1, seen, ACT, message("короче")) == other
    assert edit_there(sqlite_engine, there, 1, seen, ACT, message("иначе", 2)) == Done()
    assert [post["text"] for post in store.posts] == ["иначе", "иначе 1"]
    assert isinstance(delete_there(sqlite_engine, there, 1, seen, ACT), Changed)
    assert delete_there(sqlite_engine, there, 1, "", ACT) == Done()
    assert (store.posts, states(sqlite_engine)) == ([], {"deleted": 1})
    gone = edit_there(sqlite_engine, there, 1, "", ACT, message())
    assert gone == Impossible(fault=Fault.STATE, detail="deleted")


def test_what_a_channel_did_not_do_is_kept_and_the_rest_still_stands(
    sqlite_engine: Engine, store: Store, opened: OpenOutside, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_engine, "a", parts=3)
    there = opened(ABLE)
    deliver(sqlite_engine, there, now=at())
    store.refuses = {"2"}
    failed = Impossible(fault=Fault.CHANNEL, detail="403")
    assert delete_there(sqlite_engine, there, 1, "", ACT) == failed
    assert [one["id"] for one in rows(sqlite_engine)[0]["sent"]] == ["1", "2"]
    part = Impossible(fault=Fault.CHANNEL, detail="part 2: 403")
    assert edit_there(sqlite_engine, there, 1, "", ACT, message("иначе", 2)) == part
    with reader(sqlite_engine) as conn:
        assert [step["cause"] for step in steps_of(conn, 1)][-2:] == ["403", "part 2: 403"]
    monkeypatch.setattr(there.accounts[TELEGRAM, "ru"], "delete", None)
    broken = Impossible(fault=Fault.CHANNEL, detail="the request failed in the program: TypeError")
    assert delete_there(sqlite_engine, there, 1, "", ACT) == broken
    monkeypatch.setattr(there.accounts[TELEGRAM, "ru"], "edit", None)
    assert isinstance(edit_there(sqlite_engine, there, 1, "", ACT, message("иначе", 2)), Impossible)


def test_what_the_channel_does_not_allow_is_said(sqlite_engine: Engine, opened: OpenOutside) -> None:
    put(sqlite_engine, State.SENT, sent=[{"id": "", "url": "https://x.example/1"}])
    not_allowed, no_id = Impossible(fault=Fault.NOT_ALLOWED), Impossible(fault=Fault.NO_ID)
    assert delete_there(sqlite_engine, opened(ABLE), 1, "", ACT) == no_id
    assert delete_there(sqlite_engine, opened(ABLE, langs=("ky",)), 1, "", ACT) == not_allowed
    with sqlite_engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).values(sent=[{"id": "1", "url": ""}]))
    assert delete_there(sqlite_engine, opened(), 1, "", ACT) == not_allowed
    assert edit_there(sqlite_engine, opened(), 1, "", ACT, message()) == not_allowed


def test_lists_show_what_waits_for_a_person_first(engine: Engine) -> None:
    keep(engine, "a", "b", "c", langs=("ky", "ru"))
    with engine.begin() as conn:
        conn.execute(update(table_of(Delivery)).where(table_of(Delivery).c.id == 2).values(state="dead"))
        conn.execute(update(table_of(Delivery)).where(table_of(Delivery).c.id == 4).values(state="unknown"))
    with reader(engine) as conn:
        wishes: list[Wish] = [
            Wish(),
            Wish(most=2),
            Wish(lang="ky"),
            Wish(event="c"),
            Wish(before=3),
            Wish(states=(State.DEAD, State.APPROVED), channel=TELEGRAM, most=3),
        ]
        found = [[row["id"] for row in deliveries(conn, wish)] for wish in wishes]
        assert delivery(conn, 99) is None
    assert found == [[4, 2, 6, 5, 3, 1], [4, 2], [5, 3, 1], [6, 5], [2, 1], [2, 6, 5]]
