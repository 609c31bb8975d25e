"""What went wrong outside of any page: an unexpected error makes the run red, it is never only a line in a log."""

from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from scrapers.job import Job
from scrapers.visit import Visit


class Counts:
    """Listens to Scrapy's errors and puts them on the walk's account."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the crawler."""
        counts = cls(crawler.spider.job)  # type: ignore[union-attr]
        crawler.signals.connect(counts.spider_error, signals.spider_error)
        crawler.signals.connect(counts.item_error, signals.item_error)
        return counts

    def spider_error(self, failure: Failure, response: Response, **_: Any) -> None:
        """A parser failed in a way that it did not foresee: the page is not stored and will be read again."""
        self._add(response.url, failure)

    def item_error(self, item: Visit, failure: Failure, **_: Any) -> None:
        """A page could not be stored: its transaction was undone."""
        self._add(item.ask.url, failure)

    def _add(self, url: str, failure: Failure) -> None:
        name = failure.type.__name__ if failure.type else "failure"
        self._job.walk.errors.append(f"{url}: {name}: {failure.getErrorMessage()}")
