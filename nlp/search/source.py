"""What a document of the search is made from: its own words, the texts it takes in, by what it is found."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from db.search_documents import DocumentKind, Facet

_DIGEST = 12


class TextPart(NamedTuple):
    """A text that a document takes in, named and not read: another version is another text."""

    table: str
    key: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document before its texts are read; `lines` are short texts of its own, `facets` sorted values."""

    kind: DocumentKind
    key: str
    title: str
    url: str
    day: date | None = None
    verdict: str | None = None
    lines: tuple[str, ...] = ()
    parts: tuple[TextPart, ...] = ()
    facets: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """The hash of everything that the document is made from."""
        texts = (self.title, self.url, self.verdict, self.day, self.lines, self.parts)
        found = sorted((name.value, values) for name, values in self.facets.items())
        return hashlib.blake2b(repr((*texts, found)).encode("utf-8", "replace"), digest_size=_DIGEST).hexdigest()


def facets(**values: Iterable[str]) -> dict[Facet, tuple[str, ...]]:
    """Facets by name, each value once; a facet without a value is left out."""
    distinct = {name: tuple(sorted(set(ones))) for name, ones in values.items()}
    return {Facet(name): ones for name, ones in distinct.items() if ones}
