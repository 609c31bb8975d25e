"""Press releases, protocols and acts as documents of the search: the records that the source still shows."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from db.batches import rows_in
from db.links import Link
from db.records import ActRecord, PressRecord, SittingRecord
from db.search_documents import DocumentKind
from db.upsert import table_of
from nlp.search.facets import bodies_of_press, body_id, persons_in
from nlp.search.source import Source, TextPart, facets
from nlp.topics.choices import topics_of
from vocab.bodies import Body
from vocab.dates import BISHKEK
from vocab.ids import committee_id

_PRESS, _SITTING, _ACT = table_of(PressRecord), table_of(SittingRecord), table_of(ActRecord)
_PROTOCOL = _SITTING.c.source == "protocol"


def press_keys(conn: Connection) -> list[str]:
    """All press releases."""
    return _present(conn, _PRESS.c.key, _PRESS.c.vanished_at.is_(None))


def press(conn: Connection, keys: Sequence[str]) -> Iterator[Source]:
    """Press releases with their bodies."""
    bodies, persons = bodies_of_press(conn, keys), persons_in(conn, "press_record", keys)
    topics = topics_of(conn, "press_record", keys)
    for row in rows_in(conn, _columns(_PRESS, "published_at"), _PRESS.c.key, keys):
        told = topics.get(row.key)
        yield Source(
            kind=DocumentKind.PRESS,
            key=row.key,
            title=row.title,
            url=_page(row),
            day=row.published_at.astimezone(BISHKEK).date() if row.published_at else None,
            parts=(TextPart("press_record", row.key, row.content_hash),),
            facets=facets(body=bodies[row.key], person=persons[row.key], topic=map(str, told.topics if told else ())),
        )


def protocol_keys(conn: Connection) -> list[str]:
    """All protocols."""
    return _present(conn, _SITTING.c.key, _SITTING.c.vanished_at.is_(None), _PROTOCOL)


def protocols(conn: Connection, keys: Sequence[str]) -> Iterator[Source]:
    """Protocols with the names that they tell; each leads to its sitting."""
    persons, sittings = persons_in(conn, "sitting_record", keys), _dossiers(conn, "sitting_record", "sitting", keys)
    for row in rows_in(conn, _columns(_SITTING, "day", "body", "committee"), _SITTING.c.key, keys):
        body = body_id(row.body, committee_id(row.committee) if row.committee else None)
        yield Source(
            kind=DocumentKind.PROTOCOL,
            key=row.key,
            title=row.title,
            url=f"/sittings/{sittings[row.key]}" if row.key in sittings else _page(row),
            day=row.day,
            parts=(TextPart("sitting_record", row.key, row.content_hash),),
            facets=facets(body=[body], person=persons[row.key]),
        )


def act_keys(conn: Connection) -> list[str]:
    """All documents of the law registry."""
    return _present(conn, _ACT.c.key, _ACT.c.vanished_at.is_(None))


def acts(conn: Connection, keys: Sequence[str]) -> Iterator[Source]:
    """Acts; one that was a bill here leads to the bill, and has its topics."""
    bills = _dossiers(conn, "act_record", "bill", keys)
    topics = topics_of(conn, "bill", bills.values())
    for row in rows_in(conn, _columns(_ACT, "kind", "adopted_on", "published_on"), _ACT.c.key, keys):
        bill = bills.get(row.key)
        told = topics.get(bill) if bill else None
        yield Source(
            kind=DocumentKind.ACT,
            key=row.key,
            title=row.title,
            url=f"/bills/{bill}" if bill else _page(row),
            day=row.adopted_on or row.published_on,
            lines=(row.kind,) if row.kind else (),
            facets=facets(body=[Body.PLENARY] if bill else [], topic=map(str, told.topics if told else ())),
        )


def _present(conn: Connection, key: Any, *conditions: ColumnElement[bool]) -> list[str]:
    return list(conn.execute(select(key).where(*conditions)).scalars())


def _columns(table: Any, *names: str) -> Any:
    return select(*(table.c[name] for name in ("key", "title", "page_id", "url", "content_hash", *names)))


def _page(row: Any) -> str:
    """The archived page of a record; its address at the source where no page is known."""
    if row.page_id is not None:
        return f"/evidence/{row.page_id}"
    return row.url if row.url and row.url.startswith(("http://", "https://")) else "/"


def _dossiers(conn: Connection, record_type: str, dossier_type: str, keys: Iterable[str]) -> dict[str, str]:
    link = table_of(Link).c
    query = select(link.record_key, link.dossier_id).where(
        link.record_type == record_type,
        link.dossier_type == dossier_type,
        link.place == "",
        link.dossier_id.is_not(None),
    )
    return dict(rows_in(conn, query, link.record_key, keys))
