"""Find documents: the words of a query as alternatives in normal form, filters, an order, and snippets.

A query is put together from words only, so that nothing that a person types is an operator. Every word must stand in
a document, in one of its forms; but words that stand in over a fifth of all documents drive no query: beside other
words they only add to the order, alone they are answered newest first.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from db.batches import rows_in
from db.search_documents import Asked, DocumentKind, Facet, SearchDocument, SearchFacet, SearchWord, clean_words
from db.search_marks import Piece, Wanted, marked, places_of, snippet
from db.search_newest import among_newest
from db.search_postgresql import VectorIndex
from db.search_sqlite import Fts5Index
from db.search_store import EVERY_DOCUMENT
from db.upsert import table_of
from vocab.text import fold

MOST_WORDS_ASKED = 12
SHORTEST_BEGINNING = 4
_FIFTH = 5
_FEW = 10  # a word in fewer documents than this is never too common
_HEAD = 60  # so many best documents are ordered anew, by the common words and the day
_COMMON_BONUS = 0.1  # a title with all common words of the query is worth a tenth more

_DOCUMENT, _FACET, _WORD = table_of(SearchDocument).c, table_of(SearchFacet).c, table_of(SearchWord).c


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryWord:
    """A word as typed, and the normal forms that it may stand for.

    `prefix`: words that begin with one of the forms are meant too; forms under 4 letters begin nothing. A word that
    stands in no document as such begins others in any case.
    """

    written: str
    forms: Sequence[str]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is asked: words, and what the documents must be; `since` and `until` are days, both included."""

    words: Sequence[QueryWord]
    kinds: Sequence[DocumentKind] = ()
    body: str | None = None
    topic: int | None = None
    person: str | None = None
    verdict: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that was found; `marked_title` and `snippet` tell where the words stand.

    `score` is the greater the better, comparable within one answer only; 0 where the order is by day.
    """

    kind: DocumentKind
    key: str
    title: str
    marked_title: Sequence[Piece]
    snippet: Sequence[Piece]
    url: str
    day: date | None
    language: str
    verdict: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundWord:
    """A word of the query: in how many documents its forms stand as whole words, and whether that is too common."""

    written: str
    documents: int
    common: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of the answer, and how many documents there are in all.

    `newest_first`: all words were too common to order by. `cut`: words after the twelfth were not asked for.
    """

    total: int = 0
    hits: Sequence[Hit] = ()
    words: Sequence[FoundWord] = ()
    newest_first: bool = False
    cut: bool = False


def search(conn: Connection, query: SearchQuery) -> SearchPage:
    """The documents that fit, best first. A query without a word finds nothing; no query raises."""
    words = asked_words(query)
    if not words:
        return SearchPage()
    found = _finished(counted_words(conn, words))
    common = [word for word, one in found.items() if one.common]
    run = _Run(conn, query, driving_words(found), common, found)
    only_common = len(common) == len(found)
    total, chosen = run.newest() if only_common else run.best()
    return SearchPage(
        total=total,
        hits=_hits(conn, chosen, list(found)),
        words=list(found.values()),
        newest_first=only_common,
        cut=len(_asked(query.words)) > len(words),
    )


def found_names(conn: Connection, query: SearchQuery) -> list[tuple[str, str]]:
    """Kind and key of the newest documents that fit, `limit` of them."""
    words = asked_words(query)
    if not words:
        return []
    found = _finished(counted_words(conn, words))
    _, chosen = _Run(conn, query, driving_words(found), [], found).newest()
    named = select(_DOCUMENT.kind, _DOCUMENT.key)
    return [(kind, key) for kind, key in rows_in(conn, named, _DOCUMENT.seq, chosen)]


def asked_words(query: SearchQuery) -> dict[Asked, str]:
    """The words of a query as they are asked for, each once, with what was written; no more than are asked."""
    return dict(list(_asked(query.words).items())[:MOST_WORDS_ASKED])


def driving_words(found: Mapping[Asked, FoundWord]) -> list[Asked]:
    """The words that a document must have: those that are not too common, or all where all are."""
    found = _finished(found)
    return [word for word, one in found.items() if not one.common] or list(found)


def _finished(counted: Mapping[Asked, FoundWord]) -> dict[Asked, FoundWord]:
    return {word if one.documents else _unfinished(word, one.written): one for word, one in counted.items()}


def _asked(words: Sequence[QueryWord]) -> dict[Asked, str]:
    """The words as the index is asked for them, in their order, each once."""
    found: dict[Asked, str] = {}
    for one in words:
        forms = frozenset(word for form in one.forms for word in clean_words(form))
        long = frozenset(form for form in forms if one.prefix and len(form) >= SHORTEST_BEGINNING)
        if forms:
            found.setdefault(Asked(forms - long, long), one.written)
    return found


def counted_words(conn: Connection, words: Mapping[Asked, str]) -> dict[Asked, FoundWord]:
    """In how many documents each of these words stands."""
    forms = {form for word in words for form in word.forms}
    documents = dict(conn.execute(_how_often(), {"words": sorted(forms | {EVERY_DOCUMENT})}).all())
    every = documents.get(EVERY_DOCUMENT, 0)
    found = {}
    for word, written in words.items():
        number = min(every, sum(documents.get(form, 0) for form in word.forms))
        is_common = number >= _FEW and number * _FIFTH > every
        found[word] = FoundWord(written=written, documents=number, common=is_common)
    return found


