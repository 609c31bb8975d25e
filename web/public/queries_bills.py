"""Bills for the pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, extract, func, select, tuple_

from db.bills import Bill, BillAlias, BillStanding
from db.documents import Document
from db.links import Link
from db.list_conditions import conditions
from db.search_documents import Facet, SearchFacet
from db.search_filter import bills_with_words
from db.upsert import table_of
from nlp.search.query import read_query
from vocab.lists import ListKind, canonical
from vocab.stages import Stage
from web.parameters import BillQuery
from web.public import queries_sittings

_CHOICES = ("kind", "initiator", "convocation")


def matching(conn: Connection, wanted: BillQuery) -> Select[*tuple[Any, ...]]:
    """Bills with where they stand and on how many agendas they stood, newest first."""
    bill, standing = table_of(Bill).c, table_of(BillStanding).c
    filters = canonical(ListKind.BILLS, dict(wanted))
    words = filters.pop("text", None)
    query = (
        select(table_of(Bill), standing.stage, standing.entries.label("items"), standing.last_day)
        .join_from(table_of(BillStanding), table_of(Bill), bill.id == standing.bill_id)
        .order_by(standing.last_day.desc().nulls_last(), standing.bill_id)
    )
    if words:
        query = query.where(bills_with_words(conn, words, read_query(words)))
    return query.where(*conditions(ListKind.BILLS, filters))


def choices(conn: Connection) -> dict[str, Any]:
    """By what bills can be asked for: only what finds one."""
    bill, standing, facet = table_of(Bill).c, table_of(BillStanding).c, table_of(SearchFacet).c
    found = {name: conn.execute(select(bill[name]).distinct()).scalars() for name in _CHOICES}
    stages = set(conn.execute(select(standing.stage).distinct()).scalars())
    topics = select(facet.value).where(facet.name == Facet.TOPIC.value).distinct()
    bodies = set(conn.execute(select(facet.value).where(facet.name == Facet.BODY.value).distinct()).scalars())
    years = conn.execute(select(extract("year", bill.first_day)).distinct()).scalars()
    return {
        **{f"{name}s": sorted(filter(None, values)) for name, values in found.items()},
        "stages": [stage for stage in Stage if stage.value in stages],
        "topics": sorted(int(value) for value in conn.execute(topics).scalars()),
        "committees": [one for one in queries_sittings.choices(conn)["committees"] if one[0] in bodies],
        "years": sorted((int(year) for year in years if year), reverse=True),
    }


def bill_by_id(conn: Connection, key: str) -> RowMapping | None:
    """One bill."""
    return conn.execute(select(table_of(Bill)).where(table_of(Bill).c.id == key)).mappings().first()


def present_id(conn: Connection, key: str) -> str | None:
    """The id that a bill with a former id has now."""
    alias = table_of(BillAlias).c
    return conn.execute(select(alias.bill_id).where(alias.alias == key)).scalar()


def documents(conn: Connection, key: str, known_by: datetime | None = None) -> Sequence[RowMapping]:
    """Files that the records of a bill offer, each address once; `known_by`: those first seen before this moment."""
    document, link = table_of(Document).c, table_of(Link).c
    records = select(link.record_type, link.record_key).where(link.dossier_type == "bill", link.dossier_id == key)
    query = (
        select(
            document.url, document.kind, document.title, document.language, func.min(document.first_seen).label("seen")
        )
        .where(tuple_(document.record_type, document.record_key).in_(records))
        .group_by(document.url, document.kind, document.title, document.language)
        .order_by(func.min(document.first_seen), document.url)
    )
    if known_by:
        query = query.where(document.first_seen < known_by)
    return conn.execute(query).mappings().all()
