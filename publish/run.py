"""Write the feeds and calendars of what changed since the last time. Files are replaced whole or not at all."""

import fcntl
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from sqlalchemy import Connection, Engine

from db.engine import reader
from publish import newsroom
from publish.channels import websub
from publish.channels.feeds import FORM
from publish.channels.websub import HubReport
from publish.followed import changed_lists
from publish.lapsing import lapse, remove_files
from publish.making import ENTRIES, calendar_files, feed_files, list_files, post_files
from publish.outlets import CORRECTIONS, FINDINGS, WHOLE, Outlet
from publish.posts_told import mark, posts_told
from publish.saved_searches import look, saved
from publish.settings import PublicSettings
from vocab.languages import LANGUAGES
from vocab.retention import Kept, term

STATE = ".published.json"
_LOCK = ".published.lock"

Files = Iterator[tuple[str, bytes]]
"""Path below the published folder, and content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCounts:
    """What a run did: files written, files that were already right, and the last happening they tell of."""

    written: int
    unchanged: int
    last_seq: int


def publish(engine: Engine, out: Path, *, public: PublicSettings, now: datetime) -> PublishCounts:
    """Compare the followed lists with what changed, and bring the files below `out` up to date.

    Lists that nobody asked for within their term lapse first, and their files go.
    Only feeds that a new happening is about, and those of lists and posts that changed, are made again; when the
    wordings, the address of the site or the files' folder changed, all of them. Nothing new writes nothing. A run that
    was killed is made good by the next one, because the state is written last. Of two at once the second waits: it must
    not put older files over newer ones.
    """
    with _alone(out):
        return _publish(engine, out, public=public, now=now)


def publish_again(engine: Engine, out: Path, *, public: PublicSettings, now: datetime) -> None:
    """After something was posted or withdrawn, where files are published: no feed is behind until the next run."""
    if (out / STATE).is_file():
        publish(engine, out, public=public, now=now)


def _publish(engine: Engine, out: Path, *, public: PublicSettings, now: datetime) -> PublishCounts:
    lapse(engine, now, term(Kept.LISTS).span)
    look(engine, now=now)
    print_of = _fingerprint(public)
    with reader(engine) as conn:
        remove_files(conn, out)
        last = newsroom.last_seq(conn)
        told = newsroom.told_of(conn, last)
        state = _state(out, print_of, conn)
        since = state.get("last_seq")
        made = dict(_files(conn, since, public)) if since != last else {}
        lists, looked = changed_lists(conn, since, state.get("looked"))
        made |= {path: content for key in lists for path, content in list_files(conn, key, public)}
        posts = posts_told(conn, ENTRIES)
        if state.get("posts") != mark(posts):
            made |= dict(post_files(conn, posts, public))
    changed = {path: content for path, content in made.items() if not _is_same(out / path, content)}
    if public.hub:
        websub.note(out, changed)
    written = replace_files(out, changed)
    new = {"last_seq": last, "told_of": told, "fingerprint": print_of, "looked": looked, "posts": mark(posts)}
    _replace(out / STATE, json.dumps(new).encode())
    return PublishCounts(written=written, unchanged=len(made) - written, last_seq=last)


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    out.mkdir(parents=True, exist_ok=True)
    with (out / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def tell_hub(out: Path, public: PublicSettings) -> HubReport:
    """Tell the hub of the feeds that changed since it was told last; what fails waits for the next run.

    The folder is not locked while the hub is asked, so that a slow hub keeps nobody from publishing.
    """
    if not public.hub:
        return HubReport(told=0, waiting=0)
    asked = websub.waiting(out)
    told = websub.tell(public.hub, public.public_url, asked)
    with _alone(out):
        return HubReport(told=len(told.paths), waiting=websub.forget(out, asked, told.paths), failed=told.failed)


def publish_list(engine: Engine, out: Path, key: str, *, public: PublicSettings) -> None:
    """Write the files of one list that is followed since now, before the next run comes to it."""
    with reader(engine) as conn:
        one = saved(conn, key)
        made = dict(list_files(conn, one, public)) if one else {}
    replace_files(out, made)


def replace_files(out: Path, made: Mapping[str, bytes]) -> int:
    """Write the files that are other than before; gives how many."""
    return sum(_replace(out / name, content) for name, content in made.items())


def _files(conn: Connection, since: int | None, public: PublicSettings) -> Files:
    """Every file that must be looked at again."""
    for outlet, title in _outlets(conn, since):
        yield from feed_files(conn, outlet, title, public)
    calendars = newsroom.changed_calendars(conn, since)
    if calendars or since is None:
        yield from calendar_files(conn, None, "", public.public_url)
    for committee, name in calendars:
        if committee is None:
            continue  # the plenary stands in the calendar of all
        yield from calendar_files(conn, committee, name, public.public_url)


def _outlets(conn: Connection, since: int | None) -> Iterable[tuple[Outlet, str]]:
    yield Outlet(about=WHOLE), ""
    yield Outlet(about=FINDINGS), ""
    yield Outlet(about=CORRECTIONS), ""
    for about, dossier, title in newsroom.changed_dossiers(conn, since):
        yield Outlet(about=about, id=dossier), title


def _fingerprint(public: PublicSettings) -> str:
    """Changes when the same happenings would be told otherwise."""
    folders = [files("publish").joinpath("templates", lang) for lang in LANGUAGES]
    listed = [path for folder in folders for path in sorted(folder.iterdir(), key=lambda one: one.name)]
    words = [path.read_bytes() for path in listed if path.is_file()]
    settled = (public.public_url, public.hub, FORM, str(ENTRIES))
    return hashlib.sha256(b"\0".join([*map(str.encode, settled), *words])).hexdigest()


def _state(out: Path, print_of: str, conn: Connection) -> Mapping[str, Any]:
    """What the files tell of; empty where all must be looked at, for lists told later who was meant."""
    try:
        state: dict[str, Any] = json.loads((out / STATE).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    same = state.get("fingerprint") == print_of and state.get("told_of") == newsroom.told_of(conn, state["last_seq"])
    return state if same else {}


def _replace(path: Path, content: bytes) -> bool:
    """Write the file whole, unless it has these bytes already. True when it was written."""
    if _is_same(path, content):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".draft-", delete=False) as draft:
        draft.write(content)
    written = Path(draft.name)
    written.chmod(0o644)
    written.replace(path)
    return True


def _is_same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def as_figures(counts: PublishCounts) -> dict[str, int]:
    """The counts as the run row keeps them."""
    return asdict(counts)
