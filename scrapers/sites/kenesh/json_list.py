"""A list of sittings as JSON of today's site, whose keys source.yml names: where they stand was not seen yet."""

from collections.abc import Mapping
from typing import Any

from scrapers.items import SittingItem
from scrapers.objects import load
from scrapers.page import Page, Problem, Reading
from scrapers.strict import Fields
from vocab.bodies import Body
from vocab.dates import read_day
from vocab.errors import ReadError
from vocab.text import fold_space

VERSION = "1"


def read(page: Page) -> Reading:
    """A SittingItem an object. Raises ReadError where the options or the answer are not what they must be.

    The options: `rows` names the list, `key`, `title`, `day`, `committee` and `place` the values of a row, with dots
    for what stands deeper («committee.titleRu»). A row with a committee is a committee's sitting.
    """
    answer = load(page.text)
    paths = {name: str(path) for name, path in page.options.items()}
    rows = _at(answer, paths.get("rows", ""))
    if not isinstance(rows, list):
        raise ReadError("answer", f"no list at «{paths.get('rows')}»")
    items: list[SittingItem] = []
    problems: list[Problem] = []
    unknown: set[str] = set()
    for place, row in enumerate(rows, 1):
        try:
            items.append(_sitting(row, paths))
            unknown |= set(row) - {path.partition(".")[0] for path in paths.values()}
        except ReadError as error:
            where = f"row {place}: {error.place}"
            problems.append(Problem(place=where, reason=error.reason, excerpt=str(row)[:200], record_lost=True))
    total = Fields(answer.get("page") or {}, "page").pop_or_none("totalElements", int)
    if total is not None and total > len(rows):
        problems.append(Problem(place="totalElements", reason=f"{total} sittings are named, {len(rows)} are listed"))
    notes = (f"unknown keys: {', '.join(sorted(unknown))}",) if unknown else ()
    return Reading(items=tuple(items), problems=tuple(problems), notes=notes, last=not problems)


def _sitting(row: Any, paths: Mapping[str, str]) -> SittingItem:
    values = {name: text for name, path in paths.items() if name != "rows" and (text := _text(row, path))}
    missing = [name for name in ("key", "title", "day") if name not in values]
    if missing:
        raise ReadError(", ".join(missing), "missing")
    committee = values.get("committee")
    day = read_day(values["day"])
    return SittingItem(
        key=f"agenda_api:{values['key']}",
        title=values["title"],
        body=Body.COMMITTEE if committee else Body.PLENARY,
        committee=committee,
        day=day.day,
        day_note=day.note,
        place=values.get("place"),
    )


def _text(row: Any, path: str) -> str:
    value = _at(row, path)
    return "" if value is None else fold_space(str(value))


def _at(value: Any, path: str) -> Any:
    """What stands at a path of keys with dots, None where a key is missing."""
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
