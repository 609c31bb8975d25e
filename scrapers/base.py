"""The spider of every site: asks for pages, has each answer understood, follows the links. No parsing here."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import date
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from scrapers.job import Job
from scrapers.middlewares.known import RESUMED
from scrapers.page import Link
from scrapers.replay import RECORDED_AT
from scrapers.settings import DOWNLOAD_MAXSIZE, DOWNLOAD_TIMEOUT
from scrapers.visit import Answer, Ask, Visit, refused, understand
from vocab.dates import BISHKEK
from vocab.errors import UsageError

OUTAGE = "outage"
# In words that stay the same from crawl to crawl: Scrapy's own name addresses in memory and counts of bytes.
_WHY: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "the name of the host is not known"),
    (DownloadConnectionRefusedError, "the connection was refused"),
    (DownloadTimeoutError, f"no answer within {DOWNLOAD_TIMEOUT} seconds"),
    (ResponseDataLossError, "the answer was cut off before its end"),
    (DownloadFailedError, "the connection broke"),
)


def why(error: BaseException | None, *, most_bytes: int = DOWNLOAD_MAXSIZE) -> str:
    """Why no answer came, for the quarantine."""
    if isinstance(error, DownloadCancelledError):
        return f"larger than {most_bytes} bytes"
    return next((words for kind, words in _WHY if isinstance(error, kind)), f"{type(error).__name__}: {error}")


class SiteSpider(Spider):
    """Walks a site by its source.yml. A site's own spider says only what is special to it.

    `job` comes from `scrapers.crawl.crawl`.
    """

    def __init__(self, *args: Any, job: Job | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if job is None:
            raise UsageError(f"A crawl needs its database and archive: use `baikoo crawl {self.name}`.")
        self.job = job
        self._refused_in_a_row = 0

    async def start(self) -> AsyncIterator[Request]:
        """The pages that the walks begin at."""
        for ask in self.first_asks():
            yield self._request(ask)

    def first_asks(self) -> Iterable[Ask]:
        """The start pages of the page types that this crawl wants."""
        for kind in self.job.source.pages.values():
            if self.job.wants(kind.name):
                yield from (self.ask(Link(url=url, kind=kind.name), start=True) for url in kind.start)

    def ask(self, link: Link, *, start: bool = False) -> Ask:
        """A request for a page: by POST where the link has a body."""
        method, body = ("GET", "") if link.body is None else ("POST", link.body)
        address = self.job.source.address(link.url, method=method, body=body.encode())
        return Ask(url=link.url, kind=link.kind, address=address, method=method, body=body, start=start)

    def read(self, response: Response) -> Iterator[Visit | Request]:
        """Understand an answer, hand it to the pipelines, follow its links."""
        ask, known = response.meta["ask"], response.meta["known"]
        visit = understand(ask, self._answer(response), known, self.job.desk(ask.kind))
        yield visit
        self._notice_outage(visit)
        yield from self._follow(visit.links)

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """No answer came: the page is refused with the reason, the rest goes on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        now = self.job.now()
        answer = Answer(url=request.url, status=0, headers={}, body=b"", at=now, shown_on=self.job.today)
        reason = why(failure.value, most_bytes=self._most_bytes(request.meta["ask"]))
        if self.job.server is not None:
            reason = reason.replace(self.job.server.url, "")  # its port is another one each time
        visit = refused(request.meta["ask"], answer, reason)
        yield visit
        if not (self.job.source.kind(visit.ask.kind).files and isinstance(failure.value, IgnoreRequest)):
            self._notice_outage(visit)  # a file on a foreign host was never asked for, and says nothing of this one

    def _notice_outage(self, visit: Visit) -> None:
        """Raises CloseSpider when too many pages in a row could not be had: a site that is down is left alone."""
        self._refused_in_a_row = 0 if visit.refusal is None else self._refused_in_a_row + 1
        patience = self.settings.getint("OUTAGE_AFTER")
        if patience and self._refused_in_a_row >= patience:
            raise CloseSpider(OUTAGE)

    def _follow(self, links: Iterable[Link]) -> Iterator[Request]:
        for link in links:
            if self.job.wants(link.kind):
                yield self._request(self.ask(link))

    def _request(self, ask: Ask) -> Request:
        """Pages go before files: they say what there is."""
        return Request(
            ask.url,
            method=ask.method,
            body=ask.body,
            headers=dict(self.job.source.headers),
            callback=self.read,
            errback=self.failed,
            meta={"ask": ask, "download_maxsize": self._most_bytes(ask)},
            priority=-1 if self.job.source.kind(ask.kind).files else 0,
        )

    def _most_bytes(self, ask: Ask) -> int:
        return self.job.source.kind(ask.kind).most_bytes or DOWNLOAD_MAXSIZE

    def _answer(self, response: Response) -> Answer:
        headers = {
            name.decode("latin-1"): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        now = self.job.now()
        recorded = headers.get(RECORDED_AT) if self.job.server else None
        return Answer(
            url=response.url,
            status=response.status,
            headers=headers,
            body=response.body,
            at=now,
            shown_on=date.fromisoformat(recorded) if recorded else now.astimezone(BISHKEK).date(),
            resumed=RESUMED in response.flags,
        )
