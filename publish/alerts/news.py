"""What there is to tell of a followed thing: the same entries as its feed, with the key by which each is told once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, select

from db.batches import rows_in
from db.bills import BillAlias
from db.finding_queries import may_be_told
from db.findings import Finding
from db.happenings import Happening, HappeningAbout
from db.upsert import table_of
from publish.alerts.things import Thing
from publish.compose import WITHDRAWN, Entry, News, Told, compose, compose_told, latest_word
from publish.follow_words import filters_in_words
from publish.followed import keys_told, names_of, told_matches
from publish.newsroom import TAKEN_BACK, news_of
from publish.saved_searches import saved
from vocab.lists import ListKind
from vocab.subscriptions import Follows

MOST = 1_000
"""So many of the newest are looked at: a letter that tells of more says how many they are."""

TAKES_BACK = "withdrawn:"
"""Keys of what says that a finding, told before, is withdrawn."""

_HAPPENING, _ABOUT = table_of(Happening).c, table_of(HappeningAbout).c
_KINDS = {Follows.FINDINGS: ("finding_confirmed", WITHDRAWN), Follows.CORRECTIONS: TAKEN_BACK}
_FINDING_PAGE = "/findings/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Something to tell. `key` is natural; `finding` is the finding that it speaks of, whose words are in it.

    `takes_back` is the finding that it says is withdrawn. `seq` is the number of the happening, None for a match.
    """

    key: str
    said: News | Told
    seen_at: datetime
    seq: int | None = None
    finding: str = ""
    takes_back: str = ""


def pieces(conn: Connection, thing: Thing, from_seq: int) -> list[Piece]:
    """What can be told of it: happenings after `from_seq`, and what began to fit a list; in the order we knew it.

    Of a finding that was confirmed and withdrawn since, nothing: whoever was told of it is told otherwise.
    """
    matches = _matches(conn, thing)
    query = _keys(conn, thing)
    news = [] if query is None else news_of(conn, query.where(_HAPPENING.seq > from_seq), limit=MOST)
    since = {one.facts.get("finding") for one in news if one.kind != WITHDRAWN}
    happened = [
        _piece(one) for one in latest_word(news) if one.kind != WITHDRAWN or one.facts.get("finding") not in since
    ]
    found = happened + matches
    gone = withdrawn(conn, {one.finding for one in found if one.finding})
    return sorted((one for one in found if one.finding not in gone), key=lambda one: (one.seen_at, one.key))


def entry(conn: Connection, thing: Thing, piece: Piece, public_url: str, lang: str) -> Entry:
    """The entry as the feed would tell it, with the filters that it fits."""
    if isinstance(piece.said, News):
        return compose(piece.said, public_url, lang)
    one = saved(conn, thing.id) if thing.follows is Follows.LIST else None
    reason = filters_in_words(one.filters, lang, names_of(conn, one)) if one else ""
    return compose_told(piece.said, reason, public_url, lang)


def correction(finding: str, times: int, now: datetime) -> Piece:
    """That a finding is withdrawn, for whoever was told of it; `times` is how often they were."""
    key = f"{TAKES_BACK}{finding}:{times}"
    said = Told(key=key, why="withdrawn", title="", place=("finding", finding), seen_at=now, withdrawn=True)
    return Piece(key=key, said=said, seen_at=now, takes_back=finding)


def withdrawn(conn: Connection, findings: Collection[str]) -> set[str]:
    """Those of these findings that are no longer said."""
    finding = table_of(Finding).c
    standing = select(finding.id).where(finding.superseded_at.is_(None), may_be_told())
    return set(findings) - {row.id for row in rows_in(conn, standing, finding.id, findings)}


def under_todays_ids(conn: Connection, keys: Iterable[str]) -> dict[str, str]:
    """Each key with today's ids of the bills in it: what is told of a bill is told once, whatever it was called."""
    written = list(keys)
    alias = table_of(BillAlias).c
    parts = {part for key in written for part in key.split(":")}
    rows = rows_in(conn, select(alias.alias, alias.bill_id), alias.alias, parts)
    todays: Mapping[str, str] = {row.alias: row.bill_id for row in rows}
    return {key: ":".join(todays.get(part, part) for part in key.split(":")) for key in written}


def _keys(conn: Connection, thing: Thing) -> Select[str] | None:
    """The happenings that the feed of it tells of."""
    if thing.follows is Follows.LIST:
        one = saved(conn, thing.id)
        return keys_told(one) if one and one.kind in _WITH_NEWS else None
    if thing.follows is Follows.ALL:
        return select(_HAPPENING.key)
    if thing.follows in _KINDS:
        return select(_HAPPENING.key).where(_HAPPENING.kind.in_(_KINDS[thing.follows]))
    about = select(_ABOUT.happening_key).join(table_of(Happening), _HAPPENING.key == _ABOUT.happening_key)
    return about.where(_ABOUT.dossier_type == thing.follows, _ABOUT.dossier_id == thing.id)


_WITH_NEWS = (ListKind.BILLS, ListKind.SITTINGS, ListKind.PERSONS)


def _piece(news: News) -> Piece:
    finding = str(news.facts.get("finding") or "")
    is_back = news.kind == WITHDRAWN
    return Piece(
        key=news.key,
        said=news,
        seen_at=news.seen_at,
        seq=news.seq,
        finding="" if is_back else finding,
        takes_back=finding if is_back else "",
    )


def _matches(conn: Connection, thing: Thing) -> list[Piece]:
    """What began to fit a list and fits still."""
    one = saved(conn, thing.id) if thing.follows is Follows.LIST else None
    told: Sequence[Told] = told_matches(conn, one, MOST) if one else ()
    return [
        Piece(key=item.key, said=item, seen_at=item.seen_at, finding=_finding_of(item))
        for item in told
        if not item.withdrawn
    ]


def _finding_of(told: Told) -> str:
    kind, place = told.place
    if kind == "finding":
        return place
    return place.removeprefix(_FINDING_PAGE) if kind == "document" and place.startswith(_FINDING_PAGE) else ""
