"""The newest documents that hold words which stand nearly everywhere.

Putting the greater part of all documents in order is slow; of the newest few, some hold the words anyway.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from sqlalchemy import Connection, Select, select

from db.search_documents import Asked, SearchDocument
from db.upsert import table_of

_LOOKED_THROUGH = 2_000
_READ_AT_ONCE = 200


def among_newest(conn: Connection, words: Sequence[Asked], limit: int, offset: int) -> list[int] | None:
    """A page of the `seq` of documents that hold all words, newest first; None where the newest few do not fill it."""
    with conn.execute(_newest(), execution_options={"yield_per": _READ_AT_ONCE}) as rows:
        page = list(islice(_holding(rows, words), offset, offset + limit))
    return page if len(page) == limit else None


@cache
def _newest() -> Select[int, str, str]:
    column = table_of(SearchDocument).c
    query = select(column.seq, column.normal_title, column.normal_text)
    return query.order_by(column.recency.desc(), column.seq.desc()).limit(_LOOKED_THROUGH)


def _holding(rows: Iterable[tuple[int, str, str]], words: Sequence[Asked]) -> Iterator[int]:
    for seq, title, told in rows:
        held = {*title.split(), *told.split()}
        if all(_holds(held, one) for one in words):
            yield seq


def _holds(held: set[str], one: Asked) -> bool:
    if not held.isdisjoint(one.forms):
        return True
    beginnings = tuple(one.beginnings)
    return bool(beginnings) and any(word.startswith(beginnings) for word in held)
