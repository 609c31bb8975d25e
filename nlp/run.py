"""The text layer's run: texts that changed → annotations, edges between drafts.

Each batch is read without a lock and written in one transaction; a record that changed meanwhile stays on the list.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, select

from db.code_version import code_digest
from db.engine import reader, take_turn
from db.pending import mark_pending, pending_keys, take_pending
from db.records import RECORD_TABLES, PendingText
from db.stage_runs import last_figures, remember_run
from db.upsert import chunks, table_of
from nlp.acts.joining import file_acts, file_citations, join_acts
from nlp.drafts.edges import update_edges
from nlp.known import gazetteer, listed_deputies, names_version
from nlp.persons.gazetteer import Gazetteer
from nlp.reader import ReadText, read_text, unread
from nlp.record_text import RecordText
from nlp.store import Mark, marks, store_readings
from nlp.texts import TEXT_TYPES, record_texts, versions_of

STAGE = "annotate"
BATCH = 300
"""Texts that are read and written together."""

_ROUNDS = 2  # an act that came to the registry sends the texts that cite it back to the list

_LOG = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
Reading = tuple[RecordText, ReadText]


@dataclass(slots=True)
class AnnotateCounts:
    """Texts looked at, read (the rest were read before), with another outcome than before, unreadable; new edges."""

    texts: int = 0
    read: int = 0
    changed: int = 0
    failed: int = 0
    edges: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    names: Gazetteer
    code_version: str
    names_version: str
    counts: AnnotateCounts
    now: datetime


def annotate(
    engine: Engine, *, now: datetime, everything: bool = False, progress: Progress | None = None
) -> AnnotateCounts:
    """Read the texts on the list. `everything`: look at all texts; those that were read the same way are left alone.

    Where the code, the lexicons or the known persons changed since the last run, all texts are looked at.
    `progress` is told how many texts of how many are done.
    """
    started, counts = time.monotonic(), AnnotateCounts()
    version = code_digest(("nlp", "vocab"), but=("documents", "evaluation", "search"))
    with reader(engine) as conn:
        deputies = listed_deputies(conn)
        memory = last_figures(conn, STAGE)
    wanted = {"code_version": version, "names_version": names_version(deputies)}
    if everything or {name: memory.get(name) for name in wanted} != wanted:
        _mark_everything(engine)
    work = _Work(gazetteer(deputies), version, wanted["names_version"], counts, now)
    for _ in range(_ROUNDS):
        with reader(engine) as conn:
            waiting = pending_keys(conn, PendingText)
        total = counts.texts + sum(len(waiting.get(kind, ())) for kind in TEXT_TYPES)
        for record_type, keys in _batches(waiting):
            _work_on(engine, work, record_type, keys)
            if progress:
                progress(counts.texts, total)
    _remember(engine, work, timedelta(seconds=time.monotonic() - started))
    return counts


def _work_on(engine: Engine, work: _Work, record_type: str, keys: Sequence[str]) -> None:
    """Read one batch and write it; records that carry no text are only struck off."""
    if record_type not in TEXT_TYPES:
        with engine.begin() as conn:
            take_pending(conn, {record_type: keys}, PendingText)
        return
    with reader(engine) as conn:
        texts = record_texts(conn, record_type, keys)
        known = marks(conn, record_type, keys)
    stale = [text for text in texts if not _mark(text, work).same_reading(known.get(text.key))]
    read = [_read(text, work) for text in stale]
    with engine.begin() as conn:
        take_turn(conn)
        now_there = versions_of(conn, record_type, keys)
        settled = [text.key for text in texts if now_there.get(text.key) == text.version]
        take_pending(conn, {record_type: settled}, PendingText)
        joined = zip(stale, join_acts(conn, read), strict=True)
        _write(conn, work, record_type, [(text, one) for text, one in joined if text.key in set(settled)])
    work.counts.texts += len(texts)


def _write(conn: Connection, work: _Work, record_type: str, readings: Sequence[Reading]) -> None:
    marked = [(text, read, _mark(text, work)) for text, read in readings]
    changed = store_readings(conn, record_type, marked, now=work.now)
    file_citations(conn, record_type, {text.key: read for text, read in readings})
    if record_type == "act_record":
        for kind, key in file_acts(conn, [text.key for text, _ in readings]):
            mark_pending(conn, kind, [key], PendingText)
    touched = update_edges(conn, [(record_type, text.key) for text, _ in readings])
    news: dict[str, set[str]] = {record_type: set(changed)}
    for kind, key in touched:
        news.setdefault(kind, set()).add(key)
    for kind, keys in news.items():
        mark_pending(conn, kind, sorted(keys))
    work.counts.read += len(readings)
    work.counts.changed += len(changed)
    work.counts.failed += sum(1 for _, read in readings if read.annotation["failure"])
    work.counts.edges += len(touched)


def _read(text: RecordText, work: _Work) -> ReadText:
    """The one place where an unexpected error in a text becomes a mark: one text must not stop the others."""
    try:
        return read_text(text, work.names)
    except Exception as error:  # noqa: BLE001 - the runner's boundary: it becomes a mark of this one text
        _LOG.exception("%s %s cannot be read", text.record_type, text.key)
        return unread(f"{type(error).__name__}: {error}")


def _mark(text: RecordText, work: _Work) -> Mark:
    return Mark(
        content_hash=text.content_hash,
        code_version=work.code_version,
        names_version=work.names_version,
    )


def _batches(waiting: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Registers and agendas before the press that speaks of them: their edges are found at once."""
    order = sorted(waiting, key=lambda kind: (kind not in TEXT_TYPES, kind == "press_record", kind))
    for record_type in order:
        for chunk in chunks(waiting[record_type], BATCH):
            yield record_type, chunk


def _mark_everything(engine: Engine) -> None:
    with engine.begin() as conn:
        take_turn(conn)
        for record_type in TEXT_TYPES:
            keys = conn.execute(select(table_of(RECORD_TABLES[record_type]).c.key)).scalars()
            mark_pending(conn, record_type, list(keys), PendingText)


def _remember(engine: Engine, work: _Work, took: timedelta) -> None:
    failed = work.counts.failed
    figures = asdict(work.counts) | {"code_version": work.code_version, "names_version": work.names_version}
    reasons = (
        [f"texts that could not be read: {failed}; the failure of each stands in its annotation"] if failed else []
    )
    with engine.begin() as conn:
        remember_run(conn, STAGE, figures, started_at=work.now, took=took, reasons=reasons)
