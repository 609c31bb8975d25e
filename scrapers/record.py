"""Record a page as a test case: a folder with the page, where it comes from, and what the parser reads."""

import re
from datetime import UTC, datetime
from pathlib import Path

import httpx

from scrapers.content import block_reason, content_of, decode
from scrapers.fetch import client, fetch
from scrapers.job import load_parsers
from scrapers.page import Page
from scrapers.recorded import outcome, write_case
from scrapers.source import Source, load_source
from scrapers.visit import Parser
from vocab.dates import BISHKEK
from vocab.errors import UsageError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_LARGEST = 200_000


def record(
    url: str,
    *,
    site: str,
    kind: str | None = None,
    name: str = "recorded",
    folder: Path = Path("tests/pages"),
    session: httpx.Client | None = None,
) -> Path:
    """Fetch a page and save `<folder>/<site>/<parser>/<name>/{page.html|json, meta.json, expected.json}`.

    `kind` is the page type, by default that of the start page with this address. Contacts that the page type
    redacts are blanked. Gives the case's folder. Raises UsageError where the page cannot be had or is too large for
    a case, where its type is not clear, or where a case of this name is there already.
    """
    source = load_source(site)
    kind = kind or _kind_of(source, url)
    parsers = load_parsers(source)
    if kind not in parsers:
        raise UsageError(f"{site} has no page type «{kind}» with a parser; it has {', '.join(parsers)}.")
    if not _NAME.fullmatch(name):
        raise UsageError(f"A case is named by small letters, digits and hyphens, not «{name}».")
    case = folder / site / parsers[kind].name / name
    if case.exists():
        raise UsageError(f"{case} is there already: choose another name with --case.")
    with session or client() as opened:
        answer = fetch(opened, url)
    return _save(case, answer, source, kind, parsers[kind])


def _save(case: Path, answer: httpx.Response, source: Source, kind: str, parser: Parser) -> Path:
    body = content_of(answer.content, source.kind(kind).redact).body
    if len(body) > _LARGEST:
        raise UsageError(f"{answer.url} has {len(body)} bytes, a case at most {_LARGEST}: cut the page by hand.")
    text, _ = decode(body, answer.headers.get("Content-Type"))
    if reason := block_reason(source, source.kind(kind), text, len(body)):
        raise UsageError(f"{answer.url} gave no page of the type «{kind}»: {reason}.")
    now = datetime.now(UTC)
    page = Page(
        url=str(answer.url),
        address=source.address(str(answer.url)),
        kind=kind,
        text=text,
        fetched_at=now,
        shown_on=now.astimezone(BISHKEK).date(),
        options=source.kind(kind).options,
    )
    write_case(case, page, _suffix(text), outcome(parser.read, page))
    return case


def _kind_of(source: Source, url: str) -> str:
    address = source.address(url)
    for kind in source.pages.values():
        if address in {source.address(start) for start in kind.start}:
            return kind.name
    raise UsageError(f"What type of page is {url}? Say it with --kind: {', '.join(source.pages)}.")


def _suffix(text: str) -> str:
    return "json" if text.lstrip()[:1] in ("{", "[") else "html"
