"""Search documents by FTS5: the index `search_index` over the normal forms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Select, TableClause, bindparam, func, literal_column, select, text
from sqlalchemy.sql.expression import ColumnClause

from db.search_documents import Asked, Filters, SearchDocument
from db.upsert import table_of

_DOCUMENT = table_of(SearchDocument)
_INDEX = TableClause("search_index", ColumnClause("rowid", Integer()))
_MATCHES = "search_index MATCH :asked"
# BM25 with a word of the title worth ten of the text; FTS5 gives better matches smaller numbers.
_SCORE = ColumnClause("-bm25(search_index, 10.0, 1.0)", Float(), is_literal=True)


class Fts5Index:
    """The questions to the index. A clean word holds no quotation mark, so nothing that is asked ends one."""

    def __init__(self, words: Sequence[Asked], filters: Filters) -> None:
        self._filters = filters
        self._asked = " AND ".join(f"({_alternatives(one)})" for one in words)

    def count(self) -> Select[int]:
        """How many documents."""
        if not self._filters:
            return select(func.count()).select_from(_INDEX).where(self._condition())
        return select(func.count()).select_from(_DOCUMENT).where(self._among_documents(), *self._filters)

    def best(self) -> Select[int, float]:
        """Their `seq` and score, best first.

        Filters come after the search, whatever the planner thinks: to ask FTS5 for one document at a time is slow.
        """
        found = select(_INDEX.c.rowid.label("seq"), _SCORE.label("score")).where(self._condition())
        if not self._filters:
            return found.order_by(literal_column("score").desc())
        scored = found.cte("scored").prefix_with("MATERIALIZED")
        query = select(scored.c.seq, scored.c.score).join(_DOCUMENT, _DOCUMENT.c.seq == scored.c.seq)
        return query.where(*self._filters).order_by(scored.c.score.desc(), scored.c.seq)

    def newest(self) -> Select[int]:
        """Their `seq`, newest first."""
        query = select(_DOCUMENT.c.seq).where(self._among_documents(), *self._filters)
        return query.order_by(_DOCUMENT.c.recency.desc(), _DOCUMENT.c.seq.desc())

    def _condition(self) -> Any:
        return text(_MATCHES).bindparams(bindparam("asked", self._asked))

    def _among_documents(self) -> ColumnElement[bool]:
        return _DOCUMENT.c.seq.in_(select(_INDEX.c.rowid).where(self._condition()))


def _alternatives(word: Asked) -> str:
    whole = [f'"{one}"' for one in sorted(word.whole)]
    return " OR ".join(whole + [f'"{one}"*' for one in sorted(word.beginnings)])
