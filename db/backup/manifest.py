"""What a backup says of itself: its last member, so that a file that was cut off has none."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from vocab.errors import StorageError

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of the backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`kind` is sqlite or postgresql, `revision` the shape of its tables, `rows` how many each table has.

    `columns` are those of the tables of PostgreSQL in the order of their files, `sequences` the last numbers given.
    `lost` are the archive's files that pages name and that were not there.
    """

    made_at: datetime
    kind: str
    revision: str | None
    rows: Mapping[str, int]
    members: Mapping[str, Member]
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    sequences: Mapping[str, int] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """The member's bytes."""
        said = {"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}
        return json.dumps(said, ensure_ascii=False, indent=1).encode()


def read_manifest(text: bytes) -> Manifest:
    """The manifest of a backup. Raises StorageError for one of another format, or none of ours."""
    try:
        said: dict[str, Any] = json.loads(text)
        number = said.pop("format")
        if number != FORMAT:
            raise StorageError(
                f"the backup has format {number}, this version reads {FORMAT}: use the version that made it"
            )
        said["made_at"] = datetime.fromisoformat(said["made_at"])
        said["members"] = {name: Member(**member) for name, member in said["members"].items()}
        said["lost"] = tuple(said["lost"])
        return Manifest(**said)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"the backup's {NAME} cannot be read ({error})") from error
