import csv
from pathlib import Path

import pytest

from vocab.errors import ReadError
from vocab.names import Case, PersonName, split_names


@pytest.mark.parametrize(
    ("text", "case", "expected"),
    [
        (
            "Абдылдаев Мыктыбек Юсупович",
            "nominative",
            PersonName("Абдылдаев", "Мыктыбек", "Юсупович", ("М", "Ю")),
        ),
        ("ИСАЕВ  Канат Асанович", "nominative", PersonName("Исаев", "Канат", "Асанович", ("К", "А"))),
        ("Турсунбаеву А.А.", "dative", PersonName("Турсунбаев", initials=("А", "А"))),
        ("Турсунбаеву А.А.", "unknown", PersonName("Турсунбаев", initials=("А", "А"))),
        ("Турсунбаеву А.А.", "nominative", PersonName("Турсунбаеву", initials=("А", "А"))),
        ("А.А. Турсунбаев", "unknown", PersonName("Турсунбаев", initials=("А", "А"))),
        ("Турсунбаев A.А.", "unknown", PersonName("Турсунбаев", initials=("А", "А"))),
        ("С.Шер-Нияз", "nominative", PersonName("Шер-Нияз", initials=("С",))),
        ("Шер-Нияз С. .", "nominative", PersonName("Шер-Нияз", initials=("С",))),
        ("Шер-Ниязу С.", "unknown", PersonName("Шер-Нияз", initials=("С",))),
        ("Самат Гульнара Клара", "nominative", PersonName("Самат", "Гульнара Клара", None, ("Г",))),
        ("Самат Г.-К.", "nominative", PersonName("Самат", initials=("Г", "К"))),
        ("Жунус уулу Алтынбеку", "dative", PersonName("Жунус уулу", "Алтынбек", None, ("А",))),
        ("Жунус уулу Алтынбеку", "unknown", PersonName("Жунус уулу", "Алтынбек", None, ("А",))),
        ("Алтынбек Жунус уулу", "nominative", PersonName("Жунус уулу", "Алтынбек", None, ("А",))),
        ("Жунус уулунун", "unknown", PersonName("Жунус уулу")),
        ("Исатбек кызын", "unknown", PersonName("Исатбек кызы")),
        ("Асылбек уулу Д.", "nominative", PersonName("Асылбек уулу", initials=("Д",))),
        ("Исатбек кызы Аиде", "dative", PersonName("Исатбек кызы", "Аида", None, ("А",))),
        ("Таалайбек кызы Жылдыз", "unknown", PersonName("Таалайбек кызы", "Жылдыз", None, ("Ж",))),
        (
            "Абдылдаев Мыктыбек Юсуп уулу",
            "nominative",
            PersonName("Абдылдаев", "Мыктыбек", "Юсуп уулу", ("М", "Ю")),
        ),
        (
            "Бакир уулу Турсунбай Жолдошевич",
            "nominative",
            PersonName("Бакир уулу", "Турсунбай", "Жолдошевич", ("Т", "Ж")),
        ),
        ("Байбакпаеву Э.Дж", "dative", PersonName("Байбакпаев", initials=("Э", "Дж"))),
        ("ОмуркуловуИ.Ш.", "dative", PersonName("Омуркулов", initials=("И", "Ш"))),
        ("бабанову О.Т.", "dative", PersonName("Бабанов", initials=("О", "Т"))),
        ("Маннанов И. А.", "nominative", PersonName("Маннанов", initials=("И", "А"))),
        ("Текебаев О.Ч", "nominative", PersonName("Текебаев", initials=("О", "Ч"))),
        ("Никитенко Н.В.", "dative", PersonName("Никитенко", initials=("Н", "В"))),
        ("Карамушкиной И.Ю.", "dative", PersonName("Карамушкина", initials=("И", "Ю"))),
        (
            "Исаевой Динаре Шертаевне",
            "dative",
            PersonName("Исаева", "Динара", "Шертаевна", ("Д", "Ш")),
        ),
        (
            "Самигуллиной Альфии Эльдаровне",
            "unknown",
            PersonName("Самигуллина", "Альфия", "Эльдаровна", ("А", "Э")),
        ),
        ("Чудинову Игорю Витальевичу", "dative", PersonName("Чудинов", "Игорь", "Витальевич", ("И", "В"))),
        ("Ильичеву Алексею", "unknown", PersonName("Ильичев", "Алексей", None, ("А",))),
        ("Исаевой Айгули", "dative", PersonName("Исаева", "Айгуль", None, ("А",))),
        ("Исаевой Айпери", "dative", PersonName("Исаева", "Айпери", None, ("А",))),
        ("Скрипкиной Марии", "dative", PersonName("Скрипкина", "Мария", None, ("М",))),
        ("Келдибаев Сагындык А.", "nominative", PersonName("Келдибаев", "Сагындык", None, ("С", "А"))),
        ("Нурланбек Шакиев", "nominative", PersonName("Шакиев", "Нурланбек", None, ("Н",))),
        ("Марина Исаева", "nominative", PersonName("Исаева", "Марина", None, ("М",))),
        ("Айдаров Салайдин", "nominative", PersonName("Айдаров", "Салайдин", None, ("С",))),
        (
            "Нурланбек Тургунбекович Шакиев",
            "nominative",
            PersonName("Шакиев", "Нурланбек", "Тургунбекович", ("Н", "Т")),
        ),
        ("Бакчиев Джаныбек", "nominative", PersonName("Бакчиев", "Джаныбек", None, ("Дж",))),
        ("Алтынбеков", "nominative", PersonName("Алтынбеков")),
        ("John Smith", "nominative", PersonName("John", "Smith", None, ("S",))),
    ],
)  # fmt: skip
def test_a_name_is_read(text: str, case: Case, expected: PersonName) -> None:
    assert PersonName.parse(text, case) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "А.А.",
        "Исаев К.К. (депутат)",
        "Исаев 5",
        "по вопросу об отзыве",
        "Сабиров М.Э. по вопросу",
        "А.А. Исаев Турсунбаев",
        "Исаев Канатбек Кедейканович Депутат",
        "Жунус уулу Асан уулу",
        "уулу",
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="not the name of one person"):
        PersonName.parse(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Жунус уулу Алтынбеку", "Жунус уулу Алтынбек"),
        ("Турсунбаеву А.А.", "Турсунбаев Алмаз Ашимович"),
        ("Жээнбеков А.Ш.", "Жеенбеков Асылбек Шарипович"),
        ("Бакчиев Дж.А.", "Бакчиев Жаныбек Абдукапарович"),
        ("Бакчиев Ж.А.", "Бакчиев Джаныбек Абдукапарович"),
        ("Бакчиев Д.А.", "Бакчиев Джаныбек Абдукапарович"),
        ("Бакчиев Дж.", "Бакчиев Ж."),
        ("Гаипкулов И.Т.", "Гайпкулов Искендер Төрөбаевич"),
        ("Сарсеитов И.З.", "Сарсейитов Исланбек Зайырбекович"),
        ("Омуркулов Иса", "Өмүркулов Иса Шейшенкулович"),
        ("Асылбаева Гюльшат", "Асылбаева Гүлшат Кадыровна"),
        ("Пётр Семёнов", "Семенов Петр"),
        ("Абдылдаев Мыктыбек Юсуп уулу", "Абдылдаев Мыктыбек Юсупович"),
        ("Исаева Динара Шерта кызы", "Исаева Динара Шертаевна"),
        ("Самат Г.-К.", "Самат Гульнара-Клара"),
        ("Самат Гульнара Клара", "Самат Гульнара-Клара"),
        ("Садык Шер-Нияз", "Шер-Нияз Садык"),
        ("Джумабеков Д.А.", "Жумабеков Дастанбек Артисбекович"),
        ("Шакиев", "Шакиев Нурланбек Тургунбекович"),
    ],
)
def test_forms_of_one_name_meet(one: str, other: str) -> None:
    first, second = PersonName.parse(one), PersonName.parse(other)
    assert first.match_keys() & second.match_keys()
    assert first.compatible(second)
    assert second.compatible(first)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Исаев К.К.", "Исаев Тилектеш Каримович"),
        ("Исаев К.К.", "Исаева К.К."),
        ("Нышанов С.", "Нишанов С."),
        ("Жунус уулу Адыл", "Жунус уулу Алтынбек"),
        ("Айдаров А.С.", "Айдаров Салайдин Абдираевич"),
        ("Исаев Канатбек Юсупович", "Исаев Канатбек Юсуповна"),
        ("Исаев Канатбек Асанович", "Исаев Канатбек Усенович"),
        ("Исаев Канатбек", "Исаев Жаныбек"),
    ],
)
def test_names_of_two_persons_stay_apart(one: str, other: str) -> None:
    first, second = PersonName.parse(one), PersonName.parse(other)
    assert not first.compatible(second)
    assert not second.compatible(first)


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Турсунбаев Азизбек Атакозуевич", "Турсунбаев А. А.", "Турсунбаев Азизбек Атакозуевич"),
        ("Байбакпаев Э.Дж.", "Байбакпаев Э. Дж.", "Байбакпаев Э. Дж."),
        ("Келдибаев Сагындык А.", "Келдибаев С. А.", "Келдибаев Сагындык А."),
        ("Жунус уулу Алтынбек", "Жунус уулу Алтынбек", "Жунус уулу Алтынбек"),
        ("Жунус уулу А.", "Жунус уулу А.", "Жунус уулу А."),
        ("Исаев", "Исаев", "Исаев"),
    ],
)
def test_a_name_is_shown(text: str, short: str, full: str) -> None:
    name = PersonName.parse(text)
    assert name.display("initials") == short
    assert name.display("full") == str(name) == full


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мадеминов М.Г. Мамашова А.Т.", ["Мадеминов М.Г.", "Мамашова А.Т."]),
        ("Аттокурову Д.Б. Артыкбаев О.М.", ["Аттокурову Д.Б.", "Артыкбаев О.М."]),
        ("Нишанов Н.Н.\u00a0 Нышанов С.К., Акматов А.Ж. .", ["Нишанов Н.Н.", "Нышанов С.К.", "Акматов А.Ж."]),
        ("Бакир уулу Т. Жунус уулу Адыл; Самат Г.-К.", ["Бакир уулу Т.", "Жунус уулу Адыл", "Самат Г. К."]),
        ("А.А. Турсунбаев Б.Б. Исаев и С.Шер-Нияз", ["А.А. Турсунбаев", "Б.Б. Исаев", "С.Шер-Нияз"]),
        (
            "Акаев Жанарбек Кубанычович Исаев Канатбек Кедейканович",
            ["Акаев Жанарбек Кубанычович", "Исаев Канатбек Кедейканович"],
        ),
        ("Кулов Ф.Ш. жана Абдиев К.", ["Кулов Ф.Ш.", "Абдиев К."]),
        ("Исаев К.К. по вопросу 5", ["Исаев К.К. по вопросу 5"]),
        ("Исаев К.К., 12, . . ", ["Исаев К.К.", "12"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_list_of_names_is_split(text: str, expected: list[str]) -> None:
    assert list(split_names(text)) == expected


def test_every_deputy_of_two_convocations_is_read(shared_data: Path) -> None:
    lists = sorted((shared_data / "kenesh/membership-snapshots/export/VI").glob("*.csv"))
    names = {row["name"] for path in lists for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())}
    seventh = (shared_data / "kenesh/deputies_vii_2023.csv").read_text(encoding="utf-8").splitlines()
    names |= {row["full_name"] for row in csv.DictReader(seventh)}
    read = {text: PersonName.parse(text, "nominative") for text in names}
    assert [text for text, name in read.items() if name.given is None] == []
    assert {name for text, name in read.items() if PersonName.parse(text) != name} == set()
    lone = {text for text, name in read.items() if name.patronymic is None}
    assert lone == {
        "Алтынбеков Айбек", "Асылбек уулу Дамирбек", "Жунус уулу Адыл", "Жунус уулу Алтынбек",
        "Исатбек кызы Аида", "Коргонбай уулу Жусупбек", "Мажитова Шарапаткан", "Самат Гульнара-Клара",
        "Самыйкожо Мирлан", "Таалайбек кызы Жылдыз", "Шер-Нияз Садык",
    }  # fmt: skip
