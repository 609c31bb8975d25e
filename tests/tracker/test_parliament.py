"""A parliament is read from its rule file; that of Kyrgyzstan has the convocations that everybody shares."""

from datetime import date

import pytest

from tracker.calendar import KyrgyzCalendar, SessionCalendar
from tracker.editions import RuleBook, read_rules
from tracker.parliament import Parliament, Recess
from vocab.bodies import CONVOCATIONS
from vocab.errors import ConfigError
from vocab.stages import LAST_READING

BOOK = """
parliament:
  {country: FR, last_reading: 2, convocations: [{numeral: XV, since: 2017-06-21, until: 2022-06-22, seats: 577}]}
editions: {}
rules: []
"""


def test_kyrgyzstan_stands_once_as_data() -> None:
    known = RuleBook.load().parliament
    assert known.convocations == CONVOCATIONS
    assert known.last_reading == LAST_READING
    assert known.recess == Recess(closing_month=6, opening_month=9)


@pytest.mark.parametrize(
    ("day", "seats"),
    [(date(2017, 6, 20), None), (date(2017, 6, 21), 577), (date(2022, 6, 21), 577), (date(2022, 6, 22), None)],
)
def test_the_seats_of_a_day(day: date, seats: int | None) -> None:
    assert read_rules(BOOK).parliament.seats_on(day) == seats


def test_the_newest_convocation_has_no_end() -> None:
    assert RuleBook.load().parliament.seats_on(date(2040, 1, 1)) == 90


def test_a_file_may_tell_nothing_of_the_parliament() -> None:
    assert read_rules("editions: {}\nrules: []\n").parliament == Parliament()


def test_each_country_has_its_feasts() -> None:
    bastille = date(2017, 7, 14)
    french = SessionCalendar(read_rules(BOOK).parliament)
    nowhere = SessionCalendar(Parliament())
    assert not french.is_working(bastille)
    assert nowhere.is_working(bastille)
    assert not nowhere.is_working(date(2017, 7, 15))
    assert not french.is_suspended(date(2017, 8, 1))
    assert KyrgyzCalendar().is_suspended(date(2017, 8, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [("last_reading: 2", "last_readings: 2"), ("seats", "chairs"), ("country: FR, ", "")],
)
def test_a_faulty_part_is_refused(before: str, after: str) -> None:
    assert before in BOOK
    with pytest.raises(ConfigError):
        read_rules(BOOK.replace(before, after))
