"""In a replay every request, https too, goes to the loopback server; the answer gets its real address back."""

from typing import Self

from scrapy import Request
from scrapy.core.downloader.handlers import DownloadHandlerProtocol
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import build_from_crawler, load_object

from scrapers.replay import forwarded


class ReplayHandler:
    """The download handler of a replay: Scrapy's own handler does the work over the network stack.

    A handler, and no middleware, because everything above it then sees real addresses only: robots.txt, retries,
    redirects, compression and throttling work as on the live site (docs/decisions/0002).
    """

    lazy = True

    def __init__(self, wire: DownloadHandlerProtocol, server: str) -> None:
        self._wire = wire
        self._server = server

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take Scrapy's own handler and the server's address from the settings."""
        wire = load_object(crawler.settings["DOWNLOAD_HANDLERS_BASE"]["http"])
        return cls(build_from_crawler(wire, crawler), crawler.settings["REPLAY_SERVER"])

    async def download_request(self, request: Request) -> Response:
        """Ask the loopback server in place of the real one."""
        url, headers = forwarded(request.url, self._server)
        sent = request.replace(url=url, headers={**request.headers, **headers})
        response = await self._wire.download_request(sent)
        request.meta["download_latency"] = sent.meta.get("download_latency", 0.0)
        return response.replace(url=request.url)

    async def close(self) -> None:
        """Close the connections to the loopback server."""
        await self._wire.close()
