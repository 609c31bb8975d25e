"""Names on a day: who fits, who stands on the list, which faction, and what stays open."""

from datetime import date

import pytest

from tracker.identify.people import People
from tracker.identify.resolver import Resolution, Resolver, Stretch, names_deputy
from vocab.timeline import Who

FIRST, MIDDLE, LAST = date(2016, 6, 17), date(2017, 1, 10), date(2018, 12, 1)
NAMES = (
    ("abdiev", "Абдиев Алмаз Акматович"),
    ("osmonov-early", "Осмонов Канат Акматович"),
    ("osmonov-late", "Осмонов Кубат Акматович"),
    ("adyl", "Жунус уулу Адыл"),
    ("altynbek", "Жунус уулу Алтынбек"),
    ("tursunbekov", "Турсунбеков Чыныбай Акунович"),
    ("tursun-one", "Турсунгулмадов Бакыт Болотович"),
    ("tursun-two", "Турсунбулмамов Бакыт Болотович"),
    ("tursun-two", "Турсунбулмалов Бакыт Болотович"),
    ("unreadable", "17"),
)
STRETCHES = (
    Stretch("abdiev", FIRST, MIDDLE, "Ак-Суу"),
    Stretch("abdiev", date(2017, 5, 1), LAST, "Тоо"),
    Stretch("osmonov-early", FIRST, MIDDLE, "Ак-Суу"),
    Stretch("osmonov-late", date(2017, 3, 1), LAST, None),
    Stretch("adyl", FIRST, LAST, "Тоо"),
    Stretch("altynbek", FIRST, LAST, "Тоо"),
    Stretch("tursunbekov", FIRST, LAST, "Тоо"),
    Stretch("tursun-one", FIRST, LAST, "Тоо"),
    Stretch("tursun-two", FIRST, LAST, "Тоо"),
)


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(NAMES, STRETCHES)


@pytest.mark.parametrize(
    ("written", "day", "person", "method", "candidates"),
    [
        ("Абдиев А.А.", MIDDLE, "abdiev", "name", ()),
        ("Абдиеву А.А.", MIDDLE, "abdiev", "name", ()),
        ("Осмонову К.А.", MIDDLE, "osmonov-early", "name_and_day", ("osmonov-early", "osmonov-late")),
        ("Осмонову К.А.", LAST, "osmonov-late", "name_and_day", ("osmonov-early", "osmonov-late")),
        # before the first list that one counts, after the last one the last
        ("Осмонов К.А.", date(2016, 5, 11), "osmonov-early", "name_and_day", ("osmonov-early", "osmonov-late")),
        ("Осмонов К.А.", date(2020, 1, 1), "osmonov-late", "name_and_day", ("osmonov-early", "osmonov-late")),
        # between two lists of which one shows the one and one the other
        ("Осмонов К.А.", date(2017, 2, 1), None, "ambiguous", ("osmonov-early", "osmonov-late")),
        ("Жунус уулу А.", MIDDLE, None, "ambiguous", ("adyl", "altynbek")),
        ("Жунус уулу Алтынбеку", MIDDLE, "altynbek", "name", ()),
        ("Абдиев А.Ж.", MIDDLE, "abdiev", "slip", ("abdiev",)),
        ("Турусбекову Ч.А.", MIDDLE, "tursunbekov", "slip", ("tursunbekov",)),
        ("Турсункулматову Б.Б.", MIDDLE, None, "unknown", ("tursun-one", "tursun-two")),
        ("Абдиеву Ж.Ж.", MIDDLE, None, "unknown", ("abdiev",)),
        ("Токтогулов Т.Т.", MIDDLE, None, "unknown", ()),
        ("«17»", MIDDLE, None, "unknown", ()),
    ],
)
def test_whom_a_name_means(
    resolver: Resolver, written: str, day: date, person: str | None, method: str, candidates: tuple[str, ...]
) -> None:
    found = resolver.resolve(written, day)
    assert (found.person_id, found.method, found.candidates) == (person, method, candidates)
    assert resolver.resolve(written, day) == found


def test_what_was_assumed_is_said_and_lowers_the_score(resolver: Resolver) -> None:
    assert resolver.resolve("Абдиев А.А.", MIDDLE) == Resolution("abdiev", "name", 1.0, (), None)
    slip = resolver.resolve("Абдиев А.Ж.", MIDDLE)
    assert slip.note == "slip of the pen: initial_differs"
    by_day = resolver.resolve("Осмонов К.А.", LAST)
    assert by_day.note == "chosen by the list of the day"
    nearly = resolver.resolve("Турусбекову Ч.А.", MIDDLE)
    assert nearly.note
    assert nearly.score < slip.score < by_day.score < 1.0


@pytest.mark.parametrize(
    ("person", "day", "faction", "note"),
    [
        ("abdiev", FIRST, "Ак-Суу", None),
        ("abdiev", MIDDLE, "Ак-Суу", None),
        ("abdiev", date(2018, 1, 1), "Тоо", None),
        ("abdiev", date(2016, 5, 11), "Ак-Суу", "nearest list: 2016-06-17"),
        ("abdiev", date(2017, 1, 11), "Ак-Суу", "nearest list: 2017-01-10"),
        ("abdiev", date(2017, 4, 30), "Тоо", "nearest list: 2017-05-01"),
        ("abdiev", date(2019, 1, 1), "Тоо", "nearest list: 2018-12-01"),
        ("osmonov-late", LAST, None, None),
        ("nobody", LAST, None, None),
    ],
)
def test_the_faction_of_a_day(
    resolver: Resolver, person: str, day: date, faction: str | None, note: str | None
) -> None:
    assert resolver.faction_on(person, day) == (faction, note)


def test_without_lists_nobody_is_known() -> None:
    assert Resolver((), ()).resolve("Абдиев А.А.", MIDDLE) == Resolution(None, "unknown", 0.0, ())


@pytest.mark.parametrize(
    ("written", "is_deputy"),
    [("Абдиев А.А.", True), ("Абдиев Алмаз", True), ("Правительство", False), ("№ 5", False)],
)
def test_a_government_is_no_deputy(written: str, is_deputy: bool) -> None:
    assert names_deputy(written) is is_deputy


@pytest.fixture
def people(resolver: Resolver) -> People:
    decided = {("sitting_record", "p:1", "absence:4"): "altynbek", ("sitting_record", "p:1", "absence:5"): None}
    return People({"VI": resolver}.__getitem__, decided)


def test_a_decision_of_a_person_wins(people: People) -> None:
    spot = ("sitting_record", "p:1", "absence:4")
    assert people.who(spot, "Жунус уулу А.", MIDDLE) == (
        Who(written="Жунус уулу А.", person_id="altynbek", faction="Тоо"),
        None,
    )
    refused, _ = people.who(("sitting_record", "p:1", "absence:5"), "Абдиев А.А.", MIDDLE)
    assert refused == Who(written="Абдиев А.А.")


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("abdiev", Who(written="Абдиев Алмаз Акматович", person_id="abdiev", faction="Ак-Суу")),
        ("Абдиев А.А.", Who(written="Абдиев А.А.", person_id="abdiev", faction="Ак-Суу")),
        ("somebody", Who(written="somebody")),
    ],
)
def test_an_observer_chooses_from_the_list_or_writes(people: People, said: str, who: Who) -> None:
    assert people.observed(said, MIDDLE) == (who, None)


def test_before_the_first_convocation_nobody_is_known(people: People) -> None:
    assert people.observed("Абдиев А.А.", date(2009, 1, 1)) == (Who(written="Абдиев А.А."), None)
