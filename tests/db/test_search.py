from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from db.engine import open_engine, reader
from db.migrate import upgrade
from db.search import QueryWord, SearchQuery, search
from db.search_documents import (
    DocumentKind,
    NewDocument,
)
from db.search_store import store_documents
from tests.db.documents import SOME, asked, document, keys, written

HOSTILE = [
    "",
    "   ",
    "\0",
    '"',
    "'",
    "пенсия\0фонд",
    '"пенсия" OR NEAR(',
    "пенсия AND",
    "NOT пенсия",
    "{normal_title} : пенсия",
    "^пенсия*",
    "пенсия*",
    "-пенсия",
    "' | 'пенсия",
    "':* & !",
    "\\'",
    "'; DROP TABLE bill; --",
    "(" * 500,
    "%_",
    "\ud800",
    "é" * 5000,
    "а" * 10_000,
    "пенсия " * 1500,
    " ".join(f"слово{n}" for n in range(1200)),
    "٣ 三 🏛 ﬁ ẞ İ",
]


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as writing:
        store_documents(writing, SOME)
    with reader(engine) as reading:
        yield reading


def test_a_word_of_the_title_is_worth_more(conn: Connection) -> None:
    page = search(conn, asked("пенсия"))
    assert keys(page) == ["pension", "budget"] or keys(page) == ["budget", "pension"]
    with_title = search(conn, asked("бюджете"))
    assert with_title.total == 2
    assert all(hit.score > 0 for hit in with_title.hits)


def test_every_word_must_stand_in_the_document(conn: Connection) -> None:
    assert keys(search(conn, asked("пенсия фонд"))) == ["pension"]
    assert keys(search(conn, asked("пенсия космос"))) == []
    assert [one.documents for one in search(conn, asked("пенсия космос")).words] == [2, 0]


def test_one_of_the_forms_is_enough(conn: Connection) -> None:
    word = QueryWord(written="бюджет", forms=["бюджете", "бюджеттин"])
    assert set(keys(search(conn, SearchQuery(words=[word])))) == {"budget", "old", "kyrgyz"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("бюджет*", {"budget", "old", "kyrgyz"}),
        ("бюджет", {"old"}),
        ("бюд*", set()),
        ("6-502/24", {"number"}),
        ("6-502", {"number"}),
        ("пенс", {"pension", "budget"}),
        ("пен", set()),
        ("пенсии", {"pension"}),
        ("6-502*", {"number"}),
        ("502", set()),
    ],
)
def test_beginnings_and_numbers(conn: Connection, query: str, found: set[str]) -> None:
    assert set(keys(search(conn, asked(query)))) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"budget", "old", "kyrgyz"}),
        ({"kinds": [DocumentKind.PRESS]}, {"old"}),
        ({"kinds": [DocumentKind.PRESS, DocumentKind.BILL]}, {"budget", "old", "kyrgyz"}),
        ({"since": date(2024, 1, 1)}, {"kyrgyz"}),
        ({"until": date(2023, 12, 31)}, {"budget"}),
        ({"since": date(2023, 5, 1), "until": date(2023, 5, 1)}, {"budget"}),
        ({"body": "plenary"}, {"kyrgyz"}),
        ({"topic": 1}, {"kyrgyz"}),
        ({"topic": 13}, set()),
        ({"person": "a"}, set()),
        ({"verdict": "kept"}, set()),
    ],
)
def test_filters(conn: Connection, filters: dict[str, Any], found: set[str]) -> None:
    page = search(conn, asked("бюджет*", **filters))
    assert set(keys(page)) == found
    assert page.total == len(found)


def test_several_values_of_a_facet_find_the_document(conn: Connection) -> None:
    for filters in ({"person": "a"}, {"person": "b"}, {"topic": 13}, {"topic": 1}, {"verdict": "kept"}):
        assert keys(search(conn, asked("проект", **filters))) == ["number"]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_raises(conn: Connection, query: str) -> None:
    for prefix, whole in product((True, False), (True, False)):
        forms = [query] if whole else query.split()
        page = search(conn, SearchQuery(words=[QueryWord(written=query, forms=forms, prefix=prefix)]))
        assert page.total == len(page.hits)
        search(conn, SearchQuery(words=[QueryWord(written=one, forms=[one], prefix=prefix) for one in query.split()]))


