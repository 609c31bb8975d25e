"""Rows of the pictures that timelines and findings tell: path of bills, days between readings, findings."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, extract, func, select

from db.bills import Bill
from db.finding_queries import is_shown
from db.findings import Finding
from db.upsert import table_of
from tracker.editions import RuleBook
from tracker.stages import State, track
from tracker.timelines import bill_timelines
from vocab.verdicts import Verdict
from web.parameters import FindingQuery
from web.pictures.wanted import PictureQuery
from web.public.queries_findings import matching, shown_findings, subject_titles
from web.rule_book import rule_book

_Row = dict[str, Any]
MOST_BILLS = 4000
"""So many timelines are read for one picture: the newest, half a second of work."""
_BATCH = 500
_SHORTEST, _LONGEST = "R03", "R04"
_WORSE = (Verdict.BROKEN, Verdict.CANNOT_TELL, Verdict.KEPT)


def path(conn: Connection, wanted: PictureQuery, today: date) -> list[_Row]:
    """The rows of `publish.charts.path`: what the pages of the bills say of each stage."""
    bill = table_of(Bill).c
    query = select(bill.id).order_by(bill.first_day.desc().nulls_last(), bill.id)
    query = query.where(bill.convocation == wanted.convocation) if wanted.convocation else query
    query = query.where(extract("year", bill.first_day) == wanted.year) if wanted.year else query
    everything = conn.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    ids = list(conn.execute(query.limit(MOST_BILLS)).scalars())
    reached: Counter[tuple[int, str, str]] = Counter()
    for start in range(0, len(ids), _BATCH):
        for timeline in bill_timelines(conn, ids[start : start + _BATCH]).values():
            for number, step in enumerate(track(timeline, today)):
                if step.state is not State.UNKNOWN:
                    reached[number, step.stage, step.state] += 1
    order = list(State)
    found = sorted(reached.items(), key=lambda one: (one[0][0], order.index(State(one[0][2]))))
    return [
        {"stage": str(stage), "state": str(state), "number": number, "bills": len(ids), "of": everything}
        for (_, stage, state), number in found
    ]


def intervals(conn: Connection, wanted: PictureQuery) -> list[_Row]:
    """The rows of `publish.charts.intervals`: of findings that the public may see.

    An interval of which one of the two rules has a finding that is not shown is left out whole: beside the limits its
    days would be the accusation that nobody has reviewed.
    """
    finding = table_of(Finding).c
    rules = finding.check_id.in_((_SHORTEST, _LONGEST))
    standing = select(finding.subject_id, finding.case_key).where(rules, finding.superseded_at.is_(None))
    hidden = {tuple(row) for row in conn.execute(standing.where(~is_shown()))}
    query = shown_findings().where(rules, finding.subject_kind == "bill")
    query = query.where(finding.subject_id == wanted.bill) if wanted.bill else query
    query = query.where(extract("year", finding.day) == wanted.year) if wanted.year else query
    rows = [row for row in conn.execute(query).mappings() if "days" in row["figures"]]
    titles = subject_titles(conn, rows)
    book = rule_book()
    limits = _limits(book)
    found: dict[tuple[str, str], _Row] = {}
    for row in rows:
        case = (row["subject_id"], row["case_key"])
        if case not in hidden:
            known = found.setdefault(case, _interval(dict(row), titles, book, limits))
            known["verdict"] = min(known["verdict"], row["verdict"], key=_WORSE.index)
    return sorted(found.values(), key=lambda one: (one["day"], one["bill_id"], one["from_reading"]))


def _interval(row: _Row, titles: dict[tuple[str, str], str], book: RuleBook, limits: list[_Row]) -> _Row:
    figures, day = row["figures"], row["day"]
    least, most = book.on(_SHORTEST, day), book.on(_LONGEST, day)
    return {
        "bill_id": row["subject_id"],
        "title": titles.get(("bill", row["subject_id"]), row["subject_id"]),
        "from_reading": figures["from_reading"],
        "to_reading": figures["to_reading"],
        "start": date.fromisoformat(figures["start"]),
        "day": date.fromisoformat(figures["end"]),
        "days": figures["days"],
        "least": least.parameters["least"] if least else None,
        "most": most.parameters["most"] if most else None,
        "seen": all(rule.verified for rule in (least, most) if rule),
        "verdict": row["verdict"],
        "limits": limits,
    }


def _limits(book: RuleBook) -> list[_Row]:
    """Both limits in every edition of the rules."""
    return [
        {
            "name": name,
            "limit": rule.parameters[name],
            "seen": rule.verified,
            "since": rule.valid_from,
            "until": rule.valid_to,
        }
        for check, name in ((_SHORTEST, "least"), (_LONGEST, "most"))
        for rule in sorted(book.rules, key=lambda one: one.valid_from)
        if rule.id == check
    ]


def findings(conn: Connection, wanted: PictureQuery) -> list[_Row]:
    """The rows of `publish.charts.findings`: the numbers of the list of findings, by month."""
    finding = table_of(Finding).c
    query = matching(FindingQuery(check=wanted.check, year=wanted.year)).order_by(None)
    by = (finding.check_id, finding.verdict, extract("year", finding.day), extract("month", finding.day))
    return list(_counted(conn.execute(query.with_only_columns(*by, func.count()).group_by(*by).order_by(*by)).all()))


def _counted(rows: Any) -> Iterator[_Row]:
    for check, verdict, year, month, number in rows:
        yield {"check_id": check, "month": date(int(year), int(month), 1), "verdict": verdict, "number": number}
