import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from db.audit import append, head, verify
from db.engine import reader

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def test_many_at_once_make_one_chain(engine: Engine) -> None:
    def act(who: str) -> None:
        for number in range(10):
            with engine.begin() as conn:
                append(conn, at=NOW, who=who, action="test", target="чай", detail={"n": number, "b": [1.5, None]})

    threads = [threading.Thread(target=act, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reader(engine) as conn:
        assert (head(conn)[0], verify(conn)) == (40, None)


@pytest.mark.parametrize(
    ("damage", "row", "reason"),
    [
        ("UPDATE audit SET who = 'somebody else' WHERE id = 2", 2, "changed"),
        ("DELETE FROM audit WHERE id = 2", 3, "row 2 is missing"),
        ("DELETE FROM audit WHERE id = 1; UPDATE audit SET id = id - 1", 1, "does not continue"),
    ],
)
def test_a_row_changed_by_hand_is_found(engine: Engine, damage: str, row: int, reason: str) -> None:
    with engine.begin() as conn:
        for number in range(3):
            append(conn, at=NOW, who="a", action="test", target=str(number))
    with engine.begin() as conn:
        for statement in damage.split(";"):
            conn.execute(text(statement))
    with reader(engine) as conn:
        broken = verify(conn)
    assert broken is not None
    assert broken.id == row
    assert reason in broken.reason
