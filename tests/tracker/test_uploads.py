"""Pictures are kept once, under their uuid, in files that nobody else reads."""

from pathlib import Path

from sqlalchemy import Engine

from tests.tracker.noting import NOW, UUID, uuid
from tracker.observations import Status
from tracker.uploads import Picture, keep_upload, upload_path

DATA = b"\xff\xd8 a picture"


def keep(engine: Engine, folder: Path, name: str = UUID, observer: str = "o1", sent: str = "aa") -> Status:
    picture = Picture(data=DATA, width=4, height=3, sent_digest=sent)
    return keep_upload(engine, folder, picture, uuid=name, observer=observer, now=NOW)


def test_a_picture_sent_twice_is_one(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    assert [keep(engine, folder) for _ in range(2)] == [Status.RECEIVED, Status.KNOWN]
    [file] = [path for path in folder.rglob("*") if path.is_file()]
    assert file == upload_path(folder, file.stem)
    assert file.read_bytes() == DATA
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_uuid_of_another_picture_is_refused(engine: Engine, tmp_path: Path) -> None:
    keep(engine, tmp_path)
    assert keep(engine, tmp_path, sent="bb") is Status.REFUSED
    assert keep(engine, tmp_path, observer="o2") is Status.REFUSED
    assert keep(engine, tmp_path, uuid(9), observer="o2") is Status.RECEIVED
