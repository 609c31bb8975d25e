"""Persons for the pages, and where protocols name them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, false, func, or_, select

from db.bills import Bill
from db.links import Link
from db.list_conditions import conditions
from db.people import Membership, Person
from db.protocols import AbsenceMark, TransferMark
from db.records import AgendaEntry, SittingRecord
from db.sittings import Sitting
from db.upsert import table_of
from vocab.bodies import CONVOCATIONS
from vocab.lists import ListKind, canonical
from web.parameters import PersonQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A line of a protocol that names a person. `other` is the second person of a transfer, as written."""

    sitting_id: str
    sitting_title: str
    day: date
    written: str
    method: str
    other: str | None = None
    other_id: str | None = None
    about: str | None = None


def matching(wanted: PersonQuery) -> Select[*tuple[Any, ...]]:
    """Persons by name, with their newest membership and how often protocols name them."""
    person, member = table_of(Person).c, table_of(Membership).c
    newest = select(member.person_id, func.max(member.seen_first).label("since")).group_by(member.person_id).subquery()
    query = (
        select(
            table_of(Person),
            member.convocation,
            member.faction,
            _named("absence:%", "absences"),
            _named("transfer:%", "held"),
        )
        .outerjoin(newest, newest.c.person_id == person.id)
        .outerjoin(table_of(Membership), (member.person_id == person.id) & (member.seen_first == newest.c.since))
        .order_by(person.surname, person.name, person.id)
    )
    return query.where(*conditions(ListKind.PERSONS, canonical(ListKind.PERSONS, dict(wanted))))


def _named(place: str, label: str) -> Any:
    """In how many places of protocols a person is named, looked up person by person."""
    link, person = table_of(Link).c, table_of(Person)
    so = (link.record_type == "sitting_record", link.dossier_type == "person", link.place.like(place))
    return (
        select(func.count()).where(link.dossier_id == person.c.id, *so).correlate(person).scalar_subquery().label(label)
    )


def convocations(conn: Connection) -> list[str]:
    """Convocations that lists of members are known of."""
    return sorted(conn.execute(select(table_of(Membership).c.convocation).distinct()).scalars())


def factions(conn: Connection) -> list[str]:
    """Factions of convocations that lists show, as the list of persons is narrowed by them: «VI СДПК»."""
    member = table_of(Membership).c
    named = select(member.convocation + " " + member.faction).distinct().where(member.faction.is_not(None))
    return sorted(conn.execute(named).scalars())


def initiated(conn: Connection, key: str) -> Sequence[RowMapping]:
    """Bills that agendas and vote lists say a person brought in, newest first: day, id, title, kind, page_id."""
    link, whole, entry, bill = (
        table_of(Link).c,
        table_of(Link).alias("whole"),
        table_of(AgendaEntry).c,
        table_of(Bill).c,
    )
    query = (
        select(
            func.max(entry.day).label("day"), bill.id, bill.title, bill.kind, func.max(entry.page_id).label("page_id")
        )
        .join(
            whole,
            and_(
                whole.c.record_type == link.record_type,
                whole.c.record_key == link.record_key,
                whole.c.place == "",
                whole.c.dossier_type == "bill",
            ),
        )
        .join(table_of(Bill), bill.id == whole.c.dossier_id)
        .join(table_of(AgendaEntry), entry.key == link.record_key)
        .where(link.record_type == "agenda_entry", link.dossier_type == "person", link.dossier_id == key)
        .where(link.place.startswith("initiator:", autoescape=True))
        .group_by(bill.id, bill.title, bill.kind)
    )
    return sorted(conn.execute(query).mappings(), key=lambda row: (row["day"], row["id"]), reverse=True)


def person_by_id(conn: Connection, key: str) -> RowMapping | None:
    """One person."""
    return conn.execute(select(table_of(Person)).where(table_of(Person).c.id == key)).mappings().first()


def memberships(conn: Connection, key: str) -> Sequence[RowMapping]:
    """Where the lists show the person, newest first."""
    member = table_of(Membership)
    query = select(member).where(member.c.person_id == key).order_by(member.c.seen_first.desc())
    return conn.execute(query).mappings().all()


