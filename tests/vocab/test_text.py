import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocab.text import (
    Group,
    balance,
    find_groups,
    fold,
    fold_space,
    has_kyrgyz_letters,
    plain_quotes,
    slug,
    title_key,
    unquote,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Акаев\u00a0 \tЖанарбек\n", "Акаев Жанарбек"),
        ("а\u2009б\u3000в\u2028г", "а б в г"),
        ("\ufeffпере\u00adнос\u200b\u0000", "перенос"),
        ("и\u0306е\u0308", "йё"),
        ("", ""),
    ],
)
def test_blanks_are_folded_and_invisible_characters_go(text: str, expected: str) -> None:
    assert fold_space(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("О „Медиации“ – Ёлка", "о «медиации» - елка"),
        ("Өмүрбек Токтоң й", "өмүрбек токтоң й"),
        ("на 2016 — 2017 годы", "на 2016-2017 годы"),
        ("Ош — Баткен", "ош - баткен"),
    ],
)
def test_the_form_for_comparison(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_titles_agree_though_quotes_are_lost_and_the_country_is_short() -> None:
    full = "О внесении изменений в Закон Кыргызской Республики «О рекламе»"
    assert title_key('О внесении изменений в Закон КР "О рекламе.') == title_key(full)
    assert title_key("О кредите") == "о кредите"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Закон "О рекламе"', "Закон «О рекламе»"),
        ("Закон “О рекламе”", "Закон «О рекламе»"),
        ("„О рекламе“", "«О рекламе»"),
        ("<<О рекламе>> и ''О связи''", "«О рекламе» и «О связи»"),
        ("‹а› ‘б’ 'в'", "«а» «б» «в»"),
        ('("О рекламе", "О связи")', "(«О рекламе», «О связи»)"),
        ('"О внесении в Закон "О рекламе""', "«О внесении в Закон «О рекламе»»"),
        ('""О связи" и прочее"', "««О связи» и прочее»"),
        ("об'ект, Д’Артаньян", "об'ект, Д’Артаньян"),
        ('слово " слово', "слово » слово"),
    ],
)
def test_quotes_of_all_kinds_become_plain(text: str, expected: str) -> None:
    assert plain_quotes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«О медиации»", "О медиации"),
        (' "О медиации" ', "О медиации"),
        ("«А» и «Б»", "«А» и «Б»"),
        ("«О внесении изменений в Закон «О рекламе»", "О внесении изменений в Закон «О рекламе»"),
        ("О внесении изменений в Закон «О рекламе»»", "О внесении изменений в Закон «О рекламе»"),
        ("О рекламе", "О рекламе"),
        ("В Законе «О рекламе»", "В Законе «О рекламе»"),
        ("", ""),
    ],
)
def test_outer_quotes_go_and_only_they(text: str, expected: str) -> None:
    assert unquote(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В Закон «О рекламе", "В Закон «О рекламе»"),
        ("В Закон «О рекламе (наружной", "В Закон «О рекламе (наружной)»"),
        ("(в законы «А», «Б)", "(в законы «А», «Б»)"),
        ("О рекламе»)", "О рекламе"),
        ("Закон «А» [и «Б»", "Закон «А» [и «Б»]"),
        ("", ""),
    ],
)
def test_what_is_open_is_closed(text: str, expected: str) -> None:
    assert balance(text) == expected


@given(st.text(alphabet="аб «»()[] "))
def test_a_balanced_text_stays(text: str) -> None:
    once = balance(text)
    assert balance(once) == once
    assert once.count("(") == once.count(")")


def test_brackets_are_found_at_the_outermost_level() -> None:
    text = "О проекте «А (б)»(первая (вложенная) скобка) ) (открытая"
    assert find_groups(text) == (
        Group(13, 16, "б", closed=True),
        Group(17, 44, "первая (вложенная) скобка", closed=True),
        Group(47, 56, "открытая", closed=False),
    )
    assert text[17:44] == "(первая (вложенная) скобка)"
    assert find_groups("без скобок") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Өмүркулов Иса Шейшенкулович", "omurkulov-isa-sheishenkulovich"),
        ("Омуркулов  Иса", "omurkulov-isa"),
        ("Жээнбеков", "zheenbekov"),
        ("Щёкин-Объездной, Цой", "shchekin-obezdnoi-tsoi"),
        ("Юрий Яхин", "iurii-iakhin"),
        ("№ 3624-V «Онүгүү–Прогресс» café", "3624-v-onuguu-progress-cafe"),
        ("—", ""),
    ],
)
def test_addresses(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_kyrgyz_letters() -> None:
    assert has_kyrgyz_letters("Күн тартиби")
    assert not has_kyrgyz_letters("Повестка дня")


@pytest.mark.parametrize(
    "text", ['{"a": ["б", "x-1"], "c": "«д»"}', "“a” (“b”) „c“ ‹d› ＂e＂", '"', '""', 'a"', '"\u0000"a']
)
def test_the_fast_way_with_quotes_is_the_exact_one(text: str) -> None:
    apostrophe = "о'о"  # makes every mark be looked at by itself
    assert plain_quotes(f"{text} {apostrophe}") == f"{plain_quotes(f'{text} ')}{apostrophe}"
