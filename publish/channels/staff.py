"""Messages to the staff by apprise: mail, Telegram, and a hundred other ways, each by an address.

An address holds passwords: no log, table or page ever has it. It is named by its place and its kind alone.
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass

from apprise import Apprise

from vocab.errors import ConfigError

_KIND_ENDS = "://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of a message at one address, which is named «1 (json)»."""

    address: str
    is_sent: bool


def staff_addresses(environ: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """BAIKOO_ALERTS: addresses of apprise, divided by blanks. () where the staff is told nothing.

    Raises ConfigError for one that apprise does not understand, by its place: an address holds passwords.
    """
    values = os.environ if environ is None else environ
    addresses = tuple(values.get("BAIKOO_ALERTS", "").split())
    for place, address in enumerate(addresses, start=1):
        if not _opened(address):
            raise ConfigError(f"BAIKOO_ALERTS: address {_named(place, address)} is none that apprise understands")
    return addresses


def tell(addresses: tuple[str, ...], title: str, text: str) -> list[Told]:
    """Send one message to each address; apprise says only whether it went out."""
    return [
        Told(address=_named(place, address), is_sent=bool(_channel(address).notify(title=title, body=text)))
        for place, address in enumerate(addresses, start=1)
    ]


def _channel(address: str) -> Apprise:
    channel = Apprise()
    channel.add(address)
    return channel


def _opened(address: str) -> bool:
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its errors quote the address
    return bool(len(_channel(address)))


def _named(place: int, address: str) -> str:
    kind = address.split(_KIND_ENDS)[0] if _KIND_ENDS in address else "?"
    return f"{place} ({kind})" if kind.isalnum() else f"{place}"
