"""What may stand behind the `?` of the API; a name that is not known is refused, so that a slip is seen."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from db.search_documents import DocumentKind
from vocab.verdicts import Verdict
from web.api.cursors import LONGEST
from web.parameters import (
    Address,
    BillFilters,
    Day,
    FindingFilters,
    PersonFilters,
    SittingFilters,
    Words,
)
from web.public.search import typed

DEFAULT_LIMIT, MOST = 50, 200
_DAY = "Events of this day and later (YYYY-MM-DD)."
_UNTIL = "Events of this day and earlier (YYYY-MM-DD)."

Since = Annotated[Day, Field(description=_DAY)]
Until = Annotated[Day, Field(description=_UNTIL)]
AsOf = Annotated[Day, Field(description="As it could be known by the end of this day in Bishkek (YYYY-MM-DD).")]
Lang = Annotated[Literal["ky", "ru", "en"], Field(description="The language of sentences.")]


class Wanted(BaseModel):
    """What every address takes."""

    model_config = ConfigDict(extra="forbid")

    fields: Annotated[Words, Field(description="Only these fields, by commas; `id` is always there.")] = None


class TableWanted(Wanted):
    """What can be had as a table, too."""

    format: Annotated[
        Literal["json", "csv"] | None, Field(description="Instead of the header Accept: `json` or `csv`.")
    ] = None


class ListWanted(TableWanted):
    """What every list takes."""

    limit: Annotated[int, Field(ge=1, description=f"Rows a page; more than {MOST} is {MOST}.")] = DEFAULT_LIMIT
    cursor: Annotated[
        str | None, Field(max_length=LONGEST, description="Where the page before ended: its `next_cursor`.")
    ] = None

    @property
    def rows(self) -> int:
        """How many rows a page has."""
        return min(self.limit, MOST)

    def scope(self, name: str) -> str:
        """The list with its filters and order: a cursor belongs to one."""
        said = self.model_dump(mode="json", exclude_none=True, exclude={"limit", "cursor", "format", "fields"})
        return f"{name}?{sorted(said.items())}"


class AsOfWanted(TableWanted):
    """A timeline, as known now or on a day."""

    as_of: AsOf = None


class SpanWanted(ListWanted):
    """A list of what has its day."""

    since: Since = None
    until: Until = None


class DaysWanted(SpanWanted):
    """A list in the order of days."""

    sort: Annotated[Literal["day", "-day"], Field(description="`-` turns the order round.")] = "-day"


class BillsWanted(BillFilters, ListWanted):
    """Which bills."""

    sort: Annotated[
        Literal["id", "-id", "first_day", "-first_day"], Field(description="`-` turns the order round.")
    ] = "id"


class SittingsWanted(SittingFilters, DaysWanted):
    """Which sittings."""


class PeopleWanted(PersonFilters, ListWanted):
    """Which persons."""


class FindingsWanted(FindingFilters, DaysWanted):
    """Which findings."""

    subject_kind: Annotated[Literal["bill", "sitting", "person", "body"] | None, Field()] = None
    lang: Lang = "ru"


class VotesWanted(DaysWanted):
    """Which votes."""

    sitting: Annotated[Words, Field(description="The id of a sitting.")] = None
    bill: Annotated[Words, Field(description="The id of a bill.")] = None


class ObservationsWanted(DaysWanted):
    """Whose sittings' observations."""

    sitting: Annotated[Words, Field(description="The id of a sitting.")] = None


class TransfersWanted(DaysWanted):
    """Which votes given to another deputy."""

    sitting: Annotated[Words, Field(description="The id of a sitting.")] = None
    person: Annotated[Words, Field(description="The id of a person who gave or got the vote.")] = None


class RecordsWanted(ListWanted):
    """Which records."""

    type: Annotated[Words, Field(description="A type of record, e.g. `press_record`.")] = None
    site: Annotated[Words, Field(description="The code of a site, e.g. `kenesh`.")] = None


class PagesWanted(ListWanted):
    """Which archived pages."""

    site: Annotated[Words, Field(description="The code of a site, e.g. `kenesh`.")] = None
    kind: Annotated[Words, Field(description="A type of page, e.g. `protocol`.")] = None
    address: Annotated[Address, Field(description="The canonical address of a page.")] = None
    sha256: Annotated[Words, Field(description="The hash of a page's bytes.")] = None


class HappeningsWanted(SpanWanted):
    """Which happenings."""

    kind: Annotated[Words, Field(description="A kind, e.g. `protocol_published`.")] = None
    about: Annotated[Words, Field(description="The id of a bill, sitting, person or committee that it concerns.")] = (
        None
    )
    lang: Lang = "ru"
    sort: Annotated[
        Literal["recorded", "-recorded"], Field(description="By when we knew; `-` turns the order round.")
    ] = "-recorded"


class ChangesWanted(TableWanted):
    """From where on."""

    since: Annotated[
        str | None,
        Field(
            max_length=LONGEST,
            description="`next_since` of the page before; or a day, or a moment with its zone. Without it: all.",
            examples=["2026-11-01"],
        ),
    ] = None
    limit: Annotated[int, Field(ge=1, description=f"Rows a page; more than {MOST} is {MOST}.")] = DEFAULT_LIMIT
    lang: Lang = "ru"

    @property
    def rows(self) -> int:
        """How many rows a page has."""
        return min(self.limit, MOST)


def misread(field: str, words: str, given: Any = None) -> RequestValidationError:
    """What is wrong with a parameter: answered 422, with its name."""
    return RequestValidationError([{"loc": ("query", field), "msg": words, "type": "value_error", "input": given}])


def moment_of(text: str) -> date | datetime | None:
    """The day or the moment that is written here; None for what is neither, and for a moment without its zone."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-01") else _zoned(datetime.fromisoformat(text))
    except ValueError:
        return None


def _zoned(moment: datetime) -> datetime | None:
    return moment if moment.tzinfo else None


class SearchWanted(SpanWanted):
    """What is searched for."""

    q: Annotated[
        str,
        BeforeValidator(typed),
        Field(description="Words in any form, Russian or Kyrgyz.", examples=["пенсия"]),
    ]
    kind: Annotated[DocumentKind | None, Field(description="A kind of document.")] = None
    topic: Annotated[int | None, Field(ge=0, le=1000, description="The number of a topic.")] = None
    body: Annotated[Words, Field(description="`plenary`, or the id of a committee.")] = None
    person: Annotated[Words, Field(description="The id of a person.")] = None
    verdict: Annotated[Verdict | None, Field(description="Of findings.")] = None
