"""The filters of the lists as conditions on rows, each alone.

A page joins the conditions of its filters by AND; who follows a list asks each by itself of the few rows that changed
(`publish.saved_searches`). So a filter is a line here, and never knows another one. The names stand in `vocab.lists`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, or_, select

from db.bills import Bill, BillStanding
from db.finding_queries import is_shown
from db.findings import Finding
from db.people import Membership, Person
from db.search_documents import DocumentKind, Facet, SearchDocument, SearchFacet
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from vocab.lists import Filters, ListKind
from vocab.timeline import SubjectKind

Condition = Callable[[str], ColumnElement[bool]]


def conditions(kind: ListKind, filters: Filters) -> list[ColumnElement[bool]]:
    """What a row of the list's table fits when it fits all of these canonical filters."""
    return [condition(kind, name, value) for name, value in filters.items()]


def condition(kind: ListKind, name: str, value: str) -> ColumnElement[bool]:
    """What a row fits when it fits this filter. Raises ValueError for a value that is none (a year of letters)."""
    return CONDITIONS[kind][name](value)


def in_list(kind: ListKind) -> list[ColumnElement[bool]]:
    """What every row of a list fits, whatever its filters."""
    return [table_of(Finding).c.superseded_at.is_(None), is_shown()] if kind is ListKind.FINDINGS else []


def has_words(columns: Sequence[ColumnElement[Any]], text: str) -> ColumnElement[bool]:
    """One of the columns contains the text; SQLite folds only Latin letters, so the usual cases are all tried."""
    forms = sorted({text, text.lower(), text.upper(), text.capitalize()})
    return or_(*(column.contains(form, autoescape=True) for column in columns for form in forms))


def _is(column: ColumnElement[Any]) -> Condition:
    return lambda value: column == value


def _in_year(column: ColumnElement[Any]) -> Condition:
    return lambda value: column.between(date(int(value), 1, 1), date(int(value), 12, 31))


def _sat_in(convocation: str) -> ColumnElement[bool]:
    member = table_of(Membership).c
    return _PERSON.id.in_(select(member.person_id).where(member.convocation == convocation))


def _was_of(faction: str) -> ColumnElement[bool]:
    """A convocation and the name of a faction of it: «VI СДПК»."""
    member = table_of(Membership).c
    return _PERSON.id.in_(select(member.person_id).where(member.convocation + " " + member.faction == faction))


def _concerns(committee: str) -> ColumnElement[bool]:
    """A finding about a committee, one of its sittings, or a bill that stood on the agenda of one."""
    item = table_of(AgendaItem).c
    sittings = select(_SITTING.id).where(_SITTING.committee_id == committee)
    bills = select(item.bill_id).where(item.sitting_id.in_(sittings), item.bill_id.is_not(None))
    kind, subject = _FINDING.subject_kind, _FINDING.subject_id
    return or_(
        and_(kind == SubjectKind.BODY, subject == committee),
        and_(kind == SubjectKind.SITTING, subject.in_(sittings)),
        and_(kind == SubjectKind.BILL, subject.in_(bills)),
    )


def _stands(so: ColumnElement[bool]) -> ColumnElement[bool]:
    return _BILL.id.in_(select(_STANDING.bill_id).where(so))


def bills_with(name: Facet, value: str) -> Select[str]:
    """The ids of bills that the search knows by a topic or a body."""
    document, facet = table_of(SearchDocument).c, table_of(SearchFacet).c
    same = (facet.name == name.value, facet.value == value, document.kind == DocumentKind.BILL.value)
    return select(document.key).join(table_of(SearchFacet), facet.seq == document.seq).where(*same)


def _has_finding(verdict: str) -> ColumnElement[bool]:
    """Something that may be shown was found about the bill."""
    about = (_FINDING.subject_kind == "bill", _FINDING.verdict == verdict, *in_list(ListKind.FINDINGS))
    return _BILL.id.in_(select(_FINDING.subject_id).where(*about))


_BILL, _SITTING, _PERSON, _FINDING = (table_of(model).c for model in (Bill, Sitting, Person, Finding))
_STANDING = table_of(BillStanding).c
CONDITIONS: Mapping[ListKind, Mapping[str, Condition]] = {
    ListKind.BILLS: {
        "kind": _is(_BILL.kind),
        "initiator": _is(_BILL.initiator),
        "convocation": _is(_BILL.convocation),
        "stage": lambda value: _stands(_STANDING.stage == value),
        "reading": lambda value: _stands(_STANDING.readings.contains(str(int(value)))),
        "topic": lambda value: _BILL.id.in_(bills_with(Facet.TOPIC, value)),
        "committee": lambda value: _BILL.id.in_(bills_with(Facet.BODY, value)),
        "year": _in_year(_BILL.first_day),
        "verdict": _has_finding,
        "text": lambda value: has_words((_BILL.title, _BILL.number), value),
    },
    ListKind.SITTINGS: {
        "year": _in_year(_SITTING.day),
        "month": lambda value: extract("month", _SITTING.day) == int(value),
        "body": _is(_SITTING.body),
        "committee": _is(_SITTING.committee_id),
    },
    ListKind.PERSONS: {
        "text": lambda value: has_words((_PERSON.name,), value),
        "convocation": _sat_in,
        "faction": _was_of,
    },
    ListKind.FINDINGS: {
        "check": _is(_FINDING.check_id),
        "verdict": _is(_FINDING.verdict),
        "year": _in_year(_FINDING.day),
        "month": lambda value: extract("month", _FINDING.day) == int(value),
        "committee": _concerns,
        "subject": _is(_FINDING.subject_id),
    },
}
