"""Source health of a site's database: the page types that its sources name, and the signs."""

from datetime import datetime

from sqlalchemy import Connection

from scrapers.source import load_source, site_names
from tracker.health.signs import Sign
from tracker.health.stored import health


def health_of(conn: Connection, now: datetime) -> list[Sign]:
    """Every sign; page types that nobody ever saw answer (`verified: false`) are not looked at."""
    sources = {site: load_source(site) for site in site_names()}
    pages = {site: [one.name for one in source.pages.values() if one.verified] for site, source in sources.items()}
    return health(conn, pages, now)
