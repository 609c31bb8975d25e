"""Words as a filter of a list: the documents of a kind in which each of them stands, in any form, and where.

Unlike `db.search` nothing is ranked and no word is too common: a list keeps its own order, and each word narrows it.
A number, and a word that may go on, also begin others, so that a number typed by half finds its bill.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from db.batches import rows_in
from db.bills import Bill
from db.list_conditions import condition
from db.search import SHORTEST_BEGINNING, QueryWord
from db.search_documents import Asked, DocumentKind, SearchDocument, clean_words
from db.search_marks import Piece, Wanted, marked, places_of, snippet
from db.search_postgresql import VectorIndex
from db.search_sqlite import Fts5Index
from db.upsert import table_of
from vocab.lists import ListKind

_DOCUMENT = table_of(SearchDocument).c


@dataclass(frozen=True, slots=True)
class Marked:
    """Where the words stand in a document: in its title, and in a piece of its text; () where none stands there."""

    title: Sequence[Piece]
    snippet: Sequence[Piece]


def bills_with_words(conn: Connection, written: str, words: Sequence[QueryWord]) -> ColumnElement[bool]:
    """The words filter of the list of bills, for its page and for who follows it.

    A bill fits in whose title or number the words stand as written, or in which the search knows them in any form.
    """
    found = keys_with(conn, words, DocumentKind.BILL)
    as_written = condition(ListKind.BILLS, "text", written)
    return as_written if found is None else or_(table_of(Bill).c.id.in_(found), as_written)


def keys_with(conn: Connection, words: Sequence[QueryWord], kind: DocumentKind) -> Select[str] | None:
    """The keys of the documents of a kind that hold all of these words, as a query; None without a word."""
    asked = filter_words(words)
    if not asked:
        return None
    make = VectorIndex if conn.dialect.name == "postgresql" else Fts5Index
    found = make(asked, [_DOCUMENT.kind == kind.value]).newest().order_by(None)
    return found.with_only_columns(_DOCUMENT.key)


def marks(conn: Connection, words: Sequence[QueryWord], kind: DocumentKind, keys: Iterable[str]) -> dict[str, Marked]:
    """Where the words stand in these documents, by key."""
    asked = filter_words(words)
    wanted = Wanted(
        frozenset(form for one in asked for form in one.whole),
        tuple(sorted(form for one in asked for form in one.beginnings)),
    )
    query = select(*_DOCUMENT).where(_DOCUMENT.kind == kind.value)
    found = {}
    for row in rows_in(conn, query, _DOCUMENT.key, keys):
        places = places_of(wanted, row.normal_text, row.text_places)
        title = marked(row.title, places_of(wanted, row.normal_title, row.title_places))
        found[row.key] = Marked(title, snippet(row.text, places) if places else ())
    return found


def filter_words(words: Sequence[QueryWord]) -> list[Asked]:
    """The words as the index is asked for them when they narrow a list; a document must hold each."""
    found = []
    for one in words:
        forms = frozenset(word for form in one.forms for word in clean_words(form))
        may_go_on = one.prefix or not one.written.isalpha()
        long = frozenset(form for form in forms if may_go_on and len(form) >= SHORTEST_BEGINNING)
        if forms:
            found.append(Asked(forms - long, long))
    return found
