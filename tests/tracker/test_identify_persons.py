"""Lists and names → persons, memberships, links; on both databases where SQL matters."""

from datetime import date, timedelta

from db.links import Link
from db.people import Membership, Person, PersonKey
from scrapers.items import (
    Absence,
    DeputyItem,
)
from tests.tracker.house import LAW, START, House, decide, deputies, protocol, vote_list


def test_lists_become_persons_and_memberships(each_house: House) -> None:
    each_house.state(*deputies(date(2017, 5, 1))).track()
    each_house.state(*deputies(date(2017, 6, 1), {"Абдиев Алмаз Акматович": "Фракция «Тоо»"})).track()
    [abdiev] = each_house.rows(Person, surname="Абдиев")
    assert (abdiev["id"], abdiev["name"], abdiev["given"]) == (
        "abdiev-almaz-akmatovich",
        "Абдиев Алмаз Акматович",
        "Алмаз",
    )
    assert [(row["seen_first"], row["seen_last"], row["faction"]) for row in each_house.rows(Membership)] == [
        (date(2017, 5, 1), date(2017, 5, 1), "Ак-Суу"),
        (date(2017, 6, 1), date(2017, 6, 1), "Тоо"),
        *[(date(2017, 5, 1), date(2017, 5, 1), faction) for faction in ("Ак-Суу", "Тоо", "Тоо", "Тоо")],
    ]
    assert {row["method"] for row in each_house.rows(Link, record_type="deputy_record")} == {"name"}


def test_a_corrected_list_takes_its_membership_back(house: House) -> None:
    [one] = deputies(date(2017, 5, 1), {"Абдиев Алмаз Акматович": "Фракция «Тоо»"})
    house.state(one).track()
    moved = DeputyItem(key=one.key, name=one.name, convocation="VII", faction=None, shown_on=date(2022, 5, 1))
    house.state(moved).track()
    assert [(row["convocation"], row["faction"]) for row in house.rows(Membership)] == [("VI", "Тоо"), ("VII", None)]


def test_a_list_without_a_convocation_counts_for_that_of_its_day(house: House) -> None:
    rows = [
        DeputyItem(key=f"deputy:{day.year}", name=name, convocation=None, faction=None, shown_on=day, gender="male")
        for day, name in ((date(2017, 5, 1), "Абдиев Алмаз Акматович"), (date(1999, 5, 1), "Борубаев Бакыт"))
    ]
    house.state(*rows).track()
    assert [(row["person_id"], row["convocation"]) for row in house.rows(Membership)] == [
        ("abdiev-almaz-akmatovich", "VI")
    ]
    assert [row["gender"] for row in house.rows(Person)] == ["male"]


def test_a_live_list_goes_on_until_it_was_last_seen(house: House) -> None:
    today = START.date()
    row = DeputyItem(key="deputy:51", name="Абдиев Алмаз", convocation="VIII", faction="«Тоо»", shown_on=today)
    house.state(row).track()
    house.now += timedelta(days=3)
    house.state(row).track()
    [membership] = house.rows(Membership)
    assert (membership["seen_first"], membership["seen_last"]) == (today, today + timedelta(days=3))


def test_the_fullest_spelling_is_shown_and_the_id_stays(house: House) -> None:
    house.state(*deputies(date(2017, 5, 1), {"Абдиев А.": "«Тоо»"})).track()
    house.state(*deputies(date(2017, 6, 1), {"Абдиев Алмаз Акматович": "«Тоо»"})).track()
    house.state(*deputies(date(2017, 7, 1), {"Абдиев Алмаз": "«Тоо»"})).track()
    [person] = house.rows(Person)
    assert (person["id"], person["name"]) == ("abdiev-a", "Абдиев Алмаз Акматович")
    assert {row["name"] for row in house.rows(PersonKey)} == {"Абдиев А.", "Абдиев Алмаз", "Абдиев Алмаз Акматович"}


