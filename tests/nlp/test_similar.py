import time
from datetime import date

import pytest

from nlp.drafts.blocking import known_weight
from nlp.drafts.draft import THRESHOLD
from nlp.drafts.likeness import deciding_words, likeness
from nlp.drafts.notions import speak_of_the_same
from nlp.drafts.title_form import bare_title, read_title, skeleton

ENERGY = "Об энергосбережении в зданиях и сооружениях"


@pytest.mark.parametrize(
    "written",
    [
        "О проекте Закона Кыргызской Республики «Об энергосбережении в зданиях и сооружениях»",
        "о проекте закона КР № 6-1234/19 «Об энергосбережении в зданиях и сооружениях»",
        "(первое чтение) О проекте Закона «Об энергосбережении в зданиях и сооружениях»",
        "(2 чтение таб. 1 принятые поправки) О проекте закона «Об энергосбережении в зданиях и сооружениях»",
        "Д1. (в целом) О проекте федерального закона № 70631-6 «Об энергосбережении в зданиях и сооружениях»",
        "3. О проекте Закона «Об энергосбережении в зданиях и сооружениях» (вносится на второе чтение)",
        "законопроект «Об энергосбережении в зданиях и сооружениях» (инициатор – Правительство)",
        "Закон Кыргызской Республики «Об энергосбережении в зданиях и сооружениях»",
        "Об энергосбережении в зданиях и сооружениях (принят в первом чтении 1 мая)",
        'Предложение деп. Н. О проекте закона "Об энергосбережении в зданиях и сооружениях"',
    ],
)
def test_what_stands_around_a_title_goes(written: str) -> None:
    assert read_title(written).terms.keys() == read_title(ENERGY).terms.keys()


@pytest.mark.parametrize(
    ("written", "deed"),
    [
        ("О медиации", None),
        ("О внесении изменений в Закон Кыргызской Республики «О медиации»", "amends"),
        ("«Медиация жөнүндө» Кыргыз Республикасынын Мыйзамына өзгөртүүлөрдү киргизүү тууралуу", "amends"),
        ("О признании утратившим силу Закона «О медиации»", "repeals"),
        ("О ратификации Соглашения", "ratifies"),
        ("Макулдашууну ратификациялоо жөнүндө", "ratifies"),
        ("О присоединении к Конвенции", "accedes"),
        ("Об утверждении отчета об исполнении бюджета", "reports"),
        ("О введении в действие Кодекса", "puts_in_force"),
        ("Ο περί Δικηγόρων (Τροποποιητικός) Νόμος του 2009", "amends"),
    ],
)
def test_what_a_draft_does_is_told_by_its_title(written: str, deed: str | None) -> None:
    assert read_title(written).deed == deed


def test_the_year_of_an_edition_is_no_year_that_a_title_speaks_of() -> None:
    title = read_title("Οι περί Δασών (Τροποποιητικοί) (Αρ. 2) Κανονισμοί του 2015", date(2015, 3, 1))
    assert title.edition == ("2015", "2")
    assert title.years == frozenset()
    assert read_title("Οι περί Δασών Κανονισμοί του 1999", date(2015, 3, 1)).years == {"1999"}
    assert read_title("О республиканском бюджете на 2015 год", date(2015, 3, 1)).years == {"2015"}


def test_letters_that_look_alike_are_one() -> None:
    assert skeleton("Koнcтитуция") == skeleton("Конституция")  # Latin K, c
    assert skeleton("Oι περί") == skeleton("Οι περι")
    assert skeleton("∆ασών") == skeleton("Δασων")
    assert skeleton("ёлка") == skeleton("елка")


def score(left: str, right: str) -> float:
    like = likeness(read_title(left), read_title(right), known_weight)
    return 0.0 if like.contradiction else like.score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (ENERGY, "Об энергосбережении в зданиях, сооружениях"),
        (ENERGY, "энергосбережение в здании и сооружении"),
        (ENERGY, "Об энергосбережение в зданиях и соооружениях"),
        ("О внесении изменений в Закон «О рекламе»", "О внесении дополнения и изменения в Закон КР «О рекламе»"),
        (
            "О внесении изменений в некоторые законодательные акты в сфере закупок лекарств",
            "О внесении изменений в отдельные законодательные акты Кыргызской Республики в сфере закупок лекарств",
        ),
        ("Билим берүү жана илим жөнүндө", "Билим берүүнү жана илимди жөнүндө"),
    ],
)
def test_other_forms_of_one_title_are_alike(left: str, right: str) -> None:
    assert score(left, right) >= THRESHOLD
    assert score(left, right) == pytest.approx(score(right, left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("О республиканском бюджете на 2014 год", "О республиканском бюджете на 2015 год"),
        ("О медиации", "О внесении изменений в Закон «О медиации»"),
        ("О медиации", "О признании утратившим силу Закона «О медиации»"),
        ("Об упразднении районного суда города Талас", "Об упразднении районного суда города Нарын"),
        ("О плане работы на весеннюю сессию", "О плане работы на осеннюю сессию"),
        ("О ратификации Соглашения с Китаем о визах", "О ратификации Соглашения с Турцией о визах"),
        (
            "О внесении изменений в статью 4 Закона «О порядке проведения выборов и голосования»",
            "О внесении изменений в статью 11 Закона «О порядке проведения выборов и голосования»",
        ),
        (
            "О внесении изменений в некоторые акты (в Закон «О рекламе»; Закон «О связи»)",
            "О внесении изменений в некоторые акты (в Закон «О недрах»; Закон «О связи»)",
        ),
    ],
)
def test_titles_that_say_something_else_are_not(left: str, right: str) -> None:
    assert score(left, right) < THRESHOLD


def test_words_that_decided_are_shown_as_written() -> None:
    left, right = read_title("О внесении изменений в Закон «О рекламе»"), read_title("О внесении изменения в рекламу")
    assert deciding_words(left, right, known_weight) == ("рекламе",)


def test_notions_are_shared_by_two_languages() -> None:
    russian = read_title("О внесении изменений в Закон «Об образовании»")
    kyrgyz = read_title("«Билим берүү жөнүндө» Мыйзамына өзгөртүүлөрдү киргизүү тууралуу")
    other = read_title("«Жол жөнүндө» Мыйзамына өзгөртүүлөрдү киргизүү тууралуу")
    assert speak_of_the_same(russian, kyrgyz)
    assert not speak_of_the_same(russian, other)
    assert speak_of_the_same(read_title("О йогурте"), read_title("Айран тууралуу"))
    assert not speak_of_the_same(russian, read_title("Айран тууралуу"))


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        "«" * 1_000_000,
        "(" * 1_000_000,
        "о проекте " * 100_000,
        "\x00\x01",
        "№ 1-" * 250_000,
        "а" * 1_000_000,
        "<p>О медиации</p>" * 60_000,
        "проект" * 170_000,
        "1. " * 300_000,
        "(а" * 500_000 + ")" * 500_000,
    ],
)
def test_hostile_text_is_read_quickly(hostile: str) -> None:
    began = time.process_time()
    title = read_title(hostile, date(2020, 1, 1))
    assert likeness(title, title, known_weight).score <= 1.0
    assert len(bare_title(hostile)) <= 3000
    assert time.process_time() - began < 1.0
