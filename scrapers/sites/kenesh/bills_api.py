"""Today's register of bills, `/sed/docs?page=N&limit=L`: pages until a short one."""

import json
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from scrapers.items import BillItem
from scrapers.objects import load, read_objects, tried
from scrapers.page import Link, Page, Problem, Reading
from scrapers.sites.kenesh.bill_files import BillFiles, file_links
from scrapers.strict import Fields
from vocab.dates import BISHKEK, read_moment
from vocab.errors import ReadError
from vocab.numbers import BillNumber, ResolutionNumber
from vocab.text import fold_space

VERSION = "3"

_LIMIT = 100


def read(page: Page) -> Reading:
    """A bill an object; keys that nobody has seen yet are noted and kept in the payload.

    The option `documents` says under which keys the files of a bill stand, see `BillFiles`.
    """
    answer = Fields(load(page.text), "answer")
    rows = answer.pop("content", list)
    total = _total(answer)
    files = BillFiles(page.options.get("documents") or {}, page.url)
    bills = read_objects(rows, "bill", partial(_bill, files), unknown=answer.leftovers())
    bills.unknown |= files.unknown
    following, seen = _next(page.url, len(rows))
    if following is None and total is not None and total > seen:
        bills.problems.append(Problem(place="totalElements", reason=f"the list ends after {seen} of {total} bills"))
    lists = () if following is None else (Link(url=following, kind=page.kind),)
    documents = (link for bill in bills.items for link in file_links(bill.documents, bill.key))
    return Reading(
        items=tuple(bills.items),
        links=(*lists, *documents),
        problems=tuple(bills.problems),
        notes=bills.notes(),
        last=following is None,
    )


def _total(answer: Fields) -> int | None:
    """How many bills the register has, where the answer says so."""
    page = Fields(answer.pop_or_none("page", dict) or {}, "page")
    total = answer.pop_or_none("totalElements", int)
    return page.pop_or_none("totalElements", int) if total is None else total


def _bill(files: BillFiles, fields: Fields, problems: list[Problem]) -> BillItem:
    """The bill. A number or day in an unknown form is a problem, the bill is kept."""
    written = fold_space(fields.pop("vh_nom", str))
    registered = fields.pop_or_none("vh_dat", str)
    title = fold_space(fields.pop("zpNameRus", str))
    if not title or not written:
        raise ReadError(fields.place, "no title or no number")
    number = tried(BillNumber.parse, written, f"{fields.place}.vh_nom", problems)
    moment = tried(read_moment, registered, f"{fields.place}.vh_dat", problems)
    return BillItem(
        key=f"bill:{number or written}",
        number=number,
        registered_on=moment.astimezone(BISHKEK).date() if moment else None,
        title=title,
        resolutions=ResolutionNumber.find_all(title),
        documents=files.take(fields, problems),
        payload=json.dumps(dict(fields.whole), ensure_ascii=False, sort_keys=True),
    )


def _next(url: str, found: int) -> tuple[str | None, int]:
    """The next page where this one is full, and how many bills there were up to here; pages count from 0."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    limit, number = int(query.get("limit", _LIMIT)), int(query.get("page", 0))
    if found < limit:
        return None, number * limit + found
    query["page"] = str(number + 1)
    return urlunsplit(parts._replace(query=urlencode(query))), number * limit + found
