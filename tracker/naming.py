"""A person's decision about whom a written name means. It stands above computation, and can be taken back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine

from db.audit import Act, append
from db.batches import rows_where
from db.engine import take_turn
from db.links import Link, LinkDecision
from db.people import Person
from db.upsert import upsert
from tracker.dirty import Batch
from tracker.identify.bill_keys import Spot
from tracker.identify.merging import MOVED, RELEASED, change_row, log
from tracker.judging import Rules
from tracker.link_turns import drop_decision, last_at, refuse_older
from tracker.linking import Decision
from tracker.run import TrackCounts, Work
from vocab.errors import UsageError

PERSON = "person"


def decide_person(engine: Engine, spot: Spot, person: str | None, decision: Decision) -> None:
    """The name at this place means this person; None: nobody whom we know.

    Raises UsageError for a place without a name and for an unknown person, LinkedMeanwhile for an older view.
    """
    with engine.begin() as conn:
        take_turn(conn)
        link = name_at(conn, spot)
        refuse_older(decision.seen, last_at(conn, spot, PERSON))
        if person is not None and not rows_where(conn, Person, "id", [person]):
            raise UsageError(f"no person {person!r}")
        row: dict[str, Any] = {"record_type": spot[0], "record_key": spot[1], "place": spot[2], "dossier_type": PERSON}
        row |= {"dossier_id": person, "written": link["written"], "decided_by": decision.who}
        row |= {"decided_at": decision.now, "reason": decision.reason}
        upsert(conn, LinkDecision, [row], key=("record_type", "record_key", "place", "dossier_type"))
        _tell(conn, spot, MOVED, (link["dossier_id"], person), decision)


def release_person(engine: Engine, spot: Spot, decision: Decision) -> None:
    """What was decided of the name is taken back: it is computed again. Raises UsageError where nobody decided."""
    with engine.begin() as conn:
        take_turn(conn)
        link = name_at(conn, spot)
        refuse_older(decision.seen, last_at(conn, spot, PERSON))
        drop_decision(conn, spot, PERSON)
        _tell(conn, spot, RELEASED, (link["dossier_id"], None), decision)


def name_at(conn: Connection, spot: Spot) -> Mapping[str, Any]:
    """The link of the name at a place. Raises UsageError where there is none."""
    rows = rows_where(conn, Link, "record_key", [spot[1]], record_type=spot[0], place=spot[2], dossier_type=PERSON)
    if not rows:
        raise UsageError(f"no name at {':'.join(spot)}")
    return rows[0]


def _tell(
    conn: Connection, spot: Spot, change: str, persons: tuple[str | None, str | None], decision: Decision
) -> None:
    """Log what was decided, and let it take effect."""
    log(conn, [change_row(change, spot, persons, decision.now, **decision.said(), dossier_type=PERSON)])
    act = Act(who=decision.who, at=decision.now)
    detail = {"before": persons[0], "after": persons[1]}
    typed = {"reason": decision.reason}
    append(conn, act, action=f"name {change}", target=":".join(spot), detail=detail, typed=typed)
    Work(Rules.load(), TrackCounts(), decision.now).take_in(conn, Batch({spot[0]: [spot[1]]}))
