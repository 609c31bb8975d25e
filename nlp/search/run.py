"""Fill the search, the last stage after the tracker: documents that changed since the last run, and only those.

Every run looks at what each document would be made from, without reading texts; a document whose hash, or the code
that made it, is another one is read and written anew, one that is no more is removed. A killed run goes on where it
was.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from db.code_version import code_digest
from db.engine import reader, take_turn
from db.search_documents import DocumentKind, NewDocument, Word
from db.search_store import Stored, remove_documents, store_documents, stored_documents
from db.stage_runs import remember_run
from db.upsert import chunks
from nlp.search.dossiers import bill_keys, bills, finding_keys, findings, item_keys, items
from nlp.search.records import act_keys, acts, press, press_keys, protocol_keys, protocols
from nlp.search.source import Source
from nlp.search.texts import texts_of
from nlp.words.language import detect
from nlp.words.lemmas import tokens

STAGE = "index"
LOOKED_AT = 900
"""Documents that are looked at together."""
BATCH = 300
"""Documents that are read and written together."""

_LONGEST_TITLE = 5_000  # letters; PostgreSQL takes a megabyte of words a document
_JUDGED = 2_000  # letters by which the language is told

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Which documents of a kind there are, and what they are made from."""

    keys: Callable[[Connection], list[str]]
    sources: Callable[[Connection, Sequence[str]], Iterator[Source]]


_KINDS = {
    DocumentKind.BILL: _Kind(bill_keys, bills),
    DocumentKind.ITEM: _Kind(item_keys, items),
    DocumentKind.PRESS: _Kind(press_keys, press),
    DocumentKind.PROTOCOL: _Kind(protocol_keys, protocols),
    DocumentKind.FINDING: _Kind(finding_keys, findings),
    DocumentKind.ACT: _Kind(act_keys, acts),
}


@dataclass(slots=True)
class IndexCounts:
    """Documents looked at; of them new, changed; and those that were removed."""

    documents: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0


def index(engine: Engine, *, now: datetime, everything: bool = False, progress: Progress | None = None) -> IndexCounts:
    """Bring the search up to date. `everything`: write all documents anew.

    `progress` is told how many documents of how many were looked at.
    """
    started, counts = time.monotonic(), IndexCounts()
    version = code_digest(("nlp.lexicon", "nlp.search", "nlp.words", "vocab"))
    with reader(engine) as conn:
        keys = {kind: sorted(one.keys(conn)) for kind, one in _KINDS.items()}
        stored = {kind: stored_documents(conn, kind) for kind in _KINDS}
    total = sum(map(len, keys.values()))
    for kind, own in keys.items():
        _remove(engine, kind, stored[kind].keys() - set(own), counts)
        known = {} if everything else stored[kind]
        for chunk in chunks(own, LOOKED_AT):
            with reader(engine) as conn:
                sources = list(_KINDS[kind].sources(conn, chunk))
            changed = [one for one in sources if known.get(one.key) != Stored(one.content_hash, version)]
            counts.documents += len(chunk)
            counts.new += sum(1 for one in changed if one.key not in stored[kind])
            counts.changed += sum(1 for one in changed if one.key in stored[kind])
            for batch in chunks(changed, BATCH):
                _write(engine, batch, version)
            if progress:
                progress(counts.documents, total)
    with engine.begin() as conn:
        took = timedelta(seconds=time.monotonic() - started)
        remember_run(conn, STAGE, asdict(counts) | {"code_version": version}, started_at=now, took=took)
    return counts


def _remove(engine: Engine, kind: DocumentKind, keys: set[str], counts: IndexCounts) -> None:
    if keys:
        with engine.begin() as conn:
            take_turn(conn)
            remove_documents(conn, kind, keys)
    counts.removed += len(keys)


def _write(engine: Engine, sources: Sequence[Source], version: str) -> None:
    """Read without a lock, write in one transaction."""
    with reader(engine) as conn:
        texts = texts_of(conn, sources)
    documents = [_document(source, texts[source.key], version) for source in sources]
    with engine.begin() as conn:
        take_turn(conn)
        store_documents(conn, documents)


def _document(source: Source, text: str, version: str) -> NewDocument:
    title = source.title[:_LONGEST_TITLE]
    return NewDocument(
        kind=source.kind,
        key=source.key,
        title=title,
        url=source.url,
        content_hash=source.content_hash,
        code_version=version,
        title_words=_words(title),
        text=text,
        text_words=_words(text),
        language=detect(f"{title}\n{text[:_JUDGED]}").language.value,
        day=source.day,
        verdict=source.verdict,
        facets=source.facets,
    )


def _words(text: str) -> list[Word]:
    return [Word(one.start, one.end, one.normal) for one in tokens(text)]
