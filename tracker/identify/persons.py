"""Lists of deputies in the database → persons, spellings of their names, memberships, links."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from db.batches import rows_where
from db.links import Link
from db.people import Membership, Person, PersonKey
from db.records import DeputyRecord, RecordVersion
from db.upsert import table_of, upsert
from tracker.identify.links import LinkRow, Links
from tracker.identify.memberships import stretches
from tracker.identify.resolver import read_name
from tracker.identify.rosters import Assigned, Known, ListRow, Rosters
from tracker.rows import local_day
from vocab.bodies import convocation_on
from vocab.names import PersonName
from vocab.payload import merged_fields
from vocab.text import fold_space

_MEMBERSHIP_KEY = ("person_id", "convocation", "seen_first")


@dataclass(frozen=True, slots=True)
class Changed:
    """Memberships of a convocation changed for days after `since` (None: for any day)."""

    convocation: str
    since: date | None


def identify_persons(conn: Connection, keys: Collection[str]) -> list[Changed]:
    """Take in these rows of lists of deputies; say for which convocations and days memberships changed."""
    if not keys:
        return []
    convocations = {row.convocation for row in _list_rows(conn, keys)}
    rows = [
        row for row in _list_rows(conn, _keys_of(conn, convocations) | set(keys)) if row.convocation in convocations
    ]
    links = Links(conn, "deputy_record", "person", {row.key for row in rows} | set(keys))
    settled = {link.record_key: _settled(link) for link in links.linked().values()}
    assigned = Rosters(_known(conn), settled).assign(rows)
    _store_persons(conn, rows, assigned)
    links.store([_link(row, assigned[row.key]) for row in rows])
    return _store_memberships(conn, convocations, rows, assigned)


def _keys_of(conn: Connection, convocations: Collection[str]) -> set[str]:
    """The records that may speak of these convocations, in an earlier version too."""
    record, link, member = table_of(DeputyRecord), table_of(Link), table_of(Membership)
    said = select(record.c.key).where(or_(record.c.convocation.in_(convocations), record.c.convocation.is_(None)))
    persons = select(member.c.person_id).where(member.c.convocation.in_(convocations))
    linked = select(link.c.record_key).where(
        link.c.record_type == "deputy_record", link.c.dossier_type == "person", link.c.dossier_id.in_(persons)
    )
    return {*conn.execute(said).scalars(), *conn.execute(linked).scalars()}


def _list_rows(conn: Connection, keys: Iterable[str]) -> list[ListRow]:
    """Every version of the records, as stretches of days on which the list showed it."""
    found = {row["key"]: row for row in rows_where(conn, DeputyRecord, "key", keys)}
    versions = rows_where(conn, RecordVersion, "record_key", found, record_type="deputy_record")
    rows = [_list_row(found[one["record_key"]], one) for one in versions]
    return [row for row in rows if row is not None]


def _list_row(record: Mapping[str, Any], version: Mapping[str, Any]) -> ListRow | None:
    fields = merged_fields(version["payload"])
    shown_on = date.fromisoformat(fields["shown_on"])
    convocation = fields.get("convocation") or getattr(convocation_on(shown_on), "numeral", None)
    if convocation is None:
        return None
    last = shown_on
    # A list read on the day that it shows goes on being shown, unchanged, up to the day it was last seen.
    if version["version"] == record["version"] and shown_on == local_day(version["first_seen"]):
        last = max(shown_on, local_day(record["last_seen"]))
    return ListRow(
        key=record["key"],
        roll=f"{record['site']} {record['scope']} {shown_on}",
        name=fields["name"],
        convocation=convocation,
        faction=fields.get("faction"),
        first=shown_on,
        last=last,
        gender=fields.get("gender"),
    )


def _known(conn: Connection) -> dict[str, Known]:
    key, membership = table_of(PersonKey).c, table_of(Membership).c
    names: dict[str, list[str]] = {}
    for identity, written in conn.execute(select(key.person_id, key.name).distinct().order_by(key.name)):
        names.setdefault(identity, []).append(written)
    convocations: dict[str, set[str]] = {}
    for identity, convocation in conn.execute(select(membership.person_id, membership.convocation).distinct()):
        convocations.setdefault(identity, set()).add(convocation)
    return {one: Known(tuple(names[one]), frozenset(convocations.get(one, ()))) for one in names}


def _settled(link: LinkRow) -> Assigned:
    return Assigned(link.dossier_id, link.method, link.score, link.candidates)


def _link(row: ListRow, assigned: Assigned) -> LinkRow:
    return LinkRow(
        record_type="deputy_record",
        record_key=row.key,
        dossier_type="person",
        dossier_id=assigned.person_id,
        written=row.name,
        method=assigned.method,
        score=assigned.score,
        candidates=assigned.candidates,
    )


def _store_persons(conn: Connection, rows: Sequence[ListRow], assigned: Mapping[str, Assigned]) -> None:
    spellings: dict[str, dict[str, int]] = {}
    genders: dict[str, str] = {}
    for row in rows:
        if identity := assigned[row.key].person_id:
            seen = spellings.setdefault(identity, {})
            text = fold_space(row.name)
            seen[text] = seen.get(text, 0) + 1
            if row.gender:
                genders[identity] = row.gender
    before = {row["id"]: row for row in rows_where(conn, Person, "id", spellings)}
    people = [
        _person(identity, seen, genders.get(identity), before.get(identity))
        for identity, seen in sorted(spellings.items())
    ]
    upsert(conn, Person, people, key=("id",))
    keys = [
        {"match_key": key, "person_id": identity, "name": text}
        for identity, seen in sorted(spellings.items())
        for text in sorted(seen)
        if (name := read_name(text, "nominative"))
        for key in sorted(name.match_keys())
    ]
    upsert(conn, PersonKey, keys, key=("match_key", "person_id", "name"), update=())


def _person(
    identity: str, seen: Mapping[str, int], gender: str | None, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The person under the fullest spelling, the most frequent of these; an equal one does not replace it."""
    shown = max(sorted(seen), key=lambda text: (_fullness(read_name(text, "nominative")), seen[text]))
    if before and _fullness(read_name(before["name"], "nominative")) >= _fullness(read_name(shown, "nominative")):
        shown = before["name"]
    name = read_name(shown, "nominative") or PersonName(shown)
    return {
        "id": identity,
        "name": shown,
        "surname": name.surname,
        "given": name.given,
        "patronymic": name.patronymic,
        "gender": gender or (before["gender"] if before else None),
    }


