from datetime import UTC, datetime, timedelta

from vocab.posts import MOVES, WAITING, DeliveryState, is_due, may_move

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
State = DeliveryState


def test_every_state_says_where_it_may_go() -> None:
    assert set(MOVES) == set(State)


def test_what_may_be_at_the_channel_is_never_sent_again_by_the_program() -> None:
    sendable = {before for before in State if may_move(before, State.CLAIMED)}
    assert sendable == WAITING
    assert not may_move(State.UNKNOWN, State.FAILED)
    assert not may_move(State.SENT, State.APPROVED)
    assert not may_move(State.REFUSED, State.APPROVED)


def test_due_is_what_waits_and_whose_time_has_come() -> None:
    assert is_due(State.APPROVED, NOW, NOW)
    assert is_due(State.FAILED, NOW, NOW)
    assert not is_due(State.APPROVED, NOW + timedelta(seconds=1), NOW)
    assert not is_due(State.APPROVED, None, NOW)
    assert not is_due(State.UNKNOWN, NOW, NOW)
