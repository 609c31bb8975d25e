"""A backup is whole or not there, is one state of the database while others write, and restores to the same."""

import io
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, text

from db.archive import Archive
from db.backup.manifest import NAME
from db.backup.reading import check
from db.backup.restoring import restore
from db.backup.writing import back_up, keep_newest
from db.bills import Bill, BillKey
from db.engine import open_engine
from db.happenings import Happening
from db.metadata import METADATA
from db.migrate import is_current
from db.pages import SourcePage
from db.settings import HomeSettings
from db.upsert import table_of
from tests.test_architecture import ROOT
from tests.web import sample
from vocab.errors import StorageError, UsageError

LOST = (5,)
"""The page of the sample whose archive file is not there."""


@pytest.fixture
def home(engine: Engine, database_url: str, tmp_path: Path) -> HomeSettings:
    """The sample with a picture and a key, once over each database."""
    settings = HomeSettings(home=tmp_path / "home", database_url=database_url)
    sample.fill(engine, settings)
    settings.uploads_dir.mkdir()
    (settings.uploads_dir / "aa.jpg").write_bytes(b"picture")
    (settings.home / "secret.key").write_text("k" * 64)
    with engine.begin() as conn:
        conn.execute(insert(table_of(Happening)).values(happening("1")))
    return settings


