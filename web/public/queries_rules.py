"""How often each rule was kept, not kept or could not be told, by year: of findings that the public may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, extract, func, select

from db.findings import Finding, NotApplicable
from db.upsert import table_of
from vocab.verdicts import Verdict
from web.public.queries_findings import shown_findings

Numbers = dict[str, int]
"""How many findings, by verdict."""


@dataclass(slots=True)
class Counted:
    """One rule: `whole` over all years, and `by_year`, the newest first."""

    whole: Numbers = field(default_factory=dict)
    by_year: dict[int, Numbers] = field(default_factory=dict)

    def add(self, verdict: str, year: int, number: int) -> None:
        """So many more."""
        for numbers in (self.whole, self.by_year.setdefault(year, {})):
            numbers[verdict] = numbers.get(verdict, 0) + number


def counted(conn: Connection, rule: str | None = None) -> Mapping[str, Counted]:
    """Every rule that something was said of, or the one that is asked for."""
    found: dict[str, Counted] = {}
    for check, verdict, year, number in (*_said(conn, rule), *_silent(conn, rule)):
        found.setdefault(check, Counted()).add(verdict, year, number)
    for one in found.values():
        one.by_year = dict(sorted(one.by_year.items(), reverse=True))
    return found


def _said(conn: Connection, rule: str | None) -> Iterable[tuple[str, str, int, int]]:
    finding, query = table_of(Finding).c, shown_findings().order_by(None)
    if rule:
        query = query.where(finding.check_id == rule)
    by = (finding.check_id, finding.verdict, extract("year", finding.day))
    for check, verdict, year, number in conn.execute(query.with_only_columns(*by, func.count()).group_by(*by)):
        yield check, verdict, int(year), number


def _silent(conn: Connection, rule: str | None) -> Iterable[tuple[str, str, int, int]]:
    count = table_of(NotApplicable).c
    query = select(count.check_id, count.year, func.sum(count.number)).group_by(count.check_id, count.year)
    for check, year, number in conn.execute(query.where(count.check_id == rule) if rule else query):
        yield check, Verdict.NOT_APPLICABLE, year, int(number)
