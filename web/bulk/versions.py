"""The versions below a folder: what they are called, which there are, how old ones go."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from web.bulk.package import CHECKSUMS, PAPERS, sha256_of

FOLDER = "exports"
"""The folder of published versions, below the public one."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)(?:-as-of-(\d{4}-\d\d-\d\d))?(?:\.(\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a version, by its path below it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version that stands below a folder; `number` counts those of one day that differ."""

    name: str
    path: Path
    day: date
    as_of: date | None
    number: int

    @property
    def checksum(self) -> str:
        """Of the whole: the hash of its CHECKSUMS."""
        return sha256_of(self.path / CHECKSUMS)

    def data_sums(self) -> dict[str, str]:
        """The hashes of the data, without what describes them."""
        return {one.path: one.sha256 for one in self.files() if one.path not in PAPERS}

    def files(self) -> Iterator[File]:
        """What CHECKSUMS names and is there."""
        for line in (self.path / CHECKSUMS).read_text("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            path = self.path / name
            if path.is_file():
                yield File(path=name, size=path.stat().st_size, sha256=digest)


def named(day: date, as_of: date | None, number: int) -> str:
    """`2026-11-27`, `2026-11-27-as-of-2026-10-01`, and where those of a day differ `2026-11-27.2`."""
    name = f"{day}-as-of-{as_of}" if as_of else f"{day}"
    return name if number == 1 else f"{name}.{number}"


def versions(folder: Path) -> list[Version]:
    """The whole versions below a folder, the newest first."""
    if not folder.is_dir():
        return []
    found = [version for path in folder.iterdir() if (version := _version(path))]
    return sorted(found, key=lambda one: (one.day, one.number, one.as_of or date.max), reverse=True)


def _version(path: Path) -> Version | None:
    read = _NAME.fullmatch(path.name)
    if not read or not (path / CHECKSUMS).is_file():
        return None
    day, as_of, number = read.groups()
    try:
        days = date.fromisoformat(day), date.fromisoformat(as_of) if as_of else None
    except ValueError:
        return None
    return Version(name=path.name, path=path, day=days[0], as_of=days[1], number=int(number or 1))


def keep_newest(folder: Path, number: int) -> list[str]:
    """Take older versions away; give their names. A version disappears at once: it is renamed first."""
    gone = []
    for version in versions(folder)[number:]:
        aside = folder / f".gone-{version.name}"
        version.path.rename(aside)
        shutil.rmtree(aside)
        gone.append(version.name)
    return gone
