"""A person's decisions about which record speaks of which bill, and which bills are one. They stand above computation.

Each is written with its reason, logged, and takes effect at once; another decision undoes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete

from db.audit import Act, append
from db.batches import rows_where
from db.bills import Bill, BillAlias, BillsApart
from db.engine import take_turn
from db.links import Link, LinkChange, LinkDecision
from db.upsert import table_of, upsert
from tracker.dirty import Batch
from tracker.identify.bill_index import BillIndex
from tracker.identify.bill_keys import Spot
from tracker.identify.drafts import drafts_at
from tracker.identify.known_bills import known_bills
from tracker.identify.merging import (
    APART,
    BILL,
    MERGED,
    MOVED,
    RELEASED,
    SPLIT,
    Merge,
    absorb,
    aliases_of,
    apart_pairs,
    change_row,
    current_ids,
    in_age,
    log,
    loosen,
)
from tracker.identify.resolver import DECIDED
from tracker.judging import Rules
from tracker.link_turns import drop_decision, last_at, last_of, refuse_older
from tracker.places import find_bill, find_spot
from tracker.run import TrackCounts, Work
from vocab.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided, why, when. Raises UsageError for an empty reason.

    `seen` is the number of the last change of the place, or of the bills, that the person saw (0: none; None: whatever
    stands), see `tracker.link_turns`.
    """

    who: str
    reason: str
    now: datetime
    seen: int | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise UsageError("a decision needs a reason: --reason «…»")

    def said(self) -> dict[str, Any]:
        """For a row of the log."""
        return {"method": DECIDED, "who": self.who, "reason": self.reason}


def decide(
    engine: Engine, record: str, bill: str | None, decision: Decision, *, place: str | None = None
) -> str | None:
    """The record (or a place in it) speaks of this bill, None: of no bill; gives the bill's id of today.

    Raises UsageError for a record, place or bill that is not there.
    """
    with engine.begin() as conn:
        take_turn(conn)
        spot = find_spot(conn, record, place)
        refuse_older(decision.seen, last_at(conn, spot, BILL))
        wanted = None if bill is None else find_bill(conn, bill)
        before = _link(conn, spot)
        _bind(conn, {spot: wanted}, decision)
        log(conn, [change_row(MOVED, spot, (_bill_of(before), wanted), decision.now, **decision.said())])
        _note(conn, decision, "link decided", ":".join(spot), {"bill": wanted})
        _take_in(conn, [spot], decision, {one for one in (_bill_of(before), wanted) if one})
    return wanted


def merge(engine: Engine, one: str, other: str, decision: Decision) -> str:
    """Two bills are one; gives the id that stays, the older one. Raises UsageError for one bill twice, or none."""
    with engine.begin() as conn:
        take_turn(conn)
        ids = {find_bill(conn, one), find_bill(conn, other)}
        if len(ids) == 1:
            raise UsageError(f"{one} and {other} are one bill already")
        refuse_older(decision.seen, last_of(conn, ids))
        kept, gone = in_age(rows_where(conn, Bill, "id", ids))
        _part(conn, kept, gone, None)
        absorb(conn, Merge(kept=kept, gone=gone, **decision.said()), decision.now)
        _note(conn, decision, "bills merged", kept, {"gone": gone})
        _take_in(conn, [], decision, {kept, gone})
    return kept


def split(engine: Engine, what: str, decision: Decision, *, place: str | None = None) -> str:
    """The record speaks of another bill than the one that it is linked to: of one of its own; gives that bill's id.

    `what` may be an id that a bill had before a merge: then everything that came with it goes back. Raises UsageError
    where there is nothing to split.
    """
    with engine.begin() as conn:
        take_turn(conn)
        absorbed = current_ids(conn, [what]).get(what)
        if absorbed:
            refuse_older(decision.seen, last_of(conn, [what, absorbed]))
            return _undo(conn, what, absorbed, decision)
        spot = find_spot(conn, what, place)
        refuse_older(decision.seen, last_at(conn, spot, BILL))
        before = _bill_of(_link(conn, spot))
        if before is None or len(rows_where(conn, Link, "dossier_id", [before], dossier_type=BILL)) == 1:
            raise UsageError(f"{what} is not linked to a bill that other records speak of: there is nothing to split")
        new = _own_bill(conn, spot)
        _leave(conn, {spot: before}, new, decision)
    return new


def apart(engine: Engine, one: str, other: str, decision: Decision) -> None:
    """Two bills are two, whatever proposes that they are one. Raises UsageError for a bill that is not there."""
    with engine.begin() as conn:
        take_turn(conn)
        left, right = find_bill(conn, one), find_bill(conn, other)
        if left == right:
            raise UsageError(f"{one} and {other} are one bill: `baikoo link split` parts them")
        refuse_older(decision.seen, last_of(conn, [left, right]))
        _part(conn, left, right, decision)
        log(conn, [change_row(APART, (BILL, left, ""), (left, right), decision.now, **decision.said())])
        _note(conn, decision, "bills kept apart", left, {"other": right})


