"""This week in parliament: what is scheduled, what happened, what did not go by the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping, func, select

from db.findings import Finding
from db.happenings import Happening
from db.sittings import Sitting
from db.upsert import table_of
from publish.compose import News, latest_word
from vocab.verdicts import Verdict
from web.parameters import FIRST_YEAR, LAST_YEAR, SittingQuery
from web.public import queries_findings, queries_sittings

_OF_FINDINGS = "finding_"  # findings are asked for by themselves, as they may be shown now
_PRESS = "press_released"
_MOST = 10
WHOLE = 500
"""So many happenings of one week are listed on its own page; the feed of everything has no such limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week from Monday to Sunday in Bishkek; `is_present`: today is one of its days.

    `happened` are the first of `number` happenings, those of bills and sittings before mere press releases.
    """

    first: date
    last: date
    is_present: bool
    scheduled: Sequence[RowMapping]
    held: Sequence[RowMapping]
    happened: Sequence[News]
    number: int
    broken: Sequence[RowMapping]

    @property
    def before(self) -> date:
        """The first day of the week before; the first week of all has none before it."""
        return max(self.first - timedelta(days=7), date(FIRST_YEAR, 1, 1))

    @property
    def after(self) -> date:
        """The first day of the week after, likewise."""
        return min(self.first + timedelta(days=7), date(LAST_YEAR, 1, 1))


def week_of(conn: Connection, today: date) -> Week | None:
    """The present week; where nothing is known of it, the last one of which something is. None: nothing is known."""
    present = week_with(conn, today, today)
    if present.scheduled or present.held or present.happened or present.broken:
        return present
    day = _last_day(conn, today)
    return week_with(conn, day, today) if day else None


def _last_day(conn: Connection, today: date) -> date | None:
    """The newest day, not after today, on which something happened or a sitting was held."""
    columns = (table_of(Happening).c.day, table_of(Sitting).c.day)
    found = [conn.execute(select(func.max(day)).where(day <= today)).scalar() for day in columns]
    return max(filter(None, found), default=None)


def week_with(conn: Connection, day: date, today: date, most: int = _MOST) -> Week:
    """The week of a day, with so many of its happenings and of the rules that were not kept."""
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    sitting, finding = table_of(Sitting).c, table_of(Finding).c
    query = queries_sittings.matching(SittingQuery()).where(sitting.day.between(first, last))
    sittings = conn.execute(query.order_by(None).order_by(sitting.day, sitting.id)).mappings().all()
    shown = queries_findings.shown_findings().where(finding.day.between(first, last), finding.verdict == Verdict.BROKEN)
    news = _happenings(conn, first, last)
    return Week(
        first=first,
        last=last,
        is_present=first <= today <= last,
        scheduled=[row for row in sittings if row["day"] >= today and not row["cancelled"]],
        held=[row for row in sittings if row["day"] < today and not row["cancelled"]],
        happened=news[:most],
        number=len(news),
        broken=conn.execute(shown.limit(most)).mappings().all(),
    )


def _happenings(conn: Connection, first: date, last: date) -> list[News]:
    happening = table_of(Happening).c
    names = ("seq", "key", "kind", "subject_kind", "subject_id", "title", "day", "seen_at", "facts")
    query = select(*(happening[name] for name in names)).where(
        happening.day.between(first, last), happening.kind.not_like(f"{_OF_FINDINGS}%")
    )
    rows = latest_word(News(**row) for row in conn.execute(query).mappings())
    return sorted(rows, key=lambda one: (one.kind == _PRESS, -one.day.toordinal(), -one.seq))