@pytest.fixture
def empty(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[tuple[Engine, HomeSettings]]:
    """An empty home with an empty database of the same kind."""
    url = f"sqlite:///{tmp_path / 'new' / 'baikoo.sqlite'}"
    if not database_url.startswith("sqlite"):
        admin: Engine = request.getfixturevalue("postgres_admin")
        with admin.connect() as conn:
            conn.execute(text("DROP DATABASE IF EXISTS restored WITH (FORCE)"))
            conn.execute(text("CREATE DATABASE restored"))
        url = admin.url.set(database="restored").render_as_string(hide_password=False)
    opened = open_engine(url)
    yield opened, HomeSettings(home=tmp_path / "new", database_url=url)
    opened.dispose()


def happening(key: str) -> dict[str, Any]:
    told = {"subject_kind": "bill", "subject_id": sample.BILL, "title": "О проекте", "day": date(2017, 5, 17)}
    return told | {"key": key, "kind": "bill_registered", "seen_at": sample.NOW, "facts": {}, "evidence": []}


def everything(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as conn:
        return {
            name: sorted(map(repr, conn.execute(select(table)).all()))
            for name, table in sorted(METADATA.tables.items())
        }


def test_what_was_kept_is_restored(
    engine: Engine, home: HomeSettings, empty: tuple[Engine, HomeSettings], tmp_path: Path
) -> None:
    made = back_up(engine, home, tmp_path / "kept.tar", every_page=True)
    assert (made.looked_at, made.unreadable, made.lost) == (5, LOST, ("lost.warc.gz",))
    assert made.path.stat().st_mode & 0o777 == 0o600
    target, there = empty
    manifest, aside = restore(target, there, made.path)
    assert aside is None
    assert everything(target) == everything(engine)
    assert is_current(target)
    assert sum(manifest.rows.values()) == made.rows
    assert (there.uploads_dir / "aa.jpg").read_bytes() == b"picture"
    assert (there.home / "secret.key").read_text() == "k" * 64
    with target.begin() as conn:
        page = conn.execute(select(table_of(SourcePage)).where(table_of(SourcePage).c.id == 1)).mappings().one()
        number = conn.execute(insert(table_of(Happening)).values(happening("2")).returning(table_of(Happening).c.seq))
        assert number.scalar() == 2, "numbers go on where they were"
        conn.execute(delete(table_of(Happening)).where(table_of(Happening).c.key == "2"))
    assert Archive(there.archive_dir).read(page["warc_file"], page["warc_offset"]).body == sample.PAGE.encode()
    with pytest.raises(UsageError, match="already"):
        restore(target, there, made.path)
    (there.uploads_dir / "later.jpg").write_bytes(b"later")
    _, aside = restore(target, there, made.path, force=True)
    assert aside is not None
    assert (aside / "uploads" / "later.jpg").is_file()
    assert everything(target) == everything(engine)


def test_it_is_one_state_while_others_write(
    engine: Engine, home: HomeSettings, empty: tuple[Engine, HomeSettings], tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with engine.begin() as conn:
                conn.execute(insert(table_of(Bill)).values(id=f"n-{number}", title="x", kind="law"))
                conn.execute(insert(table_of(BillKey)).values(kind="number", value=f"{number}", bill_id=f"n-{number}"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [back_up(engine, home, tmp_path / f"{one}.tar") for one in range(3)]
    finally:
        stop.set()
        writer.join()
    target, there = empty
    restore(target, there, made[-1].path)
    with target.connect() as conn:
        bills = {key for key in conn.execute(select(table_of(Bill).c.id)).scalars() if key.startswith("n-")}
        keys = set(
            conn.execute(select(table_of(BillKey).c.bill_id).where(table_of(BillKey).c.kind == "number")).scalars()
        )
    assert bills == keys


@pytest.fixture
def kept(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path) -> Path:
    """A backup of the sample."""
    settings = HomeSettings(home=tmp_path / "home", database_url=sqlite_url)
    sample.fill(sqlite_engine, settings)
    return back_up(sqlite_engine, settings, tmp_path / "kept.tar").path


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def without_end(path: Path) -> None:
    with tarfile.open(path) as tar:
        place = tar.getmember(NAME).offset
    os.truncate(path, place)


def flipped(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 3)
        byte = stream.read(1)
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte[0] ^ 255]))


def no_backup(path: Path) -> None:
    path.write_bytes(b"something else " * 1000)


def outside(path: Path) -> None:
    with tarfile.open(path, "w") as tar:
        head = tarfile.TarInfo("../outside")
        head.size = 1
        tar.addfile(head, io.BytesIO(b"x"))


def newer(path: Path) -> None:
    rewrite(path, b'"revision": "', b'"revision": "9')


def other_format(path: Path) -> None:
    rewrite(path, b'"format": 1', b'"format": 2')


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    with tarfile.open(path) as tar:
        found = [(head, (tar.extractfile(head) or io.BytesIO()).read()) for head in tar]
    with tarfile.open(path, "w") as tar:
        for head, body in found:
            said = body.replace(old, new) if head.name == NAME else body
            head.size = len(said)
            tar.addfile(head, io.BytesIO(said))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (cut, "cut off|damaged"),
        (without_end, "ends before its manifest"),
        (flipped, "damaged"),
        (no_backup, "no backup of Baikoo"),
        (outside, "which no backup of ours does"),
        (newer, "unknown to this version"),
        (other_format, "format 2"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_spoiled_file_changes_nothing(kept: Path, tmp_path: Path, spoil: Any, words: str) -> None:
    spoil(kept)
    settings = HomeSettings(home=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new.sqlite'}")
    target = open_engine(settings.database_url)
    with pytest.raises(StorageError, match=words):
        restore(target, settings, kept)
    target.dispose()
    assert not (tmp_path / "new.sqlite").exists()
    assert not settings.home.exists()


def test_a_home_in_use_is_left_alone(kept: Path, tmp_path: Path, sqlite_engine: Engine, sqlite_url: str) -> None:
    settings = HomeSettings(home=tmp_path / "home", database_url=sqlite_url)
    with sqlite_engine.connect() as conn:
        conn.execute(select(table_of(Bill))).all()
        with pytest.raises(UsageError, match="in use"):
            restore(sqlite_engine, settings, kept, force=True)
    assert everything(sqlite_engine)["bill"]


def test_a_restore_killed_at_any_step_leaves_one_whole_state(kept: Path, tmp_path: Path, sqlite_url: str) -> None:
    code = (
        "import os, pathlib, signal, sys\n"
        "from db.backup.restoring import restore\n"
        "from db.engine import open_engine\n"
        "from db.settings import HomeSettings\n"
        "steps = int(sys.argv[4])\n"
        "def die(event, _):\n"
        "    global steps\n"
        "    if event in {'os.rename', 'shutil.copyfile', 'shutil.move'}:\n"
        "        steps -= 1\n"
        "        if steps == 0:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "home = HomeSettings(home=pathlib.Path(sys.argv[1]), database_url=sys.argv[2])\n"
        "sys.addaudithook(die)\n"
        "restore(open_engine(sys.argv[2]), home, pathlib.Path(sys.argv[3]), force=True)\n"
    )
    states = set()
    for steps in range(1, 100):
        home = tmp_path / f"killed-{steps}"
        copytree(tmp_path / "home", home)
        database = home / "baikoo.sqlite"
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as conn:
            conn.execute("VACUUM INTO ?", (str(database),))
        with closing(sqlite3.connect(database)) as conn, conn:
            conn.execute("UPDATE bill SET title = 'later'")
        words = [sys.executable, "-c", code, str(home), f"sqlite:///{database}", str(kept), str(steps)]
        ended = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)
        with closing(sqlite3.connect(database)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            states.add(tuple(conn.execute("SELECT DISTINCT title = 'later' FROM bill").fetchall()))
        wanted = {path.relative_to(tmp_path / "home") for path in (tmp_path / "home" / "archive").rglob("*.gz")}
        assert wanted <= {path.relative_to(home) for path in (home / "archive").rglob("*.gz")}
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert states == {((0,),), ((1,),)}


def test_a_killed_backup_leaves_nothing_that_looks_whole(kept: Path, tmp_path: Path, sqlite_url: str) -> None:
    code = (
        "import os, signal, sys, pathlib\n"
        "from db.backup.writing import back_up\n"
        "from db.engine import open_engine\n"
        "from db.settings import HomeSettings\n"
        "die = lambda name, now, whole: os.kill(os.getpid(), signal.SIGKILL) if name.startswith('archive') else None\n"
        "home = HomeSettings(home=pathlib.Path(sys.argv[1]), database_url=sys.argv[2])\n"
        "back_up(open_engine(sys.argv[2]), home, pathlib.Path(sys.argv[3]), tell=die)\n"
    )
    folder = tmp_path / "backups"
    folder.mkdir()
    words = [sys.executable, "-c", code, str(tmp_path / "home"), sqlite_url, str(folder)]
    ended = subprocess.run(words, cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(folder.glob("baikoo-*")) == []
    left = list(folder.iterdir())
    assert left, "it was killed in the middle"
    engine = open_engine(sqlite_url)
    settings = HomeSettings(home=tmp_path / "home", database_url=sqlite_url)
    made = back_up(engine, settings, folder)
    engine.dispose()
    assert check(made.path).kind == "sqlite"
    assert [path.name for path in folder.iterdir()] == [made.path.name]
    with pytest.raises(UsageError, match="already"):
        back_up(engine, settings, made.path)
    (folder / "baikoo-2000-01-01T000000Z.tar").write_bytes(b"")
    assert keep_newest(folder, 1) == ["baikoo-2000-01-01T000000Z.tar"]
