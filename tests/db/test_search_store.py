from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text

from db.search import search
from db.search_documents import (
    MOST_WORDS,
    DocumentKind,
    Facet,
    NewDocument,
    SearchFacet,
    SearchWord,
    Word,
    clean_words,
)
from db.search_store import remove_documents, store_documents, stored_documents
from db.upsert import table_of
from tests.db.documents import SOME, asked, document, keys, words


def test_a_changed_document_is_found_by_its_new_words_only(engine: Engine) -> None:
    with engine.begin() as conn:
        store_documents(conn, [document("a", "О налогах", "старое"), document("b", "О налогах")])
        store_documents(conn, [document("a", "О мёде", "новое", facets={Facet.PERSON: ["x"]})])
        store_documents(conn, [document("a", "О мёде", "новое", facets={Facet.PERSON: ["y"]})])
        assert keys(search(conn, asked("налогах"))) == ["b"]
        assert keys(search(conn, asked("новое", person="y"))) == ["a"]
        assert keys(search(conn, asked("новое", person="x"))) == []
        assert counts(conn) == {"": 2, "о": 2, "мёде": 1, "новое": 1, "налогах": 1}
        assert {key: one.content_hash for key, one in stored_documents(conn, DocumentKind.BILL).items()} == {
            "a": "О мёденовое",
            "b": "О налогах",
        }
        remove_documents(conn, DocumentKind.BILL, ["a", "never there"])
        remove_documents(conn, DocumentKind.PRESS, ["b"])
        assert counts(conn) == {"": 1, "о": 1, "налогах": 1}
        assert conn.execute(select(table_of(SearchFacet))).all() == []
        assert search(conn, asked("мёде")).total == 0


def counts(conn: Connection) -> dict[str, int]:
    return dict(conn.execute(select(*table_of(SearchWord).c)).all())


def test_the_index_of_sqlite_agrees_with_its_documents(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as conn:
        store_documents(conn, SOME)
        store_documents(conn, [document("budget", "О другом", "бюджете")])
        remove_documents(conn, DocumentKind.BILL, ["pension"])
        conn.execute(text("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"))


def test_of_two_documents_with_one_name_the_last_counts(engine: Engine) -> None:
    with engine.begin() as conn:
        store_documents(conn, [document("a", "первое"), document("a", "второе")])
        store_documents(conn, [])
        assert counts(conn) == {"": 1, "второе": 1}


def test_what_a_database_refuses_is_replaced(engine: Engine) -> None:
    hostile = "а\0б\ud800 <b>'\"\\ : * & | !"
    made = NewDocument(
        kind=DocumentKind.ACT,
        key="x",
        title=hostile,
        url="/",
        content_hash="",
        code_version="",
        title_words=[Word(0, 4, hostile)],
        text="слово " * 20_000,
        text_words=[Word(0, 5, f"слово{n}") for n in range(20_000)],
    )
    with engine.begin() as conn:
        store_documents(conn, [made])
        (hit,) = search(conn, asked("слово1")).hits
        assert hit.title == hostile.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
        assert search(conn, asked(f"слово{MOST_WORDS}")).total == 0


def test_a_word_outside_its_text_is_refused(engine: Engine) -> None:
    wrong = [
        NewDocument(**fields(), title_words=[Word(0, 9, "а")]),
        NewDocument(**fields(), title_words=[Word(1, 1, "а")]),
    ]
    for one in wrong:
        with engine.begin() as conn, pytest.raises(ValueError, match="a word at"):
            store_documents(conn, [one])


def fields() -> dict[str, Any]:
    return {"kind": DocumentKind.BILL, "key": "a", "title": "а", "url": "/", "content_hash": "", "code_version": ""}


@pytest.mark.parametrize(
    ("normal", "clean"),
    [
        ("пенсия", ["пенсия"]),
        ("2019 жыл", ["2019", "жыл"]),
        ("6-502/24", ["6-502/24"]),
        ("«Закон»,", ["закон"]),
        ("'a\"b*:&|!()", ["ab"]),
        ("--- ... /", []),
        ("", []),
        ("A.B.", ["a.b"]),
        ("ө" * 100, ["ө" * 64]),
    ],
)
def test_words_are_cleaned(normal: str, clean: list[str]) -> None:
    assert clean_words(normal) == tuple(clean)


def test_words_of_the_sample_are_words() -> None:
    assert [one.normal for one in words("О пенсии, 6-502/24")] == ["о", "пенсии", "6-502/24"]
