"""Lists that people follow: saved once for everybody who asks the same, and compared with what changed.

The writer of saved searches and their matches; what nobody asks for any more is ended by `publish.lapsing`. Nobody's
name is kept, only what is asked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from db.batches import delete_where, rows_where
from db.bills import BillAlias
from db.engine import reader, take_turn
from db.following import PendingMatch, SavedMatch, SavedSearch
from db.pending import pending_keys, take_pending
from db.search import QueryWord
from db.stage_runs import last_figures, remember_run
from db.upsert import chunks, table_of, upsert
from publish.fitting import DOSSIERS, Followed, all_fitting, fitting, followed_of
from publish.lapsing import is_followed
from publish.matching import Look, Match, Why, changes, under_present_ids
from publish.newsroom import last_seq
from publish.novelty import everybody, new_dossiers, newest_document
from vocab.errors import UsageError
from vocab.lists import Filters, ListKind, search_id

Pending = Mapping[str, Sequence[str]]

STAGE = "follow"
MOST_SEARCHES = 5_000
MOST_MATCHES = 5_000
"""A longer list is refused: nobody reads what a feed of it would tell."""

_SEARCH, _MATCH = table_of(SavedSearch), table_of(SavedMatch)
_KEY = ("search_id", "dossier_id")
_DOSSIERS = 400


class TooLong(UsageError):
    """A list that holds more than can be followed."""


class TooMany(UsageError):
    """No further list can be followed."""


def saved(conn: Connection, key: str) -> Followed | None:
    """The list that is followed under this id."""
    row = conn.execute(select(_SEARCH).where(_SEARCH.c.id == key, is_followed())).mappings().first()
    return followed_of(row) if row else None


def asked(kind: ListKind, filters: Filters, words: Sequence[QueryWord], now: datetime) -> Followed:
    """The list that these canonical filters ask for, as it would be followed from now on; see `save`."""
    key = search_id(kind, filters)
    return Followed(id=key, kind=kind, filters=filters, words=words, made_at=now, changed_at=now)


def save(engine: Engine, one: Followed) -> bool:
    """Follow a list from now on; False, and nothing changed, where it is followed already.

    A list that lapsed is followed anew. Raises TooLong for a list of more than MOST_MATCHES, TooMany where
    MOST_SEARCHES are followed.
    """
    with engine.begin() as conn:
        take_turn(conn)
        if saved(conn, one.id):
            return False
        if conn.execute(select(func.count()).select_from(_SEARCH).where(is_followed())).scalar_one() >= MOST_SEARCHES:
            raise TooMany(f"{MOST_SEARCHES} lists are followed, more cannot be")
        fits = all_fitting(conn, one, MOST_MATCHES + 1)
        if len(fits) > MOST_MATCHES:
            raise TooLong(f"more than {MOST_MATCHES} fit: add a filter")
        seq = last_seq(conn)
        words = [asdict(word) for word in one.words]
        row = asdict(one) | {"kind": one.kind.value, "words": words, "from_seq": seq}
        row |= {"asked_on": None, "lapsed_on": None}
        upsert(conn, SavedSearch, [row], key=("id",))
        first = Match(search_id=one.id, dossier_id="", first_matched=one.made_at, why=Why.FIRST, from_seq=seq)
        upsert(conn, SavedMatch, [asdict(first) | {"dossier_id": key} for key in fits], key=_KEY)
    return True


def look(engine: Engine, *, now: datetime) -> int:
    """Compare the lists that are followed with what changed since the last look; gives how many matches changed.

    The cost follows what changed, and the number of different filters. Where nobody follows a list nothing is written.
    """
    with reader(engine) as conn:
        if not conn.execute(select(_SEARCH.c.id).where(is_followed()).limit(1)).first():
            return 0
    with engine.begin() as conn:
        take_turn(conn)
        told, last = last_figures(conn, STAGE), last_seq(conn)
        pending = pending_keys(conn, PendingMatch)
        if not pending and told.get("last_seq") == last:
            return 0
        take_pending(conn, pending, PendingMatch)
        _renamed(conn)
        seen = Look(now=now, told_seq=told.get("last_seq", 0), last_seq=last)
        changed = _compared(conn, pending, seen, told)
        _write(conn, changed, now)
        figures = {"last_seq": last, "last_document": newest_document(conn), "at": now.isoformat()}
        remember_run(conn, STAGE, figures | {"changed": len(changed)}, started_at=now, took=timedelta())
    return len(changed)


def _compared(conn: Connection, pending: Pending, seen: Look, told: Mapping[str, Any]) -> list[Match]:
    lists: dict[ListKind, list[Followed]] = {}
    for row in conn.execute(select(_SEARCH).where(is_followed()).order_by(_SEARCH.c.id)).mappings():
        lists.setdefault(ListKind(row["kind"]), []).append(followed_of(row))
    return [
        match
        for kind, followed in lists.items()
        for ids in chunks(sorted(_looked_at(conn, kind, pending)), _DOSSIERS)
        for match in _of_kind(conn, followed, ids, replace(seen, new=new_dossiers(conn, kind, ids, told)))
    ]


def _looked_at(conn: Connection, kind: ListKind, pending: Pending) -> Collection[str]:
    """What may fit otherwise now; persons are few, and nobody notes what changed of them."""
    return pending.get(DOSSIERS[kind], ()) if kind is not ListKind.PERSONS else everybody(conn)


def _of_kind(conn: Connection, followed: Sequence[Followed], ids: Sequence[str], seen: Look) -> list[Match]:
    """What changed for these lists, all of one kind. A list tells of what came after it was followed."""
    fits, known = fitting(conn, followed, ids), _known(conn, ids)
    looked_at = set(ids)
    return [
        match
        for one in followed
        for match in changes(
            one.id,
            known.get(one.id, {}),
            looked_at,
            fits[one.id],
            replace(seen, told_seq=max(seen.told_seq, one.from_seq)),
        )
    ]


def _known(conn: Connection, ids: Collection[str]) -> dict[str, dict[str, Match]]:
    """The matches of these dossiers, by list and dossier."""
    found: dict[str, dict[str, Match]] = {}
    for row in rows_where(conn, SavedMatch, "dossier_id", ids):
        found.setdefault(row["search_id"], {})[row["dossier_id"]] = _match(row)
    return found


def _renamed(conn: Connection) -> None:
    """Bills that turned out to be others go on fitting under their present id; nobody is told."""
    alias = table_of(BillAlias)
    query = select(_MATCH.c.dossier_id, alias.c.bill_id).join(alias, alias.c.alias == _MATCH.c.dossier_id).distinct()
    present = dict(conn.execute(query).all())
    if not present:
        return
    rows = rows_where(conn, SavedMatch, "dossier_id", {*present, *present.values()})
    written, gone = under_present_ids(map(_match, rows), present)
    delete_where(conn, SavedMatch, "dossier_id", [match.dossier_id for match in gone])
    upsert(conn, SavedMatch, [asdict(match) for match in written], key=_KEY)


def _write(conn: Connection, changed: Sequence[Match], now: datetime) -> None:
    upsert(conn, SavedMatch, [asdict(match) for match in changed], key=_KEY)
    for some in chunks(sorted({match.search_id for match in changed}), _DOSSIERS):
        conn.execute(update(_SEARCH).where(_SEARCH.c.id.in_(some)).values(changed_at=now))


def _match(row: Mapping[str, Any]) -> Match:
    return Match(**{**row, "why": Why(row["why"])})
