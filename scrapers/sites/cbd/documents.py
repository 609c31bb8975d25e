"""The registry's answer to «GetDocuments» for one day; it shows at most twelve, so a fuller day is asked by kind."""

import json
from datetime import date

from scrapers.items import ActItem
from scrapers.page import Link, Page, Problem, Reading
from scrapers.strict import Fields
from vocab.dates import read_day
from vocab.errors import ReadError
from vocab.text import fold_space

VERSION = "1"

_CARD = "https://cbd.minjust.gov.kg/{code}/edition/{edition}/ru"
_ALL = "totalResultsCount"


def read(page: Page) -> Reading:
    """An act an object. Where the day has more than are shown, ask again for each kind of document."""
    answer = _answer(page.text)
    rows = answer.pop("data", list)
    total = answer.pop(_ALL, int)
    items: list[ActItem] = []
    problems: list[Problem] = []
    unknown: set[str] = set(answer.leftovers())
    for place, row in enumerate(rows, 1):
        try:
            item, left = _act(row, f"document {place}", problems)
        except ReadError as error:
            problems.append(Problem(place=error.place, reason=error.reason, excerpt=str(row)[:200], record_lost=True))
            continue
        items.append(item)
        unknown |= left
    links = _by_kind(page) if total > len(rows) else ()
    if total > len(rows) and not links:
        reason = f"{total} documents, {len(rows)} shown: the rest cannot be asked for"
        problems.append(Problem(place=_ALL, reason=reason, excerpt=page.asked, record_lost=True))
    notes = (f"unknown keys: {', '.join(sorted(unknown))}",) if unknown else ()
    return Reading(items=tuple(items), links=links, problems=tuple(problems), notes=notes, last=not links)


def _answer(text: str) -> Fields:
    try:
        return Fields(json.loads(text), "answer")
    except json.JSONDecodeError as error:
        raise ReadError("answer", f"not JSON: {error.msg} at {error.pos}") from error


def _act(row: object, place: str, problems: list[Problem]) -> tuple[ActItem, frozenset[str]]:
    """The act and the keys that nobody read. A day in an unknown form is a problem, the act is kept."""
    fields = Fields(row, place)
    code, title = str(fields.pop("documentCode", int | str)), fold_space(fields.pop("nameRu", str))  # type: ignore[arg-type]
    edition = fields.pop_or_none("lastEdition", int | str)  # type: ignore[arg-type]
    adopted, published = fields.pop_or_none("dateAdopted", str), fields.pop_or_none("datePublication", str)
    if not title:
        raise ReadError(f"{place}.nameRu", "empty")
    item = ActItem(
        key=f"act:{code}",
        code=code,
        edition=None if edition is None else str(edition),
        title=title,
        kind=fields.pop_or_none("vid", str),
        organ=fields.pop_or_none("organ", str),
        adopted_on=_day(adopted, f"{place}.dateAdopted", problems),
        published_on=_day(published, f"{place}.datePublication", problems),
        url=None if edition is None else _CARD.format(code=code, edition=edition),
    )
    return item, frozenset(fields.leftovers())


def _day(text: str | None, place: str, problems: list[Problem]) -> date | None:
    try:
        return read_day(text).day if text else None
    except ReadError as error:
        problems.append(Problem(place=place, reason=error.reason, excerpt=text or ""))
        return None


def _by_kind(page: Page) -> tuple[Link, ...]:
    """The same day once a kind of document; () where it was asked by kind already, or no kinds are known."""
    asked = json.loads(page.asked or "{}")
    if asked.get("refTypeId") is not None:
        return ()
    kinds = page.options.get("document_types", ())
    bodies = [json.dumps(asked | {"refTypeId": kind}, sort_keys=True) for kind in kinds]
    return tuple(Link(url=page.url, kind=page.kind, body=body) for body in bodies)
