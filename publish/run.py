"""Write the feeds and calendars of what changed since the last time. Files are replaced whole or not at all."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, Engine

from db.engine import reader
from publish import newsroom
from publish.channels.calendar import calendar_bytes
from publish.channels.feeds import FeedFormat, FeedHead, feed_bytes
from publish.compose import compose, latest_word
from publish.outlets import CORRECTIONS, FINDINGS, WHOLE, Outlet, calendar_path
from publish.wording import feed_title
from vocab.languages import LANGUAGES

ENTRIES = 100
STATE = ".published.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCounts:
    """What a run did: files written, files that were already right, and the last happening they tell of."""

    written: int
    unchanged: int
    last_seq: int


def publish(engine: Engine, out: Path, *, public_url: str) -> PublishCounts:
    """Bring the files below `out` up to date with the happenings of the database.

    Only feeds that a new happening is about are made again; when the wordings, the address of the site or the files'
    folder changed, all of them. Nothing new writes nothing. A run that was killed is made good by the next one,
    because the state is written last.
    """
    print_of = _fingerprint(public_url)
    with reader(engine) as conn:
        last = newsroom.last_seq(conn)
        told = newsroom.told_of(conn, last)
        since = _since(out, print_of, conn)
        made = dict(_files(conn, since, public_url)) if since != last else {}
    written = sum(_replace(out / name, content) for name, content in made.items())
    _replace(out / STATE, json.dumps({"last_seq": last, "told_of": told, "fingerprint": print_of}).encode())
    return PublishCounts(written=written, unchanged=len(made) - written, last_seq=last)


def _files(conn: Connection, since: int | None, public_url: str) -> Iterator[tuple[str, bytes]]:
    """Every file that must be looked at again: (path below the folder, content)."""
    for outlet, title in _outlets(conn, since):
        yield from _feed_files(conn, outlet, title, public_url)
    calendars = newsroom.changed_calendars(conn, since)
    if calendars or since is None:
        yield from _calendar(conn, None, "", public_url)
    for committee, name in calendars:
        if committee is None:
            continue  # the plenary stands in the calendar of all
        yield from _calendar(conn, committee, name, public_url)


def _outlets(conn: Connection, since: int | None) -> Iterable[tuple[Outlet, str]]:
    yield Outlet(about=WHOLE), ""
    yield Outlet(about=FINDINGS), ""
    yield Outlet(about=CORRECTIONS), ""
    for about, dossier, title in newsroom.changed_dossiers(conn, since):
        yield Outlet(about=about, id=dossier), title


def _feed_files(conn: Connection, outlet: Outlet, title: str, public_url: str) -> Iterator[tuple[str, bytes]]:
    news = latest_word(newsroom.news(conn, outlet, limit=ENTRIES))
    updated = max((one.seen_at for one in news), default=newsroom.began(conn))
    for lang in LANGUAGES:
        entries = [compose(one, public_url, lang) for one in news]
        path = outlet.path(lang)
        head = FeedHead(
            title=outlet.title(title, lang),
            about=feed_title("about", lang),
            page=outlet.page(public_url, lang),
            address=f"{public_url}/{path}",
            language=lang,
            updated=updated,
        )
        for form in FeedFormat:
            yield f"{path}.{form.value}", feed_bytes(head, entries, form)


def _calendar(conn: Connection, committee: str | None, name: str, public_url: str) -> Iterator[tuple[str, bytes]]:
    known = newsroom.sittings_told_of(conn, committee)
    for lang in LANGUAGES:
        meetings = newsroom.meetings(known, public_url, lang)
        yield calendar_path(lang, committee), calendar_bytes(name or feed_title("calendar", lang), meetings, lang)


def _fingerprint(public_url: str) -> str:
    """Changes when the same happenings would be told otherwise."""
    folders = [files("publish").joinpath("templates", lang) for lang in LANGUAGES]
    words = [path.read_bytes() for folder in folders for path in sorted(folder.iterdir(), key=lambda one: one.name)]
    return hashlib.sha256(b"\0".join([public_url.encode(), str(ENTRIES).encode(), *words])).hexdigest()


def _since(out: Path, print_of: str, conn: Connection) -> int | None:
    """The last happening that the files tell of; None: all must be looked at, for lists told later who was meant."""
    try:
        state = json.loads((out / STATE).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    same = state.get("fingerprint") == print_of and state.get("told_of") == newsroom.told_of(conn, state["last_seq"])
    return int(state["last_seq"]) if same else None


def _replace(path: Path, content: bytes) -> bool:
    """Write the file whole, unless it has these bytes already. True when it was written."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def as_figures(counts: PublishCounts) -> dict[str, int]:
    """The counts as the run row keeps them."""
    return asdict(counts)
