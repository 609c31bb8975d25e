"""By what documents are found: the bodies that dealt with them, the persons they name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from db.annotations import MentionRow, PressEventRow
from db.batches import rows_in
from db.links import Link
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from nlp.mentions.mention import MentionKind
from vocab.bodies import Body
from vocab.ids import committee_id

Named = dict[str, set[str]]
"""Values by key."""


def body_id(body: str, committee: str | None) -> str:
    """The plenary or a committee by its id; a committee without a name is just «committee»."""
    return committee if body == Body.COMMITTEE and committee else body


def bodies_of_bills(conn: Connection, bills: Iterable[str]) -> Named:
    """Where each bill stood on an agenda."""
    item, sitting = table_of(AgendaItem).c, table_of(Sitting).c
    query = select(item.bill_id, sitting.body, sitting.committee_id).join_from(
        table_of(AgendaItem), table_of(Sitting), sitting.id == item.sitting_id
    )
    found: Named = defaultdict(set)
    for bill, body, committee in rows_in(conn, query.distinct(), item.bill_id, bills):
        found[bill].add(body_id(body, committee))
    return found


def bodies_of_press(conn: Connection, keys: Iterable[str]) -> Named:
    """Whose sittings each press release tells of."""
    event = table_of(PressEventRow).c
    found: Named = defaultdict(set)
    for key, body, committee in rows_in(
        conn, select(event.record_key, event.body, event.committee), event.record_key, keys
    ):
        if body in set(Body):
            found[key].add(body_id(body, committee_id(committee) if committee else None))
    return found


def persons_in(conn: Connection, record_type: str, keys: Iterable[str]) -> Named:
    """Whom these records name: by the tracker's links, and by the known persons of their texts."""
    keys, link, mention = set(keys), table_of(Link).c, table_of(MentionRow).c
    found: Named = defaultdict(set)
    linked = select(link.record_key, link.dossier_id).where(
        link.record_type == record_type, link.dossier_type == "person", link.dossier_id.is_not(None)
    )
    for key, person in rows_in(conn, linked, link.record_key, keys):
        found[key].add(person)
    known = mention.value["known"].as_string()
    named = select(mention.record_key, known).where(
        mention.record_type == record_type, mention.kind == MentionKind.PERSON.value, known.is_not(None)
    )
    rows = [(key, deputy) for key, deputy in rows_in(conn, named, mention.record_key, keys) if deputy]
    persons = _persons_of_deputies(conn, {deputy for _, deputy in rows})
    for key, deputy in rows:
        if deputy in persons:
            found[key].add(persons[deputy])
    return found


def _persons_of_deputies(conn: Connection, deputies: Iterable[str]) -> Mapping[str, str]:
    """The person of each row of a list of deputies."""
    link = table_of(Link).c
    query = select(link.record_key, link.dossier_id).where(
        link.record_type == "deputy_record", link.dossier_type == "person", link.dossier_id.is_not(None)
    )
    return dict(rows_in(conn, query, link.record_key, deputies))