def _fullness(name: PersonName | None) -> int:
    return sum(bool(part) for part in (name.surname, name.given, name.patronymic)) if name else 0


def _store_memberships(
    conn: Connection, convocations: Collection[str], rows: Sequence[ListRow], assigned: Mapping[str, Assigned]
) -> list[Changed]:
    wanted = {
        (stretch.person_id, convocation, stretch.first): (stretch.last, stretch.faction)
        for convocation, stretch in stretches(rows, assigned)
    }
    stored = {
        (row["person_id"], row["convocation"], row["seen_first"]): (row["seen_last"], row["faction"])
        for row in rows_where(conn, Membership, "convocation", convocations)
    }
    table = table_of(Membership)
    for person_id, convocation, first in stored.keys() - wanted.keys():
        same = (table.c.person_id == person_id, table.c.convocation == convocation, table.c.seen_first == first)
        conn.execute(delete(table).where(*same))
    changed = {key: value for key, value in wanted.items() if stored.get(key) != value}
    upsert(conn, Membership, [_membership(key, *value) for key, value in changed.items()], key=_MEMBERSHIP_KEY)
    return _spans(stored, wanted)


def _membership(key: tuple[str, str, date], last: date, faction: str | None) -> dict[str, Any]:
    return dict(zip(_MEMBERSHIP_KEY, key, strict=True)) | {"seen_last": last, "faction": faction}


Stretches = Mapping[tuple[str, str, date], tuple[date, str | None]]


def _spans(before: Stretches, after: Stretches) -> list[Changed]:
    """Which days the changes concern: a stretch that only grew says nothing new of the days before."""
    since: dict[str, date | None] = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old != new:
            grew = old[0] if old and new and old[1] == new[1] and old[0] <= new[0] else None
            known = since.get(key[1], grew)
            since[key[1]] = min(known, grew) if known and grew else None
    return [Changed(convocation, day) for convocation, day in sorted(since.items())]
