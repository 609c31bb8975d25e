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
from db.finding_queries import is_same_case, is_shown
from db.findings import Finding, FindingReview
from db.list_conditions import conditions
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from vocab.lists import ListKind, canonical
from vocab.verdicts import Review, Verdict
from web.parameters import FindingQuery
from web.public.queries_silent import silent_numbers

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


def shown_findings() -> Findings:
    """Findings that stand now and may be shown, newest first."""
    return standing(None)


def standing(known_by: datetime | None) -> Findings:
    """Findings that stood at the moment, None: now; a conclusion that a person confirmed later was not public then."""
    finding, review = table_of(Finding).c, table_of(FindingReview).c
    there: ColumnElement[bool]
    if known_by is None:
        there = finding.superseded_at.is_(None)
    else:
        confirmed = select(review.finding_id).where(review.decision == Review.CONFIRMED, review.decided_at < known_by)
        there = and_(
            finding.computed_at < known_by,
            or_(finding.superseded_at.is_(None), finding.superseded_at >= known_by),
            or_(finding.verdict != Verdict.BROKEN, finding.id.in_(confirmed)),
        )
    return (
        select(table_of(Finding))
        .where(there, is_shown())
        .order_by(finding.day.desc(), _rank(), finding.check_id, finding.subject_id, finding.case_key)
    )


def _rank() -> ColumnElement[int]:
    """Which verdicts are told first."""
    return case(_RANKS, value=table_of(Finding).c.verdict)


def matching(wanted: FindingQuery) -> Findings:
    """The findings that a reader asked for."""
    return shown_findings().where(*conditions(ListKind.FINDINGS, canonical(ListKind.FINDINGS, dict(wanted))))


def about(conn: Connection, kind: str, subject: str, known_by: datetime | None = None) -> Sequence[RowMapping]:
    """What may be shown about one bill, sitting or person; `known_by`: of what stood at this moment."""
    finding = table_of(Finding).c
    query = standing(known_by).where(finding.subject_kind == kind, finding.subject_id == subject)
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
    """How many findings there are: `numbers` by check and verdict, and the checks and years to choose from."""

    numbers: dict[str, dict[str, int]]
    checks: list[str]
    years: list[int]


def tally(conn: Connection, wanted: FindingQuery) -> Tally:
    """Count in one go; `numbers` are those of the year and subject that a reader asked for.

    What does not apply is counted with them, though no finding tells of it.
    """
    finding = table_of(Finding).c
    by = (finding.check_id, finding.verdict, extract("year", finding.day))
    query = matching(FindingQuery(subject=wanted.subject)).order_by(None)
    rows = conn.execute(query.with_only_columns(*by, func.count()).group_by(*by).order_by(*by)).all()
    numbers: dict[str, dict[str, int]] = {}
    for check, verdict, year, number in rows:
        if wanted.year in (None, int(year)):
            of_check = numbers.setdefault(check, {})
            of_check[verdict] = of_check.get(verdict, 0) + number
    for check, number in silent_numbers(conn, wanted.year, wanted.subject).items():
        numbers.setdefault(check, {})[Verdict.NOT_APPLICABLE] = number
    numbers = dict(sorted(numbers.items()))
    checks, years = {row[0] for row in rows}, {int(row[2]) for row in rows}
    return Tally(numbers=numbers, checks=sorted(checks), years=sorted(years, reverse=True))


def finding_by_id(conn: Connection, key: str) -> RowMapping | None:
    """A finding that may be shown, superseded ones too."""
    query = select(table_of(Finding)).where(table_of(Finding).c.id == key, is_shown())
    return conn.execute(query).mappings().first()


def withdrawn(conn: Connection, key: str) -> RowMapping | None:
    """The last decision about a finding that was public once and is not any more."""
    review = table_of(FindingReview)
    rows = conn.execute(select(review).where(review.c.finding_id == key).order_by(review.c.id)).mappings().all()
    was_public = any(row["decision"] == Review.CONFIRMED for row in rows)
    return rows[-1] if was_public and rows[-1]["decision"] != Review.CONFIRMED else None


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
