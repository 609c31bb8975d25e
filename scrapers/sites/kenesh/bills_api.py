"""Today's register of bills, `/sed/docs?page=N&limit=L`: pages until a short one."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from scrapers.items import BillItem
from scrapers.page import Link, Page, Problem, Reading
from scrapers.sites.kenesh.deputies_api import load
from scrapers.strict import Fields
from vocab.dates import BISHKEK, read_moment
from vocab.errors import ReadError
from vocab.numbers import BillNumber, ResolutionNumber
from vocab.text import fold_space

VERSION = "1"

_LIMIT = 100


def read(page: Page) -> Reading:
    """A bill an object; keys that nobody has seen yet are noted and kept in the payload."""
    answer = Fields(load(page.text), "answer")
    rows = answer.pop("content", list)
    items: list[BillItem] = []
    problems: list[Problem] = []
    unknown: set[str] = set()
    for place, row in enumerate(rows, 1):
        try:
            item, left = _bill(row, f"bill {place}")
        except ReadError as error:
            problems.append(Problem(place=error.place, reason=error.reason, excerpt=str(row)[:200], record_lost=True))
            continue
        items.append(item)
        unknown |= left
    following = _next(page.url, len(rows))
    notes = (f"unknown keys: {', '.join(sorted(unknown))}",) if unknown else ()
    links = () if following is None else (Link(url=following, kind=page.kind),)
    return Reading(items=tuple(items), links=links, problems=tuple(problems), notes=notes, last=following is None)


def _bill(row: object, place: str) -> tuple[BillItem, frozenset[str]]:
    fields = Fields(row, place)
    written = fields.pop("vh_nom", str)
    number = BillNumber.parse(written)
    registered = fields.pop_or_none("vh_dat", str)
    title = fold_space(fields.pop("zpNameRus", str))
    if not title:
        raise ReadError(f"{place}.zpNameRus", "empty")
    item = BillItem(
        key=f"bill:{number}",
        number=number,
        registered_on=read_moment(registered).astimezone(BISHKEK).date() if registered else None,
        title=title,
        resolutions=ResolutionNumber.find_all(title),
        payload=json.dumps(row, ensure_ascii=False, sort_keys=True),
    )
    return item, frozenset(fields.leftovers())


def _next(url: str, found: int) -> str | None:
    """The next page where this one is full; the site counts pages from 0."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    limit = int(query.get("limit", _LIMIT))
    if found < limit:
        return None
    query["page"] = str(int(query.get("page", 0)) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
