"""What was read out of texts, written: the rows of a text are written anew where its outcome differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from db.annotations import Annotation, MentionRow, PressEventRow, TopicRow
from db.batches import delete_where, rows_in
from db.upsert import table_of, upsert
from nlp.acts.registry import mention_reference, title_key_of
from nlp.mentions.mention import Mention, MentionKind
from nlp.press.event import PressEvent
from nlp.reader import ReadText
from nlp.record_text import RecordText
from nlp.topics.classifying import TopicGuess

_KEY = ("record_type", "record_key")
_AS_READ = (
    *("draft", "kind", "body", "committee", "day", "day_stated", "presenter", "initiator"),
    *("votes_for", "votes_against", "quoted", "score"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """With what a text was read: it is read again where one of these differs."""

    content_hash: str
    code_version: str
    names_version: str
    outcome_hash: str = ""

    def same_reading(self, other: "Mark | None") -> bool:
        """True when nothing differs that a text is read by."""
        mine = (self.content_hash, self.code_version, self.names_version)
        return other is not None and mine == (other.content_hash, other.code_version, other.names_version)


def marks(conn: Connection, record_type: str, keys: Sequence[str]) -> Mapping[str, Mark]:
    """With what these texts were read last, by key."""
    table = table_of(Annotation)
    names = [table.c[name] for name in Mark.__slots__]
    query = select(table.c.record_key, *names).where(table.c.record_type == record_type)
    return {key: Mark(*values) for key, *values in rows_in(conn, query, table.c.record_key, keys)}


def store_readings(
    conn: Connection, record_type: str, readings: Sequence[tuple[RecordText, ReadText, Mark]], *, now: datetime
) -> list[str]:
    """Write what was read; give the keys of the texts whose outcome is another one than before."""
    known = marks(conn, record_type, [text.key for text, _, _ in readings])
    changed = []
    annotations = []
    for text, read, mark in readings:
        before, outcome = known.get(text.key), read.outcome_hash
        if before is None or before.outcome_hash != outcome:
            changed.append((text, read))
        row = {"record_type": record_type, "record_key": text.key, "annotated_at": now, **read.annotation}
        row |= {name: getattr(mark, name) for name in ("content_hash", "code_version", "names_version")}
        annotations.append(row | {"outcome_hash": outcome})
    upsert(conn, Annotation, annotations, key=_KEY)
    _rewrite(conn, record_type, changed)
    return [text.key for text, _ in changed]


def _rewrite(conn: Connection, record_type: str, changed: Sequence[tuple[RecordText, ReadText]]) -> None:
    keys = [text.key for text, _ in changed]
    for model in (MentionRow, TopicRow):
        delete_where(conn, model, "record_key", keys, record_type=record_type)
    mentions = [
        _mention(record_type, text.key, seq, one) for text, read in changed for seq, one in enumerate(read.mentions)
    ]
    upsert(conn, MentionRow, mentions, key=(*_KEY, "seq"))
    topics = [
        _topic(record_type, text.key, rank, one) for text, read in changed for rank, one in enumerate(read.topics, 1)
    ]
    upsert(conn, TopicRow, topics, key=(*_KEY, "rank"))
    if record_type == "press_record":
        delete_where(conn, PressEventRow, "record_key", keys)
        events = [_event(text.key, seq, one) for text, read in changed for seq, one in enumerate(read.events)]
        upsert(conn, PressEventRow, events, key=("record_key", "seq"))


def _mention(record_type: str, key: str, seq: int, one: Mention) -> dict[str, Any]:
    return {
        "record_type": record_type,
        "record_key": key,
        "seq": seq,
        "kind": one.kind.value,
        "start": one.start,
        "end": one.end,
        "written": one.written,
        "normal": one.normal,
        "key": _key(one),
        "value": dict(one.value),
        "score": one.score,
        "method": one.method,
    }


def _key(one: Mention) -> str:
    if one.kind is MentionKind.ACT and (ref := mention_reference(one)):
        return title_key_of(ref)
    known: str | None = one.value.get("known")
    return known or one.normal


def _topic(record_type: str, key: str, rank: int, one: TopicGuess) -> dict[str, Any]:
    return {
        "record_type": record_type,
        "record_key": key,
        "rank": rank,
        "topic": one.topic,
        "score": one.score,
        "method": one.method,
        "words": list(one.words),
    }


def _event(key: str, seq: int, one: PressEvent) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _AS_READ}
    return row | {
        "record_key": key,
        "seq": seq,
        "action": one.action.value,
        "readings": list(one.readings),
        "words": list(one.words),
    }