def test_words_after_the_twelfth_are_not_asked_for(conn: Connection) -> None:
    page = search(conn, asked(" ".join(f"слово{n}" for n in range(1000))))
    assert (len(page.words), page.cut) == (12, True)
    assert not search(conn, asked("пенсия " * 100)).cut


def test_the_original_words_are_marked(conn: Connection) -> None:
    (hit,) = search(conn, asked("фонд* пенси*")).hits
    assert written(hit.marked_title) == "О [пенсии] и [фонде]"
    assert written(hit.snippet) == "[Пенсия] и ещё раз [пенсия]; [фонд] платит"
    assert "".join(piece.text for piece in hit.marked_title) == hit.title


def many() -> list[NewDocument]:
    """A hundred bills that all say «закон», thirty about taxes, three about honey."""
    made = []
    for n in range(100):
        title = (
            "О внесении изменений в закон" + (" о налогах" if n % 3 == 0 else "") + (" о мёде" if n % 40 == 5 else "")
        )
        made.append(document(f"b{n:03}", title, "внесении " * 2, day=date.fromordinal(738_000 + n)))
    return made


def test_common_words_do_not_drive_a_query_alone(engine: Engine) -> None:
    with engine.begin() as conn:
        store_documents(conn, [*many(), document("plain", "О мёде")])
        page = search(conn, asked("закон мёде"))
        assert set(keys(page)) == {"b005", "b045", "b085", "plain"}
        assert [(one.written, one.common) for one in page.words] == [("закон", True), ("мёде", False)]
        assert not page.newest_first
        first = search(conn, asked("закон", limit=5))
        assert (first.total, first.newest_first) == (100, True)
        assert keys(first) == ["b099", "b098", "b097", "b096", "b095"]
        assert keys(search(conn, asked("закон налогах", limit=2, offset=1))) == ["b096", "b093"]
        assert search(conn, asked("закон налогах", until=date.fromordinal(738_050))).total == 17


def test_common_words_of_a_title_come_first(engine: Engine) -> None:
    filler = [document(f"f{n}", "закон") for n in range(30)]
    with engine.begin() as conn:
        store_documents(conn, [*filler, document("without", "О мёде пчёл"), document("with", "Закон мёде пчёл")])
        assert keys(search(conn, asked("мёде закон"))) == ["with", "without"]


def test_equal_documents_come_newest_first_and_pages_do_not_overlap(engine: Engine) -> None:
    made = [document(f"b{n:03}", "О мёде", day=date.fromordinal(738_000 + n)) for n in range(230)]
    others = [document(f"x{n:04}", "Иное") for n in range(1000)]
    with engine.begin() as conn:
        store_documents(conn, [*made, *others])
        pages = [search(conn, asked("мёде", limit=20, offset=offset)) for offset in range(0, 240, 20)]
        assert {page.total for page in pages} == {230}
        found = [key for page in pages for key in keys(page)]
        assert len(found) == len(set(found)) == 230
        assert keys(search(conn, asked("мёде", limit=230))) == found
        assert search(conn, asked("мёде", limit=20, offset=500)).hits == []


def test_both_databases_find_the_same(sqlite_url: str, postgres_url: str) -> None:
    texts = ["пенсия фонд", "бюджет 2024", "бюджеттин жыл", "6-502/24 закон", "о'брайен \\ : закон", "пенсионный фонд"]
    made = [
        document(
            f"d{n}", f"{texts[n % 6]} {texts[n % 5]}", f"{texts[n % 4]} слово{n}", day=date.fromordinal(730_000 + n)
        )
        for n in range(60)
    ]
    queries = [
        "пенсия",
        "пенс*",
        "пенси* фонд",
        "закон",
        "закон бюджет*",
        "бюджет 2024",
        "6-502/24",
        "слово5",
        "слово5*",
    ]
    found = []
    for url in (sqlite_url, postgres_url):
        engine = open_engine(url)
        upgrade(engine)
        with engine.begin() as conn:
            store_documents(conn, made)
            pages = [search(conn, asked(query, limit=100)) for query in queries]
        engine.dispose()
        found.append([(page.total, sorted(keys(page)), page.words, page.newest_first) for page in pages])
    assert found[0] == found[1]
    assert all(total for total, *_ in found[0])
