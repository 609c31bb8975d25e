"""A home to crawl into, and a crawl in one call."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from sqlalchemy import Engine, Table, select
from sqlmodel import SQLModel

from db.archive import Archive
from db.engine import open_engine
from db.upsert import table_of
from scrapers.crawl import CrawlReport, crawl


@dataclass(frozen=True, slots=True)
class Home:
    """A database and an archive."""

    folder: Path
    engine: Engine

    def crawl(self, recording: Path | None = None, *, site: str = "kenesh", **options: Any) -> CrawlReport:
        """Crawl a recording, or read the archive again."""
        archive = Archive(self.folder / "archive")
        asked = {"origin": "replay", "replay": recording, "from_archive": recording is None} | options
        return crawl(site, engine=self.engine, archive=archive, **asked)

    def rows(self, model: type[SQLModel], *order: str) -> list[dict[str, Any]]:
        """All rows of a table."""
        table: Table = table_of(model)
        with self.engine.connect() as conn:
            query = select(table).order_by(*(table.c[name] for name in order or table.primary_key.columns.keys()))
            return [dict(row) for row in conn.execute(query).mappings()]


@pytest.fixture
def make_home(tmp_path: Path, empty_tables: Path) -> Iterator[Callable[[str], Home]]:
    """Homes by name."""
    engines = []

    def make(name: str) -> Home:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        copyfile(empty_tables, folder / "baikoo.sqlite")
        engine = open_engine(f"sqlite:///{folder / 'baikoo.sqlite'}")
        engines.append(engine)
        return Home(folder, engine)

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def home(make_home: Callable[[str], Home]) -> Home:
    """An empty home."""
    return make_home("home")
