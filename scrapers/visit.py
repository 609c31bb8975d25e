"""One request of a crawl and what its answer means: decided purely, stored elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from http import HTTPStatus

from scrapers.content import Content, block_reason, content_of, decode, header, is_page
from scrapers.page import Link, Page, Reading
from scrapers.source import PageKind, Source
from vocab.errors import ReadError

_FAILURE = 300  # so much of a failure is kept as the reason
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A page to ask for; `start` where a walk begins at it."""

    url: str
    kind: str
    address: str
    method: str = "GET"
    body: str = ""
    start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The newest answer of an address that is in the archive."""

    id: int
    kind: str
    url: str
    status: int
    sha256: str
    content_type: str | None
    etag: str | None
    last_modified: str | None
    shown_on: date
    fetched_at: datetime
    last_seen: datetime
    warc_file: str
    warc_offset: int
    parsed_with: str | None
    is_last: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. `resumed`: it came already in this run, before it was interrupted, and was not asked again."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime
    shown_on: date
    resumed: bool = False


class Outcome(StrEnum):
    """What an answer was."""

    NEW = "new"  # bytes that were not there before
    REREAD = "reread"  # the bytes that we have, to be read by a newer parser
    UNCHANGED = "unchanged"  # the bytes that we have, read already
    MISSING = "missing"  # the site says that there is no such page
    REFUSED = "refused"  # no content: a block page, a broken transfer, an error of the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """A page parser with its version; a new version reads the past again."""

    name: str
    version: str
    read: Callable[[Page], Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What became of one request.

    `content` is there for bytes to be archived, `known` for bytes that are; `reading` is what the parser said,
    `error` why it could not read the page as a whole, `refusal` why the answer is no content. `resumed`: counted
    already, before the crawl was interrupted.
    """

    ask: Ask
    outcome: Outcome
    answer: Answer
    known: Known | None = None
    content: Content | None = None
    reading: Reading | None = None
    parsed_with: str | None = None
    error: ReadError | None = None
    refusal: str | None = None
    resumed: bool = False

    @property
    def links(self) -> tuple[Link, ...]:
        """The links to follow: read now, or kept from the reading of the same bytes."""
        if self.reading is not None:
            return self.reading.links
        return self.known.links if self.known and self.outcome is Outcome.UNCHANGED else ()

    @property
    def is_last(self) -> bool:
        """This page ends its list."""
        if self.reading is not None:
            return self.reading.last
        return bool(self.known and self.known.is_last and self.outcome is Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What it takes to understand an answer: the site's facts, the parser of the page type, the archive's bytes."""

    source: Source
    parser: Parser | None
    archived: Callable[[Known], bytes]


def understand(ask: Ask, answer: Answer, known: Known | None, desk: Desk) -> Visit:
    """Decide what an answer is; read it where it is new, or where a newer parser can learn from it."""
    if answer.status in GONE:
        return _missing(ask, answer, known)
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return _not_modified(ask, answer, known, desk)
    if answer.status != HTTPStatus.OK:
        return refused(ask, answer, f"answered with status {answer.status}")
    return _content(ask, answer, known, desk)


def refused(ask: Ask, answer: Answer, reason: str) -> Visit:
    """An answer that is no content, and why."""
    return Visit(ask=ask, outcome=Outcome.REFUSED, answer=answer, refusal=reason)


def lost(ask: Ask, known: Known, reason: str) -> Visit:
    """A page whose archived bytes cannot be read back, and why."""
    return refused(ask, _as_known(known, b""), reason)


def reread(ask: Ask, known: Known, body: bytes, desk: Desk) -> Visit:
    """Archived bytes read again."""
    answer = _as_known(known, body)
    return _read(Visit(ask=ask, outcome=Outcome.REREAD, answer=answer, known=known), body, desk)


def _missing(ask: Ask, answer: Answer, known: Known | None) -> Visit:
    same = known if known and known.status == answer.status else None
    content = None if same else content_of(answer.body, frozenset())
    return Visit(ask=ask, outcome=Outcome.MISSING, answer=answer, known=same, content=content, resumed=answer.resumed)


def _content(ask: Ask, answer: Answer, known: Known | None, desk: Desk) -> Visit:
    kind = desk.source.kind(ask.kind)
    try:
        content = content_of(answer.body, kind.redact)
    except ReadError as error:
        return refused(ask, answer, str(error))
    if reason := _blocked(answer, kind, desk.source):
        return refused(ask, answer, reason)
    if kind.files and is_page(answer.body):
        return Visit(ask=ask, outcome=Outcome.MISSING, answer=answer)  # today's site shows its own page for any address
    if known and known.status == HTTPStatus.OK and known.sha256 == content.sha256:
        return _known_bytes(ask, answer, known, content.body, desk)
    return _read(Visit(ask=ask, outcome=Outcome.NEW, answer=answer, content=content), content.body, desk)


def _not_modified(ask: Ask, answer: Answer, known: Known | None, desk: Desk) -> Visit:
    if known is None or known.status != HTTPStatus.OK:
        return refused(ask, answer, "answered «not modified» for a page that we do not have")
    if _is_read(known, desk):
        return Visit(ask=ask, outcome=Outcome.UNCHANGED, answer=answer, known=known, resumed=answer.resumed)
    return _known_bytes(ask, answer, known, desk.archived(known), desk)


def _known_bytes(ask: Ask, answer: Answer, known: Known, body: bytes, desk: Desk) -> Visit:
    if _is_read(known, desk):
        return Visit(ask=ask, outcome=Outcome.UNCHANGED, answer=answer, known=known)
    visit = Visit(ask=ask, outcome=Outcome.REREAD, answer=answer, known=known, resumed=answer.resumed)
    return _read(visit, body, desk)


def _is_read(known: Known, desk: Desk) -> bool:
    return desk.parser is None or known.parsed_with == desk.parser.version


def _as_known(known: Known, body: bytes) -> Answer:
    headers = {"Content-Type": known.content_type} if known.content_type else {}
    return Answer(
        url=known.url, status=known.status, headers=headers, body=body, at=known.fetched_at, shown_on=known.shown_on
    )


def _blocked(answer: Answer, kind: PageKind, source: Source) -> str | None:
    try:
        text, _ = decode(answer.body, header(answer.headers, "Content-Type"))
    except ReadError:
        return None  # reading it will say why
    return block_reason(source, kind, text, len(answer.body))


def _read(visit: Visit, body: bytes, desk: Desk) -> Visit:
    """The visit with what the parser says of the body, or with the reason why it cannot read it."""
    parser = desk.parser
    if parser is None:
        return visit
    source = _as_known(visit.known, body) if visit.known else visit.answer
    try:
        text, note = decode(body, header(source.headers, "Content-Type"))
        reading = parser.read(
            Page(
                url=source.url,
                address=visit.ask.address,
                kind=visit.ask.kind,
                text=text,
                fetched_at=source.at,
                shown_on=source.shown_on,
                asked=visit.ask.body,
                options=desk.source.kind(visit.ask.kind).options,
            )
        )
    except ReadError as error:
        return replace(visit, error=error)
    except Exception as error:  # noqa: BLE001 - however a parser fails, its page is archived and quarantined
        return replace(visit, error=ReadError("page", f"the parser failed: {type(error).__name__}: {error}"[:_FAILURE]))
    if note:
        reading = replace(reading, notes=(*reading.notes, note))
    return replace(visit, reading=reading, parsed_with=parser.version)
