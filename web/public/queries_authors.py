"""Who brought a bill in, by the lines of agendas and lists of votes that name the bill: deputies and the Government.

The other side of `queries_persons.initiated`: both follow the same links.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from db.batches import rows_where
from db.links import Link
from db.records import AgendaEntry
from db.upsert import table_of
from vocab.payload import merged_fields

_PLACE = "initiator:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody who brought a bill in, as the newest line writes it; the source is that line's page.

    `person_id` is None for the Government (`is_government`) and for a name that fits no deputy, or more than one.
    """

    written: str
    person_id: str | None
    is_government: bool
    day: date
    page_id: int | None
    url: str | None

    @property
    def key(self) -> str:
        """What makes two lines tell of the same."""
        return self.person_id or ("government" if self.is_government else self.written)


def authors(conn: Connection, bill: str, known_by: datetime | None = None) -> list[Author]:
    """The authors in the order of the newest line that names them; `known_by`: of lines seen before this moment."""
    entry, link = table_of(AgendaEntry), table_of(Link)
    ours = select(link.c.record_key).where(
        link.c.record_type == "agenda_entry",
        link.c.place == "",
        link.c.dossier_type == "bill",
        link.c.dossier_id == bill,
    )
    query = select(entry).where(entry.c.key.in_(ours)).order_by(entry.c.day.desc(), entry.c.key)
    if known_by:
        query = query.where(entry.c.first_seen < known_by)
    lines = conn.execute(query).mappings().all()
    names = _names(conn, [line["key"] for line in lines])
    found: dict[str, Author] = {}
    for line in lines:
        for author in _of_line(line, names.get(line["key"], [])):
            found.setdefault(author.key, author)
    return list(found.values())


def _names(conn: Connection, keys: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The links of names among the initiators of these lines, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_where(conn, Link, "record_key", keys, record_type="agenda_entry", dossier_type="person"):
        if row["place"].startswith(_PLACE):
            found.setdefault(row["record_key"], []).append(dict(row))
    return {key: sorted(rows, key=lambda row: int(row["place"].removeprefix(_PLACE))) for key, rows in found.items()}


def _of_line(line: RowMapping, names: list[dict[str, Any]]) -> Iterator[Author]:
    source = {"day": line["day"], "page_id": line["page_id"], "url": line["url"]}
    if merged_fields(line["payload"]).get("item", {}).get("government"):
        yield Author(written="", person_id=None, is_government=True, **source)
    for name in names:
        yield Author(written=name["written"], person_id=name["dossier_id"], is_government=False, **source)
