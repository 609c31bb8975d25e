"""What makes two requests one: the canonical address of the page, its method and its body."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from scrapers.source import Source


class AddressFingerprinter:
    """Scrapy's fingerprints from the site's canonical addresses: aliases of a page are asked for once.

    A redirect from one alias to another is the same page and yet another request: it is told by its own address.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the site's facts from the spider."""
        return cls(crawler.spider.job.source)  # type: ignore[union-attr]

    def fingerprint(self, request: Request) -> bytes:
        """The canonical address as bytes."""
        if request.meta.get("redirect_times"):
            return f"redirected {request.url}".encode()
        return self._source.address(request.url, method=request.method, body=request.body).encode()
