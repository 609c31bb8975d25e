"""Edges between what records say of drafts, kept as records change.

A mention of a draft is filed under block keys; only mentions that share one are compared, so the work follows what
changed and not what is stored. An edge follows from its two mentions alone, by weights that no third one changes:
whatever the order in which records arrive, the edges are the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, delete, or_

from db.annotations import DraftBlock, DraftEdge, DraftMention, PressEventRow
from db.batches import delete_where, rows_where
from db.records import RECORD_TABLES
from db.upsert import chunks, table_of, upsert
from nlp.drafts.alternatives import ALTERNATIVE, PERHAPS, SAME, SIMILAR, alternative, similar
from nlp.drafts.blocking import block_keys, known_weight
from nlp.drafts.draft import NUMBER, NUMBERED, SAME_MATTER_DAYS, THIN, THRESHOLD, Draft, Sameness, sameness, told
from nlp.drafts.likeness import deciding_words, likeness
from nlp.drafts.records import Mention, act_mention, entry_mention, event_mention, registry_mention
from vocab.payload import merged_fields

Record = tuple[str, str]
Side = tuple[str, str, str]

BANDS = 12
"""Bands of rows that are kept of a title: of two that are as like as the same draft demands, one in 3,000 is missed."""

UNSURE = 0.84
"""From this likeness on a person is asked whether two drafts are one."""

_CHUNK = 900
_MONTHS = 12
_NEAR = (-1, 0, 1)
_MENTION, _BLOCK, _EDGE = table_of(DraftMention), table_of(DraftBlock), table_of(DraftEdge)
_SIDE = ("type", "key", "place")
_KEY = tuple(f"{side}_{name}" for side in ("left", "right") for name in _SIDE)
_RECORD_KEY = ("record_type", "record_key", "place")


def update_edges(conn: Connection, changed: Collection[Record]) -> set[Record]:
    """Compute the edges of changed records anew; give the records that gained, lost or changed an edge.

    A changed record is (record type, key); one that is gone, or that speaks of no draft, loses its edges.
    """
    records = sorted(set(changed))
    mentions = [mention for kind, keys in _by_type(records).items() for mention in _mentions(conn, kind, keys)]
    before = {_key_of(row): row for row in _edges_of(conn, records)}
    _file(conn, records, mentions)
    after = {_key_of(row): row for row in _computed(conn, mentions)}
    gone = [key for key in before if key not in after]
    fresh = [row for key, row in after.items() if before.get(key) != row]
    for chunk in chunks(gone, _CHUNK // len(_KEY)):
        conn.execute(delete(_EDGE).where(or_(*(and_(*_equal(key)) for key in chunk))))
    upsert(conn, DraftEdge, fresh, key=_KEY)
    touched = [*gone, *map(_key_of, fresh)]
    return {record for key in touched for record in ((key[0], key[1]), (key[3], key[4]))}


def relation(left: Draft, right: Draft) -> tuple[str, Sameness] | None:
    """How two drafts belong together: same, alternative, similar or perhaps, with what says so; None where they do not.

    Perhaps: nearly alike enough to be the same, without contradiction. That joins nothing; a person is asked.
    """
    like = likeness(left.title, right.title, known_weight)
    same = sameness(left, right, like, known_weight)
    if same and same.score >= THRESHOLD and (same.method == NUMBER or not _two_items(left, right)):
        return SAME, same
    if other := alternative(left, right, like):
        return ALTERNATIVE, other
    if near := similar(left, right, like, known_weight):
        return SIMILAR, near
    if same and UNSURE <= same.score < THRESHOLD and not _two_items(left, right):
        return PERHAPS, same
    return None


def _two_items(left: Draft, right: Draft) -> bool:
    """Whether two lines stand in one list for one reading: a list names a draft once, so they are two drafts."""
    if left.sitting is None or left.sitting != right.sitting:
        return False
    return left.readings == right.readings or not left.readings.isdisjoint(right.readings)


def stored_blocks(draft: Draft) -> set[str]:
    """The keys under which a mention is filed."""
    return {_block(name, stretch) for name, stretch in _blocks(draft)}


def wanted_blocks(draft: Draft) -> set[str]:
    """The keys under which mentions are looked for that may belong to this one: neighbouring stretches too."""
    around = [(name, None if stretch is None else stretch + near) for name, stretch in _blocks(draft) for near in _NEAR]
    return {_block(name, stretch) for name, stretch in around}


def _block(name: str, stretch: int | None) -> str:
    return name if stretch is None else f"{name}@{stretch}"


def _blocks(draft: Draft) -> Iterator[tuple[str, int | None]]:
    """Names of blocks; where one alone would name too many mentions, with a stretch of time."""
    if draft.number:
        yield f"n:{draft.number}", None
    for resolution in draft.resolutions:
        yield f"r:{resolution}", None
    stretch = draft.day.toordinal() // SAME_MATTER_DAYS if draft.day else 0
    is_thin = told(draft, known_weight) < THIN
    for key in block_keys(draft.title, known_weight, BANDS):
        yield f"t:{key}", stretch if is_thin else None
    for act in draft.acts:
        if act.startswith(NUMBERED):
            yield f"x:{act}", stretch
            continue
        if draft.brought_by and draft.submitted:
            yield f"a:{act}", draft.submitted.year * _MONTHS + draft.submitted.month
        if draft.brought_by and draft.sitting:
            yield f"a:{act}:{draft.sitting}", None


def _computed(conn: Connection, mentions: Sequence[Mention]) -> Iterator[dict[str, Any]]:
    """The edges of these mentions, each once."""
    drafts = {mention.side: mention.draft() for mention in mentions}
    owners: dict[str, list[Side]] = {}
    for side, draft in drafts.items():
        for block in wanted_blocks(draft):
            owners.setdefault(block, []).append(side)
    pairs: set[tuple[Side, Side]] = set()
    for block, other in _sides_in(conn, owners):
        pairs |= {(min(side, other), max(side, other)) for side in owners[block] if side != other}
    missing = {side for pair in pairs for side in pair} - drafts.keys()
    drafts |= {mention.side: mention.draft() for mention in _kept(conn, missing)}
    for left, right in sorted(pairs):
        found = relation(drafts[left], drafts[right])
        if found:
            name, same = found
            key = dict(zip(_KEY, (*left, *right), strict=True))
            words = same.words or deciding_words(drafts[left].title, drafts[right].title, known_weight)
            shown = {"score": round(same.score, 4), "method": same.method, "words": list(words)}
            yield key | {"relation": name} | shown


def _mentions(conn: Connection, record_type: str, keys: Sequence[str]) -> Iterator[Mention]:
    """What records say of drafts now."""
    if record_type == "press_record":
        for row in rows_where(conn, PressEventRow, "record_key", keys):
            if found := event_mention(row):
                yield found
    elif record_type in ("agenda_entry", "registry_entry", "act_record"):
        for row in rows_where(conn, RECORD_TABLES[record_type], "key", keys):
            if found := _mention(record_type, row):
                yield found


def _mention(record_type: str, row: Mapping[str, Any]) -> Mention | None:
    fields = merged_fields(row["payload"])
    if record_type == "agenda_entry":
        return entry_mention(row["key"], row, fields)
    if record_type == "registry_entry":
        return registry_mention(row["key"], row, fields)
    return act_mention(row["key"], row)


def _file(conn: Connection, records: Sequence[Record], mentions: Sequence[Mention]) -> None:
    """Write what the records say of drafts, in place of what they said before."""
    for record_type, keys in _by_type(records).items():
        for model in (DraftMention, DraftBlock):
            delete_where(conn, model, "record_key", keys, record_type=record_type)
    rows = [{**_record(mention.side), "day": mention.day, "said": mention.said()} for mention in mentions]
    upsert(conn, DraftMention, rows, key=_RECORD_KEY)
    blocks = [
        {"block": block, **_record(mention.side)} for mention in mentions for block in stored_blocks(mention.draft())
    ]
    upsert(conn, DraftBlock, blocks, key=("block", *_RECORD_KEY), update=())


def _kept(conn: Connection, sides: Collection[Side]) -> Iterator[Mention]:
    """Mentions as they were kept."""
    for record_type, keys in _by_type((side[0], side[1]) for side in sides).items():
        for row in rows_where(conn, DraftMention, "record_key", keys, record_type=record_type):
            side = (record_type, row["record_key"], row["place"])
            if side in sides:
                day: date | None = row["day"]
                yield Mention.from_said(side, day, row["said"])


def _sides_in(conn: Connection, blocks: Iterable[str]) -> Iterator[tuple[str, Side]]:
    for row in rows_where(conn, DraftBlock, "block", blocks):
        yield row["block"], (row["record_type"], row["record_key"], row["place"])


def _edges_of(conn: Connection, records: Sequence[Record]) -> Iterator[dict[str, Any]]:
    for record_type, keys in _by_type(records).items():
        for side in ("left", "right"):
            yield from rows_where(conn, DraftEdge, f"{side}_key", keys, **{f"{side}_type": record_type})


def _by_type(records: Iterable[Record]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for record_type, key in records:
        found.setdefault(record_type, set()).add(key)
    return {record_type: sorted(keys) for record_type, keys in sorted(found.items())}


def _record(side: Side) -> dict[str, str]:
    return dict(zip(_RECORD_KEY, side, strict=True))


def _key_of(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in _KEY)


def _equal(key: Sequence[str]) -> list[Any]:
    return [_EDGE.c[name] == value for name, value in zip(_KEY, key, strict=True)]
