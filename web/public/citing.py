"""Cite what a page shows: its permanent address, the day as of which it was known, and a checksum that can be verified.

The checksum is the SHA-256 of the bytes that the same address gives with `format=json`: one JSON object without
translated words, its names sorted, without blanks, in UTF-8 (docs/citing.md). A field that says nothing is left out,
so that a later version of the site which knows more fields gives the same bytes for what it does not tell.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any

from fastapi.responses import Response
from sqlalchemy import RowMapping

from web.answers import cached
from web.visit import PAGE_SECONDS, Visit

_FINDING = ("id", "check_id", "day", "verdict", "reason", "edition", "article")
_BIBTEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What is cited: `as_of` is the day by whose end it was known, `settled` once that day is over in Bishkek."""

    key: str
    title: str
    address: str
    as_of: date
    settled: bool
    checksum: str
    asked: date

    @property
    def content_address(self) -> str:
        """Where the bytes are of which the checksum is."""
        return f"{self.address}&format=json"

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and biblatex."""
        name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in self.key)
        return (
            f"@misc{{baikoo-{name}-{self.as_of:%Y%m%d},\n"
            f"  author = {{{{Baikoo}}}},\n"
            f"  title = {{{{{''.join(_BIBTEX.get(sign, sign) for sign in self.title)}}}}},\n"
            f"  year = {{{self.as_of.year}}},\n"
            f"  url = {{{self.address}}},\n"
            f"  urldate = {{{self.asked}}},\n"
            f"  note = {{As known on {self.as_of}. SHA-256 {self.checksum}}}\n}}"
        )

    @property
    def ris(self) -> str:
        """An entry for Zotero, EndNote and the like."""
        lines = (
            ("TY", "ELEC"),
            ("AU", "Baikoo"),
            ("TI", self.title),
            ("PY", f"{self.as_of.year}"),
            ("UR", self.address),
            ("Y2", f"{self.asked:%Y/%m/%d}"),
            ("N1", f"As known on {self.as_of}. SHA-256 {self.checksum}"),
            ("ER", ""),
        )
        return "\n".join(f"{tag}  - {words}" for tag, words in lines)


def cite(visit: Visit, title: str, content: Mapping[str, Any], as_of: date | None) -> Citation:
    """How to cite this page; `content` is what it shows, as `answer` gives it. `as_of` None: as known today."""
    day = min(as_of or visit.today, visit.today)
    place = visit.request.url.path.removeprefix(f"/{visit.lang}")
    return Citation(
        key=place.strip("/"),
        title=" ".join(title.split()),
        address=f"{visit.site.public_url}{place}?as_of={day}",
        as_of=day,
        settled=day < visit.today,
        checksum=hashlib.sha256(canonical(content)).hexdigest(),
        asked=visit.today,
    )


def answer(visit: Visit, content: Mapping[str, Any]) -> Response:
    """The bytes of which the checksum is."""
    return cached(visit.request, canonical(content), "application/json", seconds=PAGE_SECONDS)


def known_on(visit: Visit, as_of: date | None) -> date | None:
    """The day that was asked for; None for today and later: what is known now."""
    return as_of if as_of and as_of < visit.today else None


def canonical(content: Mapping[str, Any]) -> bytes:
    """One JSON object in the one form that is checked."""
    told = _plain(content)
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def findings(rows: Iterable[RowMapping]) -> list[dict[str, Any]]:
    """Findings as they stand in the content of a page; the id is a hash of all that a finding says."""
    told = [{name: row[name] for name in _FINDING} for row in rows]
    return sorted(told, key=lambda one: str(one["id"]))


def _plain(value: Any) -> Any:
    """The value in the words of JSON: sets sorted, and without what says nothing."""
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value) if not _says_nothing(field, value)}
    match value:
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items() if one is not None}
        case set() | frozenset():
            return sorted(_plain(one) for one in value)
        case list() | tuple():
            return [_plain(one) for one in value]
    return _word(value)


def _word(value: Any) -> Any:
    """Days in ISO form, moments in UTC."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds")
        case date() | time():
            return value.isoformat()
        case Enum():
            return value.value
    return value


def _says_nothing(field: Field[Any], value: Any) -> bool:
    """The field of this value is as it is where nobody says otherwise."""
    usual = field.default if field.default_factory is MISSING else field.default_factory()
    return usual is not MISSING and bool(getattr(value, field.name) == usual)
