"""Who follows a search, or a list narrowed by words, is told of what the search and the list find: the same."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from db.engine import reader
from db.search import SearchQuery, search
from db.search_documents import DocumentKind
from db.search_filter import keys_with
from db.search_fitting import fitting_documents, holding_words
from db.search_store import store_documents
from tests.db.documents import SOME, asked, document

MANY = [document(f"common-{number}", f"О проекте номер {number}", "проект закона") for number in range(12)]
DOCUMENTS = [*SOME, *MANY, document("both", "Пенсия", "проект о бюджете 6-502/24")]
IDS = [f"{one.kind}:{one.key}" for one in DOCUMENTS]
WORDS = ("", "пенсия", "пенсия фонд", "бюджет*", "бюдж", "бюд*", "6-502", "проект", "проект пенсия", "нет", '"', "о")
MORE: tuple[dict[str, Any], ...] = (
    {},
    {"kinds": [DocumentKind.PRESS]},
    {"topic": 13},
    {"topic": 1, "person": "a"},
    {"body": "plenary"},
    {"verdict": "kept"},
    {"since": date(2024, 1, 1)},
    {"until": date(2023, 12, 31)},
)
QUERIES = [asked(words, limit=100, **more) for words in WORDS for more in MORE]


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as writing:
        store_documents(writing, DOCUMENTS)
    with reader(engine) as reading:
        yield reading


def found_by(conn: Connection, query: SearchQuery) -> set[str]:
    return {f"{hit.kind}:{hit.key}" for hit in search(conn, query).hits}


def test_a_followed_search_fits_what_the_search_finds(conn: Connection) -> None:
    found = {str(number): found_by(conn, query) for number, query in enumerate(QUERIES)}
    assert any(found.values())
    assert fitting_documents(conn, {str(number): one for number, one in enumerate(QUERIES)}, IDS) == found


def test_a_list_narrowed_by_words_fits_what_its_page_finds(conn: Connection) -> None:
    bills = [one for one in IDS if one.startswith(DocumentKind.BILL)]
    held = holding_words(conn, {words: asked(words).words for words in WORDS}, bills)
    for words in WORDS:
        keys = keys_with(conn, asked(words).words, DocumentKind.BILL)
        found = set() if keys is None else set(conn.execute(keys).scalars())
        assert {one.partition(":")[2] for one in held[words]} == found, words
    assert held["проект пенсия"] == {"bill:both"}, "a common word narrows a list, though it drives no search"
