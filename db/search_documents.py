"""What can be searched: a row a document, with its original text and the normal forms of its words.

The database keeps its own index over the normal forms (`search_index`, FTS5, on SQLite; the column `vector` on
PostgreSQL; see the migrations): whoever writes a row writes the index. This module knows no language: words and
queries arrive as normal forms.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import JSON, ColumnElement, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

LONGEST_WORD = 64
MOST_WORDS = 16_000
"""Words of a title or text that are indexed; PostgreSQL keeps no more places and no more than a megabyte."""

_NO_WORD = re.compile(r"[^\w\s./-]|_")
_NOT_STORED = re.compile("[\0\ud800-\udfff]")


class DocumentKind(StrEnum):
    """What a document is."""

    BILL = "bill"
    ITEM = "item"
    PRESS = "press"
    PROTOCOL = "protocol"
    FINDING = "finding"
    ACT = "act"


class Facet(StrEnum):
    """By what documents are told apart, several values each: ids of bodies and persons, numbers of topics."""

    BODY = "body"
    TOPIC = "topic"
    PERSON = "person"


class SearchDocument(SQLModel, table=True):
    """One document; `kind` and `key` name it (a bill's id, a press record's key).

    `url` is its page on our site. `normal_title` and `normal_text` are normal forms, blank-separated; the places
    of their words in `title` and `text` stand in `title_places` and `text_places` as start and length, start and
    length … `recency` orders by day: its ordinal, 0 without one. `content_hash` is of all that the document was
    made from, `code_version` of the code that made it.
    """

    __tablename__ = "search_document"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_search_document_recency", "recency"),
    )

    seq: int | None = Field(default=None, primary_key=True)
    kind: str
    key: str
    day: date | None = None
    recency: int = 0
    language: str
    verdict: str | None = None
    url: str
    content_hash: str
    code_version: str
    title: str
    normal_title: str
    title_places: list[int] = Field(default_factory=list, sa_type=JSON)
    text: str = ""
    normal_text: str = ""
    text_places: list[int] = Field(default_factory=list, sa_type=JSON)


class SearchFacet(SQLModel, table=True):
    """A value by which a document can be found: `name` is of `Facet`."""

    __tablename__ = "search_facet"
    __table_args__ = (Index("ix_search_facet_seq", "seq"),)

    name: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, foreign_key="search_document.seq")


class SearchWord(SQLModel, table=True):
    """In how many documents a word stands; the word "" counts all documents."""

    __tablename__ = "search_word"

    word: str = Field(primary_key=True)
    documents: int


class Word(NamedTuple):
    """A word of a text: `text[start:end]`, and its normal form (several, blank-separated, for «2019-жылдын»)."""

    start: int
    end: int
    normal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document to be stored: see `SearchDocument`."""

    kind: DocumentKind
    key: str
    title: str
    url: str
    content_hash: str
    code_version: str
    title_words: Sequence[Word]
    text: str = ""
    text_words: Sequence[Word] = ()
    language: str = "unknown"
    day: date | None = None
    verdict: str | None = None
    facets: Mapping[Facet, Sequence[str]] = field(default_factory=dict)


Filters = Sequence[ColumnElement[bool]]
"""Conditions on the columns of `SearchDocument`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of a query as an index is asked for it: clean normal forms, whole or as beginnings of words."""

    whole: frozenset[str]
    beginnings: frozenset[str] = frozenset()

    @property
    def forms(self) -> frozenset[str]:
        """All of them."""
        return self.whole | self.beginnings


@lru_cache(maxsize=100_000)
def clean_words(normal: str) -> tuple[str, ...]:
    """The words of a normal form as they are indexed: letters and digits, «-/.» inside, at most 64 signs each."""
    words = _NO_WORD.sub("", storable(normal).casefold()).split()
    return tuple(word for one in words if (word := one.strip("-/.")[:LONGEST_WORD]))


def storable(text: str) -> str:
    """The text without what a database refuses (NUL, halves of letters), each replaced by one sign."""
    return _NOT_STORED.sub("\ufffd", text)