def protocols_in(conn: Connection, convocations: Collection[str]) -> int:
    """How many sittings of these convocations have a protocol: the base of the absences."""
    sitting, record, link = table_of(Sitting).c, table_of(SittingRecord).c, table_of(Link).c
    known = [one for one in CONVOCATIONS if one.numeral in convocations]
    sat = [and_(sitting.day >= one.since, sitting.day < (one.until or date.max)) for one in known]
    query = (
        select(func.count(sitting.id.distinct()))
        .join(table_of(Link), (link.dossier_id == sitting.id) & (link.dossier_type == "sitting"))
        .join(table_of(SittingRecord), (link.record_key == record.key) & (link.record_type == "sitting_record"))
        .where(record.source == "protocol", or_(false(), *sat))
    )
    return conn.execute(query).scalar_one()


def told_of(conn: Connection) -> set[str]:
    """Convocations that protocols are known of: elsewhere, nobody was counted as absent."""
    return {one.numeral for one in CONVOCATIONS if protocols_in(conn, [one.numeral])}


def absences(conn: Connection, key: str) -> list[Named]:
    """Sittings whose protocol names the person as absent, newest first."""
    marks = _marks(conn, key, "absence:", AbsenceMark)
    return [_line(link, link["written"] or mark["name"]) for link, mark in marks]


def given(conn: Connection, key: str) -> list[Named]:
    """Votes that the person gave to another."""
    marks = _marks(conn, key, "absence:", TransferMark)
    return _transfers(conn, marks, other="to_name", place="transfer:")


def held(conn: Connection, key: str) -> list[Named]:
    """Votes that another gave to the person."""
    marks = _marks(conn, key, "transfer:", TransferMark)
    return _transfers(conn, marks, other="from_name", place="absence:")


_Marks = list[tuple[RowMapping, RowMapping]]


def _marks(conn: Connection, key: str, prefix: str, model: type[AbsenceMark] | type[TransferMark]) -> _Marks:
    """Links of the person into protocols, each with the line it stands in."""
    links = conn.execute(_links(key, prefix)).mappings().all()
    table = table_of(model)
    keys = select(table_of(Link).c.record_key).where(*_person_links(key, prefix))
    rows = conn.execute(select(table).where(table.c.sitting_key.in_(keys))).mappings()
    by_place = {(row["sitting_key"], row["seq"]): row for row in rows}
    places = [(one, (one["record_key"], int(one["place"].removeprefix(prefix)))) for one in links]
    return [(link, by_place[place]) for link, place in places if place in by_place]


def _person_links(key: str, prefix: str) -> list[Any]:
    link = table_of(Link).c
    return [
        link.record_type == "sitting_record",
        link.dossier_type == "person",
        link.dossier_id == key,
        link.place.startswith(prefix, autoescape=True),
    ]


def _links(key: str, prefix: str) -> Select[*tuple[Any, ...]]:
    """The links with the sitting that the protocol is of."""
    link, sitting = table_of(Link), table_of(Sitting).c
    whole = link.alias("whole").c
    return (
        select(link, sitting.id.label("sitting_id"), sitting.title.label("sitting_title"), sitting.day)
        .join(
            whole.record_key.table,
            (whole.record_key == link.c.record_key)
            & (whole.record_type == "sitting_record")
            & (whole.place == "")
            & (whole.dossier_type == "sitting"),
        )
        .join(table_of(Sitting), sitting.id == whole.dossier_id)
        .where(*_person_links(key, prefix))
        .order_by(sitting.day.desc(), link.c.record_key, link.c.place)
    )


def _transfers(conn: Connection, marks: _Marks, *, other: str, place: str) -> list[Named]:
    """The lines with the second person resolved: one query for all."""
    link = table_of(Link).c
    keys = {mark["sitting_key"] for _, mark in marks}
    query = select(link.record_key, link.place, link.dossier_id).where(
        link.record_type == "sitting_record", link.dossier_type == "person", link.record_key.in_(keys)
    )
    others = {(key, where): person for key, where, person in conn.execute(query)}
    return [
        _line(
            one,
            one["written"],
            other=mark[other],
            other_id=others.get((mark["sitting_key"], f"{place}{mark['seq']}")),
            about=mark["about"],
        )
        for one, mark in marks
    ]


def _line(link: RowMapping, written: str, **more: Any) -> Named:
    return Named(
        sitting_id=link["sitting_id"],
        sitting_title=link["sitting_title"],
        day=link["day"],
        written=written,
        method=link["method"],
        **more,
    )
