"""Retry what may pass, more slowly each time, and as late as the site asks for."""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

_LONGEST = 300.0


class BackOff(RetryMiddleware):
    """Scrapy's retries with a pause that doubles, at least as long as Retry-After says.

    In a replay there is no pause: RETRY_BACKOFF is 0 there.
    """

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Wait, then let Scrapy ask again."""
        again = super().process_response(request, response)
        if isinstance(again, Request):
            await self._pause(again, retry_after(response, datetime.now(UTC)))
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | Response | None:  # type: ignore[override]
        """Wait after a broken connection too."""
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            await self._pause(again, 0.0)
        return again

    async def _pause(self, again: Request, at_least: float) -> None:
        first = self.crawler.settings.getfloat("RETRY_BACKOFF")
        if first:
            seconds = max(at_least, first * 2 ** (again.meta["retry_times"] - 1))
            await asyncio.sleep(min(seconds, _LONGEST))


def retry_after(response: Response, now: datetime) -> float:
    """Seconds that the site asks to wait: a number or a moment in Retry-After; 0 where it asks for nothing."""
    text = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0
