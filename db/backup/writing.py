"""Make a backup: the database first, then the files that it names, in one file that appears when it is whole."""

import fcntl
import hashlib
import io
import os
import random
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine

from db.archive import Archive
from db.backup.dump import Dump, Place, dump
from db.backup.manifest import NAME, Manifest, Member
from db.backup.reading import check
from db.disk import sync
from db.settings import HomeSettings
from vocab.errors import StorageError, UsageError

PREFIX, ENDING, PART = "baikoo-", ".tar", ".part"
ARCHIVE, UPLOADS, KEY = "archive", "uploads", "secret.key"
_SAMPLE = 200
_ROOM = 1.1

Told = Callable[[str, int, int], None]
"""Called with a name, the bytes that are done and those that are to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup holds.

    `looked_at`: so many archived pages were tried; `unreadable` are those whose bytes the archive does not give.
    """

    path: Path
    size: int
    kind: str
    rows: int
    files: int
    looked_at: int
    unreadable: tuple[int, ...]
    lost: tuple[str, ...]


def back_up(
    engine: Engine, settings: HomeSettings, target: Path, *, every_page: bool = False, tell: Told = lambda *_: None
) -> BackedUp:
    """Write a backup into a file, or under a name of its own into a folder.

    Raises UsageError where the file is there already, StorageError for a full disk and for a damaged database.
    """
    path = _file_of(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    _need_room(path.parent, (one.stat().st_size for _, one in _files_of(settings)))
    with _part_of(path) as (stream, part):
        found = dump(engine, _scratch(part))
        files = dict(found.files) | dict(_files_of(settings))
        _need_room(path.parent, (one.stat().st_size for one in files.values()))
        manifest = _fill(stream, found, files, tell)
        check(part)
        pages = _pages(found, every_page)
        unreadable = tuple(_unreadable(settings, pages))
        part.replace(path)
        sync(path.parent)
    return BackedUp(
        path=path,
        size=path.stat().st_size,
        kind=found.kind,
        rows=sum(found.rows.values()),
        files=len(manifest.members),
        looked_at=len(pages),
        unreadable=unreadable,
        lost=manifest.lost,
    )


def _fill(stream: BinaryIO, found: Dump, files: Mapping[str, Path], tell: Told) -> Manifest:
    """All members; the manifest is the last one: without it no file is a backup."""
    lost = {place.file for place in found.places} - {name.removeprefix(f"{ARCHIVE}/") for name in files}
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as out:
        manifest = Manifest(
            made_at=datetime.now(UTC),
            kind=found.kind,
            revision=found.revision,
            rows=found.rows,
            members=dict(_add(out, files, tell)),
            columns=found.columns,
            sequences=found.sequences,
            lost=tuple(sorted(lost)),
        )
        text = manifest.to_json()
        out.addfile(_head(NAME, len(text)), io.BytesIO(text))
    stream.flush()
    os.fsync(stream.fileno())
    return manifest


def keep_newest(folder: Path, number: int) -> list[str]:
    """Delete the older backups of a folder, by their names; give the names."""
    old = sorted(folder.glob(f"{PREFIX}*{ENDING}"), reverse=True)[number:]
    for path in old:
        path.unlink()
    return [path.name for path in old]


def _file_of(target: Path) -> Path:
    """The file to write: a folder gets one named by the moment. Raises UsageError where the file is there."""
    if target.is_dir():
        return target / f"{PREFIX}{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}{ENDING}"
    if target.exists():
        raise UsageError(f"{target} is there already: name another file, or a folder")
    return target


@contextmanager
def _part_of(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """The file while it is not whole, for its owner alone; what a killed backup left behind is taken away."""
    for left in path.parent.glob(f".*{PART}"):
        with left.open("rb") as stream:
            if _is_locked(stream):
                shutil.rmtree(_scratch(left), ignore_errors=True)
                left.unlink()
    part = path.with_name(f".{path.name}{PART}")
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as stream:
        _is_locked(stream)
        _scratch(part).mkdir(mode=0o700)
        try:
            yield stream, part
        finally:
            shutil.rmtree(_scratch(part))
            part.unlink(missing_ok=True)


def _scratch(part: Path) -> Path:
    """Where the files of the database lie until they are in the backup."""
    return part.with_suffix(".scratch")


def _is_locked(stream: BinaryIO) -> bool:
    """Take the lock that a living backup keeps; False where one has it."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _files_of(settings: HomeSettings) -> Iterator[tuple[str, Path]]:
    """The files of the home that cannot be made again, by their names in the backup."""
    if (settings.home / KEY).is_file():
        yield KEY, settings.home / KEY
    for name, folder, wanted in ((ARCHIVE, settings.archive_dir, "*.warc.gz"), (UPLOADS, settings.uploads_dir, "*")):
        for path in sorted(folder.rglob(wanted)):
            if path.is_file() and not path.name.startswith("."):
                yield f"{name}/{path.relative_to(folder).as_posix()}", path


def _need_room(folder: Path, sizes: Iterable[int]) -> None:
    """Raises StorageError before anything is written where the disk has no room."""
    needed, free = int(sum(sizes) * _ROOM), shutil.disk_usage(folder).free
    if free < needed:
        raise StorageError(f"{folder} has room for {free:,} bytes, the backup needs about {needed:,}")


def _add(out: tarfile.TarFile, files: Mapping[str, Path], tell: Told) -> Iterator[tuple[str, Member]]:
    """Every file, as long as it is now: an archive that grows meanwhile only grows behind what the database names."""
    sizes = {name: path.stat().st_size for name, path in files.items()}
    done, whole = 0, sum(sizes.values())
    for name, path in files.items():
        tell(name, done, whole)
        with path.open("rb") as source:
            hashed = _Hashed(source)
            out.addfile(_head(name, sizes[name]), hashed)
        done += sizes[name]
        yield name, Member(size=sizes[name], sha256=hashed.digest)
    tell("", whole, whole)


def _head(name: str, size: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.size, head.mode, head.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
    return head


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._hash = source, hashlib.sha256()

    @property
    def digest(self) -> str:
        """The hash of what was read."""
        return self._hash.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._source.read(size)
        self._hash.update(block)
        return block


def _pages(found: Dump, every_page: bool) -> Sequence[Place]:
    """All, or some; those of files that are lost are told apart from those that cannot be read."""
    if every_page or len(found.places) <= _SAMPLE:
        return found.places
    return random.sample(found.places, _SAMPLE)


def _unreadable(settings: HomeSettings, places: Iterable[Place]) -> Iterator[int]:
    """The pages whose record the archive does not give whole."""
    archive = Archive(settings.archive_dir)
    for place in places:
        try:
            archive.read(place.file, place.offset)
        except StorageError:
            yield place.page
