"""The queue of links that a person has to look at, and both sides of one: what a record says, and whom it may mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, or_, select

from db.annotations import DraftEdge, PressEventRow
from db.batches import rows_where
from db.bills import Bill
from db.links import UNSURE, Link, LinkChange
from db.people import Membership, Person
from db.records import RECORD_TABLES
from db.upsert import table_of
from tracker.identify.bill_keys import Spot
from tracker.identify.drafts import event_place
from tracker.identify.merging import BILL, current_ids
from tracker.link_turns import decision_at, last_at
from vocab.bodies import convocation_on

_DAYS = {
    "registry_entry": "registered_on",
    "press_record": "published_at",
    "act_record": "adopted_on",
    "deputy_record": "shown_on",
}


def queue(of: str) -> Select[*tuple[Any, ...]]:
    """Links to bills, or to persons, that are not certain; `ix_link_unsure` has them in this order."""
    link = table_of(Link)
    place = (link.c.dossier_type, link.c.record_type, link.c.record_key, link.c.place)
    return select(link).where(link.c.dossier_type == of, UNSURE).order_by(*place)


def waiting(conn: Connection) -> dict[str, int]:
    """How many links to bills and to persons are not certain."""
    link = table_of(Link).c
    query = select(link.dossier_type, func.count()).where(UNSURE).group_by(link.dossier_type)
    found = {row[0]: row[1] for row in conn.execute(query)}
    return {of: found.get(of, 0) for of in (BILL, "person")}


def next_one(conn: Connection, of: str, but: Spot) -> RowMapping | None:
    """The first link of the queue at another place."""
    link = table_of(Link).c
    here = and_(link.record_type == but[0], link.record_key == but[1], link.place == but[2])
    return conn.execute(queue(of).where(~here).limit(1)).mappings().first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a record says: `words` are those that stand at the place, where it is not the whole record."""

    record_type: str
    key: str
    title: str
    day: Any
    url: str | None
    page_id: int | None
    words: str = ""


def said_by(conn: Connection, spots: Iterable[Spot]) -> dict[tuple[str, str], Said]:
    """Records by type and key; one that is not there is left out."""
    keys: dict[str, set[str]] = {}
    for record_type, key, _ in spots:
        keys.setdefault(record_type, set()).add(key)
    return {
        (record_type, row["key"]): Said(
            record_type=record_type,
            key=row["key"],
            title=row.get("title") or row.get("name") or row["key"],
            day=row.get(_DAYS.get(record_type, "day")),
            url=row["url"],
            page_id=row["page_id"],
        )
        for record_type, own in keys.items()
        for row in rows_where(conn, RECORD_TABLES[record_type], "key", own)
    }


def event_at(conn: Connection, spot: Spot) -> Mapping[str, Any] | None:
    """What a press release tells at this place."""
    if spot[0] != "press_record":
        return None
    rows = rows_where(conn, PressEventRow, "record_key", [spot[1]])
    return next((row for row in rows if event_place(row["seq"]) == spot[2]), None)


def link_at(conn: Connection, spot: Spot, of: str) -> Mapping[str, Any] | None:
    """The link of a place."""
    rows = rows_where(conn, Link, "record_key", [spot[1]], record_type=spot[0], place=spot[2], dossier_type=of)
    return rows[0] if rows else None


def records_of(conn: Connection, bills: Iterable[str]) -> dict[str, list[tuple[dict[str, Any], Said | None]]]:
    """The links of each of these bills and what their records say, the first day first."""
    links = sorted(rows_where(conn, Link, "dossier_id", bills, dossier_type=BILL), key=_place)
    said = said_by(conn, map(_place, links))
    found: dict[str, list[tuple[dict[str, Any], Said | None]]] = {}
    for link in links:
        found.setdefault(link["dossier_id"], []).append((link, said.get((link["record_type"], link["record_key"]))))
    for rows in found.values():
        rows.sort(key=lambda one: str(one[1].day) if one[1] else "")
    return found


def _place(row: Mapping[str, Any]) -> Spot:
    return row["record_type"], row["record_key"], row["place"]


def possible_bills(conn: Connection, link: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bill that a place is linked to, then those that come into question, by their ids of today."""
    ids = [one for one in (link["dossier_id"], *link["candidates"]) if one]
    current = current_ids(conn, ids)
    order = list(dict.fromkeys(current.get(one, one) for one in ids))
    rows = {row["id"]: row for row in rows_where(conn, Bill, "id", order)}
    return [rows[one] for one in order if one in rows]


def likeness(conn: Connection, spot: Spot) -> dict[str, list[dict[str, Any]]]:
    """By bill: the edges that the text layer drew from this place to its records, the words that decided with them."""
    table = table_of(DraftEdge)
    sides = {side: [table.c[f"{side}_{name}"] for name in ("type", "key", "place")] for side in ("left", "right")}
    here = [and_(*(column == value for column, value in zip(own, spot, strict=True))) for own in sides.values()]
    rows = [dict(row) for row in conn.execute(select(table).where(or_(*here))).mappings()]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        side = "right" if (row["left_type"], row["left_key"], row["left_place"]) == spot else "left"
        other = link_at(conn, (row[f"{side}_type"], row[f"{side}_key"], row[f"{side}_place"]), BILL)
        if other and other["dossier_id"]:
            found.setdefault(other["dossier_id"], []).append(row)
    return found


def persons_on(conn: Connection, day: Any) -> Sequence[RowMapping]:
    """The deputies of the convocation of a day, by name, each once."""
    convocation = convocation_on(day) if day else None
    if convocation is None:
        return []
    person, member = table_of(Person).c, table_of(Membership).c
    own = select(member.person_id).where(member.convocation == convocation.numeral)
    return conn.execute(select(person.id, person.name).where(person.id.in_(own)).order_by(person.name)).mappings().all()


def persons_named(conn: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Names of persons by id."""
    return {row["id"]: row["name"] for row in rows_where(conn, Person, "id", ids)}


def standing(conn: Connection, spot: Spot, of: str) -> dict[str, Any]:
    """What a person decided of a place, what changed there, and the number of the last change."""
    change = table_of(LinkChange).c
    here = (change.record_type == spot[0], change.record_key == spot[1], change.place == spot[2])
    query = select(table_of(LinkChange)).where(*here, change.dossier_type == of).order_by(change.id.desc())
    history = conn.execute(query).mappings().all()
    return {"decision": decision_at(conn, spot, of), "history": history, "seen": last_at(conn, spot, of)}


def log_of(bill: str | None, of: str | None) -> Select[*tuple[Any, ...]]:
    """What changed, the newest first; of one bill where it is named (all its ids are those of the caller)."""
    table = table_of(LinkChange)
    query = select(table).order_by(table.c.id.desc())
    query = query.where(table.c.dossier_type == of) if of else query
    return query.where(or_(table.c.before == bill, table.c.after == bill)) if bill else query
