"""What publishing needs to know of its surroundings."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from vocab.errors import ConfigError

DEFAULT_PUBLIC_URL = "http://127.0.0.1:8000"
_BOT = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\[][!#-;=?-~]*")  # what may stand in a header and in a feed as it is
_HERE = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:|/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSettings:
    """`public_url` is the address under which people reach the site, without a slash at the end.

    `contact` is where people reach us, a link or an e-mail address; `hub` the WebSub hub that is told of changed feeds.
    `telegram_bot` is the name of the bot that takes subscriptions. Each is "" where nothing is set.
    """

    public_url: str
    contact: str = ""
    hub: str = ""
    telegram_bot: str = ""


def load_public_settings(environ: Mapping[str, str] | None = None) -> PublicSettings:
    """Read BAIKOO_PUBLIC_URL (without it, links point at this machine) and what else the site says of us.

    That is BAIKOO_CONTACT, BAIKOO_WEBSUB_HUB and BAIKOO_TELEGRAM_BOT. Raises ConfigError for a site or a hub without
    an http address, and for a bot whose name is none.
    """
    values = os.environ if environ is None else environ
    address = (values.get("BAIKOO_PUBLIC_URL", "").strip() or DEFAULT_PUBLIC_URL).rstrip("/")
    if not is_web_address(address):
        raise ConfigError("BAIKOO_PUBLIC_URL is the address of the site, which begins with https://")
    contact = values.get("BAIKOO_CONTACT", "").strip()
    return PublicSettings(public_url=address, contact=contact, hub=_hub(values), telegram_bot=_bot(values))


def is_web_address(written: str) -> bool:
    """Whether it begins with http or https and names a host, and a port that can be one."""
    try:
        parts = urlsplit(written)
        has_port = parts.port != 0
    except ValueError:
        return False
    is_plain = written.isprintable() and " " not in written
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and has_port and is_plain


def address_warning(public_url: str) -> str:
    """What to tell whoever sends posts from an address that nobody else can open; "" where it can be opened."""
    if not _HERE.match(public_url):
        return ""
    return f"Links in posts lead to {public_url}, which nobody else can open: set BAIKOO_PUBLIC_URL."


def _bot(values: Mapping[str, str]) -> str:
    name = values.get("BAIKOO_TELEGRAM_BOT", "").strip().removeprefix("@")
    if name and not _BOT.fullmatch(name):
        raise ConfigError(f"BAIKOO_TELEGRAM_BOT: {name!r} is no name of a bot; write it as BotFather said, without @")
    return name


def _hub(values: Mapping[str, str]) -> str:
    hub = values.get("BAIKOO_WEBSUB_HUB", "").strip()
    if hub and not _ADDRESS.fullmatch(hub):
        raise ConfigError(f"BAIKOO_WEBSUB_HUB: {hub!r} is no address of a hub; write https://…, or nothing for no hub")
    return hub
