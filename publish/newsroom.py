"""What publishing reads from the database: happenings by dossier, titles of dossiers, sittings for the calendar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select, true
from sqlmodel import col

from db.batches import rows_in
from db.bills import Bill, BillAlias
from db.happenings import Happening, HappeningAbout
from db.media_queries import videos_of
from db.people import Person
from db.runs import Origin
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from publish.channels.calendar import Meeting
from publish.compose import News, first_key, once, page_url
from publish.outlets import CORRECTIONS, FINDINGS, PER_DOSSIER, WHOLE, Outlet
from publish.wording import meeting_title, video_line

TAKEN_BACK = (
    *("correction", "finding_withdrawn", "bill_told_corrected"),
    *("live_video_withdrawn", "interview_withdrawn"),
)
"""Happenings that put right what we had said."""

_KINDS = {
    FINDINGS: ("finding_confirmed", "finding_withdrawn"),
    CORRECTIONS: TAKEN_BACK,
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def last_seq(conn: Connection) -> int:
    """The number of the newest happening, 0 where there is none."""
    return conn.execute(select(func.max(col(Happening.seq)))).scalar() or 0


def told_of(conn: Connection, seq: int) -> int:
    """How many dossiers the happenings up to `seq` are about: it grows when lists reveal later who was meant."""
    query = (
        select(func.count())
        .select_from(HappeningAbout)
        .join(Happening, col(Happening.key) == col(HappeningAbout.happening_key))
        .where(col(Happening.seq) <= seq)
    )
    return conn.execute(query).scalar_one()


def began(conn: Connection) -> datetime:
    """Since when this database is filled: the date of a feed that has no entry yet."""
    return conn.execute(select(col(Origin.since))).scalar() or _EPOCH


def news(conn: Connection, outlet: Outlet, *, limit: int) -> list[News]:
    """The newest happenings of an outlet, newest first by what we knew when."""
    if outlet.about in _KINDS:
        return _newest(conn, col(Happening.kind).in_(_KINDS[outlet.about]), limit=limit)
    keys = None if outlet.about == WHOLE else _keys_about(outlet.about, outlet.id)
    return _newest(conn, true() if keys is None else col(Happening.key).in_(keys), limit=limit)


def news_of(conn: Connection, keys: Select[str], *, limit: int) -> list[News]:
    """The newest of these happenings, newest first by what we knew when."""
    return _newest(conn, col(Happening.key).in_(keys), limit=limit)


def news_where(conn: Connection, condition: ColumnElement[bool]) -> list[News]:
    """Every happening of which this holds, in no order."""
    return _newest(conn, condition, limit=None)


def _newest(conn: Connection, condition: ColumnElement[bool], *, limit: int | None) -> list[News]:
    """What was told of a bill that turned out to be another one is told once, under its present id."""
    query = select(*table_of(Happening).columns).where(condition)
    newest = query.order_by(col(Happening.seen_at).desc(), col(Happening.seq).desc()).limit(limit)
    rows = [dict(row) for row in conn.execute(newest).mappings()]
    alias = table_of(BillAlias).c
    subjects = {row["subject_id"] for row in rows if row["subject_kind"] == "bill"}
    former = select(alias.alias).add_columns(alias.bill_id)
    present = {row[0]: row[1] for row in rows_in(conn, former, alias.alias, subjects)}
    first = _first_told(conn, rows)
    return once([_news(row, first) for row in rows], present)


def _news(row: dict[str, Any], first: Mapping[str, datetime]) -> News:
    first_seen_at = first.get(row["key"])
    return News(**{**row, "evidence": tuple(row["evidence"] or ()), "first_seen_at": first_seen_at})


def _first_told(conn: Connection, rows: Iterable[Mapping[str, Any]]) -> dict[str, datetime]:
    """When the topic of what is told again was told first, by the key of what is told again."""
    firsts = {row["key"]: first_key(row["key"], row["facts"]) for row in rows}
    again = {key: first for key, first in firsts.items() if first != key}
    happening = table_of(Happening).c
    query = select(happening.key).add_columns(happening.seen_at)
    seen = {row[0]: row[1] for row in rows_in(conn, query, happening.key, again.values())}
    return {key: seen[first] for key, first in again.items() if first in seen}


def _keys_about(about: str, dossier: str) -> Select[str]:
    return select(col(HappeningAbout.happening_key)).where(
        col(HappeningAbout.dossier_type) == about, col(HappeningAbout.dossier_id) == dossier
    )


def changed_dossiers(conn: Connection, since: int | None) -> list[tuple[str, str, str]]:
    """Dossiers that happenings after `since` (None: any) are about: (type, id, title), in order."""
    query = (
        select(col(HappeningAbout.dossier_type), col(HappeningAbout.dossier_id))
        .join(Happening, col(Happening.key) == col(HappeningAbout.happening_key))
        .where(col(HappeningAbout.dossier_type).in_(PER_DOSSIER), col(Happening.seq) > (since or 0))
        .distinct()
    )
    found = sorted((about, dossier) for about, dossier in conn.execute(query))
    titles = _titles(conn)
    return [(about, dossier, titles.get((about, dossier), dossier)) for about, dossier in found]


def _titles(conn: Connection) -> dict[tuple[str, str], str]:
    bills = conn.execute(select(col(Bill.id), col(Bill.title)))
    persons = conn.execute(select(col(Person.id), col(Person.name)))
    titles = {("bill", key): title for key, title in bills} | {("person", key): name for key, name in persons}
    return titles | {("committee", key): name for key, name in committees(conn)}


def committees(conn: Connection) -> list[tuple[str, str]]:
    """Committees that sat: (id, name as the newest sitting writes it)."""
    query = select(col(Sitting.committee_id), col(Sitting.committee)).where(col(Sitting.committee_id).is_not(None))
    newest = {str(key): name or str(key) for key, name in conn.execute(query.order_by(col(Sitting.day)))}
    return sorted(newest.items())


def changed_calendars(conn: Connection, since: int | None) -> list[tuple[str | None, str]]:
    """Committees whose calendar changed: (id, name). A plenary's change counts as (None, "")."""
    about_sittings = (
        select(col(Sitting.committee_id))
        .join(
            Happening,
            (col(Happening.subject_kind) == "sitting") & (col(Happening.subject_id) == col(Sitting.id)),
        )
        .where(col(Happening.seq) > (since or 0))
        .distinct()
    )
    names = dict(committees(conn))
    touched = {row[0] for row in conn.execute(about_sittings)}
    return sorted(((key, names.get(key, "")) for key in touched if key), key=str) + [(None, "")] * (None in touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A sitting that a happening told of: its row, agenda as text, videos, when we knew of it last and how often."""

    row: RowMapping
    agenda: str
    videos: Sequence[Mapping[str, Any]]
    since: datetime
    changes: int


def meetings(known: Iterable[Known], public_url: str, lang: str) -> list[Meeting]:
    """The entries of a calendar in a language."""
    return [
        Meeting(
            id=one.row["id"],
            title=meeting_title(one.row["committee"], extraordinary=one.row["extraordinary"], lang=lang),
            day=one.row["day"],
            starts_at=one.row["starts_at"],
            place=one.row["place"],
            cancelled=one.row["cancelled"],
            url=page_url(public_url, lang, "sitting", one.row["id"]),
            text=_text(one, lang),
            known_since=one.since,
            changes=one.changes,
        )
        for one in known
    ]


def _text(known: Known, lang: str) -> str:
    """Where it can be seen, and its agenda."""
    lines = [video_line(video["platform"], video["url"], lang) for video in known.videos]
    return "\n".join([*lines, known.agenda] if known.agenda else lines)


def sittings_told_of(conn: Connection, wanted: ColumnElement[bool]) -> list[Known]:
    """Every sitting that a happening told of, of those that are wanted."""
    told = (
        select(col(Happening.subject_id), func.max(col(Happening.seen_at)), func.count())
        .where(col(Happening.subject_kind) == "sitting", col(Happening.subject_id).in_(_ids(wanted)))
        .group_by(col(Happening.subject_id))
    )
    known = {key: (seen_at, count) for key, seen_at, count in conn.execute(told)}
    rows = conn.execute(select(*table_of(Sitting).columns).where(wanted)).mappings().all()
    agendas, videos = _agendas(conn, wanted), videos_of(conn, known)
    return [
        Known(
            row=row,
            agenda=agendas.get(row["id"], ""),
            videos=() if row["cancelled"] else videos.get(row["id"], ()),
            since=known[row["id"]][0],
            changes=known[row["id"]][1],
        )
        for row in rows
        if row["id"] in known
    ]


def _ids(wanted: ColumnElement[bool]) -> Select[str]:
    return select(col(Sitting.id)).where(wanted)


def _agendas(conn: Connection, wanted: ColumnElement[bool]) -> dict[str, str]:
    query = select(col(AgendaItem.sitting_id), col(AgendaItem.position), col(AgendaItem.title))
    query = query.where(col(AgendaItem.sitting_id).in_(_ids(wanted)))
    lines: dict[str, list[str]] = {}
    for sitting, position, title in conn.execute(query.order_by(col(AgendaItem.sitting_id), col(AgendaItem.position))):
        lines.setdefault(sitting, []).append(f"{position}. {title}")
    return {sitting: "\n".join(titles) for sitting, titles in lines.items()}
