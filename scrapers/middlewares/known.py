"""Ask only for what may have changed: conditional requests, and no request for what this run has already."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scrapers.job import Job
from scrapers.shelf import known_page
from scrapers.visit import Ask, Known

RESUMED = "resumed"


class KnownPages:
    """Downloader middleware: looks up the page that we have and tells the site which one it is."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the job from the spider."""
        return cls(crawler.spider.job)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> Response | None:
        """Add If-None-Match and If-Modified-Since; answer ourselves what came before an interruption.

        Raises IgnoreRequest for a link or redirect to a host that is none of the site's: the page is quarantined.
        """
        host = urlsplit(request.url).hostname
        if host not in self._job.source.hosts:
            raise IgnoreRequest(f"leads to {host}, which is no host of this site")
        ask: Ask | None = request.meta.get("ask")
        if ask is None:
            return None
        known = known_page(self._job.engine, self._job.source.site, ask.address)
        request.meta["known"] = known
        if known is None:
            return None
        if known.last_seen >= self._asked_again_before(ask, known):
            status = 304 if known.status == 200 else known.status
            return Response(known.url, status=status, flags=[RESUMED], request=request)
        if known.status == 200:
            if known.etag:
                request.headers["If-None-Match"] = known.etag
            if known.last_modified:
                request.headers["If-Modified-Since"] = known.last_modified
        return None

    def _asked_again_before(self, ask: Ask, known: Known) -> datetime:
        """The start of this run; for files that rest, some days earlier: each would cost a request every time."""
        rest = self._job.source.kind(ask.kind).rest_days if known.status == HTTPStatus.OK else 0
        return self._job.started_at - timedelta(days=rest)