def _unfinished(word: Asked, written: str) -> Asked:
    """A word that stands nowhere as such: perhaps it was not typed to its end, and begins others («госу», «6-502»)."""
    begun = frozenset(one for one in clean_words(fold(written)) if len(one) >= SHORTEST_BEGINNING)
    return Asked(word.whole - begun, word.beginnings | begun)


def _filters(query: SearchQuery) -> Iterator[ColumnElement[bool]]:
    if query.kinds:
        yield _DOCUMENT.kind.in_([kind.value for kind in query.kinds])
    if query.verdict:
        yield _DOCUMENT.verdict == query.verdict
    if query.since:
        yield _DOCUMENT.day >= query.since
    if query.until:
        yield _DOCUMENT.day <= query.until
    facets = ((Facet.BODY, query.body), (Facet.TOPIC, query.topic), (Facet.PERSON, query.person))
    for name, value in facets:
        if value is not None:
            same = (_FACET.name == name.value, _FACET.value == str(value))
            yield _DOCUMENT.seq.in_(select(_FACET.seq).where(*same))


class _Run:
    """One query on its way through the index; `words` are those that drive it."""

    def __init__(
        self,
        conn: Connection,
        query: SearchQuery,
        words: Sequence[Asked],
        common: Sequence[Asked],
        found: Mapping[Asked, FoundWord],
    ) -> None:
        make = VectorIndex if conn.dialect.name == "postgresql" else Fts5Index
        self._conn, self._query, self._words, self._common = conn, query, words, common
        self._filters = list(_filters(query))
        self._index = make(words, self._filters)
        self._known = found[words[0]].documents if self._is_counted() else None

    def newest(self) -> tuple[int, dict[int, float]]:
        """How many, and the wanted page in the order of days."""
        total, page = self._total(), (self._query.limit, self._query.offset)
        if total <= self._query.offset:
            return total, {}
        chosen = None if self._filters else among_newest(self._conn, self._words, *page)
        if chosen is None:
            chosen = list(self._conn.execute(self._index.newest().limit(page[0]).offset(page[1])).scalars())
        return total, dict.fromkeys(chosen, 0.0)

    def best(self) -> tuple[int, dict[int, float]]:
        """How many, and the wanted page: the head in its finer order, what is behind it by score alone."""
        query, ordered = self._query, self._index.best()
        head = dict(self._conn.execute(ordered.limit(_HEAD)).all())
        total = self._total() if len(head) == _HEAD else len(head)
        last = min(query.offset + query.limit, total)
        ranked: list[tuple[int, float]] = []
        if query.offset < _HEAD:
            ranked += _finer(self._conn, head, self._common)[query.offset : last]
        if last > (start := max(query.offset, _HEAD)):
            ranked += self._conn.execute(ordered.limit(last - start).offset(start)).all()
        return total, dict(ranked)

    def _total(self) -> int:
        return self._conn.execute(self._index.count()).scalar_one() if self._known is None else self._known

    def _is_counted(self) -> bool:
        """One word in one form, of all documents: in how many it stands is known already."""
        first = self._words[0]
        return len(self._words) == len(first.forms) == 1 and not first.beginnings and not self._filters


def _finer(conn: Connection, head: Mapping[int, float], common: Sequence[Asked]) -> list[tuple[int, float]]:
    """Common words of the query that stand in the title add to the score; of equal ones the newest comes first."""
    ranked = []
    for seq, recency, title in conn.execute(_days_and_titles(), {"seqs": list(head)}):
        words = set(title.split()) if common else set()
        share = sum(1 for one in common if words & one.forms) / len(common) if common else 0.0
        ranked.append((round(head[seq] * (1 + _COMMON_BONUS * share), 6), recency, seq))
    ranked.sort(key=lambda one: (-one[0], -one[1], one[2]))
    return [(seq, score) for score, _, seq in ranked]


def _hits(conn: Connection, chosen: Mapping[int, float], words: Sequence[Asked]) -> list[Hit]:
    """The documents in the order chosen."""
    wanted = Wanted(
        frozenset(form for word in words for form in word.whole),
        tuple(sorted(form for word in words for form in word.beginnings)),
    )
    rows = conn.execute(_whole(), {"seqs": list(chosen)}).mappings()
    by_seq = {row["seq"]: row for row in rows}
    return [_hit(by_seq[seq], score, wanted) for seq, score in chosen.items() if seq in by_seq]


def _hit(row: Mapping[Any, Any], score: float, wanted: Wanted) -> Hit:
    return Hit(
        kind=DocumentKind(row["kind"]),
        key=row["key"],
        title=row["title"],
        marked_title=marked(row["title"], places_of(wanted, row["normal_title"], row["title_places"])),
        snippet=snippet(row["text"], places_of(wanted, row["normal_text"], row["text_places"])),
        url=row["url"],
        day=row["day"],
        language=row["language"],
        verdict=row["verdict"],
        score=score,
    )


# Statements that every search makes, put together once: it takes as long as running them.


@cache
def _how_often() -> Select[str, int]:
    return select(_WORD.word, _WORD.documents).where(_WORD.word.in_(bindparam("words", expanding=True)))


@cache
def _days_and_titles() -> Select[int, int, str]:
    columns = (_DOCUMENT.seq, _DOCUMENT.recency, _DOCUMENT.normal_title)
    return select(*columns).where(_DOCUMENT.seq.in_(bindparam("seqs", expanding=True)))


@cache
def _whole() -> Select[Any]:
    return select(*_DOCUMENT).where(_DOCUMENT.seq.in_(bindparam("seqs", expanding=True)))
