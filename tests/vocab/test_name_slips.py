import pytest

from vocab.name_slips import Slip, likely_slip
from vocab.names import PersonName


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("Айдаров А.С.", "Айдаров Салайдин Абдираевич", Slip.INITIALS_SWAPPED),
        ("Бакчиев А.Дж.", "Бакчиев Жаныбек Абдукапарович", Slip.INITIALS_SWAPPED),
        ("Зулушеву К.А.", "Зулушев Курманкул Токторалыевич", Slip.INITIAL_DIFFERS),
        ("Зулушев А.Т.", "Зулушев К.Т.", Slip.INITIAL_DIFFERS),
        ("Тусунбаев А.А.", "Турсунбаев Азизбек Атакозуевич", Slip.SURNAME_LETTER),
        ("Бекешову Д.Д.", "Бекешев Д.Д.", Slip.SURNAME_LETTER),
        ("Акматов Алмазбек Жумабекович", "Акматов Алмасбек Жумабекович", Slip.GIVEN_LETTER),
        ("Акматов Алмазбек Жумабекович", "Акматов Алмасбек", Slip.GIVEN_LETTER),
        ("Алыбаев Орозбек Артельевич", "Алыбаев Орозбек Артильевич", Slip.PATRONYMIC_LETTER),
    ],
)
def test_a_slip_of_the_pen_is_named(one: str, other: str, slip: Slip) -> None:
    assert likely_slip(PersonName.parse(one), PersonName.parse(other)) is slip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Акматов А.Ж.", "Акматов Алмазбек Жумабекович"),
        ("Строкова А.Э.", "Строкова Евгения Григорьевна"),
        ("Тусунбаев А.", "Турсунбаев Азизбек Атакозуевич"),
        ("Исаев К.К.", "Исаева К.К."),
        ("Ким А.А.", "Кам А.А."),
        ("Бекешев Д.Д.", "Бекешевский Д.Д."),
        ("Тусунбаев Б.А.", "Турсунбаев А.А."),
        ("Акматов Алмазбек Жумабекович", "Акматов Эрлан Жумабекович"),
        ("Жунус уулу Адыл", "Жунус уулу Алтынбек"),
        ("Акматов Алмазбек Жумабекович", "Акматов Алмазбек Жумабековна"),
    ],
)
def test_a_difference_that_is_no_single_slip_is_none(one: str, other: str) -> None:
    assert likely_slip(PersonName.parse(one), PersonName.parse(other)) is None
