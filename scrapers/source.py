"""What is known about a site, read strictly from its source.yml, and the identity of its addresses."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

import yaml

from scrapers.strict import Fields
from vocab.errors import ConfigError, ReadError, UsageError
from vocab.papers import Posted

_SITES = Path(__file__).parent / "sites"
_PATH_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many records a whole walk of a page type gives at least and at most; None: not known."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """One page type of a site.

    `parser` is a module of the site's folder (None: the page is kept and only its kind is known); `start` are the
    addresses a walk begins at; `anchors` are texts of which a real page of this type has at least one; `redact` names
    JSON keys that are blanked before archiving; `covers` names record types and scopes whose records are all shown by
    a complete, clean walk that begins here; `shows` the things that the parliament has to put there by a day, so that
    such a walk without one of them says that it was not there; `verified` says that somebody saw such an address
    answer; `options` is what the parser is told. `files`: what is kept are files and not pages, read by the text
    layer and not here; `most_bytes` is the largest that is fetched, in place of the limit for all; one that we have
    is not asked for again for `rest_days` days.
    """

    name: str
    parser: str | None
    start: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    redact: frozenset[str] = frozenset()
    counts: Counts = Counts()
    covers: tuple[tuple[str, str], ...] = ()
    shows: tuple[Posted, ...] = ()
    verified: bool = True
    lang: str = "ru"
    options: Mapping[str, Any] = field(default_factory=dict)
    files: bool = False
    most_bytes: int | None = None
    rest_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site: its hosts (the first of an alias group stands for all), manners, signs of a block page, page types."""

    site: str
    name: str
    base: str
    hosts: Mapping[str, str]
    delay: float
    min_bytes: int
    challenges: tuple[str, ...]
    headers: Mapping[str, str]
    same: tuple[tuple[re.Pattern[str], str], ...]
    pages: Mapping[str, PageKind] = field(default_factory=dict)

    def address(self, url: str, *, method: str = "GET", body: bytes = b"") -> str:
        """The canonical address: one for all scheme and host aliases, slugs and orders of the query.

        A request with a body has its method and a digest of the body in the fragment: another body, another page.
        """
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        path = quote(unquote(parts.path or "/"), safe=_PATH_SAFE)
        for pattern, form in self.same:
            path = pattern.sub(form, path)
        query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        address = f"https://{self.hosts.get(host, host)}{port}{path}" + (f"?{query}" if query else "")
        return address if method == "GET" else f"{address}#{method.lower()}-{_digest(body)}"

    def kind(self, name: str) -> PageKind:
        """The page type of this name. Raises ConfigError when source.yml has none."""
        try:
            return self.pages[name]
        except KeyError:
            raise ConfigError(f"{self.site}: source.yml knows no page type «{name}»") from None


def _digest(body: bytes) -> str:
    """Of what a body asks for: in JSON neither blanks nor the order of keys nor keys without a value matter."""
    try:
        asked = json.loads(body)
    except ValueError:
        asked = None
    if isinstance(asked, dict):
        body = json.dumps({key: one for key, one in asked.items() if one is not None}, sort_keys=True).encode()
    return hashlib.blake2b(body, digest_size=8).hexdigest()


def site_names() -> tuple[str, ...]:
    """The sites that can be crawled: the folders with a source.yml."""
    return tuple(sorted(path.parent.name for path in _SITES.glob("*/source.yml")))


def load_source(site: str) -> Source:
    """Read scrapers/sites/<site>/source.yml. Raises UsageError for an unknown site, ConfigError for a bad file."""
    path = _SITES / site / "source.yml"
    if site not in site_names():
        raise UsageError(f"No site «{site}»; there are: {', '.join(site_names())}.")
    return read_source(path.read_text(encoding="utf-8"), str(path))


def read_source(text: str, name: str = "source.yml") -> Source:
    """Read the text of a source.yml; every key is known or refused. Raises ConfigError with the place."""
    try:
        return _source(Fields(yaml.load(text, Loader=yaml.CSafeLoader), name))
    except (ReadError, yaml.YAMLError, re.error) as error:
        raise ConfigError(f"{name}: {error}") from error


def _source(fields: Fields) -> Source:
    base = fields.pop("base", str)
    block = Fields(fields.pop_or_none("block", dict) or {}, "block")
    pages = fields.pop("pages", dict)
    source = Source(
        site=fields.pop("site", str),
        name=fields.pop("name", str),
        base=base,
        hosts=_hosts(fields.pop_or_none("aliases", dict) or {}, base),
        delay=float(fields.pop("delay", int | float)),  # type: ignore[arg-type]
        min_bytes=block.pop_or_none("min_bytes", int) or 0,
        challenges=_texts(block, "challenges"),
        headers={str(key): str(one) for key, one in (fields.pop_or_none("headers", dict) or {}).items()},
        same=_same(fields.pop_or_none("same", list) or []),
        pages={str(key): _page_kind(str(key), Fields(one, f"pages.{key}"), base) for key, one in pages.items()},
    )
    _nothing_left(block, "block")
    _nothing_left(fields, "source")
    return source


def _hosts(aliases: Mapping[str, Any], base: str) -> dict[str, str]:
    """Every host with the one that stands for it."""
    hosts = {str(urlsplit(base).hostname): str(urlsplit(base).hostname)}
    for host, others in aliases.items():
        hosts |= {str(name): str(host) for name in (host, *others)}
    return hosts


def _same(rules: list[Any]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Paths that are one page: a pattern and what stands for all paths that it finds."""
    read = []
    for place, rule in enumerate(rules):
        fields = Fields(rule, f"same[{place}]")
        read.append((re.compile(fields.pop("path", str)), fields.pop("form", str)))
        _nothing_left(fields, f"same[{place}]")
    return tuple(read)


def _page_kind(name: str, fields: Fields, base: str) -> PageKind:
    counts = Fields(fields.pop_or_none("counts", dict) or {}, f"pages.{name}.counts")
    verified = fields.pop_or_none("verified", bool)
    kind = PageKind(
        name=name,
        parser=fields.pop_or_none("parser", str),
        start=tuple(urljoin(base, url) for url in _texts(fields, "start")),
        anchors=_texts(fields, "anchors"),
        redact=frozenset(_texts(fields, "redact")),
        counts=Counts(least=counts.pop_or_none("min", int), most=counts.pop_or_none("max", int)),
        covers=_covers(fields.pop_or_none("covers", dict) or {}),
        shows=_shows(fields),
        verified=verified is not False,
        lang=fields.pop_or_none("lang", str) or "ru",
        options=fields.pop_or_none("options", dict) or {},
        files=fields.pop_or_none("files", bool) or False,
        most_bytes=fields.pop_or_none("most_bytes", int),
        rest_days=fields.pop_or_none("rest_days", int) or 0,
    )
    _nothing_left(counts, f"pages.{name}.counts")
    _nothing_left(fields, f"pages.{name}")
    return kind


def _covers(value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(record), str(scope)) for record, scope in value.items())


def _shows(fields: Fields) -> tuple[Posted, ...]:
    named = _texts(fields, "shows")
    if unknown := set(named) - {one.value for one in Posted}:
        raise ReadError(f"{fields.place}.shows", f"unknown: {', '.join(sorted(unknown))}")
    return tuple(map(Posted, named))


def _texts(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(str(one) for one in fields.pop_or_none(key, list) or [])


def _nothing_left(fields: Fields, place: str) -> None:
    if left := fields.leftovers():
        raise ReadError(place, f"unknown keys: {', '.join(left)}")
