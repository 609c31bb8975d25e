from collections.abc import Mapping

import pytest
from pydantic import BaseModel

from db.list_conditions import CONDITIONS
from vocab.lists import FILTERS, ListKind, canonical, search_id
from web.parameters import BillQuery, FindingQuery, PersonQuery, SittingQuery
from web.public.search import SearchParameters

PAGES: Mapping[ListKind, type[BaseModel]] = {
    ListKind.BILLS: BillQuery,
    ListKind.SITTINGS: SittingQuery,
    ListKind.PERSONS: PersonQuery,
    ListKind.FINDINGS: FindingQuery,
    ListKind.SEARCH: SearchParameters,
}


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (ListKind.BILLS, {"text": "  о   пчёлах ", "kind": "law"}, {"kind": "law", "text": "о пчёлах"}),
        (ListKind.BILLS, {"text": None, "kind": " ", "page": 2, "sort": "title"}, {}),
        (ListKind.SITTINGS, {"year": 2017, "month": 5}, {"year": "2017", "month": "5"}),
        (ListKind.SITTINGS, {"year": None, "month": 5, "body": "plenary"}, {"body": "plenary"}),
    ],
)
def test_the_same_question_is_written_in_one_way(kind: ListKind, said: dict[str, object], kept: dict[str, str]) -> None:
    assert canonical(kind, said) == kept
    assert list(canonical(kind, said)) == [name for name in FILTERS[kind] if name in kept]


def test_an_id_tells_lists_and_values_apart_and_not_how_they_are_typed() -> None:
    bees = search_id(ListKind.BILLS, {"text": "Пчёлы"})
    assert bees == search_id(ListKind.BILLS, {"text": "пчелы"})
    others = [
        search_id(ListKind.PERSONS, {"text": "Пчёлы"}),
        search_id(ListKind.BILLS, {"kind": "Пчёлы"}),
        search_id(ListKind.BILLS, {}),
    ]
    assert len({bees, *others}) == 4


@pytest.mark.parametrize("kind", ListKind)
def test_a_page_offers_the_filters_that_can_be_followed_and_no_others(kind: ListKind) -> None:
    pages = set(PAGES[kind].model_fields) - {"page", "sort", "format", "as_of", "by", "severity"}
    assert pages == set(FILTERS[kind])
    assert kind is ListKind.SEARCH or set(CONDITIONS[kind]) == pages
