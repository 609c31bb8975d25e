"""Observers' pictures: a file that only this program reads, named by its content, and a row that says whose it is."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

from db.observations import Upload
from db.upsert import table_of, upsert
from tracker.observations import Status

_FOLDER_MODE = 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture drawn anew as JPEG; `sent_digest` is a hash of the bytes that were sent."""

    data: bytes
    width: int
    height: int
    sent_digest: str


def keep_upload(engine: Engine, folder: Path, picture: Picture, *, uuid: str, observer: str, now: datetime) -> Status:
    """Keep a picture under its uuid; REFUSED where the uuid is another picture's, or another observer's.

    The file comes first: a row never names a file that is not there.
    """
    row: dict[str, Any] = {
        "uuid": uuid,
        "observer": observer,
        "sha256": hashlib.sha256(picture.data).hexdigest(),
        "sent_digest": picture.sent_digest,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.data),
        "received_at": now,
    }
    with engine.begin() as conn:
        before = find_upload(conn, uuid)
        if before is None:
            _write(upload_path(folder, row["sha256"]), picture.data)
            upsert(conn, Upload, [row], key=("uuid",), update=())
        kept = before or find_upload(conn, uuid) or row
    is_same = (kept["observer"], kept["sent_digest"]) == (observer, picture.sent_digest)
    if not is_same:
        return Status.REFUSED
    return Status.KNOWN if before else Status.RECEIVED


def find_upload(conn: Connection, uuid: str) -> Mapping[str, Any] | None:
    """The row of a picture, None where there is none."""
    table = table_of(Upload)
    found = conn.execute(select(table).where(table.c.uuid == uuid)).mappings().first()
    return dict(found) if found else None


def upload_path(folder: Path, sha256: str) -> Path:
    """Where the file of a picture lies."""
    return folder / sha256[:2] / f"{sha256}.jpg"


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all; readable by nobody else (a new temporary file is 0600)."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    path.parent.parent.chmod(_FOLDER_MODE)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
