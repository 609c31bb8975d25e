"""Write what can be searched: documents, by what they are found, and in how many documents each word stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, delete, select, tuple_, update

from db.pending import mark_for_followers
from db.search_documents import (
    MOST_WORDS,
    DocumentKind,
    NewDocument,
    SearchDocument,
    SearchFacet,
    SearchWord,
    Word,
    clean_words,
    storable,
)
from db.upsert import chunks, table_of, upsert

_DOCUMENT, _FACET, _WORD = table_of(SearchDocument), table_of(SearchFacet), table_of(SearchWord)
_CHUNK = 450
_KEY = ("kind", "key")
EVERY_DOCUMENT = ""


class Stored(NamedTuple):
    """With what a document was stored."""

    content_hash: str
    code_version: str


def stored_documents(conn: Connection, kind: DocumentKind) -> dict[str, Stored]:
    """What is stored of a kind, by key."""
    columns = (_DOCUMENT.c.key, _DOCUMENT.c.content_hash, _DOCUMENT.c.code_version)
    found = conn.execute(select(*columns).where(_DOCUMENT.c.kind == kind))
    return {key: Stored(content, code) for key, content, code in found}


def store_documents(conn: Connection, documents: Sequence[NewDocument]) -> None:
    """Write documents, new or changed; of two with one name the last counts.

    One transaction with whatever else the caller writes: index and word counts never differ from the documents.
    """
    by_name = {(one.kind.value, one.key): one for one in documents}
    for names in chunks(list(by_name), _CHUNK):
        before = _known(conn, names)
        rows = [_row(by_name[name]) for name in names]
        upsert(conn, SearchDocument, rows, key=_KEY)
        seqs = {(one.kind, one.key): one.seq for one in _known(conn, names)}
        _store_facets(conn, {seqs[name]: by_name[name] for name in names})
        mark_for_followers(conn, "document", [f"{kind}:{key}" for kind, key in names])
        mark_for_followers(conn, "bill", [key for kind, key in names if kind == DocumentKind.BILL])
        gone = Counter(word for one in before for word in _words_of(one.normal_title, one.normal_text))
        new = Counter(word for row in rows for word in _words_of(row["normal_title"], row["normal_text"]))
        _count(conn, new, gone)


def remove_documents(conn: Connection, kind: DocumentKind, keys: Iterable[str]) -> None:
    """Take documents out of the search; a key that is not there is no mistake."""
    for chunk in chunks(sorted(set(keys)), _CHUNK):
        known = _known(conn, [(kind.value, key) for key in chunk])
        seqs = [one.seq for one in known]
        mark_for_followers(conn, "document", [f"{one.kind}:{one.key}" for one in known])
        conn.execute(delete(_FACET).where(_FACET.c.seq.in_(seqs)))
        conn.execute(delete(_DOCUMENT).where(_DOCUMENT.c.seq.in_(seqs)))
        _count(conn, Counter(), Counter(w for one in known for w in _words_of(one.normal_title, one.normal_text)))


def _known(conn: Connection, names: Sequence[tuple[str, str]]) -> Sequence[Row[Any]]:
    columns = [_DOCUMENT.c[name] for name in (*_KEY, "seq", "normal_title", "normal_text")]
    named = tuple_(_DOCUMENT.c.kind, _DOCUMENT.c.key).in_(names)
    return conn.execute(select(*columns).where(named)).all()


def _row(one: NewDocument) -> dict[str, Any]:
    normal_title, title_places = _placed(one.title_words, len(one.title))
    normal_text, text_places = _placed(one.text_words, len(one.text))
    return {
        "kind": one.kind.value,
        "key": one.key,
        "day": one.day,
        "recency": one.day.toordinal() if one.day else 0,
        "language": one.language,
        "verdict": one.verdict,
        "url": one.url,
        "content_hash": one.content_hash,
        "code_version": one.code_version,
        "title": storable(one.title),
        "normal_title": normal_title,
        "title_places": title_places,
        "text": storable(one.text),
        "normal_text": normal_text,
        "text_places": text_places,
    }


def _placed(words: Iterable[Word], length: int) -> tuple[str, list[int]]:
    """The words as they are indexed, and where each stands, start and length by turns."""
    normal: list[str] = []
    places: list[int] = []
    for start, end, form in words:
        if not 0 <= start < end <= length:
            raise ValueError(f"a word at {start}–{end} of a text of {length} letters")
        for word in clean_words(form):
            normal.append(word)
            places += (start, end - start)
        if len(normal) >= MOST_WORDS:
            break
    return " ".join(normal), places


def _words_of(*texts: str) -> set[str]:
    return {EVERY_DOCUMENT, *(word for text in texts for word in text.split())}


def _store_facets(conn: Connection, documents: Mapping[int, NewDocument]) -> None:
    conn.execute(delete(_FACET).where(_FACET.c.seq.in_(list(documents))))
    rows = [
        {"name": name.value, "value": value, "seq": seq}
        for seq, one in documents.items()
        for name, values in one.facets.items()
        for value in sorted(set(values))
    ]
    upsert(conn, SearchFacet, rows, key=("name", "value", "seq"), update=())


def _count(conn: Connection, new: Counter[str], gone: Counter[str]) -> None:
    """Add what changed; a word that stands nowhere is forgotten."""
    changes = {word: new[word] - gone[word] for word in sorted(new.keys() | gone.keys()) if new[word] != gone[word]}
    upsert(conn, SearchWord, [{"word": word, "documents": 0} for word in changes], key=("word",), update=())
    if changes:
        added = (
            update(_WORD)
            .where(_WORD.c.word == bindparam("its_word"))
            .values(documents=_WORD.c.documents + bindparam("its_change"))
        )
        conn.execute(added, [{"its_word": word, "its_change": change} for word, change in changes.items()])
        for chunk in chunks([word for word, change in changes.items() if change < 0], _CHUNK):
            conn.execute(delete(_WORD).where(and_(_WORD.c.word.in_(chunk), _WORD.c.documents <= 0)))
