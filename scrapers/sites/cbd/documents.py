"""The registry's answer to «GetDocuments» for one day; it shows at most twelve, so a fuller day is asked by kind."""

import json
from datetime import date

from scrapers.items import ActItem
from scrapers.objects import load, read_objects, tried
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
    answer = Fields(load(page.text), "answer")
    rows = answer.pop("data", list)
    total = answer.pop(_ALL, int)
    acts = read_objects(rows, "document", _act, unknown=answer.leftovers())
    links = _by_kind(page) if total > len(rows) else ()
    if total > len(rows) and not links:
        reason = f"{total} documents, {len(rows)} shown: the rest cannot be asked for"
        acts.problems.append(Problem(place=_ALL, reason=reason, excerpt=page.asked, record_lost=True))
    return Reading(
        items=tuple(acts.items), links=links, problems=tuple(acts.problems), notes=acts.notes(), last=not links
    )


def _act(fields: Fields, problems: list[Problem]) -> ActItem:
    """The act. A day in an unknown form is a problem, the act is kept."""
    code, title = str(fields.pop("documentCode", int | str)), fold_space(fields.pop("nameRu", str))  # type: ignore[arg-type]
    edition = fields.pop_or_none("lastEdition", int | str)  # type: ignore[arg-type]
    adopted, published = fields.pop_or_none("dateAdopted", str), fields.pop_or_none("datePublication", str)
    if not title:
        raise ReadError(f"{fields.place}.nameRu", "empty")
    return ActItem(
        key=f"act:{code}",
        code=code,
        edition=None if edition is None else str(edition),
        title=title,
        kind=fields.pop_or_none("vid", str),
        organ=fields.pop_or_none("organ", str),
        adopted_on=tried(_day, adopted, f"{fields.place}.dateAdopted", problems),
        published_on=tried(_day, published, f"{fields.place}.datePublication", problems),
        url=None if edition is None else _CARD.format(code=code, edition=edition),
    )


def _day(text: str) -> date:
    return read_day(text).day


def _by_kind(page: Page) -> tuple[Link, ...]:
    """The same day once a kind of document; () where it was asked by kind already, or no kinds are known."""
    asked = json.loads(page.asked or "{}")
    if asked.get("refTypeId") is not None:
        return ()
    kinds = page.options.get("document_types", ())
    bodies = [json.dumps(asked | {"refTypeId": kind}, sort_keys=True) for kind in kinds]
    return tuple(Link(url=page.url, kind=page.kind, body=body) for body in bodies)
