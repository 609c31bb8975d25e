"""Read a backup: whether it is whole, and is what was written."""

import hashlib
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from db.backup.manifest import NAME, Manifest, read_manifest
from vocab.errors import StorageError, UsageError

_BLOCK = 1 << 20

Take = Callable[[str], IO[bytes] | None]
"""Where the bytes of a member go; None: they are only looked at."""


def check(path: Path) -> Manifest:
    """Read every byte. Raises StorageError for a file that is cut off, damaged, or no backup; UsageError for none."""
    return unpack(path, lambda _: None)


def unpack(path: Path, take: Take) -> Manifest:
    """Read every byte, and hand the members on. Raises as `check`, after some may have been handed on."""
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    with _opened(path) as tar:
        for head in tar:
            source = tar.extractfile(head)
            if source is None or not _is_plain(head.name):
                raise StorageError(f"{path} holds {head.name!r}, which no backup of ours does")
            if head.name == NAME:
                manifest = read_manifest(source.read())
                continue
            target = take(head.name)
            found[head.name] = (head.size, _copy(source, target))
            if target is not None:
                target.close()
    if manifest is None:
        raise StorageError(f"{path} ends before its {NAME}: it was cut off, or is no backup of Baikoo")
    said = {name: (one.size, one.sha256) for name, one in manifest.members.items()}
    if wrong := sorted(name for name in said.keys() | found.keys() if said.get(name) != found.get(name)):
        raise StorageError(f"{path} is damaged: {wrong[0]} is not what was written ({len(wrong)} such files)")
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError) as error:
        raise StorageError(f"{path} is cut off, damaged, or no backup of Baikoo ({error})") from error


def _is_plain(name: str) -> bool:
    """A path below the folder and nothing else, whoever wrote the file."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name


def _copy(source: IO[bytes], target: IO[bytes] | None) -> str:
    hashed = hashlib.sha256()
    while block := source.read(_BLOCK):
        hashed.update(block)
        if target is not None:
            target.write(block)
    return hashed.hexdigest()