def join_again(engine: Engine, one: str, other: str, decision: Decision) -> None:
    """Two bills that were kept apart may be one again. Raises UsageError where nobody kept them apart."""
    with engine.begin() as conn:
        take_turn(conn)
        left, right = find_bill(conn, one), find_bill(conn, other)
        if frozenset((left, right)) not in apart_pairs(conn, [left, right]):
            raise UsageError(f"{one} and {other} are not kept apart")
        refuse_older(decision.seen, last_of(conn, [left, right]))
        _part(conn, left, right, None)
        log(conn, [change_row(RELEASED, (BILL, left, ""), (left, right), decision.now, **decision.said())])
        _note(conn, decision, "bills no longer kept apart", left, {"other": right})


def release(engine: Engine, record: str, decision: Decision, *, place: str | None = None) -> None:
    """What a person decided of a record is taken back: the keys and the words decide again.

    Raises UsageError where nobody decided.
    """
    with engine.begin() as conn:
        take_turn(conn)
        spot = find_spot(conn, record, place)
        refuse_older(decision.seen, last_at(conn, spot, BILL))
        before = _bill_of(_link(conn, spot))
        drop_decision(conn, spot, BILL)
        log(conn, [change_row(RELEASED, spot, (before, None), decision.now, **decision.said())])
        _note(conn, decision, "link decision taken back", ":".join(spot), {"before": before})
        loosen(conn, [spot])
        _take_in(conn, [spot], decision, {before} if before else set())


def _undo(conn: Connection, gone: str, kept: str, decision: Decision) -> str:
    """What a merge moved goes back, as far as it is still there."""
    rows = rows_where(conn, LinkChange, "before", [gone], dossier_type=BILL, change=MERGED)
    spots = {(row["record_type"], row["record_key"], row["place"]) for row in rows}
    still = {spot: kept for spot in sorted(spots) if _bill_of(_link(conn, spot)) == kept}
    if not drafts_at(conn, still):
        raise UsageError(f"nothing of {kept} came with {gone}: split its records one by one")
    _leave(conn, still, gone, decision)
    return gone


def _leave(conn: Connection, spots: Mapping[Spot, str], new: str, decision: Decision) -> None:
    """These places leave their bill for another one, and the two stay apart."""
    alias = table_of(BillAlias)
    conn.execute(delete(alias).where(alias.c.alias == new))
    _bind(conn, dict.fromkeys(spots, new), decision)
    for before in set(spots.values()):
        _part(conn, before, new, decision)
    changes = [
        change_row(SPLIT, spot, (before, new), decision.now, **decision.said()) for spot, before in spots.items()
    ]
    log(conn, changes)
    _note(conn, decision, "link split", new, {"places": [":".join(spot) for spot in spots]})
    _take_in(conn, list(spots), decision, {new, *spots.values()})


def _own_bill(conn: Connection, spot: Spot) -> str:
    """The id that a bill of this record alone gets. Raises UsageError for a record that is no draft."""
    drafts = [draft for draft in drafts_at(conn, [spot]) if draft.makes_bill]
    if not drafts:
        raise UsageError(f"{':'.join(spot)} does not name a draft: `baikoo link decide` says which bill it speaks of")
    known, _ = known_bills(conn, drafts, ())
    former = aliases_of(conn, filter(None, [_bill_of(_link(conn, spot))]))
    return BillIndex(known.but_free(former)).new_id(drafts[0])


def _link(conn: Connection, spot: Spot) -> Mapping[str, Any] | None:
    rows = rows_where(conn, Link, "record_key", [spot[1]], record_type=spot[0], place=spot[2], dossier_type=BILL)
    return rows[0] if rows else None


def _bill_of(link: Mapping[str, Any] | None) -> str | None:
    return link["dossier_id"] if link else None


def _bind(conn: Connection, spots: Mapping[Spot, str | None], decision: Decision) -> None:
    rows = []
    for spot, bill in spots.items():
        link = _link(conn, spot)
        row: dict[str, Any] = {"record_type": spot[0], "record_key": spot[1], "place": spot[2], "dossier_type": BILL}
        row |= {"dossier_id": bill, "written": link["written"] if link and spot[2] else None}
        rows.append(row | {"decided_by": decision.who, "decided_at": decision.now, "reason": decision.reason})
    upsert(conn, LinkDecision, rows, key=("record_type", "record_key", "place", "dossier_type"))
    loosen(conn, [spot for spot, bill in spots.items() if _bill_of(_link(conn, spot)) != bill])


def _part(conn: Connection, one: str, other: str, decision: Decision | None) -> None:
    """Note that two bills are two; without a decision: that they may be one."""
    left, right = sorted((one, other))
    table = table_of(BillsApart)
    conn.execute(delete(table).where(table.c.left == left, table.c.right == right))
    if decision:
        row = {"left": left, "right": right, "decided_by": decision.who, "decided_at": decision.now}
        upsert(conn, BillsApart, [row | {"reason": decision.reason}], key=("left", "right"))


def _note(conn: Connection, decision: Decision, action: str, target: str, detail: Mapping[str, Any]) -> None:
    act = Act(who=decision.who, at=decision.now)
    append(conn, act, action=action, target=target, detail=detail, typed={"reason": decision.reason})


def _take_in(conn: Connection, spots: Sequence[Spot], decision: Decision, bills: set[str]) -> None:
    """Understand the records anew, and judge the bills that they left or joined."""
    keys: dict[str, list[str]] = {}
    for record_type, key in sorted({spot[:2] for spot in spots}):
        keys.setdefault(record_type, []).append(key)
    Work(Rules.load(), TrackCounts(), decision.now).take_in(conn, Batch(keys), frozenset(bills))
