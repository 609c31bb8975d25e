"""Recorded pages: a folder with a page, where it comes from, and what its parser must read on it.

`page.html` or `page.json` is the answer; `meta.json` has its `url`, `kind`, `shown_on`, and where the parser needs them
`asked` (the body of the request) and `options`; `expected.json` is the reading, or the error that refuses the page.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, time
from pathlib import Path

from scrapers.page import Page, Reading
from scrapers.plain import Json, plain
from scrapers.strict import Fields
from vocab.errors import ReadError

_META, _EXPECTED = "meta.json", "expected.json"


def recorded_page(folder: Path) -> Page:
    """The page of a recorded case, fetched at noon of the day that it shows. Raises ReadError for a broken case."""
    meta = Fields(json.loads((folder / _META).read_text("utf-8")), _META)
    url, day = meta.pop("url", str), date.fromisoformat(meta.pop("shown_on", str))
    page = Page(
        url=url,
        address=url,
        kind=meta.pop("kind", str),
        text=_page_file(folder).read_text("utf-8"),
        fetched_at=datetime.combine(day, time(12), UTC),
        shown_on=day,
        asked=meta.pop_or_none("asked", str) or "",
        options=meta.pop_or_none("options", dict) or {},
    )
    if left := meta.leftovers():
        raise ReadError(_META, f"unknown keys: {', '.join(left)}")
    return page


def _page_file(folder: Path) -> Path:
    found = sorted(folder.glob("page.*"))
    if len(found) != 1:
        raise ReadError(str(folder), f"expected one page.html or page.json, found {len(found)}")
    return found[0]


def expected(folder: Path) -> Json:
    """What the parser must read."""
    loaded: Json = json.loads((folder / _EXPECTED).read_text("utf-8"))
    return loaded


def outcome(read: Callable[[Page], Reading], page: Page) -> Json:
    """What a parser reads on a page, or why it refuses it; empty values are left out."""
    try:
        reading = read(page)
    except ReadError as error:
        return {"error": {"place": error.place, "reason": error.reason}}
    result: dict[str, Json] = {}
    for one in fields(Reading):
        value = getattr(reading, one.name)
        result[one.name] = value if isinstance(value, bool) else [_described(part) for part in value]
    return _without_empty(result)


def write_case(folder: Path, page: Page, suffix: str, result: Json) -> None:
    """Save a case: page, origin and outcome. `suffix` is html or json."""
    folder.mkdir(parents=True, exist_ok=True)
    meta: dict[str, Json] = {"url": page.url, "kind": page.kind, "shown_on": page.shown_on.isoformat()}
    meta |= {name: plain(value) for name in ("asked", "options") if (value := getattr(page, name))}
    (folder / f"page.{suffix}").write_text(page.text, "utf-8", newline="")
    for name, value in ((_META, meta), (_EXPECTED, result)):
        text = json.dumps(value, ensure_ascii=False, indent=1)
        (folder / name).write_text(f"{text}\n", "utf-8")


def _described(part: object) -> Json:
    """An item with its type; a link, a problem or a note as it is."""
    value = plain(part)
    return {"is": type(part).__name__, **value} if isinstance(value, dict) and hasattr(part, "record") else value


def _without_empty(value: Json) -> Json:
    if isinstance(value, dict):
        kept = {key: _without_empty(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, [], {}, "")}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value
