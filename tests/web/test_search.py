"""The search page over documents as the last stage stores them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.findings import FindingReview
from db.search_documents import DocumentKind, Facet
from db.search_store import store_documents
from db.settings import HomeSettings
from tests.db.documents import document
from tests.web import sample
from tests.web.conftest import Visitor, open_site
from tests.web.sample import BILL, BROKEN, COMMITTEE, NOW, PERSON, SCRIPT, SITTING, UNREVIEWED

DOCUMENTS = [
    document(BILL, "О внесении изменений в Закон Об образовании", "пенсия", facets={Facet.TOPIC: ["6"]}),
    document(
        "press",
        f"{SCRIPT} пенсия",
        f"{SCRIPT} пенсия <b>жирная</b> &amp; Тел.: +996 555 12 34 56",
        kind=DocumentKind.PRESS,
        url="/evidence/1",
        day=date(2023, 4, 1),
        facets={Facet.BODY: ["plenary"], Facet.PERSON: [PERSON]},
    ),
    document(
        "phone",
        "телефон",
        "пенсия +996 555 12 34 56 и deputy@kenesh.example",
        kind=DocumentKind.PRESS,
        url="/evidence/1",
    ),
    document("ky", "Пенсия жөнүндө мыйзам", "өмүр", kind=DocumentKind.ACT, url="/evidence/2", language="ky", day=None),
    document(
        BROKEN, "Протокол № 17", "статья пенсия", kind=DocumentKind.FINDING, url=f"/findings/{BROKEN}", verdict="broken"
    ),
    document(
        UNREVIEWED, "Тайное", "пенсия", kind=DocumentKind.FINDING, url=f"/findings/{UNREVIEWED}", verdict="broken"
    ),
    document("item", "бюджет", kind=DocumentKind.ITEM, url=f"/sittings/{SITTING}", facets={Facet.BODY: ["reglament"]}),
]


def fill(engine: Engine, settings: HomeSettings) -> None:
    sample.fill(engine, settings)
    with engine.begin() as conn:
        store_documents(conn, DOCUMENTS)
        store_documents(conn, [document(f"many{n}", "Многое", kind=DocumentKind.ACT, url="/") for n in range(45)])


@pytest.fixture
def site(engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Visitor]:
    settings = HomeSettings(home=tmp_path, database_url=database_url)
    fill(engine, settings)
    yield from open_site(settings)


@pytest.fixture
def sqlite_site(sqlite_engine: Engine, sqlite_url: str, tmp_path: Path) -> Iterator[Visitor]:
    settings = HomeSettings(home=tmp_path, database_url=sqlite_url)
    fill(sqlite_engine, settings)
    yield from open_site(settings)


def test_inflected_words_are_found_and_marked(site: Visitor) -> None:
    page = site.get("/ru/search?q=пенсиями").text
    assert "5 документов" not in page
    assert f'href="/ru/bills/{BILL}"' in page
    assert "<mark>Пенсия</mark> жөнүндө мыйзам" in page
    assert 'lang="ky"' in page


def test_what_sources_say_is_shown_harmless(sqlite_site: Visitor) -> None:
    page = sqlite_site.get(f"/ru/search?q=пенсия {SCRIPT}").text
    assert "<script>" not in page
    assert "<b>жирная" not in page
    found = sqlite_site.get("/ru/search?q=пенсия").text
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; <mark>пенсия</mark>" in found
    assert "555" not in found
    assert "deputy@" not in found
    assert 'value="пенсия"' in found


def test_only_findings_that_may_be_shown_now(sqlite_site: Visitor, sqlite_engine: Engine) -> None:
    page = sqlite_site.get("/ru/search?q=пенсия").text
    assert f"/ru/findings/{BROKEN}" in page
    assert "Передача голоса внутри фракции: Протокол № 17" in page
    assert UNREVIEWED not in page
    assert "Тайное" not in page
    review: dict[str, Any] = {"finding_id": BROKEN, "decision": "dismissed", "reason": "x", "decided_by": "x"}
    with sqlite_engine.begin() as conn:
        sample.add(conn, FindingReview, review | {"decided_at": NOW})
    assert f"/ru/findings/{BROKEN}" not in sqlite_site.get("/ru/search?q=пенсия").text


@pytest.mark.parametrize(
    ("filters", "seen", "unseen"),
    [
        ("kind=press", "/ru/evidence/1", f"/ru/bills/{BILL}"),
        ("topic=6", f"/ru/bills/{BILL}", "/ru/evidence/2"),
        ("body=plenary", "/ru/evidence/1", f"/ru/bills/{BILL}"),
        (f"person={PERSON}", "Асанов Асан Асанович", f"/ru/bills/{BILL}"),
        ("person=nobody", "nobody", f"/ru/bills/{BILL}"),
        ("verdict=broken", f"/ru/findings/{BROKEN}", "/ru/evidence/1"),
        ("since=2024-01-01", f"/ru/bills/{BILL}", "1 апреля 2023"),
        ("until=2023-12-31", "1 апреля 2023", f"/ru/bills/{BILL}"),
        ("kind=&topic=&body=&verdict=&since=&until=&person=", f"/ru/bills/{BILL}", "empty"),
    ],
)
def test_filters_narrow(site: Visitor, filters: str, seen: str, unseen: str) -> None:
    page = site.get(f"/ru/search?q=пенсия&{filters}").text
    assert seen in page
    assert unseen not in page


def test_long_answers_have_pages_that_keep_the_filters(sqlite_site: Visitor) -> None:
    first = sqlite_site.get("/ru/search?q=многое&kind=act").text
    assert "45 документов" in first
    assert first.count("<h2>") == 20
    assert "?page=2&amp;q=" in first
    assert "kind=act" in first
    last = sqlite_site.get("/ru/search?q=многое&kind=act&page=3").text
    assert last.count("<h2>") == 5
    assert 'start="41"' in last
    beyond = sqlite_site.get("/ru/search?q=многое&page=99")
    assert beyond.status_code == 200
    assert "ничего нет" in beyond.text


def test_common_words_are_told(sqlite_site: Visitor) -> None:
    assert "сначала идёт самое новое" in sqlite_site.get("/ru/search?q=многое").text


def test_nothing_found_tells_what_may_help(sqlite_site: Visitor) -> None:
    page = sqlite_site.get("/ru/search?q=бюджет космодром&kind=item").text
    assert "Этого слова нет ни в одном документе: космодром." in page
    assert 'href="/ru/search?q=%D0%B1%D1%8E%D0%B4%D0%B6%D0%B5%D1%82&amp;kind=item"' in page
    assert "Искать без фильтров" in page


@pytest.mark.parametrize(
    "address", ["/ru/search", "/ru/search?q=", "/ru/search?q=%20", "/ru/search?q=%00", "/ru/search?q=«»…"]
)
def test_an_empty_query_shows_examples(sqlite_site: Visitor, address: str) -> None:
    answer = sqlite_site.get(address)
    assert answer.status_code == 200
    assert 'href="/ru/search?q=%D0%BF%D0%B5%D0%BD%D1%81%D0%B8%D0%B8"' in answer.text
    assert "Бакасов" not in answer.text, "an example that finds nothing"


def test_before_the_first_document_there_is_no_example(empty: Visitor) -> None:
    page = empty.get("/ru/search").text
    assert "Поиск идёт по законопроектам" in page
    assert "Например" not in page


@pytest.mark.parametrize(
    "words", ["\"'&<>", "пенсия OR (", "а" * 3000, "'; DROP TABLE bill; --", "% _ \\", "\u202e\ufeff", "пенсия " * 300]
)
def test_no_query_breaks_the_page(site: Visitor, words: str) -> None:
    answer = site.get(f"/ru/search?q={words.replace('%', '%25').replace('&', '%26')}")
    assert answer.status_code == 200


@pytest.mark.parametrize("query", ["kind=law", "topic=x", "since=yesterday", "verdict=guilty", "page=0"])
def test_a_filter_that_is_none_says_so(sqlite_site: Visitor, query: str) -> None:
    assert sqlite_site.get(f"/ru/search?q=а&{query}").status_code == 422


def test_every_page_has_the_search(sqlite_site: Visitor) -> None:
    for address in ("/ru/", "/ru/bills", f"/ru/sittings/{COMMITTEE}", "/nowhere"):
        page = sqlite_site.get(address).text
        assert 'action="/ru/search"' in page
        assert '<label class="unseen" for="find">' in page
    assert sqlite_site.get("/ru/search").text.count('action="/ru/search"') == 1
