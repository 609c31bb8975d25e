"""In which language a file of a bill is, as far as its title or name says so: by the words of source.yml."""

import json

import pytest

from scrapers.sites.kenesh.bill_files import BillFiles
from scrapers.source import load_source
from scrapers.strict import Fields

BASE = "https://kenesh.kg/sed/docs"


def language(title: str, name: str = "file_0a1b2c.docx") -> str | None:
    files = BillFiles(load_source("kenesh").kind("bills_api").options["documents"], BASE)
    row = {"documents": [{"name": title, "url": f"/uploads/{name}"}]}
    [link] = files.take(Fields(json.loads(json.dumps(row)), "bill 1"), [])
    return link.language


@pytest.mark.parametrize(
    "title",
    [
        "Проект Закона на государственном языке",
        "Справка-обоснование к проекту Закона Кыргызской Республики (на гос. языке)",
        "Законопроект на кыргызском языке",
        "Перевод на кыргызский язык",
        "Мыйзам долбоору (мамлекеттик тилде)",
        "Маалымкат-негиздеменин мамлекеттик тилиндеги тексти",
        "Корутунду (кыргыз тилинде)",
        "«Расмий тил жөнүндө» Мыйзамдын долбоору (мамлекеттик тилде)",
    ],
)
def test_what_says_kyrgyz(title: str) -> None:
    assert language(title) == "ky"


@pytest.mark.parametrize(
    "title",
    [
        "Справка-обоснование к проекту Закона Кыргызской Республики «О тишине» (на официальном языке)",
        "Проект Закона Кыргызской Республики «О государственном языке» на русском языке",
        "Мыйзам долбоору (расмий тилде)",
        "Кыргыз Республикасынын Мыйзамынын долбоору (расмий тил)",
        "Корутунду орус тилинде",
        "Салыштырма таблица (орусча)",
        "«Мамлекеттик тил жөнүндө» Мыйзамдын долбоору (расмий тилде)",
    ],
)
def test_what_says_russian(title: str) -> None:
    assert language(title) == "ru"


@pytest.mark.parametrize(
    "title",
    [
        "Проект Закона Кыргызской Республики «О тишине»",
        "Кыргыз Республикасынын «Тынчтык жөнүндө» Мыйзамынын долбоору",
        "Корутунду",
        "Проект Закона «О государственном языке Кыргызской Республики»",
        "«Мамлекеттик тил жөнүндө» Мыйзамдын долбоору",
        "Проект Закона «О закупках на государственном уровне и на официальном портале»",
        "Проект Закона на государственном и официальном языках",
        "О русской общине",
        "",
    ],
)
def test_what_says_nothing_is_left_to_the_text(title: str) -> None:
    assert language(title) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zakonoproekt_na_gosudarstvennom_yazyke_1_0a1b2c.docx", "ky"),
        ("Spravka_na_kyrgyzskom_1.pdf", "ky"),
        ("zakonoproekt-na-ofitsialnom-yazyke.docx", "ru"),
        ("Dolboor_rasmiy_tilde.doc", "ru"),
        ("Proekt_zakona_kyrgyzskoj_respubliki.docx", None),
        ("Zakon_o_gosudarstvennom_byudzhete_Kyrgyzskoj_Respubliki.docx", None),
        ("Myizam_dolbooru.docx", None),
    ],
)
def test_names_of_files_say_it_too(name: str, expected: str | None) -> None:
    assert language("", name) == expected
