"""Deleting what is past its term (`vocab.retention`): run every day, and as often as one likes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Engine

from db.audit import take_audit_turn
from db.brakes import forget
from db.sessions import forget_sessions
from db.tickets import forget_links
from publish.alerts.subscribing import forget_unconfirmed
from publish.lapsing import lapse_lists
from tracker.remarks import forget_contacts, forget_refused
from tracker.week.reminders import forget_reasons
from vocab.retention import TERMS, Kept, term


def sweep(engine: Engine, now: datetime, *, dry_run: bool = False) -> dict[Kept, int]:
    """Delete it; gives how many rows of each kind. `dry_run` only counts. A second run finds nothing."""
    with engine.connect() as conn, conn.begin() as transaction:
        take_audit_turn(conn)
        swept = {one.kept: _SWEEPS[one.kept](conn, now) for one in TERMS}
        if dry_run:
            transaction.rollback()
    return swept


_SWEEPS: Mapping[Kept, Callable[[Connection, datetime], int]] = {
    Kept.BRAKES: forget,
    Kept.CONTACTS: lambda conn, now: forget_contacts(conn, now, term(Kept.CONTACTS).span),
    Kept.REFUSED: lambda conn, now: forget_refused(conn, now, term(Kept.REFUSED).span),
    Kept.LINKS: lambda conn, now: forget_links(conn, now - term(Kept.LINKS).span),
    Kept.LETTERS: lambda conn, now: forget_reasons(conn, now - term(Kept.LETTERS).span),
    Kept.UNCONFIRMED: lambda conn, now: forget_unconfirmed(conn, now, term(Kept.UNCONFIRMED).span),
    Kept.LISTS: lambda conn, now: lapse_lists(conn, now, term(Kept.LISTS).span),
    Kept.SESSIONS: lambda conn, now: forget_sessions(conn, now - term(Kept.SESSIONS).span),
}
