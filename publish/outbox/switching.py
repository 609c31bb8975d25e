"""What holds a channel back: the kill switch, which people pull, and times that the channel itself named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, literal, or_, select

from db.audit import Act, append, take_audit_turn
from db.outbox import ChannelState, Delivery
from db.upsert import table_of, upsert
from publish.channels.registry import Account
from publish.outbox.answers import Answer, Done, Fault, Impossible
from vocab.posts import ChannelName

ALL = ""
"""The switch of all channels."""

_STATE, _DELIVERY = table_of(ChannelState), table_of(Delivery)
_EMPTY: Mapping[str, Any] = {"stopped_by": "", "stopped_at": None, "reason": "", "not_before": None, "cause": ""}


def account_key(account: Account) -> str:
    """An account as `channel_state` names it: what holds back one account does not hold back the others."""
    return f"{account[0].value}/{account[1]}"


def stop(conn: Connection, channel: ChannelName | None, reason: str, act: Act) -> Answer:
    """Pull the kill switch of a channel, or of all (None): nothing more is claimed, nor is what was claimed begun."""
    if not reason.strip():
        return Impossible(fault=Fault.REASON)
    take_audit_turn(conn)
    key = channel.value if channel else ALL
    _write(conn, key, act.at, stopped_by=act.who, stopped_at=act.at, reason=reason)
    append(conn, act, action="channel stop", target=f"channel:{key or 'all'}", typed={"reason": reason})
    return Done()


def resume(conn: Connection, channel: ChannelName | None, act: Act) -> Answer:
    """Let a channel go on, or all that were stopped together (None); what it was waiting for is forgotten too."""
    take_audit_turn(conn)
    key = channel.value if channel else ALL
    held = [row["channel"] for row in states(conn) if any(row[name] for name in _EMPTY)]
    mine = [one for one in held if one == key or one.startswith(f"{key}/")]
    if not mine:
        return Impossible(fault=Fault.NOT_STOPPED)
    for one in mine:
        _write(conn, one, act.at, **_EMPTY)
    append(conn, act, action="channel resume", target=f"channel:{key or 'all'}")
    return Done()


def states(conn: Connection) -> list[dict[str, Any]]:
    """The rows that hold something back, or did."""
    return [dict(row) for row in conn.execute(select(_STATE).order_by(_STATE.c.channel)).mappings()]


def is_held(now: datetime) -> ColumnElement[bool]:
    """The condition that a delivery may not go out now, whatever its own time is."""
    account = _DELIVERY.c.channel + "/" + _DELIVERY.c.lang
    mine = or_(_STATE.c.channel == literal(ALL), _STATE.c.channel == _DELIVERY.c.channel, _STATE.c.channel == account)
    holding = or_(_STATE.c.stopped_at.is_not(None), _STATE.c.not_before > now)
    return exists(select(_STATE.c.channel).where(mine, holding).correlate(_DELIVERY))


@dataclass(frozen=True, slots=True)
class Holds:
    """What holds channels back at a moment."""

    rows: Mapping[str, Mapping[str, Any]]

    def holds(self, account: Account, now: datetime) -> bool:
        """Whether nothing may go there now."""
        keys = (ALL, account[0].value, account_key(account))
        found = [self.rows[key] for key in keys if key in self.rows]
        return any(row["stopped_at"] or (row["not_before"] and row["not_before"] > now) for row in found)

    def has_waited(self, account: Account) -> bool:
        """Whether the channel itself held this account back, now or before."""
        return bool(self.rows.get(account_key(account), _EMPTY)["cause"])


def holds(conn: Connection) -> Holds:
    """What holds channels back now."""
    return Holds({row["channel"]: row for row in states(conn)})


def hold(conn: Connection, account: Account, until: datetime, cause: str, now: datetime) -> None:
    """Send nothing to an account before a time; a later time that is known already stays."""
    key = account_key(account)
    known = conn.execute(select(_STATE.c.not_before).where(_STATE.c.channel == key)).scalar()
    _write(conn, key, now, not_before=max(known or until, until), cause=cause)


def release(conn: Connection, account: Account, now: datetime) -> None:
    """The channel lets the account in again."""
    _write(conn, account_key(account), now, not_before=None, cause="")


def _write(conn: Connection, key: str, at: datetime, **values: Any) -> None:
    row = {"channel": key, "changed_at": at, **_EMPTY, **values}
    upsert(conn, ChannelState, [row], key=("channel",), update=(*values, "changed_at"))
