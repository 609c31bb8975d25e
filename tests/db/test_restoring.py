"""Two people who restore at once do not mix two states."""

import fcntl
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.backup.restoring import restore
from db.backup.writing import back_up
from db.engine import open_engine
from db.migrate import is_current
from db.settings import HomeSettings
from vocab.errors import UsageError


def test_one_restore_at_a_time(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.tar"
    back_up(sqlite_engine, HomeSettings(home=tmp_path / "home", database_url=sqlite_url), kept)
    settings = HomeSettings(home=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new.sqlite'}")
    settings.home.mkdir()
    target = open_engine(settings.database_url)
    with (settings.home / ".restore.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="under way"):
            restore(target, settings, kept)
    restore(target, settings, kept)
    assert is_current(target)
    target.dispose()
