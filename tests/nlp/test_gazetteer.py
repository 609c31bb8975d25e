from datetime import date

import pytest

from nlp.persons.gazetteer import Gazetteer, KnownPerson, officials_known

SIXTH = (date(2015, 10, 28), date(2021, 12, 29))
SEVENTH = (date(2021, 12, 29), date(2025, 12, 17))
DAY = date(2023, 4, 24)


def person(name: str, key: str, days: tuple[date, date]) -> KnownPerson:
    return KnownPerson(key=key, name=name, since=days[0], until=days[1])


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer(
        [
            person("Абдалиев Мейкинбек Акимович", "abdaliev", SEVENTH),
            person("Сыдыков Бактыбек Усенович", "sydykov-b", SEVENTH),
            person("Сыдыков Мурадил Жанышбекович", "sydykov-m", SEVENTH),
            person("Исатбек кызы Аида", "isatbek", SEVENTH),
            person("Жакышов Русланбек Шергазиевич", "jakyshov", SEVENTH),
            person("Джусупов Эмилбек Рамидинович", "jusupov", SEVENTH),
            person("Сыдыков Асан Асанович", "sydykov-a", SIXTH),
            person("  ", "nobody", SEVENTH),
        ],
        officials=False,
    )


def test_a_list_is_known_by_its_names(gazetteer: Gazetteer) -> None:
    assert len(gazetteer) == 7  # what is no name is left out
    assert len(Gazetteer()) == len({one.key for one in officials_known()})


@pytest.mark.parametrize(
    ("surname", "given", "key"),
    [
        ("Абдалиев", "Мейкинбек", "abdaliev"),
        ("Исатбек кызы", "Аида", "isatbek"),
        ("Сыдыков", "Мурадыл", "sydykov-m"),  # a letter
        ("Сыдыков", "Асан", "sydykov-a"),  # who sat before
        ("Жакышев", "Русланбек", "jakyshov"),  # -ев for -ов
        ("Жусупов", "Эмильбек", "jusupov"),  # another spelling
        ("Сыдыков", "Марат", None),
        ("Иванов", "Иван", None),
    ],
)
def test_a_full_name_finds_its_person(gazetteer: Gazetteer, surname: str, given: str, key: str | None) -> None:
    found = gazetteer.find(surname, given, day=DAY)
    assert (found and found.key) == key


@pytest.mark.parametrize(
    ("surname", "initials", "key"),
    [
        ("Сыдыков", "Б", "sydykov-b"),
        ("Сыдыков", "МЖ", "sydykov-m"),
        ("Сыдыков", "МК", None),
        ("Сыдыков", "А", "sydykov-a"),
        ("Сыдыков", "", None),
        ("Абдалиев", "", "abdaliev"),
        ("Исатбек кызы", "А", "isatbek"),
    ],
)
def test_initials_or_none_find_the_only_one(gazetteer: Gazetteer, surname: str, initials: str, key: str | None) -> None:
    found = gazetteer.find(surname, None, tuple(initials), DAY)
    assert (found and found.key) == key


def test_a_surname_alone_means_who_sits_on_the_day(gazetteer: Gazetteer) -> None:
    assert gazetteer.knows_surname("Абдалиев", DAY)
    assert not gazetteer.knows_surname("Абдалиев", date(2012, 1, 1))
    assert gazetteer.knows_surname("Абдалиев", None)
    assert gazetteer.find("Абдалиев", None, (), date(2012, 1, 1)) is None


def test_officials_are_known_by_their_days() -> None:
    known = Gazetteer()
    found = known.find("Жапаров", None, ("А",), DAY)
    assert found is not None
    assert found.name == "Жапаров Акылбек Усенбекович"
    assert all(one.until is None or (one.since is not None and one.since < one.until) for one in officials_known())
