"""What really changed, in the order in which it was written: versions of records, and happenings.

Both are numbered under the writers' turn, so a number that can be seen has no smaller one that comes later: whoever
goes on with `next_since` misses nothing and sees nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from db.happenings import Happening
from db.records import RecordVersion
from db.upsert import table_of
from vocab.dates import BISHKEK
from web.api.answering import here, table
from web.api.cursors import BadCursor, decode, encode
from web.api.happenings import HappeningOut, told_happenings
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import ChangesWanted, misread, moment_of
from web.api.records import VERSION_COLUMNS, VersionOut, told_version
from web.api.schema import Api, Part, Told
from web.visit import VisitDep

router = APIRouter(prefix="/changes", tags=["changes"], responses=MISTAKES)
SCOPE, SECONDS = "changes", 10
_NEAR = timedelta(days=7)
"""Writers at once may note their moments this far out of the order of their numbers; a crawl takes hours."""


class ChangeOut(Told):
    """A version of a record (its payload stands at `api`), or a happening; the other one is null."""

    id: str
    type: Literal["record_version", "happening"]
    recorded_at: Annotated[datetime, Field(description="When we knew (UTC).")]
    url: Annotated[str | None, Field(description="The page for people.")]
    api: Api
    version: VersionOut | None
    happening: HappeningOut | None


class ChangesOut(Part):
    """A page of changes. Keep `next_since`: later it gives what came since, even where `more` is false now."""

    items: list[ChangeOut]
    more: Annotated[bool, Field(description="There is more to read at once.")]
    next: Annotated[str, Field(description="The address to go on at.")]
    next_since: str


@dataclass(frozen=True, slots=True)
class Place:
    """The numbers of the last version and the last happening that were read."""

    version: int = 0
    happening: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What comes after a place, by recorded time as far as the numbers allow, and the place behind it."""

    rows: Sequence[RowMapping]
    place: Place
    more: bool


@router.get("", response_model=ChangesOut, responses=TABLE)
def changes(visit: VisitDep, wanted: Annotated[ChangesWanted, Query()]) -> Response:
    """What changed since: begin with a day, or with nothing, and go on with `next_since`."""
    read = changes_after(visit.conn, place_of(visit.conn, wanted.since), wanted.rows)
    since = encode(SCOPE, [read.place.version, read.place.happening])
    told = {"more": read.more, "next": here(visit, since=since), "next_since": since}
    items = _told(visit.conn, read.rows, Links(visit.site.public_url), wanted.lang)
    return table(visit, wanted, ChangeOut, items, told=told, seconds=SECONDS)


def place_of(conn: Connection, since: str | None) -> Place:
    """Where a reader stands. Raises RequestValidationError for what is neither a cursor nor a day nor a moment."""
    if not since:
        return Place()
    said = moment_of(since)
    if said is not None:
        return _place_at(conn, said)
    try:
        return Place(*decode(SCOPE, since, (int, int)))
    except BadCursor as error:
        words = "This is no `next_since`, no day (2026-11-01) and no moment with its zone (2026-11-01T10:00:00Z)."
        raise misread("since", words) from error


def _place_at(conn: Connection, said: date | datetime) -> Place:
    """Before the first thing that was noted at this moment or later."""
    moment = said if isinstance(said, datetime) else datetime.combine(said, datetime.min.time(), BISHKEK)
    version, happening = table_of(RecordVersion).c, table_of(Happening).c
    return Place(
        _before(conn, version.seq, version.first_seen, moment), _before(conn, happening.seq, happening.seen_at, moment)
    )


def _before(conn: Connection, number: ColumnElement[int], noted: ColumnElement[datetime], moment: datetime) -> int:
    """The number before those of this moment and later; the last of all where there is none."""
    first = conn.execute(select(noted).where(noted >= moment).order_by(noted).limit(1)).scalar()
    if first is None:
        return int(conn.execute(select(func.max(number))).scalar() or 0)
    # `+ 0`: the database shall look through the moments, and not through all numbers from the first one on.
    near = select(func.min(number + 0)).where(noted >= moment, noted < first + _NEAR)
    return int(conn.execute(near).scalar_one()) - 1


def changes_after(conn: Connection, place: Place, rows: int) -> Read:
    """The next rows of both, in the order of their moments; each kind in the order of its numbers without a gap."""
    version, happening = table_of(RecordVersion), table_of(Happening)
    columns = [version.c[name] for name in (*VERSION_COLUMNS, "seq")]
    versions = select(*columns).where(version.c.seq > place.version).order_by(version.c.seq).limit(rows + 1)
    news = select(happening).where(happening.c.seq > place.happening).order_by(happening.c.seq).limit(rows + 1)
    ahead = {
        "first_seen": list(conn.execute(versions).mappings()),
        "seen_at": list(conn.execute(news).mappings()),
    }
    taken: list[RowMapping] = []
    at = dict.fromkeys(ahead, 0)
    while len(taken) < rows and (left := [one for one in ahead if at[one] < len(ahead[one])]):
        nearest = min(left, key=lambda one: ahead[one][at[one]][one])
        taken.append(ahead[nearest][at[nearest]])
        at[nearest] += 1
    last = {one: ahead[one][at[one] - 1]["seq"] if at[one] else None for one in ahead}
    behind = Place(last["first_seen"] or place.version, last["seen_at"] or place.happening)
    return Read(rows=taken, place=behind, more=any(at[one] < len(ahead[one]) for one in ahead))


def _told(conn: Connection, rows: Sequence[RowMapping], links: Links, lang: str) -> list[dict[str, Any]]:
    news = iter(told_happenings(conn, [row for row in rows if "record_key" not in row], links, lang))
    return [_version(row, links) if "record_key" in row else _happening(next(news)) for row in rows]


def _version(row: RowMapping, links: Links) -> dict[str, Any]:
    told = told_version(row, links)
    same = {"id": f"version:{told['id']}", "type": "record_version", "recorded_at": row["first_seen"]}
    return {**same, "url": told["url"], "api": told["api"], "version": told, "happening": None}


def _happening(told: dict[str, Any]) -> dict[str, Any]:
    same = {"id": f"happening:{told['id']}", "type": "happening", "recorded_at": told["first_seen"]}
    return {**same, "url": told["url"], "api": told["api"], "version": None, "happening": told}
