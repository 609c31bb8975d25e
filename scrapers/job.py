"""One crawl: what all its parts share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from sqlalchemy import Engine

from db.archive import Archive
from scrapers.figures import Figures, Walk
from scrapers.replay import ReplayServer
from scrapers.source import Source
from scrapers.visit import Desk, Known, Parser
from vocab.errors import ConfigError

Progress = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A crawl of one site: the facts, the stores, the run, and what it counts.

    `started_at` is the start of the run, also of one that was interrupted and goes on. `today` is the day the crawl
    takes as now: in a replay the newest day of the recording. `origin` is live, replay or demonstration.
    """

    source: Source
    parsers: Mapping[str, Parser]
    engine: Engine
    archive: Archive
    run_id: int
    started_at: datetime
    origin: str
    today: date
    server: ReplayServer | None = None
    since: date | None = None
    only_kinds: frozenset[str] | None = None
    figures: Figures = field(default_factory=Figures)
    walk: Walk = field(default_factory=Walk)
    progress: Progress | None = None

    def now(self) -> datetime:
        """The present moment, UTC."""
        return datetime.now(UTC)

    def wants(self, kind: str) -> bool:
        """This page type is part of the crawl."""
        return self.only_kinds is None or kind in self.only_kinds

    def desk(self, kind: str) -> Desk:
        """What it takes to understand an answer of this page type."""
        return Desk(source=self.source, parser=self.parsers.get(kind), archived=self.archived)

    def archived(self, known: Known) -> bytes:
        """The bytes of an archived answer."""
        return self.archive.read(known.warc_file, known.warc_offset).body

    def show_progress(self) -> None:
        """Tell whoever watches how far it is."""
        if self.progress is not None:
            self.progress(self.figures.as_json())


def load_parsers(source: Source) -> dict[str, Parser]:
    """The parser of each page type, by the module that source.yml names. Raises ConfigError where it is none."""
    parsers = {}
    for kind in source.pages.values():
        if kind.parser is None:
            continue
        name = f"scrapers.sites.{source.site}.{kind.parser}"
        try:
            module = import_module(name)
            parsers[kind.name] = Parser(name=kind.parser, version=f"{kind.parser} {module.VERSION}", read=module.read)
        except (ModuleNotFoundError, AttributeError) as error:
            raise ConfigError(f"{source.site}, page type «{kind.name}»: no parser {name} ({error})") from error
    return parsers
