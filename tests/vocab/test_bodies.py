from datetime import date

import pytest

from vocab.bodies import CONVOCATIONS, convocation_named, convocation_on, faction_key, faction_name, is_faction


@pytest.mark.parametrize(
    ("day", "numeral"),
    [
        (date(2010, 11, 9), None),
        (date(2010, 11, 10), "V"),
        (date(2015, 10, 27), "V"),
        (date(2015, 10, 28), "VI"),
        (date(2021, 12, 28), "VI"),
        (date(2021, 12, 29), "VII"),
        (date(2025, 12, 16), "VII"),
        (date(2025, 12, 17), "VIII"),
        (date(2040, 1, 1), "VIII"),
    ],
)
def test_the_convocation_of_a_day(day: date, numeral: str | None) -> None:
    found = convocation_on(day)
    assert (found.numeral if found else None) == numeral


def test_convocations_follow_one_another() -> None:
    assert [one.until for one in CONVOCATIONS[:-1]] == [one.since for one in CONVOCATIONS[1:]]
    assert convocation_named("VI") == CONVOCATIONS[1]
    assert convocation_named("XX") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Фракция «Онугуу-Прогресс»", "Парламентская фракция «Онугуу - Прогресс»"),
        ("Парламентская фракция «Республика - Ата Журт»", "«Республика-Ата Журт»"),
        ("Парламентская фракция СДПК", "СДПК"),
        ("Депутатская группа «Элдик»", "«Элдик»"),
        ("Парламентская фракция  «Бир Бол»", 'Фракция "Бир Бол"'),
    ],
)
def test_spellings_of_one_faction(one: str, other: str) -> None:
    assert faction_key(one) == faction_key(other)
    assert faction_key(faction_name(one)) == faction_key(one)


def test_factions_stay_apart_and_single_seats_are_none() -> None:
    assert faction_key("Парламентская фракция «Бир Бол»") != faction_key("Парламентская фракция «Кыргызстан»")
    assert faction_name("Парламентская фракция «Онугуу - Прогресс»") == "Онугуу-Прогресс"
    assert is_faction("Парламентская фракция «Альянс»")
    assert not is_faction("Депутаты от одномандатных округов")
    assert not is_faction("Самовыдвиженец")
    assert not is_faction("не входящие во фракции")
    assert not is_faction("")
