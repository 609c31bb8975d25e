"""Which of a few documents fit which of many searches: the other way round than `db.search`, with the same answer.

The words of the documents stand in their rows, so no index is asked: one look at each document for all searches.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, tuple_

from db.batches import rows_in
from db.search import QueryWord, SearchQuery, asked_words, counted_words, driving_words
from db.search_documents import Asked, Facet, SearchDocument, SearchFacet
from db.search_filter import filter_words
from db.upsert import chunks, table_of

_DOCUMENT, _FACET = table_of(SearchDocument).c, table_of(SearchFacet).c
_CHUNK = 300
_FACETS = {Facet.BODY: "body", Facet.TOPIC: "topic", Facet.PERSON: "person"}


@dataclass(frozen=True, slots=True)
class _Document:
    """What a search asks a document for; `ordered` are its words in order, for those that begin like one."""

    row: Mapping[Any, Any]
    words: frozenset[str]
    ordered: Sequence[str]
    facets: frozenset[tuple[str, str]]

    @property
    def id(self) -> str:
        """Its kind and key, as followed lists name it."""
        return f"{self.row['kind']}:{self.row['key']}"


def fitting_documents(
    conn: Connection, searches: Mapping[str, SearchQuery], ids: Collection[str]
) -> dict[str, set[str]]:
    """The documents, `kind:key`, that each search finds among these; by the name of the search."""
    asked = {name: asked_words(query) for name, query in searches.items()}
    every = {word: written for words in asked.values() for word, written in words.items()}
    counted = counted_words(conn, every)
    driving = {name: driving_words({word: counted[word] for word in words}) for name, words in asked.items()}
    found: dict[str, set[str]] = {name: set() for name in searches}
    for one in _documents(conn, ids):
        for name, query in searches.items():
            if driving[name] and _is_wanted(one, query) and _has_words(one, driving[name]):
                found[name].add(one.id)
    return found


def holding_words(
    conn: Connection, filters: Mapping[str, Sequence[QueryWord]], ids: Collection[str]
) -> dict[str, set[str]]:
    """The documents, `kind:key`, among these that `db.search_filter.keys_with` finds, by the name of the filter."""
    asked = {name: words for name, typed in filters.items() if (words := filter_words(typed))}
    found: dict[str, set[str]] = {name: set() for name in filters}
    for one in _documents(conn, ids) if asked else ():
        for name, words in asked.items():
            if _has_words(one, words):
                found[name].add(one.id)
    return found


def _documents(conn: Connection, ids: Collection[str]) -> Iterator[_Document]:
    for some in chunks(sorted(ids), _CHUNK):
        yield from _read(conn, some)


def _read(conn: Connection, ids: Sequence[str]) -> list[_Document]:
    names = [tuple(one.split(":", 1)) for one in ids]
    columns = [_DOCUMENT[name] for name in ("seq", "kind", "key", "day", "verdict", "normal_title", "normal_text")]
    rows = conn.execute(select(*columns).where(tuple_(_DOCUMENT.kind, _DOCUMENT.key).in_(names))).mappings().all()
    facets: dict[int, set[tuple[str, str]]] = {}
    for name, value, seq in rows_in(conn, select(*_FACET), _FACET.seq, [row["seq"] for row in rows]):
        facets.setdefault(seq, set()).add((name, value))
    return [_document(row, facets.get(row["seq"], set())) for row in rows]


def _document(row: Mapping[Any, Any], facets: set[tuple[str, str]]) -> _Document:
    words = frozenset(row["normal_title"].split()) | frozenset(row["normal_text"].split())
    return _Document(row, words, sorted(words), frozenset(facets))


def _is_wanted(one: _Document, query: SearchQuery) -> bool:
    """The filters of a search, as `db.search` puts them to the database."""
    row, day = one.row, one.row["day"]
    facets = ((name, getattr(query, said)) for name, said in _FACETS.items())
    return (
        (not query.kinds or row["kind"] in query.kinds)
        and (not query.verdict or row["verdict"] == query.verdict)
        and (not query.since or (day is not None and day >= query.since))
        and (not query.until or (day is not None and day <= query.until))
        and all(value is None or (name.value, str(value)) in one.facets for name, value in facets)
    )


def _has_words(one: _Document, words: Sequence[Asked]) -> bool:
    return all(
        not word.whole.isdisjoint(one.words) or any(_begins(one.ordered, form) for form in word.beginnings)
        for word in words
    )


def _begins(ordered: Sequence[str], form: str) -> bool:
    place = bisect_left(ordered, form)
    return place < len(ordered) and ordered[place].startswith(form)
