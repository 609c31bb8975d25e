"""Committees: no table has them; they are what sittings, press releases, lists of deputies and findings name.

A committee's id is made of its name (vocab.ids.committee_id), so spellings that differ in letters only are one; a
committee that was renamed is another one, for nothing in the sources joins the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, String, and_, cast, func, literal, select

from db.annotations import PressEventRow
from db.bills import Bill
from db.findings import Finding
from db.links import Link
from db.records import PressRecord
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from tracker.bodies import listed_deputies
from vocab.ids import committee_id
from vocab.timeline import SubjectKind
from web.public.queries_findings import shown_findings

SITTINGS, PRESS, LISTS, FINDINGS = "sittings", "press", "lists", "findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A spelling, what uses it (sittings, press, lists, findings), on how many places, and from when to when."""

    name: str
    source: str
    number: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A committee; `bills` is how many are known to have been before it."""

    id: str
    called: tuple[Called, ...]
    bills: int = 0

    @property
    def name(self) -> str:
        """As it was called last."""
        return max(self.called, key=lambda one: (one.last, one.name)).name

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling."""
        return tuple(sorted({one.name for one in self.called}))

    @property
    def last(self) -> date:
        """The last day that something tells of it."""
        return max(one.last for one in self.called)

    def number(self, source: str) -> int:
        """How often a source tells of it."""
        return sum(one.number for one in self.called if one.source == source)


def committees(conn: Connection) -> dict[str, Committee]:
    """All committees by id, in the order of their names."""
    found: dict[str, list[Called]] = {}
    for said in (_of_sittings(conn), _of_press(conn), _of_lists(conn), _of_findings(conn)):
        for key, called in said:
            found.setdefault(key, []).append(called)
    bills = _bills(conn)
    made = [Committee(id=key, called=tuple(said), bills=len(bills.get(key, ()))) for key, said in found.items()]
    return {one.id: one for one in sorted(made, key=lambda one: one.name)}


_Said = Iterable[tuple[str, Called]]


def _of_sittings(conn: Connection) -> _Said:
    sitting = table_of(Sitting).c
    by = (sitting.committee_id, sitting.committee)
    query = select(*by, func.count(), func.min(sitting.day), func.max(sitting.day))
    for key, name, number, first, last in conn.execute(query.where(sitting.committee_id.is_not(None)).group_by(*by)):
        yield key, Called(name=name or key, source=SITTINGS, number=number, first=first, last=last)


def _of_press(conn: Connection) -> _Said:
    event = table_of(PressEventRow).c
    query = select(event.committee, func.count(), func.min(event.day), func.max(event.day))
    for name, number, first, last in conn.execute(query.where(event.committee.is_not(None)).group_by(event.committee)):
        yield committee_id(name), Called(name=name, source=PRESS, number=number, first=first, last=last)


def _of_lists(conn: Connection) -> _Said:
    """A list names a committee beside each of its members; here once a spelling."""
    days: dict[str, list[date]] = {}
    for deputy in listed_deputies(conn):
        for stand in deputy.stands:
            for name in stand.committees:
                days.setdefault(name, []).append(stand.since)
    for name, seen in days.items():
        yield committee_id(name), Called(name=name, source=LISTS, number=len(seen), first=min(seen), last=max(seen))


def _of_findings(conn: Connection) -> _Said:
    """So that every finding about a committee leads to a page."""
    finding = table_of(Finding).c
    query = shown_findings().where(finding.subject_kind == SubjectKind.BODY).order_by(None)
    for key, figures, day in conn.execute(query.with_only_columns(finding.subject_id, finding.figures, finding.day)):
        name = str(figures.get("committee", key))
        yield key, Called(name=name, source=FINDINGS, number=1, first=day, last=day)


def _bills(conn: Connection) -> Mapping[str, set[str]]:
    """The bills that were before each committee."""
    item, sitting = table_of(AgendaItem).c, table_of(Sitting).c
    listed = (
        select(sitting.committee_id, item.bill_id)
        .distinct()
        .join(table_of(Sitting), sitting.id == item.sitting_id)
        .where(sitting.committee_id.is_not(None), item.bill_id.is_not(None))
    )
    found: dict[str, set[str]] = {}
    for key, bill in conn.execute(listed):
        found.setdefault(key, set()).add(bill)
    event, link = table_of(PressEventRow).c, table_of(Link).c
    told = select(event.committee, link.dossier_id).distinct().join(table_of(Link), _tells_of_bill())
    for name, bill in conn.execute(told.where(event.committee.is_not(None))):
        found.setdefault(committee_id(name), set()).add(bill)
    return found


def _tells_of_bill() -> Any:
    event, link = table_of(PressEventRow).c, table_of(Link).c
    return and_(
        link.record_type == "press_record",
        link.record_key == event.record_key,
        link.place == "event:" + cast(event.seq, String),
        link.dossier_type == "bill",
        link.dossier_id.is_not(None),
    )


def before(conn: Connection, committee: Committee) -> Sequence[RowMapping]:
    """What tells that a bill was before a committee, newest first: lines of agendas, and press releases.

    Columns: day, id and title of the bill, source (agenda, press), sitting_id, action, in_favour, against, page_id.
    """
    item, sitting, bill = table_of(AgendaItem).c, table_of(Sitting).c, table_of(Bill).c
    event, link, press = table_of(PressEventRow).c, table_of(Link).c, table_of(PressRecord).c
    nothing = literal(None)
    listed = (
        select(
            *(sitting.day, bill.id, bill.title, literal("agenda").label("source"), item.sitting_id),
            *(nothing.label("action"), nothing.label("in_favour"), nothing.label("against"), nothing.label("page_id")),
        )
        .join(table_of(Sitting), sitting.id == item.sitting_id)
        .join(table_of(Bill), bill.id == item.bill_id)
        .where(sitting.committee_id == committee.id)
    )
    told = (
        select(
            *(event.day, bill.id, bill.title, literal("press").label("source"), nothing.label("sitting_id")),
            *(event.action, event.votes_for.label("in_favour"), event.votes_against.label("against"), press.page_id),
        )
        .join(table_of(Link), _tells_of_bill())
        .join(table_of(Bill), bill.id == link.dossier_id)
        .join(table_of(PressRecord), press.key == event.record_key)
        .where(event.committee.in_(committee.names))
    )
    rows = [*conn.execute(listed).mappings(), *conn.execute(told).mappings()]
    return sorted(rows, key=lambda row: (row["day"], row["id"]), reverse=True)
