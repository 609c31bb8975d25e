from datetime import date

from web.public.attendance import Attendance, Register, Stretch, attendance, by_year, faction_on

FIRST = Stretch(convocation="VI", faction="СДПК", first=date(2016, 6, 1), last=date(2017, 3, 1))
SECOND = Stretch(convocation="VI", faction=None, first=date(2017, 6, 1), last=date(2018, 1, 1))
DAYS = (date(2016, 1, 5), date(2016, 6, 1), date(2017, 3, 1), date(2017, 4, 1), date(2017, 7, 1), date(2017, 7, 1))
BOOK = Register(
    protocols=DAYS,
    absences={"a": {("s0", DAYS[0]), ("s2", DAYS[2]), ("s4", DAYS[4])}},
    stretches={"a": (FIRST, SECOND)},
)


def test_the_base_are_protocols_of_days_between_lists() -> None:
    assert attendance(BOOK, "a", [FIRST]) == Attendance(protocols=2, absent=1, outside=2)
    assert attendance(BOOK, "a", [FIRST, SECOND]) == Attendance(protocols=4, absent=2, outside=1)
    assert attendance(BOOK, "a", [SECOND, FIRST, FIRST]) == attendance(BOOK, "a", [FIRST, SECOND])
    assert attendance(BOOK, "b", []) == Attendance(protocols=0, absent=0)


def test_a_year_without_a_protocol_is_left_out() -> None:
    assert by_year(BOOK, "a") == {
        2017: Attendance(protocols=3, absent=2),
        2016: Attendance(protocols=1, absent=0),
    }


def test_the_faction_of_a_day_is_told_by_the_lists_around_it() -> None:
    assert faction_on(BOOK.stretches, "a", date(2016, 12, 1)) == "vi-sdpk"
    assert faction_on(BOOK.stretches, "a", date(2017, 4, 1)) is None
    assert faction_on(BOOK.stretches, "a", date(2017, 7, 1)) is None
    assert faction_on(BOOK.stretches, None, date(2017, 7, 1)) is None
