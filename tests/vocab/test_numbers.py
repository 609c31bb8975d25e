from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocab.errors import ReadError
from vocab.numbers import ActKind, ActRef, BillNumber, ResolutionNumber, split_acts


@pytest.mark.parametrize("text", ["6-16490/26", "№ 6-16490/26", "рег. №6–16490 / 26", " (6 - 16490/26) "])
def test_a_registration_number_is_read(text: str) -> None:
    assert BillNumber.parse(text) == BillNumber(6, 16490, 26)
    assert str(BillNumber.parse(text)) == "6-16490/26"


@given(st.integers(0, 99), st.integers(0, 999_999), st.integers(0, 99))
def test_a_registration_number_is_read_back(prefix: int, serial: int, year: int) -> None:
    number = BillNumber(prefix, serial, year)
    assert BillNumber.parse(str(number)) == number


@pytest.mark.parametrize("text", ["", "6-16490", "123-5/26", "6-1234567/26", "6-502/2024", "6-502/24, 6-503/24"])
def test_a_text_without_exactly_one_registration_number_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="not one number"):
        BillNumber.parse(text)


def test_the_places_of_registration_numbers() -> None:
    text = "№ 6-502/24, 6–7473 / 25 и 6-502/24"
    found = BillNumber.find_places(text)
    assert [text[start:end] for start, end, _ in found] == ["6-502/24", "6–7473 / 25", "6-502/24"]
    assert [number for _, _, number in found] == [
        BillNumber(6, 502, 24),
        BillNumber(6, 7473, 25),
        BillNumber(6, 502, 24),
    ]


def test_the_places_of_resolutions() -> None:
    text = (
        "постановление\n№ 494 от 29.08.14, постановления № 72 от 04.02.14 и № 1 от 31.02.14; "
        "Өкмөттүн 2014-жылдын 4-февралындагы № 73 токтому"
    )
    found = ResolutionNumber.find_places(text)
    assert [(text[start:end], number.key) for start, end, number in found] == [
        ("№ 494 от 29.08.14", "494:2014-08-29"),
        ("№ 72 от 04.02.14", "72:2014-02-04"),
        ("2014-жылдын 4-февралындагы № 73", "73:2014-02-04"),
    ]
    assert ResolutionNumber.find_places("") == ()


def test_a_long_list_of_resolutions_is_read_once() -> None:
    text = "постановление № 494 от 29.08.14, " * 20_000
    assert len(ResolutionNumber.find_places(text)) == 20_000


def test_all_registration_numbers_of_a_text() -> None:
    assert BillNumber.find_all("№ 6-502/24, 6-7473/25 и 6-502/24") == (
        BillNumber(6, 502, 24),
        BillNumber(6, 7473, 25),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("постановление № 494 от 29.08.14", [("494", date(2014, 8, 29))]),
        ("Постановление №494 от 29.08.14 г.", [("494", date(2014, 8, 29))]),
        ("постановления Правительства КР от 29.08.2014 г. № 494", [("494", date(2014, 8, 29))]),
        ("постановлением от 29 августа 2014 года № 494", [("494", date(2014, 8, 29))]),
        (
            "постановления № 72 от 04.02.14 и № 497 от 29.08.14",
            [("72", date(2014, 2, 4)), ("497", date(2014, 8, 29))],
        ),
        (
            "постановление № 72 от 04.02.14, постановление Правительства № 497 от 29.08.14, снова "
            "постановление № 72 от 04.02.14",
            [("72", date(2014, 2, 4)), ("497", date(2014, 8, 29))],
        ),
        ("постановлением № 4145-V от 11 июня 2014 года", [("4145-V", date(2014, 6, 11))]),
        ("Өкмөттүн 2014-жылдын 29-августундагы № 494 токтому", [("494", date(2014, 8, 29))]),
        ("закон № 223 от 25.11.2011", []),
        ("постановление о здоровье", []),
    ],
)
def test_resolutions_of_a_text(text: str, expected: list[tuple[str, date]]) -> None:
    assert [(one.number, one.day) for one in ResolutionNumber.find_all(text)] == expected


def test_references_to_one_resolution_have_one_key() -> None:
    first, second = (
        ResolutionNumber.find_all(text)[0]
        for text in ("постановление № 1529-V от 19.01.12", "постановления от 19 января 2012 года № 1529 – v")
    )
    assert first.key == second.key == "1529-v:2012-01-19"


def test_a_resolution_of_an_impossible_day_is_refused() -> None:
    with pytest.raises(ReadError, match="no such day"):
        ResolutionNumber.find_all("постановление № 494 от 31.02.14")


