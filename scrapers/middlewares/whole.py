"""A body that was cut off on its way is asked for again, never read as if it were whole."""

import zlib

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scrapers.settings import DOWNLOAD_MAXSIZE

_GZIP = (b"gzip", b"x-gzip")
_PIECE = 1 << 20
_ANY_WINDOW = 47  # zlib's number for "gzip or zlib, found out from the header"


class WholeBody:
    """Downloader middleware before decompression, which itself would take the readable beginning for the page."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WholeBody":
        """Keep the crawler: retries are counted there."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass whole bodies; ask again for the others, refuse them in the end."""
        encoding = (response.headers.get("Content-Encoding") or b"").strip().lower()
        fault = gzip_fault(response.body) if encoding in _GZIP and response.body else None
        if fault is None:
            return response
        spider = self._crawler.spider
        again = get_retry_request(request, spider=spider, reason=fault) if spider else None
        if again is None:
            raise IgnoreRequest(fault)
        return again


def gzip_fault(body: bytes) -> str | None:
    """What is wrong with a gzip body; None for a whole one. A body that is no gzip at all is a fault too.

    Checking stops where the body unpacks to more than a page may have: the limit of size says the rest.
    """
    reader = zlib.decompressobj(_ANY_WINDOW)
    unpacked = 0
    try:
        while not reader.eof and unpacked <= DOWNLOAD_MAXSIZE:
            piece = reader.decompress(body, _PIECE)
            body = reader.unconsumed_tail
            unpacked += len(piece)
            if not (piece or body or reader.eof):
                return "gzip is cut off before its end"
    except zlib.error as error:
        return f"broken gzip: {error}"
    return None
