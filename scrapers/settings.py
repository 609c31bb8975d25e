"""Scrapy's settings: polite, one request at a time, nothing remembered but in the database."""

import os
from collections.abc import Mapping
from importlib.metadata import version

BOT_NAME = "baikoo"
SPIDER_MODULES = ["scrapers.sites"]

# docs/decisions/0003: asyncio alone, so that a process can crawl more than once.
TWISTED_REACTOR_ENABLED = False
TELNETCONSOLE_ENABLED = False

ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 1
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # a page is stored before the next: Scrapy makes as many tasks an answer as stand here
WARN_ON_GENERATOR_RETURN_VALUE = False  # it reads our source code again at every answer
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.5
COOKIES_ENABLED = False
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 4 * 1024 * 1024  # the largest page known has 0.25 MB: what is larger is quarantined, not read
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 2
RETRY_BACKOFF = 5.0  # seconds before the first retry, twice as long before each one that follows
OUTAGE_AFTER = 3  # pages in a row that could not be had: the site is down or refuses us, the rest is left alone
METAREFRESH_ENABLED = False
HTTPERROR_ALLOW_ALL = True
REFERER_ENABLED = True
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # pages in the order in which the site names them

REQUEST_FINGERPRINTER_CLASS = "scrapers.fingerprint.AddressFingerprinter"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # it drops silently; KnownPages says why
    "scrapers.middlewares.known.KnownPages": 90,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapers.middlewares.backoff.BackOff": 550,
    "scrapers.middlewares.whole.WholeBody": 595,
}
ITEM_PIPELINES = {
    "scrapers.pipelines.validate.Validate": 100,
    "scrapers.pipelines.store.Store": 900,
}
EXTENSIONS = {
    "scrapers.extensions.counts.Counts": 100,
    "scrapers.extensions.runs.Runs": 200,
}


def user_agent(environ: Mapping[str, str] | None = None) -> str:
    """Who asks, with a link for the owner of a site: BAIKOO_CONTACT, else BAIKOO_PUBLIC_URL."""
    values = os.environ if environ is None else environ
    contact = values.get("BAIKOO_CONTACT") or values.get("BAIKOO_PUBLIC_URL")
    return f"Baikoo/{version('baikoo')}" + (f" (+{contact})" if contact else "")
