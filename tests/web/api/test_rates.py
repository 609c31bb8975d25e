"""How often one address may ask, and cursors that people made up."""

import base64
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocab.errors import ConfigError
from web.api.cursors import BadCursor, _check, decode, encode
from web.api.rates import Buckets, load_rate, network_of


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(60, clock=lambda: now[0])
    assert [buckets.take("a").free for _ in range(61)] == [True] * 60 + [False]
    assert buckets.take("b").free
    assert (buckets.take("a").wait, buckets.take("a").full_in) == (1, 60)
    now[0] = 1.5
    assert [buckets.take("a").free for _ in range(2)] == [True, False]
    now[0] = 1000.0
    assert buckets.take("a").left == 59


def test_no_more_buckets_than_fit() -> None:
    buckets = Buckets(1, most=3)
    for number in range(100):
        buckets.take(f"10.0.0.{number}")
    assert len(buckets) == 3


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_whom_an_address_belongs_to(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_the_rate_is_a_number() -> None:
    assert (load_rate({}), load_rate({"BAIKOO_API_RATE": "0"})) == (600, 0)
    for wrong in ("-1", "x", "1.5", "²", "9" * 30):
        with pytest.raises(ConfigError, match="BAIKOO_API_RATE"):
            load_rate({"BAIKOO_API_RATE": wrong})


VALUES = [date(2026, 9, 1), datetime(2026, 9, 1, 8, tzinfo=UTC), "ключ ң", 7]
TYPES = (date, datetime, str, int)


def test_a_cursor_gives_its_values_back() -> None:
    assert decode("bills", encode("bills", VALUES), TYPES) == tuple(VALUES)


@given(st.text(), st.sampled_from([(str,), (int,), (date, str)]))
def test_any_text_is_no_cursor(text: str, kinds: tuple[type, ...]) -> None:
    with pytest.raises(BadCursor):
        decode("bills", text, kinds)


@pytest.mark.parametrize(
    "values", [["2026-09-01"], [None], [2**63], [True], [1.5], [[1]], ["a\0"], ["\ud800"], [1, 2], {"a": 1}]
)
@pytest.mark.parametrize("kind", [int, date])
def test_a_cursor_with_a_right_checksum_and_wrong_values(values: object, kind: type) -> None:
    said = json.dumps(values).encode()
    made = base64.urlsafe_b64encode(_check("x", said) + said).decode().rstrip("=")
    if (values, kind) == (["2026-09-01"], date):
        assert decode("x", made, (kind,)) == (date(2026, 9, 1),)
    else:
        with pytest.raises(BadCursor):
            decode("x", made, (kind,))


@pytest.mark.parametrize("value", ["a\0", "\ud800"])
def test_a_text_that_no_database_keeps(value: str) -> None:
    with pytest.raises(BadCursor):
        decode("x", encode_ascii(value), (str,))


def encode_ascii(value: str) -> str:
    """A cursor with the value as JSON writes it in ASCII."""
    said = json.dumps([value]).encode()
    return base64.urlsafe_b64encode(_check("x", said) + said).decode().rstrip("=")
