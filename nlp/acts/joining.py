"""Cited acts and the law registry, in the database: each text is joined by keys, whichever of both came first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, select, tuple_, update

from db.annotations import ActCitation, ActKey, Annotation
from db.batches import delete_where, rows_in
from db.records import ActRecord
from db.upsert import chunks, table_of, upsert
from nlp.acts.registry import ActRegistry, ActRow, keys_of, mention_reference, row_keys
from nlp.mentions.mention import Mention, MentionKind
from nlp.reader import ReadText

_CHUNK = 900
_UNREAD = ""  # no record has this hash: the text is read again

Citing = tuple[str, str]


def join_acts(conn: Connection, readings: Sequence[ReadText]) -> list[ReadText]:
    """The readings with the registry's record in each act that one certainly is."""
    cited = {key for one in readings for mention in one.mentions for key in _keys(mention)}
    registry = ActRegistry.of(_rows(conn, cited))
    return [replace(one, mentions=[_joined(mention, registry) for mention in one.mentions]) for one in readings]


def file_citations(conn: Connection, record_type: str, readings: Mapping[str, ReadText]) -> None:
    """Note which acts these texts, by their keys, cite now."""
    delete_where(conn, ActCitation, "record_key", readings, record_type=record_type)
    rows = [
        {"key": key, "record_type": record_type, "record_key": record}
        for record, read in readings.items()
        for key in sorted({one for mention in read.mentions for one in _keys(mention)})
    ]
    upsert(conn, ActCitation, rows, key=("key", "record_type", "record_key"), update=())


def file_acts(conn: Connection, record_keys: Sequence[str]) -> list[Citing]:
    """Note by what these records of the registry are cited; give the texts that are to be read again.

    These are the texts that cite an act by a key that it gained or lost, the act itself left out.
    """
    table = table_of(ActKey)
    filed = rows_in(conn, select(table), table.c.record_key, record_keys)
    before = {(row.key, row.record_key, row.day) for row in filed}
    after = {(key, row.key, row.adopted_on) for row in _act_rows(conn, record_keys) for key in row_keys(row)}
    for chunk in chunks(sorted({(key, record) for key, record, _ in before - after}), _CHUNK // 2):
        conn.execute(delete(table).where(tuple_(table.c.key, table.c.record_key).in_(chunk)))
    rows = [{"key": key, "record_key": record, "day": day} for key, record, day in after - before]
    upsert(conn, ActKey, rows, key=("key", "record_key"))
    changed: dict[str, set[str]] = {}
    for key, record, _ in before ^ after:
        changed.setdefault(key, set()).add(record)
    citing = _citing(conn, changed)
    _forget(conn, citing)
    return citing


def _joined(mention: Mention, registry: ActRegistry) -> Mention:
    return registry.join(mention) if mention.kind is MentionKind.ACT else mention


def _keys(mention: Mention) -> set[str]:
    ref = mention_reference(mention) if mention.kind is MentionKind.ACT else None
    return keys_of(ref) if ref else set()


def _rows(conn: Connection, keys: Collection[str]) -> list[ActRow]:
    """The records of the registry that may be meant by these keys."""
    table = table_of(ActKey)
    found = rows_in(conn, select(table.c.record_key), table.c.key, keys)
    return _act_rows(conn, {row.record_key for row in found})


def _act_rows(conn: Connection, record_keys: Collection[str]) -> list[ActRow]:
    columns = [table_of(ActRecord).c[name] for name in ("key", "title", "kind", "adopted_on", "code")]
    return [ActRow(**row._asdict()) for row in rows_in(conn, select(*columns), columns[0], record_keys)]


def _citing(conn: Connection, changed: Mapping[str, Collection[str]]) -> list[Citing]:
    """The texts that cite one of these keys of these records, but for the records themselves."""
    rows = rows_in(conn, select(table_of(ActCitation)), table_of(ActCitation).c.key, changed)
    found = {(row.record_type, row.record_key) for row in rows if {row.record_key} != set(changed[row.key])}
    return sorted(found)


def _forget(conn: Connection, citing: Sequence[Citing]) -> None:
    """What was read of these texts is no longer up to date."""
    table = table_of(Annotation)
    for record_type in {one for one, _ in citing}:
        for chunk in chunks([key for one, key in citing if one == record_type], _CHUNK):
            conn.execute(
                update(table)
                .where(table.c.record_type == record_type, table.c.record_key.in_(chunk))
                .values(content_hash=_UNREAD)
            )
