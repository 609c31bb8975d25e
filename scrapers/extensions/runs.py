"""The run row: ended when the crawl came to its end, left open when it was stopped."""

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from scrapers.base import OUTAGE
from scrapers.finish import finish
from scrapers.job import Job


class Runs:
    """Ends the run of a crawl that came to its end. One that a person stopped stays open: the next goes on with it."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the crawler."""
        runs = cls(crawler.spider.job)  # type: ignore[union-attr]
        crawler.signals.connect(runs.spider_closed, signals.spider_closed)
        return runs

    def spider_closed(self, reason: str, **_: Any) -> None:
        """Judge and write down what was done."""
        if reason == OUTAGE:
            self._job.walk.errors.append("too many pages in a row could not be had: the rest was not asked for")
        if reason in ("finished", OUTAGE):
            finish(self._job)
