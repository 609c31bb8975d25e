"""Documents for the tests of the search: a word is its own normal form."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from db.search import QueryWord, SearchPage, SearchQuery
from db.search_documents import DocumentKind, Facet, NewDocument, Word

_WORD = re.compile(r"[\w/-]+")


def words(text: str) -> list[Word]:
    return [Word(*found.span(), found.group().casefold()) for found in _WORD.finditer(text)]


def document(key: str, title: str, text: str = "", **more: Any) -> NewDocument:
    made: dict[str, Any] = {"kind": DocumentKind.BILL, "url": f"/bills/{key}", "day": date(2024, 1, 1)}
    made |= {"content_hash": f"{title}{text}", "code_version": "1", "language": "ru"}
    return NewDocument(**made | more, key=key, title=title, text=text, title_words=words(title), text_words=words(text))


def asked(query: str, **more: Any) -> SearchQuery:
    """A query; a word that ends with * begins words."""
    typed = [
        QueryWord(written=one, forms=[one.casefold().rstrip("*")], prefix=one.endswith("*")) for one in query.split()
    ]
    return SearchQuery(words=typed, **more)


def written(pieces: Sequence[Any]) -> str:
    """Pieces of a text with the marked ones in brackets."""
    return "".join(f"[{one.text}]" if one.marked else one.text for one in pieces)


def keys(page: SearchPage) -> list[str]:
    return [hit.key for hit in page.hits]


SOME = [
    document("pension", "О пенсии и фонде", "Пенсия и ещё раз пенсия; фонд платит", day=date(2024, 5, 1)),
    document("budget", "О бюджете", "Пенсия упомянута один раз", day=date(2023, 5, 1)),
    document("old", "О бюджете", "Бюджет", day=None, kind=DocumentKind.PRESS, url="/evidence/1"),
    document("kyrgyz", "Бюджеттин аткарылышы", language="ky", facets={Facet.BODY: ["plenary"], Facet.TOPIC: ["1"]}),
    document("number", "Проект 6-502/24", facets={Facet.PERSON: ["a", "b"], Facet.TOPIC: ["13", "1"]}, verdict="kept"),
]
