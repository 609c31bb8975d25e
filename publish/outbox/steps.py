"""The one place where a delivery goes from one state to another: its row, and the step that says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from db.outbox import Delivery, DeliveryStep
from db.upsert import table_of
from vocab.posts import DeliveryState, may_move

_DELIVERY = table_of(Delivery)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a step says: when, who did it ("" the program), and why."""

    at: datetime
    who: str = ""
    cause: str = ""


def step(number: int, before: str, after: str, note: Note) -> dict[str, str | int | datetime]:
    """The row of a step."""
    told: dict[str, str | int | datetime] = {"at": note.at, "who": note.who, "cause": note.cause}
    return told | {"delivery_id": number, "before": before, "after": after}


def keep_steps(conn: Connection, steps: Sequence[Mapping[str, Any]]) -> None:
    """Write down what happened."""
    if steps:
        conn.execute(insert(table_of(DeliveryStep)), list(steps))


def move(
    conn: Connection, row: Mapping[str, Any], after: DeliveryState, note: Note, values: Mapping[str, Any] | None = None
) -> bool:
    """Change a delivery as it was read; False, and nothing changed, where it is no longer in that state and hand.

    `values` are the columns that change with it. Raises ValueError for a move that `vocab.posts.MOVES` does not know:
    a mistake of the program.
    """
    before = DeliveryState(row["state"])
    if before is not after and not may_move(before, after):
        raise ValueError(f"delivery {row['id']}: no way leads from {before} to {after}")
    same = (_DELIVERY.c.id == row["id"], _DELIVERY.c.state == before.value, _DELIVERY.c.claim == row["claim"])
    changed = update(_DELIVERY).where(*same).values(**{"state": after.value, "changed_at": note.at, **(values or {})})
    if not conn.execute(changed).rowcount:
        return False
    keep_steps(conn, [step(row["id"], before.value, after.value, note)])
    return True
