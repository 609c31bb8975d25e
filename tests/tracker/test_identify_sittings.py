"""Pages → sittings; on both databases where SQL matters."""

from datetime import date, time, timedelta

import pytest

from db.happenings import Happening
from db.links import Link
from db.sittings import Sitting
from tests.tracker.house import DAY, START, House, agenda, line, protocol, vote_list


def test_pages_of_one_day_and_kind_are_one_sitting(each_house: House) -> None:
    social = "Комитет по социальной политике"
    told = agenda(starts_at=time(10, 0), place="Большой зал")
    each_house.state(
        protocol(), told, vote_list(), agenda("agenda:2", committee=social), protocol(number="6", extraordinary=True)
    ).track()
    sittings = {row["id"]: row for row in each_house.rows(Sitting)}
    plenary = sittings.pop("plenary-2017-05-17")
    assert (plenary["title"], plenary["number"], plenary["starts_at"], plenary["place"], plenary["extraordinary"]) == (
        "Повестка дня на 17.05.2017",
        "5",
        time(10, 0),
        "Большой зал",
        False,
    )
    [(extraordinary, _), (committee, row)] = sorted(sittings.items(), reverse=True)
    assert extraordinary == "plenary-2017-05-17-extraordinary"
    assert committee == f"committee-{row['committee_id']}-2017-05-17"
    links = each_house.rows(Link, record_type="sitting_record", dossier_id="plenary-2017-05-17")
    assert [row["record_key"] for row in links] == ["kenesh:agenda:1", "kenesh:protocol:5", "kenesh:vote_list:1"]


def test_a_vote_list_belongs_to_the_only_sitting_of_its_day(house: House) -> None:
    house.state(vote_list()).track()
    assert [row["id"] for row in house.rows(Sitting)] == ["plenary-2017-05-17"]
    house.state(protocol(extraordinary=True)).track()
    assert [row["id"] for row in house.rows(Sitting)] == ["plenary-2017-05-17-extraordinary"]


@pytest.mark.parametrize(
    ("day", "others", "cancelled"),
    [
        (START.date() + timedelta(days=9), False, True),
        (START.date() + timedelta(days=9), True, False),
        (START.date(), False, False),
        (date(2017, 5, 17), False, False),
    ],
)
def test_an_announcement_that_vanishes_before_its_day_cancels(
    house: House, day: date, *, others: bool, cancelled: bool
) -> None:
    house.state(agenda(day=day), *([protocol(day)] if others else [])).track()
    house.vanish("agenda").track()
    assert [row["cancelled"] for row in house.rows(Sitting)] == [cancelled]
    assert len(house.rows(Happening, kind="sitting_cancelled")) == cancelled


def test_a_sitting_that_moved_leaves_a_cancelled_one(house: House) -> None:
    later = DAY + timedelta(days=1)
    house.state(agenda(lines=(line("О ветеринарии"),))).track()
    house.state(agenda(day=later, lines=(line("О ветеринарии"),))).track()
    assert [(row["id"], row["cancelled"]) for row in house.rows(Sitting)] == [
        ("plenary-2017-05-17", True),
        ("plenary-2017-05-18", False),
    ]


def test_a_corrected_day_of_a_protocol_leaves_nothing(house: House) -> None:
    house.state(protocol(DAY + timedelta(days=1))).track()
    house.state(protocol()).track()
    assert [row["id"] for row in house.rows(Sitting)] == ["plenary-2017-05-17"]
