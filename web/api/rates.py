"""How often one address may ask: a token bucket each, in memory, and no more buckets than are needed."""

import math
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from vocab.errors import ConfigError

WINDOW = 60
"""Seconds in which as many requests are free as the rate says; so many at once are free too."""

_DEFAULT_RATE, _FASTEST = 600, 1_000_000
_MOST_ADDRESSES = 20_000


def load_rate(environ: Mapping[str, str] | None = None) -> int:
    """Requests a minute for one address, from BAIKOO_API_RATE; 0: no limit. Raises ConfigError for no number."""
    said = (os.environ if environ is None else environ).get("BAIKOO_API_RATE") or str(_DEFAULT_RATE)
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(_FASTEST)) and int(said) <= _FASTEST):
        raise ConfigError(f"BAIKOO_API_RATE is {said!r}: a number of requests a minute, 0 for no limit")
    return int(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Whether a request is free; how many more are, and after how many seconds the next one (or all) will be."""

    free: bool
    left: int
    wait: int
    full_in: int


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """One bucket an address; the one that was used longest ago is forgotten first, and is full again by then."""

    def __init__(self, rate: int, *, most: int = _MOST_ADDRESSES, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._most, self._clock = most, clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, address: str | None) -> Taken:
        """Take a token of this address, if there is one."""
        now, key = self._clock(), network_of(address)
        bucket = self._buckets.setdefault(key, _Bucket(self.rate, now))
        self._buckets.move_to_end(key)
        bucket.tokens = min(self.rate, bucket.tokens + (now - bucket.at) * self.rate / WINDOW)
        bucket.at = now
        free = bucket.tokens >= 1
        bucket.tokens -= free
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return Taken(
            free=free,
            left=int(bucket.tokens),
            wait=0 if bucket.tokens >= 1 else math.ceil((1 - bucket.tokens) * WINDOW / self.rate),
            full_in=math.ceil((self.rate - bucket.tokens) * WINDOW / self.rate),
        )

    def __len__(self) -> int:
        return len(self._buckets)


def network_of(address: str | None) -> str:
    """Whom an address belongs to: of IPv6 one household has 2^64, so the first half tells."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return address or ""
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
