"""Recorded cases: a page, where it comes from, and what its parser reads, in files that a person can look through."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from scrapers.page import Page, Reading
from scrapers.plain import plain, plain_fields
from scrapers.source import Source
from scrapers.visit import Parser
from vocab.errors import ReadError


def case_page(source: Source, meta: Mapping[str, Any], text: str) -> Page:
    """The page of a case: its text, and what meta.json says (url, kind, fetched_at, shown_on, asked)."""
    asked = meta.get("asked", "")
    method = "POST" if asked else "GET"
    return Page(
        url=meta["url"],
        address=source.address(meta["url"], method=method, body=asked.encode()),
        kind=meta["kind"],
        text=text,
        fetched_at=datetime.fromisoformat(meta["fetched_at"]),
        shown_on=date.fromisoformat(meta["shown_on"]),
        asked=asked,
        options=source.kind(meta["kind"]).options,
    )


def case_result(parser: Parser, page: Page) -> dict[str, Any]:
    """What expected.json holds: the reading with the type of each item, or the error of a page that cannot be read."""
    try:
        reading = parser.read(page)
    except ReadError as error:
        return {"error": {"place": error.place, "reason": error.reason}}
    return _reading(reading)


def _reading(reading: Reading) -> dict[str, Any]:
    items = [{"item": type(item).__name__, **plain_fields(item)} for item in reading.items]
    return {**{name: plain(value) for name, value in plain_fields(reading).items() if name != "items"}, "items": items}
