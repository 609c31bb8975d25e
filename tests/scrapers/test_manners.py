"""How the crawler behaves towards a site."""

import asyncio
import gzip
import time
from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.settings import Settings

from scrapers.base import SiteSpider
from scrapers.middlewares.backoff import BackOff, retry_after
from scrapers.middlewares.whole import gzip_fault
from scrapers.settings import user_agent
from scrapers.sites.kenesh.spiders import KeneshSpider
from vocab.errors import UsageError

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, 0), ("7", 7), ("Mon, 23 Nov 2026 09:01:00 GMT", 60), ("Mon, 23 Nov 2026 08:00:00 GMT", 0), ("soon", 0)],
)
def test_retry_after(header: str | None, seconds: float) -> None:
    headers = {"Retry-After": header} if header else {}
    assert retry_after(Response("https://x", headers=headers), NOW) == seconds


@pytest.mark.parametrize(
    ("environ", "agent"),
    [
        ({}, "Baikoo/0.1.0"),
        ({"BAIKOO_PUBLIC_URL": "https://b"}, "Baikoo/0.1.0 (+https://b)"),
        ({"BAIKOO_PUBLIC_URL": "https://b", "BAIKOO_CONTACT": "https://c"}, "Baikoo/0.1.0 (+https://c)"),
    ],
)
def test_the_user_agent_says_whom_to_ask(environ: dict[str, str], agent: str) -> None:
    assert user_agent(environ) == agent


@pytest.fixture
def back_off() -> BackOff:
    settings = Settings({"RETRY_BACKOFF": 0.05, "RETRY_TIMES": 2, "TWISTED_REACTOR_ENABLED": False})
    crawler = Crawler(SiteSpider, settings)
    crawler.spider = object.__new__(KeneshSpider)
    crawler.spider.crawler = crawler
    crawler._apply_settings()
    return BackOff.from_crawler(crawler)


def waited(middleware: BackOff, request: Request, happened: Response | Exception) -> tuple[object, float]:
    begun = time.perf_counter()
    if isinstance(happened, Exception):
        result: object = asyncio.run(middleware.process_exception(request, happened))
    else:
        result = asyncio.run(middleware.process_response(request, happened))
    return result, time.perf_counter() - begun


@pytest.mark.parametrize("happened", [Response("https://x", status=429), DownloadTimeoutError("slow")])
def test_each_retry_waits_twice_as_long(back_off: BackOff, happened: Response | Exception) -> None:
    first, pause = waited(back_off, Request("https://x"), happened)
    assert isinstance(first, Request)
    assert pause >= 0.05
    second, pause = waited(back_off, first, happened)
    assert isinstance(second, Request)
    assert pause >= 0.1
    third, _ = waited(back_off, second, happened)
    assert not isinstance(third, Request)


def test_an_answer_is_not_waited_for(back_off: BackOff) -> None:
    answer = Response("https://x")
    assert waited(back_off, Request("https://x"), answer)[0] is answer


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(gzip.compress(b"whole"), None, id="whole"),
        pytest.param(gzip.compress(b""), None, id="empty"),
        pytest.param(gzip.compress(bytes(range(256)) * 50)[:-9], "cut off", id="without its end"),
        pytest.param(gzip.compress(b"x")[:5], "cut off", id="without its head"),
        pytest.param(b"plain text", "broken gzip", id="no gzip"),
        pytest.param(gzip.compress(b"0" * 8_000_000), None, id="larger than a page may be"),
    ],
)
def test_gzip_fault(body: bytes, fault: str | None) -> None:
    found = gzip_fault(body)
    assert found is None if fault is None else fault in (found or "")


def test_a_spider_alone_says_how_to_crawl() -> None:
    with pytest.raises(UsageError, match="baikoo crawl kenesh"):
        KeneshSpider()
