import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from db.audit import Act, append, head, newest, verify
from db.engine import reader

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ACT = Act(who="user:7", at=NOW)


def test_many_at_once_make_one_chain(engine: Engine) -> None:
    def act(who: str) -> None:
        for number in range(10):
            with engine.begin() as conn:
                detail = {"n": number, "b": [1.5, None]}
                append(conn, Act(who=who, at=NOW), action="test", target="чай", detail=detail)

    threads = [threading.Thread(target=act, args=(f"user:{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reader(engine) as conn:
        assert (head(conn)[0], verify(conn)) == (40, None)


@pytest.mark.parametrize(
    ("damage", "row", "reason"),
    [
        ("UPDATE audit SET who = 'user:8' WHERE id = 2", 2, "changed"),
        ('UPDATE audit SET typed = \'{"reason":"так"}\' WHERE id = 2', 2, "what was typed was changed"),
        ("DELETE FROM audit WHERE id = 2", 3, "row 2 is missing"),
        ("DELETE FROM audit WHERE id = 1; UPDATE audit SET id = id - 1", 1, "does not continue"),
    ],
)
def test_a_row_changed_by_hand_is_found(engine: Engine, damage: str, row: int, reason: str) -> None:
    with engine.begin() as conn:
        for number in range(3):
            append(conn, ACT, action="test", target=str(number), typed={"reason": "не так"})
    with engine.begin() as conn:
        for statement in damage.split(";"):
            conn.exec_driver_sql(statement)
    with reader(engine) as conn:
        broken = verify(conn)
    assert broken is not None
    assert broken.id == row
    assert reason in broken.reason


def test_what_was_typed_can_be_erased_and_the_chain_stays_whole(engine: Engine) -> None:
    with engine.begin() as conn:
        for number in range(3):
            append(conn, ACT, action="test", target=str(number), typed={"reason": "Айгуль ошиблась"})
    with reader(engine) as conn:
        rows, before = newest(conn, 3), head(conn)
    assert len({row["typed_hash"] for row in rows}) == 3, "equal words have unequal hashes"
    with engine.begin() as conn:
        conn.execute(text("UPDATE audit SET typed = NULL, salt = NULL WHERE id = 2"))
    with reader(engine) as conn:
        assert (verify(conn), head(conn)) == (None, before)
