"""Rows of the pictures that protocols tell: who registered, who was named as absent, who gave the vote to whom."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, String, cast, func, select

from db.batches import rows_where
from db.links import Link
from db.people import Person
from db.protocols import RegistrationMark, TransferMark
from db.records import SittingRecord
from db.sittings import Sitting
from db.upsert import table_of
from tracker.stored import observations
from vocab.bodies import Body, convocation_on
from vocab.observation import ObservationKind
from web.pictures.wanted import PictureQuery
from web.public.attendance import Stretch
from web.public.presence import seats_on
from web.public.queries_register import stretches

_Row = dict[str, Any]
_Lists = Mapping[str, Sequence[Stretch]]


def registered(conn: Connection, wanted: PictureQuery) -> list[_Row]:
    """The rows of `publish.charts.registered`: of the plenary, or of the committee asked for.

    Where two protocols tell of one sitting, the larger number of registrations counts.
    """
    mark, sitting = table_of(RegistrationMark).c, table_of(Sitting).c
    figures = (func.count().label("registrations"), func.min(mark["count"]).label("least"))
    query = _of_protocols(
        *(sitting.id, sitting.day, sitting.title, sitting.body, *figures, func.max(mark["count"]).label("most"))
    )
    query = query.join(table_of(RegistrationMark), mark.sitting_key == table_of(Link).c.record_key)
    query = _of_year(query, wanted).group_by(table_of(Link).c.record_key, sitting.id)
    query = query.where(sitting.committee_id == wanted.committee if wanted.committee else sitting.body == Body.PLENARY)
    found: dict[str, _Row] = {}
    for row in conn.execute(query.order_by(sitting.day, sitting.id)).mappings():
        known = found.setdefault(row["id"], dict(row))
        known["least"], known["most"] = min(known["least"], row["least"]), max(known["most"], row["most"])
        known["registrations"] = max(known["registrations"], row["registrations"])
    counted = _counted(conn, found)
    return [_registered_row(row, counted.get(key, [])) for key, row in found.items()]


def _registered_row(row: Mapping[str, Any], counted: list[int]) -> _Row:
    seats = seats_on(row["body"], row["day"])
    return {
        "sitting_id": row["id"],
        **{name: row[name] for name in ("day", "title", "registrations", "least", "most")},
        "counted_least": min(counted, default=None),
        "counted_most": max(counted, default=None),
        "seats": seats,
        "quorum": seats // 2 + 1 if seats else None,  # more than half, as a sitting's page counts it
    }


def _counted(conn: Connection, sittings: Iterable[str]) -> dict[str, list[int]]:
    """What observers counted in the hall, by sitting: a kind of note that everybody may see."""
    counted: dict[str, list[int]] = defaultdict(list)
    for row in observations(conn, sittings):
        if row.kind == ObservationKind.HEAD_COUNT and isinstance(row.value.get("count"), int):
            counted[row.sitting_id].append(row.value["count"])
    return counted


def absences(conn: Connection, wanted: PictureQuery) -> list[_Row]:
    """The rows of `publish.charts.attendance`: of one deputy, or of all in one year (the newest that has protocols)."""
    held = _sittings_with_protocol(conn)
    year = wanted.year or (None if wanted.person else max((day.year for day in held.values()), default=None))
    held = {key: day for key, day in held.items() if year in (None, day.year)}
    named = _named(conn, held, wanted.person)
    lists = stretches(conn)
    members = _members(lists, set(held.values()))
    names = _names(conn, {person for _, person in named} | members)
    rows: dict[tuple[str, date], _Row] = {}
    for key, day in sorted(held.items(), key=lambda one: (one[1], one[0])):
        for person in (wanted.person,) if wanted.person else names:
            is_named = (key, person) in named
            if is_named or _shows(lists, person, day):
                row = rows.setdefault((person, monday(day)), _week(person, names, day))
                row["sittings"] += 1
                row["named"] += is_named
    return list(rows.values())


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _week(person: str, names: Mapping[str, str], day: date) -> _Row:
    return {"person_id": person, "name": names.get(person, person), "week": monday(day), "sittings": 0, "named": 0}


def _sittings_with_protocol(conn: Connection) -> dict[str, date]:
    """Sittings of the plenary whose protocol we have, with their day."""
    sitting, record = table_of(Sitting).c, table_of(SittingRecord).c
    query = _of_protocols(sitting.id, sitting.day).where(sitting.body == Body.PLENARY)
    query = query.join(table_of(SittingRecord), record.key == table_of(Link).c.record_key)
    return {row.id: row.day for row in conn.execute(query.where(record.source == "protocol").distinct())}


def _named(conn: Connection, sittings: Mapping[str, date], person: str | None) -> set[tuple[str, str]]:
    """Sitting and deputy of each naming; who is named twice in one sitting was absent once."""
    place, sitting = table_of(Link).alias("place").c, table_of(Sitting).c
    query = _of_protocols(sitting.id, place.dossier_id).join(
        place.record_key.table, place.record_key == table_of(Link).c.record_key
    )
    query = query.where(
        place.record_type == "sitting_record",
        place.dossier_type == "person",
        place.dossier_id == person if person else place.dossier_id.is_not(None),
        place.place.startswith("absence:", autoescape=True),
    )
    return {(key, who) for key, who in conn.execute(query.distinct()) if key in sittings}


def _members(lists: _Lists, days: Collection[date]) -> set[str]:
    """Whom the lists show as deputies on one of these days."""
    return {person for person in lists if any(_shows(lists, person, day) for day in days)}


def _shows(lists: _Lists, person: str, day: date) -> bool:
    """Whether a protocol of the day says something of the deputy, as on the deputy's page (web.public.attendance)."""
    return any(one.holds(day) for one in lists.get(person, ()))


