"""The spider of the law registry: asked day by day, newest first."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from scrapers.base import SiteSpider
from scrapers.page import Link
from scrapers.visit import Ask

_DAYS = 30


class CbdSpider(SiteSpider):
    """Asks for the documents adopted on each day since `--since`, by default of the last thirty days.

    Of a recording it asks, by default, for the days that were recorded.
    """

    name = "cbd"

    def first_asks(self) -> Iterator[Ask]:
        """One request a day."""
        kind = self.job.source.kind("documents")
        if not self.job.wants(kind.name):
            return
        for url in kind.start:
            for body in self._bodies(url):
                yield self.ask(Link(url=url, kind=kind.name, body=body), start=True)

    def _bodies(self, url: str) -> Iterator[str]:
        """What to ask for at this address."""
        if self.job.server is None or self.job.since is not None:
            yield from map(request_body, days_back(self.job.today, self.job.since))
            return
        address = self.job.source.address(url)
        for page in self.job.server.recording.pages:
            if page.method == "POST" and self.job.source.address(page.url) == address:
                yield page.request_body.decode()


def days_back(today: date, since: date | None) -> Iterator[date]:
    """The days from `today` back to `since`, by default thirty."""
    first = since or today - timedelta(days=_DAYS)
    return (today - timedelta(days=back) for back in range((today - first).days + 1))


def request_body(day: date) -> str:
    """What the registry is asked for: the documents adopted on this day, of any kind and body."""
    return json.dumps({"dateAdoptedFrom": day.isoformat(), "dateAdoptedTo": day.isoformat()}, sort_keys=True)
