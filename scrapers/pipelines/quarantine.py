"""What could not be read: kept with page, place and reason until a later reading settles it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, not_, or_, select, update

from db.runs import Quarantine
from db.upsert import table_of, upsert
from scrapers.page import Problem

_TABLE = table_of(Quarantine)
_KEY = ("site", "address", "place", "reason")
_EXCERPT = 300
WHOLE_PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where problems were found: the page's address, its type, and the row of its bytes where they were kept."""

    site: str
    kind: str
    address: str
    page_id: int | None


def quarantine(conn: Connection, spot: Spot, problems: Sequence[Problem], now: datetime) -> None:
    """Keep the problems of a reading and settle those it no longer has."""
    problems = numbered(problems)
    gone = _open(conn, spot) - {(problem.place, problem.reason) for problem in problems}
    if gone:
        _settle(conn, spot, gone, now)
    _keep(conn, spot, problems, now)


def refuse(conn: Connection, spot: Spot, reason: str, now: datetime) -> None:
    """Keep why an answer is no content; what was wrong with earlier bytes stays as it is."""
    _keep(conn, spot, (Problem(place=WHOLE_PAGE, reason=reason, record_lost=True),), now)


def _keep(conn: Connection, spot: Spot, problems: Sequence[Problem], now: datetime) -> None:
    open_before = _open(conn, spot)
    rows = [_row(spot, problem, now) for problem in problems]
    fresh = [row for row in rows if (row["place"], row["reason"]) not in open_before]
    stays = [row for row in rows if (row["place"], row["reason"]) in open_before]
    renewed = ("page_id", "excerpt", "record_lost", "last_seen", "settled_at")
    upsert(conn, Quarantine, stays, key=_KEY, update=renewed)
    upsert(conn, Quarantine, fresh, key=_KEY, update=(*renewed, "first_seen"))


def numbered(problems: Sequence[Problem]) -> list[Problem]:
    """The same problem at the same kind of place again gets a number: each is kept by itself."""
    seen: Counter[tuple[str, str]] = Counter()
    apart = []
    for problem in problems:
        seen[problem.place, problem.reason] += 1
        times = seen[problem.place, problem.reason]
        apart.append(problem if times == 1 else replace(problem, place=f"{problem.place} ({times})"))
    return apart


def _row(spot: Spot, problem: Problem, now: datetime) -> dict[str, Any]:
    return {
        "site": spot.site,
        "kind": spot.kind,
        "address": spot.address,
        "page_id": spot.page_id,
        "place": problem.place,
        "reason": problem.reason,
        "excerpt": problem.excerpt[:_EXCERPT],
        "record_lost": problem.record_lost,
        "first_seen": now,
        "last_seen": now,
        "settled_at": None,
    }


def seen_again(conn: Connection, spot: Spot, now: datetime) -> int:
    """The same bytes came again: their problems stay, a refusal of the address is settled. Gives how many stay."""
    here = and_(_TABLE.c.site == spot.site, _TABLE.c.address == spot.address, _TABLE.c.settled_at.is_(None))
    refused = or_(_TABLE.c.page_id.is_(None), _TABLE.c.page_id != spot.page_id)
    conn.execute(update(_TABLE).where(here, refused).values(settled_at=now))
    return conn.execute(update(_TABLE).where(here, not_(refused)).values(last_seen=now)).rowcount


def counts(conn: Connection, site: str, since: datetime) -> tuple[int, int, int]:
    """Open problems of a site: all, those that appeared since, those of them that lost a record or page."""
    fresh = _TABLE.c.first_seen >= since
    query = select(
        func.count(),
        func.count().filter(fresh),
        func.count().filter(fresh, _TABLE.c.record_lost),
    ).where(_TABLE.c.site == site, _TABLE.c.settled_at.is_(None))
    found, new, lost = conn.execute(query).one()
    return found, new, lost


def _open(conn: Connection, spot: Spot) -> set[tuple[str, str]]:
    query = select(_TABLE.c.place, _TABLE.c.reason).where(
        _TABLE.c.site == spot.site, _TABLE.c.address == spot.address, _TABLE.c.settled_at.is_(None)
    )
    return {(place, reason) for place, reason in conn.execute(query)}


def _settle(conn: Connection, spot: Spot, gone: set[tuple[str, str]], now: datetime) -> None:
    for place, reason in sorted(gone):
        conn.execute(
            update(_TABLE)
            .where(_TABLE.c.site == spot.site, _TABLE.c.address == spot.address)
            .where(_TABLE.c.place == place, _TABLE.c.reason == reason)
            .values(settled_at=now)
        )
