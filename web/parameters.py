"""What may stand behind the `?` of an address."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, Field

from vocab.stages import LAST_READING, Stage
from vocab.text import fold_space
from vocab.verdicts import Verdict

FIRST_YEAR, LAST_YEAR = 1990, 2100


def _empty_is_nothing(value: Any) -> Any:
    """A form sends every field; an empty one says nothing. NUL is no letter to any database."""
    if not isinstance(value, str):
        return value
    return fold_space(value.replace("\0", "")) or None


_Blank = BeforeValidator(_empty_is_nothing)
_ShortText = Annotated[str, Field(max_length=200)]
_KnownYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
_KnownMonth = Annotated[int, Field(ge=1, le=12)]
_KnownDay = Annotated[date, Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 1, 1))]
Words = Annotated[_ShortText | None, _Blank]
Address = Annotated[Annotated[str, Field(max_length=2000)] | None, _Blank]
Year = Annotated[_KnownYear | None, _Blank]
Month = Annotated[_KnownMonth | None, _Blank]
Day = Annotated[_KnownDay | None, _Blank]
CountedBy = Annotated[Literal["rule", "month"], BeforeValidator(lambda value: value or "rule")]
Id = Annotated[str, Path(pattern=r"^[\w.~-]+$", max_length=300)]
PageId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class ListQuery(BaseModel):
    """A page of a list in an order (`sort` is a column, "-" before it turns it round), or the whole list as a file."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    sort: Words = None
    format: Literal["html", "csv"] = "html"


class DossierQuery(BaseModel):
    """A dossier as known now or on a day, or one of its tables as a file."""

    as_of: Day = None
    format: Literal["html", "csv"] = "html"
    table: Words = None


class WeekQuery(BaseModel):
    """The week with this day in it."""

    day: Day = None


class CitedQuery(BaseModel):
    """A dossier that can be cited: its content may be asked for as the bytes that the checksum is of (json)."""

    as_of: Day = None
    format: Literal["html", "csv", "json"] = "html"
    table: Words = None


class CitedFindingQuery(BaseModel):
    """A finding, or the bytes that the checksum of its citation is of (json)."""

    as_of: Day = None
    format: Literal["html", "json"] = "html"


class BillFilters(BaseModel):
    """Which bills; `reading` in which they were considered, `verdict` of a finding about them that may be shown."""

    kind: Words = None
    initiator: Words = None
    convocation: Words = None
    stage: Annotated[Stage | None, _Blank] = None
    reading: Annotated[Annotated[int, Field(ge=1, le=LAST_READING)] | None, _Blank] = None
    topic: Annotated[Annotated[int, Field(ge=1, le=99)] | None, _Blank] = None
    committee: Words = None
    year: Year = None
    verdict: Annotated[Verdict | None, _Blank] = None
    text: Words = None


class SittingFilters(BaseModel):
    """Which sittings; a month counts with its year only."""

    year: Year = None
    month: Month = None
    body: Words = None
    committee: Words = None


class MonthQuery(BaseModel):
    """A month of the calendar; what is left out is that of today."""

    year: Year = None
    month: Month = None
    body: Words = None
    committee: Words = None


class PersonFilters(BaseModel):
    """Which persons."""

    text: Words = None
    convocation: Words = None
    faction: Words = None


class TransferQuery(ListQuery):
    """Which votes given to another deputy; factions and persons by id."""

    giver: Words = None
    holder: Words = None
    giver_faction: Words = None
    holder_faction: Words = None
    year: Year = None


class FindingFilters(BaseModel):
    """Which findings; a month counts with its year only. `as_of`: as they stood at the end of that day."""

    check: Words = None
    verdict: Words = None
    year: Year = None
    subject: Words = None
    severity: Words = None
    committee: Words = None
    month: Month = None
    as_of: Day = None


class BillQuery(ListQuery, BillFilters):
    """A page of the list of bills."""


class SittingQuery(ListQuery, SittingFilters):
    """A page of the list of sittings."""


class PersonQuery(ListQuery, PersonFilters):
    """A page of the list of persons."""


class FindingQuery(ListQuery, FindingFilters):
    """A page of the list of findings. They are counted `by` rule or month."""

    by: CountedBy = "rule"
