"""Search documents by FTS5: the index `search_index` over the normal forms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, column, func, literal_column, select, table, text

from db.search_documents import Asked, SearchDocument
from db.upsert import table_of

_DOCUMENT = table_of(SearchDocument)
_INDEX = table("search_index", column("rowid"))
_MATCHES = "search_index MATCH :asked"
# BM25 with a word of the title worth ten of the text; FTS5 gives better matches smaller numbers.
_SCORE: ColumnElement[float] = literal_column("-bm25(search_index, 10.0, 1.0)")

Filters = Sequence[ColumnElement[bool]]


class Fts5Index:
    """The questions to the index. A clean word holds no quotation mark, so nothing that is asked ends one."""

    def __init__(self, words: Sequence[Asked], filters: Filters) -> None:
        self._asked = " AND ".join(f"({_alternatives(one)})" for one in words)
        self._filters = filters

    def count(self) -> Select[int]:
        """How many documents."""
        return self._matching(func.count())

    def newest(self) -> Select[int]:
        """Their `seq`, newest first: along the index of days, so that nothing is sorted."""
        found = select(_INDEX.c.rowid).where(self._condition())
        query = select(_DOCUMENT.c.seq).where(_DOCUMENT.c.seq.in_(found), *self._filters)
        return query.order_by(_DOCUMENT.c.recency.desc(), _DOCUMENT.c.seq)

    def best(self) -> Select[int, float]:
        """Their `seq` and score, best first."""
        score = _SCORE.label("score")
        return self._matching(_INDEX.c.rowid, score).order_by(score.desc(), _INDEX.c.rowid)

    def _condition(self) -> Any:
        return text(_MATCHES).bindparams(bindparam("asked", self._asked))

    def _matching(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Without filters the documents themselves are not touched."""
        query = select(*columns).select_from(_INDEX).where(self._condition())
        if not self._filters:
            return query
        return query.join(_DOCUMENT, _DOCUMENT.c.seq == _INDEX.c.rowid).where(*self._filters)


def _alternatives(word: Asked) -> str:
    whole = [f'"{one}"' for one in sorted(word.whole)]
    return " OR ".join(whole + [f'"{one}"*' for one in sorted(word.beginnings)])
