"""Search documents by PostgreSQL's text search: the column `vector` over the normal forms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, cast, func, literal, select
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.sql.expression import ColumnClause

from db.search_documents import Asked, Filters, SearchDocument
from db.upsert import table_of

_DOCUMENT = table_of(SearchDocument)
_VECTOR = ColumnClause("search_document.vector", TSVECTOR(), is_literal=True)
# Of D, C, B, A: the text has D, the title A.
_WEIGHTS: ColumnElement[Any] = ColumnClause("'{0.1, 0.2, 0.4, 1.0}'::float4[]", is_literal=True)
_BY_LENGTH = 1  # divide by 1 + the logarithm of the document's length


class VectorIndex:
    """The questions to the index. A clean word holds no quotation mark, so nothing that is asked ends one."""

    def __init__(self, words: Sequence[Asked], filters: Filters) -> None:
        self._asked = cast(literal(" & ".join(f"({_alternatives(one)})" for one in words)), TSQUERY)
        self._filters = filters

    def count(self) -> Select[int]:
        """How many documents."""
        return self._matching(func.count())

    def newest(self) -> Select[int]:
        """Their `seq`, newest first."""
        return self._matching(_DOCUMENT.c.seq).order_by(_DOCUMENT.c.recency.desc(), _DOCUMENT.c.seq.desc())

    def best(self) -> Select[int, float]:
        """Their `seq` and score, best first."""
        score = func.ts_rank_cd(_WEIGHTS, _VECTOR, self._asked, _BY_LENGTH).label("score")
        return self._matching(_DOCUMENT.c.seq, score).order_by(score.desc(), _DOCUMENT.c.seq)

    def _matching(self, *columns: ColumnElement[Any]) -> Select[Any]:
        matches: ColumnElement[bool] = _VECTOR.op("@@", is_comparison=True)(self._asked)
        return select(*columns).select_from(_DOCUMENT).where(matches, *self._filters)


def _alternatives(word: Asked) -> str:
    whole = [f"'{one}'" for one in sorted(word.whole)]
    return " | ".join(whole + [f"'{one}':*" for one in sorted(word.beginnings)])
