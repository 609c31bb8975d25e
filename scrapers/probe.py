"""Look for the API of a single-page site: the paths that its start page and its scripts name."""

import re
from urllib.parse import urljoin, urlsplit

import httpx
from parsel import Selector

from scrapers.fetch import client, fetch
from scrapers.source import Source, load_source

_QUOTED = re.compile(r"""["'`]([^"'`\s<>\\]{2,200})["'`]""")
_API = re.compile(r"(?:^|/)(?:api|sed|rest|graphql|v\d+)(?:/|\?|$)")
_ASSET = re.compile(r"\.(?:js|css|svg|png|jpe?g|gif|ico|woff2?|map)(?:\?|$)")


def probe(site: str, *, session: httpx.Client | None = None) -> list[str]:
    """The API paths that a site's start page and its own script bundles name, sorted.

    Raises UsageError where the start page or a bundle cannot be had.
    """
    source = load_source(site)
    with session or client() as opened:
        start = fetch(opened, source.base)
        texts = [start.text]
        texts += [fetch(opened, bundle).text for bundle in bundles(start.text, str(start.url), source)]
    return sorted({path for text in texts for path in api_paths(text, source)})


def bundles(html: str, base: str, source: Source) -> tuple[str, ...]:
    """The scripts of a page that come from the site itself, in order."""
    page = Selector(html)
    named = page.xpath("//script/@src | //link[@rel='modulepreload' or @as='script']/@href").getall()
    urls = dict.fromkeys(urljoin(base, one) for one in named)
    return tuple(url for url in urls if urlsplit(url).hostname in source.hosts)


def api_paths(text: str, source: Source) -> set[str]:
    """Quoted texts that look like a path of an API on the site; those of other hosts are left out."""
    found = set()
    for quoted in _QUOTED.findall(text):
        parts = urlsplit(quoted)
        own = not parts.netloc or parts.hostname in source.hosts
        if own and _API.search(parts.path) and not _ASSET.search(parts.path):
            found.add(quoted)
    return found
