"""Findings that the public may see, and only those."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    case,
    extract,
    func,
    or_,
    select,
)
from sqlmodel import SQLModel

from db.batches import rows_in
from db.bills import Bill
from db.finding_queries import is_same_case, is_shown, may_be_told
from db.findings import Finding, FindingReview
from db.list_conditions import conditions
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from tracker.stored import end_of
from vocab.lists import ListKind, canonical
from vocab.verdicts import Review, Verdict
from web.parameters import FindingFilters, FindingQuery
from web.public.queries_silent import silent_numbers
from web.rule_book import severities

_TITLES: dict[str, tuple[type[SQLModel], str]] = {
    "bill": (Bill, "title"),
    "sitting": (Sitting, "title"),
    "person": (Person, "name"),
}
_MANY = 20  # so many findings of one check may stand in a row
_RANKS: dict[str, int] = {
    Verdict.BROKEN: 0,
    Verdict.CANNOT_TELL: 1,
    Verdict.KEPT: 2,
    Verdict.NOT_APPLICABLE: 3,
}
Findings = Select[*tuple[Any, ...]]


def stood(known_by: datetime) -> ColumnElement[bool]:
    """The condition that a finding stood, and was public, just before this moment, and may still be shown.

    Decided so: what was computed by then and replaced only later is shown for the past, superseded as it is now, for a
    page "as known on" a day that leaves it out would tell the past wrongly. It counts with the review known by then: a
    conclusion that was confirmed later was not public yet. But nothing that is hidden now is shown for any day: a
    dismissal says that it was never right, and holds for all findings of the same case that say a rule was not kept.
    """
    finding = table_of(Finding).c
    at_that_time = or_(finding.superseded_at.is_(None), finding.superseded_at >= known_by)
    return and_(finding.computed_at < known_by, at_that_time, is_shown(known_by), may_be_told())


def shown_findings(known_by: datetime | None = None) -> Findings:
    """Findings that stand now, or stood before a moment, and may be shown, newest first."""
    finding = table_of(Finding).c
    standing = stood(known_by) if known_by else and_(finding.superseded_at.is_(None), is_shown())
    return (
        select(table_of(Finding))
        .where(standing)
        .order_by(finding.day.desc(), _rank(), finding.check_id, finding.subject_id, finding.case_key)
    )


def _rank() -> ColumnElement[int]:
    """Which verdicts are told first."""
    return case(_RANKS, value=table_of(Finding).c.verdict)


def matching(wanted: FindingFilters) -> Findings:
    """The findings that a reader asked for."""
    query = shown_findings(end_of(wanted.as_of) if wanted.as_of else None)
    if wanted.severity:
        grave = [check for check, severity in severities().items() if severity == wanted.severity]
        query = query.where(table_of(Finding).c.check_id.in_(grave))
    return query.where(*conditions(ListKind.FINDINGS, canonical(ListKind.FINDINGS, dict(wanted))))


def about(conn: Connection, kind: str, subject: str, known_by: datetime | None = None) -> Sequence[RowMapping]:
    """What may be shown about one bill, sitting, person or body; `known_by`: what stood before this moment."""
    finding = table_of(Finding).c
    query = shown_findings(known_by).where(finding.subject_kind == kind, finding.subject_id == subject)
    return conn.execute(query).mappings().all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings of one check with one verdict."""

    first: RowMapping
    number: int


def grouped(rows: Iterable[RowMapping]) -> dict[str, Any]:
    """Rows as a page of one dossier shows them: `broken` one by one, the `other` by check and verdict."""
    groups: dict[tuple[str, str], list[RowMapping]] = {}
    broken = []
    for row in rows:
        if row["verdict"] == Verdict.BROKEN:
            broken.append(row)
        else:
            groups.setdefault((row["check_id"], row["verdict"]), []).append(row)
    ordered = sorted(groups.items(), key=lambda group: (_RANKS[group[0][1]], group[0][0]))
    return {"broken": broken, "other": [Group(first=one[0], number=len(one)) for _, one in ordered]}


def telling(conn: Connection, number: int) -> list[RowMapping]:
    """What the home page shows: rules not kept first, then the newest kept ones, one of each check on each dossier."""
    finding = table_of(Finding).c
    query = shown_findings().where(finding.verdict.in_((Verdict.BROKEN, Verdict.KEPT)))
    broken = conn.execute(query.where(finding.verdict == Verdict.BROKEN).limit(number)).mappings().all()
    newest = conn.execute(query.limit(number * _MANY)).mappings().all()
    rows: dict[tuple[str, ...], RowMapping] = {}
    for row in (*broken, *newest):
        case = row["id"] if row["verdict"] == Verdict.BROKEN else ""
        rows.setdefault((row["check_id"], row["subject_kind"], row["subject_id"], case), row)
    return list(rows.values())[:number]


