from datetime import UTC, datetime

import pytest

from vocab.dates import BISHKEK
from vocab.subscriptions import Rhythm, last_due


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (Rhythm.AT_ONCE, "2026-09-01 14:00", "2026-09-01 14:00"),
        (Rhythm.DAILY, "2026-09-01 17:59", "2026-08-31 18:00"),
        (Rhythm.DAILY, "2026-09-01 18:00", "2026-09-01 18:00"),
        (Rhythm.WEEKLY, "2026-09-07 08:59", "2026-08-31 09:00"),
        (Rhythm.WEEKLY, "2026-09-07 09:00", "2026-09-07 09:00"),
        (Rhythm.WEEKLY, "2026-09-13 23:00", "2026-09-07 09:00"),
    ],
)
def test_the_hour_in_bishkek(rhythm: Rhythm, now: str, due: str) -> None:
    moment, expected = (datetime.fromisoformat(one).replace(tzinfo=BISHKEK) for one in (now, due))
    assert last_due(rhythm, moment.astimezone(UTC)) == expected
