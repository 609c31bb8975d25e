"""Erasing a person who had an account: who it was goes, what was noted and decided stays under the account's number.

The audit chain stays whole, for nothing under its hashes tells who somebody was (`db.audit`).
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Connection, delete, null, select, update
from sqlmodel import SQLModel

from db.accounts import Account, erase
from db.annotations import TopicDecision
from db.audit import Act, Audit
from db.bills import BillsApart
from db.facts import StatedFact
from db.findings import FindingReview
from db.links import LinkChange, LinkDecision
from db.media import Interview, LiveVideo
from db.observations import Observation
from db.outbox import ChannelState, Delivery, DeliveryStep
from db.planning import AccessRequest, CalendarLink, PlannedSitting, Reminder, SittingMark
from db.remarks import RemarkDecision
from db.upsert import table_of
from db.users import Ticket, UserSession

BLANK = "█████"
_GONE: tuple[type[SQLModel], ...] = (UserSession, Ticket, CalendarLink, Reminder)
_TYPED: tuple[tuple[type[SQLModel], str], ...] = (
    (FindingReview, "reason"),
    (LinkDecision, "reason"),
    (LinkChange, "reason"),
    (BillsApart, "reason"),
    (TopicDecision, "reason"),
    (StatedFact, "withdrawn_reason"),
    (LiveVideo, "withdrawn_reason"),
    (Interview, "approved_how"),
    (Interview, "withdrawn_reason"),
    (PlannedSitting, "title"),
    (SittingMark, "reason"),
    (AccessRequest, "note"),
    (RemarkDecision, "reason"),
    (RemarkDecision, "answer"),
    (Observation, "value"),
    (Delivery, "cause"),
    (DeliveryStep, "cause"),
    (ChannelState, "reason"),
)
"""Where people type what they like, and may name a colleague."""


def erase_person(conn: Connection, account: Account, *, act: Act) -> dict[str, int]:
    """Erase who somebody was; gives how many rows were deleted or blanked, by table.

    Sessions, links, the calendar's address and letters are deleted; the phone's id is taken off the notes; full name
    and e-mail are blanked in what others typed, in the form that the account had. Raises UsageError for the only
    active admin, and for an account that was erased.
    """
    names = _names(account)
    erase(conn, account.id, act=act)
    done = {"account": 1}
    for model in _GONE:
        table = table_of(model)
        done[table.name] = conn.execute(delete(table).where(table.c.user_id == account.id)).rowcount
    notes = table_of(Observation)
    own = (notes.c.observer == str(account.id), notes.c.device.is_not(None))
    conn.execute(update(notes).where(*own).values(device=None))
    done["audit"] = _forget_words(conn, account, names)
    if names:
        for model, column in _TYPED:
            table = table_of(model)
            done[table.name] = done.get(table.name, 0) + _blank(conn, table.c[column], names)
    return done


def _names(account: Account) -> re.Pattern[str] | None:
    """The e-mail and the full name, either way round; one word alone may be a deputy's name, and is not looked for."""
    words = account.name.split()
    full = {" ".join(words), " ".join(reversed(words))} if len(words) > 1 else set()
    wanted = sorted(full | ({account.login} if "@" in account.login else set()))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)", re.IGNORECASE) if wanted else None


def _forget_words(conn: Connection, account: Account, names: re.Pattern[str] | None) -> int:
    """Empty what was typed in acts upon the account, and where it names the person: the chain covers its hash only."""
    table = table_of(Audit)
    rows = conn.execute(select(table.c.id, table.c.target, table.c.typed).where(table.c.salt.is_not(None))).all()
    own = f"account:{account.id}"
    found = [
        row.id for row in rows if row.target == own or (names and names.search(" ".join((row.typed or {}).values())))
    ]
    for number in found:
        conn.execute(update(table).where(table.c.id == number).values(typed=null(), salt=None))
    return len(found)


def _blank(conn: Connection, column: Column[Any], names: re.Pattern[str]) -> int:
    """Blank the names in one column; gives in how many rows."""
    table = column.table
    keys = list(table.primary_key.columns)
    changed = 0
    for row in conn.execute(select(*keys, column.label("typed"))).mappings().all():
        blanked = _without(row["typed"], names)
        if blanked != row["typed"]:
            same = [key == row[key.name] for key in keys]
            conn.execute(update(table).where(*same).values({column.name: blanked}))
            changed += 1
    return changed


def _without(value: Any, names: re.Pattern[str]) -> Any:
    """A text, or the texts in a note, without the names."""
    if isinstance(value, str):
        return names.sub(BLANK, value)
    if isinstance(value, Mapping):
        return {key: _without(one, names) for key, one in value.items()}
    return [_without(one, names) for one in value] if isinstance(value, list) else value
