"""Sittings by a person's word: entered by hand, called off, or now another sitting. The transaction is the caller's."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection

from db.audit import Act, append
from db.batches import delete_where, rows_where
from db.engine import take_turn
from db.moves import MOVED, follow, moves
from db.observations import Observation
from db.pending import mark_pending
from db.planning import Duty, PlannedSitting, SittingMark
from db.sittings import Sitting
from db.upsert import upsert
from tracker.identify.sittings import rewrite_sittings
from tracker.marks import CANCELLED, marked
from tracker.places import refuse_unknown_sitting
from vocab.bodies import Body
from vocab.errors import UsageError
from vocab.ids import sitting_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A sitting as a person enters it. `committee` is its full name, as agendas write it."""

    body: Body
    day: date
    title: str
    committee: str | None = None
    starts_at: time | None = None
    place: str | None = None
    extraordinary: bool = False

    @property
    def id(self) -> str:
        """The id that an agenda of this sitting gives: it joins this one and doubles nothing."""
        return sitting_id(self.body, self.day, committee=self.committee, extraordinary=self.extraordinary)


def plan_sitting(conn: Connection, plan: Plan, act: Act) -> str:
    """Enter a sitting, or enter it anew; gives its id. Pages that tell of it, now or later, speak before a person.

    Raises UsageError where a committee's sitting names no committee, or the plenary one.
    """
    if (plan.body is Body.COMMITTEE) != bool(plan.committee):
        raise UsageError("a committee's sitting names its committee, the plenary none")
    take_turn(conn)
    row = asdict(plan) | {"id": plan.id, "body": plan.body.value, "planned_by": act.who, "planned_at": act.at}
    upsert(conn, PlannedSitting, [row], key=("id",))
    rewrite_sittings(conn, [plan.id])
    detail = {"starts_at": plan.starts_at.isoformat()} if plan.starts_at else {}
    typed = {"title": plan.title, "place": plan.place}
    _note(conn, act, "sitting planned", plan.id, detail, {name: words for name, words in typed.items() if words})
    return plan.id


def drop_plan(conn: Connection, sitting: str, act: Act) -> None:
    """Take back a sitting that was entered by mistake, with its duties; what pages tell of it stays.

    Raises UsageError where it was not entered by hand, and where observers wrote notes of it: mark it then.
    """
    take_turn(conn)
    if not rows_where(conn, PlannedSitting, "id", [sitting]):
        raise UsageError(f"{sitting} was not entered by hand")
    if rows_where(conn, Observation, "sitting_id", [sitting]):
        raise UsageError(f"observers wrote notes of {sitting}: mark it as called off or moved, nothing is lost then")
    delete_where(conn, PlannedSitting, "id", [sitting])
    rewrite_sittings(conn, [sitting])
    if not rows_where(conn, Sitting, "id", [sitting]):
        delete_where(conn, Duty, "sitting_id", [sitting])
    _note(conn, act, "plan of a sitting dropped", sitting, {})


def call_off(conn: Connection, sitting: str, reason: str, act: Act) -> None:
    """A sitting will not take place, and the parliament's site does not tell it. Raises UsageError for no sitting."""
    take_turn(conn)
    refuse_unknown_sitting(conn, sitting)
    _mark(conn, sitting, CANCELLED, None, reason, act)


def move(conn: Connection, sitting: str, to: str, reason: str, act: Act) -> None:
    """A sitting is another one now, or always was: notes and duties go there.

    `sitting` may be unknown: that is how notes of it are placed. Raises UsageError where `to` is no sitting, or where
    the move would lead in a circle.
    """
    take_turn(conn)
    refuse_unknown_sitting(conn, to)
    if follow(moves(conn), to) == sitting or to == sitting:
        raise UsageError(f"{to} was moved to {sitting}: take that back first")
    _mark(conn, sitting, MOVED, to, reason, act)


def unmark(conn: Connection, sitting: str, act: Act) -> None:
    """Take a mark back: it takes place as announced. Without a mark nothing changes."""
    take_turn(conn)
    mark = marked(conn, [sitting]).get(sitting)
    if mark is None:
        return
    delete_where(conn, SittingMark, "sitting_id", [sitting])
    _look_again(conn, [sitting, mark["moved_to"]])
    _note(conn, act, "mark of a sitting taken back", sitting, {"change": mark["change"], "to": mark["moved_to"]})


def _mark(conn: Connection, sitting: str, change: str, to: str | None, reason: str, act: Act) -> None:
    before = marked(conn, [sitting]).get(sitting, {})
    row = {"sitting_id": sitting, "change": change, "moved_to": to, "reason": reason}
    upsert(conn, SittingMark, [row | {"marked_by": act.who, "marked_at": act.at}], key=("sitting_id",))
    _look_again(conn, [sitting, to, before.get("moved_to")])
    _note(conn, act, f"sitting {change}", sitting, {"to": to}, {"reason": reason})


def _look_again(conn: Connection, sittings: Iterable[str | None]) -> None:
    """Their notes changed places: the next `track` judges them anew."""
    known = sorted({one for one in sittings if one})
    planned = rows_where(conn, PlannedSitting, "id", known)
    rewrite_sittings(conn, [row["id"] for row in planned])
    mark_pending(conn, "sitting", known)


def _note(
    conn: Connection,
    act: Act,
    action: str,
    sitting: str,
    detail: Mapping[str, Any],
    typed: Mapping[str, str] | None = None,
) -> None:
    append(conn, act, action=action, target=f"sitting:{sitting}", detail=detail, typed=typed)