@pytest.mark.parametrize(
    ("text", "kind", "title", "number", "day"),
    [
        ("Закон «О медиации»", "law", "О медиации", None, None),
        (
            'Закон Кыргызской Республики "О медиации" от 28 июля 2017 года № 161',
            "law",
            "О медиации",
            "161",
            date(2017, 7, 28),
        ),
        (
            "конституционный Закон «О выборах Президента",
            "constitutional_law",
            "О выборах Президента",
            None,
            None,
        ),
        ("Налоговый кодекс", "code", "Налоговый кодекс", None, None),
        (
            "Указ Президента Кыргызской Республики от 8 февраля 2021 года № 26",
            "decree",
            "Указ Президента Кыргызской Республики",
            "26",
            date(2021, 2, 8),
        ),
        (
            "Постановление Жогорку Кенеша «О составах комитетов» № 1529-V от 19 января 2012 года",
            "resolution",
            "О составах комитетов",
            "1529-V",
            date(2012, 1, 19),
        ),
        (
            "Конституция Кыргызской Республики",
            "constitution",
            "Конституция Кыргызской Республики",
            None,
            None,
        ),
        (
            "Соглашение о Фонде от 24 ноября 2014 года",
            "treaty",
            "Соглашение о Фонде от 24 ноября 2014 года",
            None,
            None,
        ),
        ("«О медиации»", "other", "О медиации", None, None),
        ("«Медиация жөнүндө» Мыйзам", "law", "Медиация жөнүндө", None, None),
        ("Положение о службе", "other", "Положение о службе", None, None),
        ("Устав ОДКБ", "treaty", "Устав ОДКБ", None, None),
        ("Обменные ноты между А и Б", "treaty", "Обменные ноты между А и Б", None, None),
        ("Кыргыз Республикасынын «Медиация жөнүндө» Мыйзамы", "law", "Медиация жөнүндө", None, None),
    ],
)
def test_a_reference_to_an_act_is_read(
    text: str, kind: ActKind, title: str, number: str | None, day: date | None
) -> None:
    assert ActRef.parse(text) == ActRef(kind, title, number, day)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Закон «О медиации»", "закон КР «О медиации» от 28.07.2017 № 161"),
        ("Налоговый кодекс", "Налогового кодекса Кыргызской Республики"),
        ("Трудовой кодекс", "Трудового кодекса КР"),
        ("Уголовно-процессуальный кодекс КР", "уголовно-процессуальном кодексе"),
        ("Кодекс об административном праве", "Кодекс Кыргызской Республики об административном праве"),
        ("Конституция", "Конституцию Кыргызской Республики"),
        ("Конституция", "Кыргыз Республикасынын Конституциясы"),
        ("Гражданский процессуальный кодекс", "Гражданского процессуального кодекса КР"),
        ("Закон КР от 17 октября 2008 года № 231", "Закон Кыргызской Республики № 231 от 17.10.2008"),
        ("Указ Президента от 8 февраля 2021 года № 26", "Указ «О мерах» № 26 от 08.02.2021"),
        ("Постановление «О мерах»", "постановление Жогорку Кенеша «О мерах»"),
    ],
)  # fmt: skip
def test_references_to_one_act_have_one_key(one: str, other: str) -> None:
    assert ActRef.parse(one).key == ActRef.parse(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Закон «О медиации»", "Конституционный Закон «О медиации»"),
        ("Уголовный кодекс", "Уголовно-процессуальный кодекс"),
        ("Указ от 8 февраля 2021 года № 26", "Указ от 8 февраля 2021 года № 27"),
        ("Кодекс", "Кодекс о детях"),
        ("Гражданский процессуальный кодекс", "Административный процессуальный кодекс"),
        ("Салык кодекси", "Эмгек кодекси"),
        ("Конституция", "Конституция Российской Федерации"),
        ("Закон КР от 17 октября 2008 года № 231", "Закон КР от 17 октября 2008 года № 232"),
    ],
)
def test_references_to_different_acts_have_different_keys(one: str, other: str) -> None:
    assert ActRef.parse(one).key != ActRef.parse(other).key


def test_a_code_named_only_by_its_subject_has_a_key() -> None:
    assert ActRef("code", "О детях").key == "code:o-detiakh"


@pytest.mark.parametrize(("text", "reason"), [(" «» ", "no act"), ("Указ от 31.02.2021 № 5", "no such day")])
def test_what_is_no_reference_to_an_act_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        ActRef.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Закон КР «О рекламе»", ["Закон КР «О рекламе»"]),
        (
            "в Земельный кодекс, законы «О залоге», «О государственной и муниципальной службе» и «О рекламе»",
            [
                "Земельный кодекс",
                "Закон «О залоге»",
                "Закон «О государственной и муниципальной службе»",
                "Закон «О рекламе»",
            ],
        ),
        (
            "в конституционный Закон «О выборах», законы Кыргызской Республики «О банках», «О связи»",
            [
                "Конституционный Закон «О выборах»",
                "Закон Кыргызской Республики «О банках»",
                "Закон Кыргызской Республики «О связи»",
            ],
        ),
        (
            "В Кодекс об административной ответственности; Закон «О рекламе",
            ["Кодекс об административной ответственности", "Закон «О рекламе»"],
        ),
        ("в Уголовный, Жилищный кодексы", ["Уголовный кодекс", "Жилищный кодекс"]),
        ("в Уголовный и Жилищный кодексы КР", ["Уголовный кодекс КР", "Жилищный кодекс КР"]),
        ("в Лесной, Трудовой кодексы и Водный кодекс", ["Лесной кодекс", "Трудовой кодекс", "Водный кодекс"]),
        ("в кодексы «О нарушениях» и «О проступках»", ["Кодекс «О нарушениях»", "Кодекс «О проступках»"]),
        ("в Конституцию Кыргызской Республики", ["Конституция Кыргызской Республики"]),
        ("в Закон «О милиции» и о признании утратившими силу некоторых актов", ["Закон «О милиции»"]),
        ("некоторые законодательные акты Кыргызской Республики в сфере связи", []),
        (
            "постановление Жогорку Кенеша «О составе» № 1529-V от 19 января 2012 года",
            ["Постановление Жогорку Кенеша «О составе» № 1529-V от 19 января 2012 года"],
        ),
    ],
)  # fmt: skip
def test_a_list_of_acts_is_split(text: str, expected: list[str]) -> None:
    assert list(split_acts(text)) == expected


@pytest.mark.parametrize("text", ["в «О рекламе»", "в Закон «О рекламе», прочее"])
def test_a_list_with_something_else_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        split_acts(text)
