"""Cited acts and the law registry, in the database: each text is joined by keys, whichever of both came first."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, select, update

from db.annotations import ActKey, Annotation, MentionRow
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


def file_acts(conn: Connection, record_keys: Sequence[str]) -> list[Citing]:
    """Note by what these records of the registry are cited; give the texts that cite them and are to be read again."""
    keys = {row.key: row_keys(row) for row in _act_rows(conn, record_keys)}
    table = table_of(ActKey)
    for chunk in chunks(record_keys, _CHUNK):
        conn.execute(delete(table).where(table.c.record_key.in_(chunk)))
    rows = [{"key": key, "record_key": record} for record, own in keys.items() for key in sorted(own)]
    upsert(conn, ActKey, rows, key=("key", "record_key"), update=())
    citing = _citing(conn, set().union(*keys.values()))
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
    found: set[str] = set()
    for chunk in chunks(sorted(keys), _CHUNK):
        found.update(conn.execute(select(table.c.record_key).where(table.c.key.in_(chunk))).scalars())
    return _act_rows(conn, sorted(found))


def _act_rows(conn: Connection, record_keys: Sequence[str]) -> list[ActRow]:
    columns = [table_of(ActRecord).c[name] for name in ("key", "title", "kind", "adopted_on", "code")]
    found: list[ActRow] = []
    for chunk in chunks(record_keys, _CHUNK):
        rows: list[dict[str, Any]] = [
            dict(row) for row in conn.execute(select(*columns).where(columns[0].in_(chunk))).mappings()
        ]
        found += [ActRow(**row) for row in rows]
    return found


def _citing(conn: Connection, keys: Collection[str]) -> list[Citing]:
    table = table_of(MentionRow)
    found: set[Citing] = set()
    for chunk in chunks(sorted(keys), _CHUNK):
        query = select(table.c.record_type, table.c.record_key).where(
            table.c.kind == MentionKind.ACT.value, table.c.key.in_(chunk)
        )
        found.update((record_type, key) for record_type, key in conn.execute(query))
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
