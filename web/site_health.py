"""Source health of a site's database: the page types that its sources name, and the signs."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from scrapers.source import load_source, site_names
from tracker.health.signs import Sign
from tracker.health.stored import health


def health_of(conn: Connection, now: datetime) -> list[Sign]:
    """Every sign; page types that nobody ever saw answer (`verified: false`) are not looked at."""
    return health(conn, _pages(), now)


@lru_cache(maxsize=1)
def _pages() -> Mapping[str, list[str]]:
    sources = {site: load_source(site) for site in site_names()}
    return {site: [one.name for one in source.pages.values() if one.verified] for site, source in sources.items()}
