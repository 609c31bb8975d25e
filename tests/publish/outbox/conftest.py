"""A channel on loopback, and accounts there."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from publish.channels.protocol import Abilities
from publish.outbox.outside import Outside
from tests.publish.outbox.abilities import KEYLESS
from tests.publish.outbox.fake_channel import FakeChannel, Store, serving
from tests.publish.outbox.posting import OpenOutside, outside


@pytest.fixture
def store() -> Store:
    """What the channel has, and how it behaves."""
    return Store()


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    """Where the channel is."""
    with serving(store) as url:
        yield url


@pytest.fixture
def opened(address: str) -> Iterator[OpenOutside]:
    """Opens accounts there: `posting.outside`; they are closed at the end."""
    made: list[FakeChannel] = []

    def make(abilities: Abilities = KEYLESS, langs: Sequence[str] = ("ru",), **more: Any) -> Outside:
        there = outside(address, abilities, langs, **more)
        made.extend(one for one in there.accounts.values() if isinstance(one, FakeChannel))
        return there

    yield make
    for channel in made:
        channel.close()
