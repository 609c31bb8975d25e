"""Observers' notes come in: idempotent by the device's uuid, append-only, corrected by a later note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, select

from db.batches import rows_where
from db.engine import reader
from db.moves import follow, former, moves
from db.observations import Observation
from db.pending import mark_pending
from db.sittings import Sitting
from db.upsert import table_of, upsert
from tracker.editions import RuleBook
from tracker.note_reading import Note, NoteFault, Refusal, read_note
from tracker.noted_items import Items, items_of
from tracker.rows import local_day

CLOCK_IS_RIGHT = timedelta(minutes=2)


class Status(StrEnum):
    """What became of a note."""

    RECEIVED = "received"
    KNOWN = "known"
    REFUSED = "refused"


class Mark(StrEnum):
    """What the coordinator should know of a note."""

    CLOCK_CORRECTED = "clock_corrected"
    OTHER_DAY = "other_day"
    TWO_DEVICES = "two_devices"


class Unplaced(StrEnum):
    """Why a note that was kept belongs to no sitting yet."""

    SITTING_UNKNOWN = "sitting_unknown"
    SITTING_CANCELLED = "sitting_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a device sends. `device_now` is its clock at that moment, None where it has no clock of its own."""

    observer: str
    notes: Sequence[Any]
    device: str | None = None
    device_now: datetime | None = None

    def offset(self, now: datetime) -> timedelta:
        """What has to be added to the device's clock, in whole seconds."""
        if self.device_now is None:
            return timedelta()
        return timedelta(seconds=round((now - self.device_now).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one note; `fault` and `field` of one that was refused."""

    uuid: str | None
    status: Status
    fault: NoteFault | None = None
    field: str | None = None
    marks: tuple[Mark, ...] = ()
    unplaced: Unplaced | None = None


def known_grounds(book: RuleBook) -> frozenset[str]:
    """The grounds of combined readings that any edition of the rules names."""
    named = (rule.parameters.get("grounds", ()) for rule in book.rules if rule.id == "R02")
    return frozenset(ground for grounds in named for ground in grounds)


def receive_notes(engine: Engine, batch: Batch, *, now: datetime, book: RuleBook) -> list[Answer]:
    """Keep what can be kept of a batch; an answer for each note, in their order.

    A note that was kept before changes nothing. The sittings are looked at again by the next `track`.
    """
    grounds = known_grounds(book)
    read = [read_note(said, grounds) for said in batch.notes]
    notes = [one for one in read if isinstance(one, Note)]
    with engine.begin() as conn:
        desk = _Desk(conn, batch, now, notes)
        answers = [_refused(one) if isinstance(one, Refusal) else desk.take(one) for one in read]
        lost = desk.keep()
    return [_conflict(one.uuid) if one.uuid in lost else one for one in answers]


def check_notes(engine: Engine, batch: Batch, *, now: datetime, book: RuleBook) -> list[Answer]:
    """What `receive_notes` would answer; nothing is kept."""
    grounds = known_grounds(book)
    read = [read_note(said, grounds) for said in batch.notes]
    with reader(engine) as conn:
        desk = _Desk(conn, batch, now, [one for one in read if isinstance(one, Note)])
        return [_refused(one) if isinstance(one, Refusal) else desk.take(one) for one in read]


def _refused(refusal: Refusal) -> Answer:
    return Answer(uuid=refusal.uuid, status=Status.REFUSED, fault=refusal.fault, field=refusal.field)


def _conflict(uuid: str | None) -> Answer:
    return _refused(Refusal(uuid, NoteFault.CONFLICT, "uuid"))


@dataclass(slots=True)
class _Desk:
    """A batch against what is known: every note is answered, what is new is kept at the end."""

    conn: Connection
    batch: Batch
    now: datetime
    notes: Sequence[Note]
    known: dict[str, Mapping[str, Any]] = field(init=False)
    sittings: dict[str, Mapping[str, Any]] = field(init=False)
    new: dict[str, dict[str, Any]] = field(init=False, default_factory=dict)
    others: set[str] = field(init=False)
    items: Items = field(init=False)

    def __post_init__(self) -> None:
        wanted = {note.uuid for note in self.notes} | {note.corrects for note in self.notes if note.corrects}
        self.known = {row["uuid"]: row for row in rows_where(self.conn, Observation, "uuid", wanted)}
        now_at = moves(self.conn)
        named = {note.sitting: follow(now_at, note.sitting) for note in self.notes}
        there = {row["id"]: row for row in rows_where(self.conn, Sitting, "id", named.values())}
        self.sittings = {name: there[now] for name, now in named.items() if now in there}
        self.others = self._seen_by_another_device(named)
        about = {note.sitting for note in self.notes if note.item is not None and "bill" not in note.value}
        self.items = items_of(self.conn, {named[one] for one in about})

    def _seen_by_another_device(self, sittings: Iterable[str]) -> set[str]:
        """The sittings of which this observer sent notes from another device."""
        own = table_of(Observation).c
        rows = self.conn.execute(
            select(own.sitting_id)
            .distinct()
            .where(own.observer == self.batch.observer, own.sitting_id.in_(sorted(sittings)))
            .where(own.device.is_not(None), own.device != self.batch.device)
        )
        return set(rows.scalars()) if self.batch.device else set()

    def take(self, note: Note) -> Answer:
        """The answer to a note; it is kept later."""
        same = self.known.get(note.uuid) or self.new.get(note.uuid)
        if same is not None:
            is_same = (same["observer"], same["digest"]) == (self.batch.observer, note.digest)
            return Answer(uuid=note.uuid, status=Status.KNOWN) if is_same else _conflict(note.uuid)
        fault = self._fault_of_correction(note)
        if fault:
            return _refused(Refusal(note.uuid, fault, "corrects"))
        row = self.new[note.uuid] = self._row(note)
        return Answer(
            uuid=note.uuid,
            status=Status.RECEIVED,
            marks=tuple(map(Mark, (row["marks"] or "").split())),
            unplaced=unplaced(self.sittings.get(note.sitting)),
        )

    def _fault_of_correction(self, note: Note) -> NoteFault | None:
        if note.corrects is None:
            return None
        former = self.known.get(note.corrects) or self.new.get(note.corrects)
        if former is None:
            return NoteFault.CORRECTS_UNKNOWN
        is_own = (former["observer"], former["kind"]) == (self.batch.observer, note.kind)
        return None if is_own else NoteFault.CORRECTS_OTHER

    def _row(self, note: Note) -> dict[str, Any]:
        offset = self.batch.offset(self.now)
        observed_at = note.device_at + offset
        sitting = self.sittings.get(note.sitting)
        day: date = sitting["day"] if sitting else local_day(observed_at)
        marks = self._marks(note, offset, is_other_day=local_day(observed_at) != day)
        return {
            "uuid": note.uuid,
            "sitting_id": note.sitting,
            "kind": note.kind.value,
            "value": self._value(note, observed_at),
            "day": day,
            "observer": self.batch.observer,
            "observed_at": observed_at,
            "received_at": self.now,
            "corrects": note.corrects,
            "device": self.batch.device,
            "device_at": note.device_at,
            "clock_offset": int(offset.total_seconds()),
            "form_version": note.form_version,
            "digest": note.digest,
            "marks": " ".join(marks) or None,
        }

    def _value(self, note: Note, observed_at: datetime) -> dict[str, Any]:
        """With the bill that stands at this place of the agenda now, where the line was the same then."""
        sitting = self.sittings.get(note.sitting, {})
        item = self.items.get((sitting.get("id", ""), note.item)) if note.item is not None else None
        return {"bill": item.bill_id, **note.value} if item and item.was_meant(observed_at) else dict(note.value)

    def _marks(self, note: Note, offset: timedelta, *, is_other_day: bool) -> list[Mark]:
        marked = {
            Mark.CLOCK_CORRECTED: abs(offset) > CLOCK_IS_RIGHT,
            Mark.OTHER_DAY: is_other_day,
            Mark.TWO_DEVICES: note.sitting in self.others,
        }
        return [mark for mark, holds in marked.items() if holds]

    def keep(self) -> set[str]:
        """Write what is new; gives the uuids under which somebody else's note was written meanwhile."""
        upsert(self.conn, Observation, list(self.new.values()), key=("uuid",), update=())
        kept = {row["uuid"]: row for row in rows_where(self.conn, Observation, "uuid", self.new)}
        own = ("observer", "digest")
        lost = {uuid for uuid, row in self.new.items() if any(kept[uuid][name] != row[name] for name in own)}
        placed = [uuid for uuid, row in self.new.items() if row["sitting_id"] in self.sittings and uuid not in lost]
        mark_pending(self.conn, "observation", sorted(placed))
        return lost


def unplaced(sitting: Mapping[str, Any] | None) -> Unplaced | None:
    """Why notes of this sitting (a row of the table, None where there is none) are not placed; None: they are."""
    if sitting is None:
        return Unplaced.SITTING_UNKNOWN
    return Unplaced.SITTING_CANCELLED if sitting["cancelled"] else None


def own_notes(conn: Connection, observer: str, sitting: str) -> list[Mapping[str, Any]]:
    """All notes of an observer on a sitting, corrected and withdrawn ones too, in the order in which they were made."""
    rows = rows_where(conn, Observation, "sitting_id", former(moves(conn), [sitting]), observer=observer)
    return sorted(rows, key=lambda row: (row["observed_at"], row["uuid"]))
