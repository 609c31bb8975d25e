"""A home with a database, and a command that runs in this process."""

from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import insert

from cli.main import main
from db.bills import Bill
from db.engine import open_engine
from db.upsert import table_of


@pytest.fixture
def empty_home(tmp_path: Path, empty_tables: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A home without content; gives the address of its database."""
    copyfile(empty_tables, tmp_path / "baikoo.sqlite")
    url = f"sqlite:///{tmp_path / 'baikoo.sqlite'}"
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    monkeypatch.setenv("BAIKOO_DATABASE_URL", url)
    return url


@pytest.fixture
def home(empty_home: str) -> str:
    """A home with one bill; gives the address of its database."""
    engine = open_engine(empty_home)
    with engine.begin() as conn:
        conn.execute(insert(table_of(Bill)).values(id="n-6-1-26", title="О пенсиях", kind="law"))
    engine.dispose()
    return empty_home


def exit_code(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run `baikoo` with these words; gives its exit code."""
    monkeypatch.setattr("sys.argv", ["baikoo", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)