def transfers(conn: Connection, wanted: PictureQuery) -> list[_Row]:
    """The rows of `publish.charts.transfers`: of all protocols or of a year, and of one deputy with all others."""
    giver, holder = table_of(Link).alias("giver"), table_of(Link).alias("holder")
    mark, sitting = table_of(TransferMark).c, table_of(Sitting).c
    query = _of_protocols(mark.from_name, mark.to_name, giver.c.dossier_id, holder.c.dossier_id, sitting.day)
    query = query.join(table_of(TransferMark), mark.sitting_key == table_of(Link).c.record_key)
    for link, place in ((giver, "absence:"), (holder, "transfer:")):
        query = query.outerjoin(
            link,
            (link.c.record_type == "sitting_record")
            & (link.c.record_key == mark.sitting_key)
            & (link.c.dossier_type == "person")
            & (link.c.place == place + _text(mark.seq)),
        )
    pairs: dict[tuple[str, str, str | None, str | None], int] = defaultdict(int)
    lines = conn.execute(_of_year(query, wanted)).all()
    names = _names(conn, {person for line in lines for person in line[2:4] if person})
    for from_name, to_name, from_id, to_id, day in lines:
        if wanted.person not in (None, from_id, to_id) or not _is_of(day, wanted.convocation):
            continue
        pairs[names.get(from_id, from_name), names.get(to_id, to_name), from_id, to_id] += 1
    return [
        {"from_id": from_id, "from_name": giver_name, "to_id": to_id, "to_name": holder_name, "number": number}
        for (giver_name, holder_name, from_id, to_id), number in sorted(pairs.items(), key=str)
    ]


def _text(number: Any) -> Any:
    return cast(number, String)


def _is_of(day: date, numeral: str | None) -> bool:
    sat = convocation_on(day)
    return numeral is None or (sat is not None and sat.numeral == numeral)


def _names(conn: Connection, persons: Iterable[str]) -> dict[str, str]:
    """Names by id; two persons of one name are told apart by their ids."""
    from_ids = {row["id"]: row["name"] for row in rows_where(conn, Person, "id", persons)}
    written = Counter(from_ids.values())
    return {key: name if written[name] == 1 else f"{name} ({key})" for key, name in from_ids.items()}


def _of_protocols(*columns: Any) -> Select[*tuple[Any, ...]]:
    """Something of sittings, joined to the records that tell of them: `Link` names the record."""
    link, sitting = table_of(Link).c, table_of(Sitting).c
    return (
        select(*columns)
        .select_from(table_of(Sitting))
        .join(table_of(Link), (link.dossier_id == sitting.id) & (link.dossier_type == "sitting"))
        .where(link.record_type == "sitting_record", link.place == "")
    )


def _of_year(query: Select[*tuple[Any, ...]], wanted: PictureQuery) -> Select[*tuple[Any, ...]]:
    if not wanted.year:
        return query
    return query.where(table_of(Sitting).c.day.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