def counts(conn: Connection) -> dict[str, int]:
    """How many stand, by verdict."""
    verdict = table_of(Finding).c.verdict
    query = shown_findings().order_by(None).with_only_columns(verdict, func.count()).group_by(verdict)
    return {str(name): int(number) for name, number in conn.execute(query)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many findings there are: `numbers` by rule or month and verdict, and the checks and years to choose from."""

    numbers: dict[str, dict[str, int]]
    checks: list[str]
    years: list[int]


def tally(conn: Connection, wanted: FindingQuery) -> Tally:
    """Count in one go; `numbers` are those that a reader asked for, the choices are of all that stands on the day.

    What does not apply is counted with the rules of now, though no finding tells of it.
    """
    finding = table_of(Finding).c
    by = (finding.check_id, finding.verdict, extract("year", finding.day), extract("month", finding.day))
    kept = wanted.model_dump(include={"subject", "severity", "committee", "as_of"})
    query = matching(FindingQuery(**kept)).order_by(None)
    rows = conn.execute(query.with_only_columns(*by, func.count()).group_by(*by).order_by(*by)).all()
    numbers: dict[str, dict[str, int]] = {}
    for check, verdict, year, month, number in rows:
        if wanted.year in (None, int(year)) and wanted.month in (None, int(month)) and wanted.check in (None, check):
            name = check if wanted.by == "rule" else f"{int(year)}-{int(month):02}"
            of_name = numbers.setdefault(name, {})
            of_name[verdict] = of_name.get(verdict, 0) + number
    if wanted.by == "rule" and not (
        wanted.as_of or wanted.severity or wanted.committee or wanted.check or wanted.month
    ):
        for check, number in silent_numbers(conn, wanted.year, wanted.subject).items():
            numbers.setdefault(check, {})[Verdict.NOT_APPLICABLE] = number
    numbers = dict(sorted(numbers.items(), reverse=wanted.by == "month"))
    checks, years = {row[0] for row in rows}, {int(row[2]) for row in rows}
    return Tally(numbers=numbers, checks=sorted(checks), years=sorted(years, reverse=True))


def finding_by_id(conn: Connection, key: str) -> RowMapping | None:
    """A finding that may be shown, superseded ones too."""
    query = select(table_of(Finding)).where(table_of(Finding).c.id == key, may_be_told())
    return conn.execute(query).mappings().first()


def withdrawn(conn: Connection, key: str) -> RowMapping | None:
    """The last decision about a finding that was public once and is not any more, or about one of the same case."""
    finding, review = table_of(Finding).c, table_of(FindingReview)
    row = conn.execute(select(table_of(Finding)).where(finding.id == key)).mappings().first()
    same = select(finding.id).where(is_same_case(row)) if row else [key]
    told = select(review).where(review.c.finding_id.in_(same)).order_by(review.c.id)
    rows = conn.execute(told).mappings().all()
    was_public = any(one["decision"] == Review.CONFIRMED and one["finding_id"] == key for one in rows)
    doubts = [one for one in rows if one["decision"] != Review.CONFIRMED]
    return doubts[-1] if was_public and doubts else None


def successor(conn: Connection, row: RowMapping) -> str | None:
    """The finding that stands now for the same case, where it may be shown."""
    finding = table_of(Finding).c
    return conn.execute(shown_findings().where(is_same_case(row)).with_only_columns(finding.id)).scalars().first()


def subject_titles(conn: Connection, rows: Iterable[RowMapping]) -> dict[tuple[str, str], str]:
    """Titles of what these findings are about: one query a kind."""
    wanted: dict[str, set[str]] = {}
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        kind, key = row["subject_kind"], row["subject_id"]
        if kind in _TITLES:
            wanted.setdefault(kind, set()).add(key)
        else:  # a committee is no row of a table: its findings name it
            found[kind, key] = str(row["figures"].get("committee", key))
    for kind, ids in wanted.items():
        model, column = _TITLES[kind]
        table = table_of(model)
        titles = rows_in(conn, select(table.c.id, table.c[column]), table.c.id, ids)
        found.update({(kind, key): title for key, title in titles})
    return found
