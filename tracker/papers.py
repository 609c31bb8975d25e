"""The files that records offer for a bill, as papers of the Rules: what each is, and which sections it holds. Pure.

Wordings are data: `reglament/kg_papers.yml`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import yaml

from tracker.rows import local_day
from vocab.papers import Paper
from vocab.text import fold
from vocab.timeline import Event, EventKind, Evidence

Wordings = Mapping[str, tuple[str, ...]]
_Name = TypeVar("_Name")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What the crawler's kind of file means: papers by words of the title, else `otherwise`."""

    otherwise: Paper
    titles: Mapping[Paper, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """By which words papers, the readings they are for, and their sections are known."""

    kinds: Mapping[str, FileKind]
    readings: Mapping[int, tuple[str, ...]]
    parts: Mapping[Paper, Wordings]

    @staticmethod
    def load() -> "PaperWords":
        """The words of this package, read once."""
        return _load()

    def papers(self, kind: str, title: str) -> tuple[Paper, ...]:
        """What a file is: by its kind, and by the words of its title; several where it holds several."""
        known = self.kinds.get(kind)
        if known is None:
            return (Paper.OTHER,)
        return tuple(_fitting(known.titles, fold(title))) or (known.otherwise,)

    def readings_of(self, title: str) -> frozenset[int]:
        """The readings that a title says the file is for; none where it does not say."""
        return frozenset(_fitting(self.readings, fold(title)))

    def has_parts(self, kind: str, title: str) -> bool:
        """True for a file whose text is looked through."""
        return any(paper in self.parts for paper in self.papers(kind, title))

    def parts_in(self, paper: Paper, text: str) -> frozenset[str] | None:
        """The sections of a paper that a text holds; None for a paper that has none."""
        known = self.parts.get(paper)
        return None if known is None else frozenset(_fitting(known, fold(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A file that a record of a bill offers; `text` None: it was not read, or not looked for."""

    record_type: str
    record_key: str
    url: str
    kind: str
    title: str
    language: str | None
    first_seen: datetime
    text: str | None = None
    page_id: int | None = None


def paper_events(rows: Iterable[PaperRow], words: PaperWords) -> Iterator[Event]:
    """A document for each paper that a file is. That it was there by the day is all that first seeing it proves."""
    for row in rows:
        for paper in words.papers(row.kind, row.title):
            yield Event(
                kind=EventKind.DOCUMENT,
                day=local_day(row.first_seen),
                day_told=False,
                evidence=_evidence(row),
                readings=words.readings_of(row.title),
                about=row.title,
                what=paper.value,
                lang=row.language,
                parts=None if row.text is None else words.parts_in(paper, row.text),
            )


def _evidence(row: PaperRow) -> Evidence:
    record = f"{row.record_type}:{row.record_key}"
    return Evidence(record=record, page_id=row.page_id, url=row.url, place=row.title, seen_at=row.first_seen)


def _fitting(words: Mapping[_Name, Collection[str]], text: str) -> Iterator[_Name]:
    return (name for name, wordings in words.items() if any(wording in text for wording in wordings))


@lru_cache(maxsize=1)
def _load() -> PaperWords:
    data = yaml.load(
        files("tracker").joinpath("reglament", "kg_papers.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return PaperWords(
        kinds={
            kind: FileKind(
                otherwise=Paper(row["otherwise"]),
                titles={Paper(paper): tuple(map(fold, words)) for paper, words in row.get("titles", {}).items()},
            )
            for kind, row in data["kinds"].items()
        },
        readings={reading: tuple(map(fold, words)) for reading, words in data["readings"].items()},
        parts={
            Paper(paper): {part: tuple(map(fold, words)) for part, words in rows.items()}
            for paper, rows in data["parts"].items()
        },
    )
