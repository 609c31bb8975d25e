"""The pure rules: how long to wait, and what becomes of a delivery by what is known of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.channels.protocol import CannotAsk, Later, Lost, NotFound, Outcome, Refused, Remote, Revoked, Sent
from publish.message import as_json
from publish.outbox.judging import Seen, Tried, after_question, after_try, before_try, may_find
from publish.outbox.waiting import LONGEST, PROBE, SHORTEST, back_off, may_repeat, next_look, next_try
from tests.publish.outbox.abilities import KEYLESS
from tests.publish.outbox.fake_channel import NOW
from tests.publish.outbox.posting import message
from vocab.posts import DeliveryState as State
from vocab.posts import may_move

HOUR = timedelta(hours=1)
KEYED = replace(KEYLESS, repeat_is_safe_for=HOUR)
THERE = Sent(remote=Remote(id="1"))
OUTCOMES = (
    THERE,
    Later(cause="c"),
    Later(cause="c", whole_channel=True),
    Later(cause="c", at=NOW + HOUR, whole_channel=True),
    Refused(cause="c"),
    Revoked(cause="c"),
    Lost(cause=""),
)


def row(**more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {"message": as_json(message(parts=2)), "sent": [], "started_at": NOW, "attempts": 1}
    return known | {"untold": None, "expires_at": None} | more


def tried(*, repeated: bool = False, can_find: bool = True, **more: Any) -> Tried:
    return Tried(row=row(**more), repeated=repeated, can_find=can_find, now=NOW, chance=0.5)


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_waiting_grows_to_an_hour_and_is_never_less_than_half_of_it(attempts: int, chance: float) -> None:
    wait = back_off(attempts, chance)
    assert SHORTEST / 2 <= wait <= LONGEST
    assert back_off(attempts + 1, chance) >= wait
    assert back_off(attempts, 0) / 2 <= wait <= back_off(attempts, 0)


def test_the_channels_own_time_goes_before_ours_unless_it_is_over() -> None:
    assert next_try(Later(cause="", at=NOW + HOUR), 1, NOW, 0) == NOW + HOUR
    assert next_try(Later(cause="", at=NOW - HOUR), 1, NOW, 0) == NOW + SHORTEST
    assert next_try(Later(cause=""), 2, NOW, 0) == NOW + 2 * SHORTEST


def test_the_channel_is_asked_more_and_more_seldom_and_after_an_hour_no_more() -> None:
    waits = [timedelta(), timedelta(minutes=5), timedelta(minutes=59), HOUR]
    looks = [next_look(NOW - since, NOW) for since in waits]
    assert looks == [NOW + timedelta(minutes=1), NOW + timedelta(minutes=5), NOW + timedelta(minutes=59), None]
    assert next_look(NOW + HOUR, NOW) == NOW + timedelta(minutes=1), "the clock was set back"


@pytest.mark.parametrize(
    ("since", "latest", "may"),
    [
        (timedelta(), None, True),
        (HOUR - timedelta(seconds=1), NOW, True),
        (HOUR, NOW, False),
        (timedelta(minutes=1), NOW + timedelta(seconds=1), False),
        (-timedelta(minutes=1), None, False),
    ],
)
def test_a_key_is_used_again_only_within_its_time_and_by_a_clock_that_can_be_trusted(
    since: timedelta, latest: Any, may: bool
) -> None:
    assert may_repeat(KEYED, NOW - since, NOW, latest) is may
    assert not may_repeat(KEYLESS, NOW - since, NOW, latest)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=repr)
@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("sent", [[], [{"id": "0", "url": ""}]], ids=["first", "last"])
def test_every_outcome_leads_along_the_known_ways_and_only_what_is_sure_is_free_again(
    outcome: Outcome, repeated: bool, sent: list[Any]
) -> None:
    ruling = after_try(outcome, tried(repeated=repeated, sent=sent))
    assert ruling.after is State.CLAIMED or may_move(State.CLAIMED, ruling.after)
    unsure = not isinstance(outcome, Sent) and (repeated or isinstance(outcome, Lost))
    assert (ruling.after is State.UNKNOWN) is unsure
    assert ("started_at" in ruling.values) is not unsure
    if ruling.after in {State.FAILED, State.UNKNOWN}:
        assert ruling.values["due_at"] > NOW
        assert ruling.values["cause"], "of what waits the failed has a cause"
    expected = {Revoked: NOW + PROBE, Later: NOW + HOUR}.get(type(outcome))
    if isinstance(outcome, Later) and (not outcome.whole_channel or not outcome.at):
        expected = NOW + back_off(1, 0.5) if outcome.whole_channel else None
    assert ruling.hold_until == expected


def test_a_channel_that_tells_nothing_leaves_it_to_a_person_at_once() -> None:
    assert after_try(Lost(cause="c"), tried(can_find=False)).values["due_at"] is None
    assert not may_find(KEYLESS)
    assert may_find(KEYED)
    assert may_find(replace(KEYLESS, can_ask=True))


@pytest.mark.parametrize(
    ("found", "repeatable", "after", "due"),
    [
        (THERE, False, State.APPROVED, NOW),
        (NotFound(surely=True), False, State.UNKNOWN, NOW + timedelta(minutes=1)),
        (NotFound(surely=False), True, State.APPROVED, NOW),
        (CannotAsk(cause="c"), True, State.UNKNOWN, NOW + timedelta(minutes=1)),
        (None, False, State.UNKNOWN, None),
        (None, True, State.APPROVED, NOW),
    ],
)
def test_what_was_asked_for_is_sent_again_only_under_a_key_that_is_safe(
    found: Any, repeatable: bool, after: State, due: Any
) -> None:
    ruling = after_question(found, row(), NOW, repeatable=repeatable)
    assert (ruling.after, ruling.values["due_at"]) == (after, due)
    assert ("started_at" in ruling.values) is (found is THERE), "a try that is repeated keeps its first moment"
    whole = after_question(THERE, row(sent=[{"id": "0", "url": ""}]), NOW, repeatable=False)
    assert whole.after is State.SENT


PART = [{"id": "0", "url": ""}]
CARD = as_json(message()) | {"picture": {"file": "a.png", "alt": "", "media_type": "image/png"}}


@pytest.mark.parametrize(
    ("known", "seen", "after"),
    [
        ({}, {}, None),
        ({}, {"held": True}, State.APPROVED),
        ({"untold": "f1"}, {}, State.WITHDRAWN),
        ({"untold": "f1", "sent": PART}, {}, State.SENT),
        ({}, {"gone": True}, State.WITHDRAWN),
        ({"expires_at": NOW}, {}, State.LAPSED),
        ({"expires_at": NOW, "sent": PART}, {}, None),
        ({"expires_at": NOW + HOUR}, {}, None),
        ({"message": CARD}, {"lacks_picture": True}, State.DEAD),
        ({"message": CARD}, {}, None),
        ({"message": CARD, "sent": PART}, {"lacks_picture": True}, None),
        ({"started_at": NOW}, {}, State.UNKNOWN),
        ({"started_at": NOW}, {"repeatable": True}, None),
        ({"started_at": NOW, "untold": "f1"}, {"repeatable": True}, None),
        ({"started_at": NOW}, {"repeatable": True, "held": True}, State.APPROVED),
    ],
)
def test_the_last_look(known: dict[str, Any], seen: dict[str, bool], after: State | None) -> None:
    looked = Seen(
        row=row(**{"started_at": None, **known}),
        **({"held": False, "gone": False, "lacks_picture": False, "repeatable": False} | seen),
    )
    ruling = before_try(looked, NOW)
    assert (ruling.after if ruling else None) == after
    assert ruling is None or may_move(State.CLAIMED, ruling.after)