def test_names_in_a_protocol_are_linked(each_house: House) -> None:
    absences = (
        Absence(seq=1, name="Абдиев А.А.", transfer_to="Борубаеву Б.Б."),
        Absence(seq=2, name="Жунус уулу А."),
        Absence(seq=3, name="Никто Н.Н."),
    )
    each_house.state(*deputies(date(2017, 5, 1)), protocol(absences=absences)).track()
    links = each_house.rows(Link, record_type="sitting_record", dossier_type="person")
    assert [(row["place"], row["written"], row["dossier_id"], row["method"]) for row in links] == [
        ("absence:1", "Абдиев А.А.", "abdiev-almaz-akmatovich", "name"),
        ("absence:2", "Жунус уулу А.", None, "ambiguous"),
        ("absence:3", "Никто Н.Н.", None, "unknown"),
        ("transfer:1", "Борубаеву Б.Б.", "borubaev-bakyt-bolotovich", "name"),
    ]
    assert links[1]["candidates"] == ["zhunus-uulu-adyl", "zhunus-uulu-altynbek"]
    decide(each_house, "sitting_record", "kenesh:protocol:5", "person", "zhunus-uulu-adyl", "absence:2")
    each_house.state(protocol(absences=absences[:2])).track()
    links = each_house.rows(Link, record_type="sitting_record", dossier_type="person")
    assert [(row["place"], row["dossier_id"], row["method"]) for row in links][1:] == [
        ("absence:2", "zhunus-uulu-adyl", "decided"),
        ("transfer:1", "borubaev-bakyt-bolotovich", "name"),
    ]


def test_lists_that_come_later_resolve_names_of_their_convocation(house: House) -> None:
    house.state(
        protocol(absences=(Absence(seq=1, name="Абдиев А.А."),)),
        vote_list(f"{LAW} (инициатор – депутат Абдиев А.А.)"),
        *deputies(date(2017, 5, 1), convocation="III"),
    ).track()
    names = {"dossier_type": "person", "method": "unknown"}
    assert len(house.rows(Link, **names)) == 2
    house.state(*deputies(date(2017, 5, 1))).track()
    assert house.rows(Link, **names) == []


def test_a_person_decides_who_a_row_of_a_list_is(house: House) -> None:
    rows = deputies(date(2017, 5, 1), {"Абдиев Алмаз Акматович": "«Тоо»"})
    house.state(*rows).track()
    later = deputies(date(2017, 6, 1), {"Абдыев Алмаз Акматович": "«Тоо»"})
    house.state(*later)
    decide(house, "deputy_record", f"kenesh:{later[0].key}", "person", "abdiev-almaz-akmatovich")
    house.track()
    assert len(house.rows(Person)) == 1
    assert [row["method"] for row in house.rows(Link, dossier_type="person")] == ["name", "decided"]


def test_a_name_of_nobody_is_kept_open_and_the_rest_goes_on(house: House) -> None:
    house.state(*deputies(date(2017, 5, 1), {"17": "«Тоо»", "Абдиев Алмаз Акматович": "«Тоо»"})).track()
    assert [row["id"] for row in house.rows(Person)] == ["abdiev-almaz-akmatovich"]
    assert [row["method"] for row in house.rows(Link, dossier_type="person")] == ["unknown", "name"]


def test_a_membership_goes_to_whom_a_person_decides(house: House) -> None:
    later = deputies(date(2017, 6, 1), {"Акматов Алмаз Акматович": "«Тоо»"})
    house.state(*deputies(date(2017, 5, 1), {"Абдиев Алмаз Акматович": "«Тоо»"}), *later).track()
    decide(house, "deputy_record", f"kenesh:{later[0].key}", "person", "abdiev-almaz-akmatovich")
    house.track()
    assert [(row["person_id"], row["seen_first"], row["seen_last"]) for row in house.rows(Membership)] == [
        ("abdiev-almaz-akmatovich", date(2017, 5, 1), date(2017, 6, 1))
    ]
