from datetime import UTC, date, datetime

import pytest

from tracker.stored import end_of


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2018, 12, 31), datetime(2018, 12, 31, 18, tzinfo=UTC)),
        (date(9999, 12, 31), datetime(9999, 12, 30, 18, tzinfo=UTC)),
    ],
)
def test_a_day_ends_in_bishkek_and_the_last_one_does_not_overflow(day: date, end: datetime) -> None:
    assert end_of(day) == end
