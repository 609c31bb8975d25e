"""What publishing needs to know of its surroundings."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_PUBLIC_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSettings:
    """`public_url` is the address under which people reach the site, without a slash at the end.

    `contact` is where people reach us, a link or an e-mail address; "" where nothing is set.
    """

    public_url: str
    contact: str = ""


def load_public_settings(environ: Mapping[str, str] | None = None) -> PublicSettings:
    """Read BAIKOO_PUBLIC_URL (without it, links point at this machine) and BAIKOO_CONTACT."""
    values = os.environ if environ is None else environ
    address = values.get("BAIKOO_PUBLIC_URL", DEFAULT_PUBLIC_URL).rstrip("/")
    return PublicSettings(public_url=address, contact=values.get("BAIKOO_CONTACT", "").strip())
