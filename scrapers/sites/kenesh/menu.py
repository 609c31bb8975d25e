"""Committee pages and menus: where the lists of agendas are. The layout is unknown, so only links are looked at."""

import re

from scrapers.page import Link, Page, Reading
from scrapers.sites.kenesh.article import document, leads_to, text_of
from vocab.errors import ReadError

VERSION = "1"

_AGENDAS = re.compile(r"повестк\w+ дня|күн тартиби", re.IGNORECASE)
_LIST = re.compile(r"/(?:ru|ky)/article/list/\d+")
_SHOW = re.compile(r"/(?:ru|ky)/article/show/\d+")
_COMMITTEE = re.compile(r"/(?:ru|ky)/committee/(?:show/)?\d+")


def read(page: Page) -> Reading:
    """Links to committees, lists of agendas and agendas. Raises ReadError for a page without any link."""
    doc = document(page.text)
    found = list(doc.iter("a"))
    if not found:
        raise ReadError("page", "no link at all")
    links: dict[str, Link] = {}
    for link in found:
        address, text = leads_to(page.url, link) or "", text_of(link)
        kind = _kind(address, text)
        if kind is not None and address != page.url:
            links.setdefault(address, Link(url=address, kind=kind))
    return Reading(links=tuple(links.values()), last=True)


def _kind(address: str, text: str) -> str | None:
    if _AGENDAS.search(text):
        return "agenda_list" if _LIST.search(address) else "agenda" if _SHOW.search(address) else None
    return "committee" if _COMMITTEE.search(address) else None
