"""Run Scrapy once over a site."""

import asyncio
import logging
import signal
import threading
from importlib import import_module
from inspect import isclass
from typing import Any

from scrapy.crawler import Crawler
from scrapy.settings import Settings

from scrapers.base import SiteSpider
from scrapers.job import Job
from scrapers.settings import user_agent
from vocab.errors import ConfigError

# A recording is never in a hurry and never down.
REPLAY_SETTINGS: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_BACKOFF": 0,
    "RETRY_TIMES": 1,
    "OUTAGE_AFTER": 0,
    "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"), "scrapers.wire.ReplayHandler"),
}


def walk(job: Job) -> None:
    """Crawl until nothing is left to ask for. Ctrl-C lets the page under way end and raises KeyboardInterrupt."""
    # Said once here: Scrapy calls its asyncio handler experimental on every start, and says in words of its own
    # what the quarantine says about bodies that are too large or cut off.
    logging.getLogger("scrapy.core.downloader.handlers").setLevel(logging.ERROR)
    if asyncio.run(_crawl(Crawler(spider_of(job.source.site), _settings(job)), job)):
        raise KeyboardInterrupt


def spider_of(site: str) -> type[SiteSpider]:
    """The spider of a site's folder. Raises ConfigError where there is none."""
    module = import_module(f"scrapers.sites.{site}.spiders")
    for value in vars(module).values():
        if isclass(value) and issubclass(value, SiteSpider) and value.__module__ == module.__name__:
            return value
    raise ConfigError(f"scrapers/sites/{site}/spiders.py has no spider")


async def _crawl(crawler: Crawler, job: Job) -> bool:
    """True when a person stopped it."""
    loop = asyncio.get_running_loop()
    stopping: list[asyncio.Task[None]] = []

    def stop() -> None:
        stopping.append(loop.create_task(crawler.stop_async()))

    handles_signals = threading.current_thread() is threading.main_thread()
    if handles_signals:
        loop.add_signal_handler(signal.SIGINT, stop)
    try:
        await crawler.crawl_async(job=job)
    finally:
        if handles_signals:
            loop.remove_signal_handler(signal.SIGINT)
    return bool(stopping)


def _settings(job: Job) -> Settings:
    settings = Settings()
    settings.setmodule("scrapers.settings", priority="project")
    settings.set("USER_AGENT", user_agent())
    settings.set("DOWNLOAD_DELAY", job.source.delay)
    if job.server is not None:
        settings.update(REPLAY_SETTINGS | {"REPLAY_SERVER": job.server.url})
    return settings
