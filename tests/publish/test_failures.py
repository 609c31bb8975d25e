"""What a failed request means for a post."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from publish.channels.failures import failure, not_sent, reset, unanswered
from publish.channels.protocol import Later, Lost, Refused, Revoked
from publish.channels.wire import Said

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("headers", "at"),
    [
        ({}, None),
        ({"x-ratelimit-reset": "2026-11-27T09:05:00.000000Z"}, SOON),
        ({"x-ratelimit-reset": "2026-11-27T15:05:00+06:00"}, SOON),
        ({"ratelimit-reset": str(int(SOON.timestamp()))}, SOON),
        ({"retry-after": "300"}, SOON),
        ({"retry-after": "Fri, 27 Nov 2026 09:05:00 GMT"}, SOON),
        ({"x-ratelimit-reset": "soon", "retry-after": "300"}, SOON),
        ({"x-ratelimit-reset": "2026-11-27T08:00:00Z"}, None),
        ({"x-ratelimit-reset": "2026-11-27T09:05:00"}, None),
        ({"ratelimit-reset": "9" * 30}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "²"}, None),
    ],
)
def test_when_a_limit_ends(headers: Mapping[str, str], at: datetime | None) -> None:
    assert reset(headers, NOW) == at


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (301, Revoked),
        (400, Refused),
        (401, Revoked),
        (403, Revoked),
        (404, Refused),
        (408, Later),
        (413, Refused),
        (422, Refused),
        (429, Later),
        (500, Lost),
        (502, Lost),
        (503, Lost),
        (504, Lost),
        (999, Lost),
    ],
)
def test_each_status_has_its_meaning(status: int, kind: type) -> None:
    outcome = failure("host", Said(status=status, headers={}, body={}), "words\nof the server", NOW)
    assert type(outcome) is kind
    assert "\n" not in outcome.cause


def test_what_failed_before_the_post_sent_nothing() -> None:
    lost, later = unanswered("host", connected=True), unanswered("host", connected=False)
    assert (type(lost), type(later)) == (Lost, Later)
    assert not_sent(lost, "the picture") == Later(cause=f"the picture: {lost.cause}")
    assert not_sent(later, "the picture") == later
