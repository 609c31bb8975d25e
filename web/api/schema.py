"""What the API's answers are made of, for its description: objects that many resources share.

Rows are built as mappings of these fields, in this order (it is that of the columns of a table, too). `fields=` may
leave out all but `id`, so nothing else is required; tests hold real answers against these models.
"""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

Day = Annotated[date, Field(description="A day in Bishkek: when it happened.", examples=["2017-05-17"])]
FirstSeen = Annotated[datetime, Field(description="When we first saw it (UTC).", examples=["2026-11-27T06:49:14Z"])]
Url = Annotated[str, Field(description="The permanent page for people.")]
Api = Annotated[str, Field(description="Where the API tells of it.")]
SourceUrl = Annotated[str | None, Field(description="The address of the source, as it was read.")]
PageId = Annotated[int | None, Field(description="The archived page: /api/v1/pages/{id}.")]
KEY = r"^[^\x00]+$"
Key = Annotated[str, Path(pattern=KEY, max_length=1000)]
"""An id in an address. NUL is no letter to any database; what cannot be an id is not found."""


def _only_id_is_sure(schema: dict[str, Any]) -> None:
    schema["required"] = [name for name in schema.get("properties", {}) if name == "id"]


class Told(BaseModel):
    """An object of which `fields=` chooses the fields."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_only_id_is_sure)


class Part(BaseModel):
    """A part of an object, always whole."""

    model_config = ConfigDict(extra="forbid")


class EvidenceOut(Part):
    """Where a fact comes from: `record` names the record, `observation` a note, `stated` what a person reported."""

    record: str
    page_id: PageId
    page_url: Annotated[str | None, Field(description="The page that shows the archived page.")]
    url: SourceUrl
    place: Annotated[str | None, Field(description="Where on the page.")]
    first_seen: Annotated[datetime | None, Field(description="When we first saw it (UTC).")]


class SubjectOut(Part):
    """What something is about."""

    kind: str
    id: str
    url: Url
    api: Api


class WhoOut(Part):
    """A person as the source writes the name, and whom we take them for; `person_id` null: not resolved."""

    written: str
    person_id: str | None
    faction: str | None
    faction_note: str | None


class VotesOut(Part):
    """Figures of a vote; null where the source gives none."""

    in_favour: int | None
    against: int | None
    abstained: int | None


class EventOut(Told):
    """A line of a timeline. `day` is when it happened, `first_seen` when we could know it."""

    id: Annotated[str, Field(description="Made of what the source says; another wording is another line.")]
    kind: Annotated[str, Field(examples=["put_to_vote"])]
    day: Day
    day_told: Annotated[bool, Field(description="False: the source tells no day, it happened by then.")]
    first_seen: Annotated[datetime | None, Field(description="When we first saw it (UTC).")]
    url: Url
    api: Api
    body: str | None
    committee: str | None
    sitting_id: str | None
    bill_id: str | None
    item: int | None
    readings: list[int]
    count: int | None
    minutes: int | None
    who: WhoOut | None
    to: WhoOut | None
    votes: VotesOut | None
    choice: str | None
    about: str | None
    ground: str | None
    what: str | None
    lang: str | None
    at: Annotated[str | None, Field(description="The time of day in Bishkek.", examples=["10:05:00"])]
    not_before: Annotated[date | None, Field(description="The last day on which we looked in vain.")]
    parts: list[str] | None
    uncertain: Annotated[str | None, Field(description="What was repaired or assumed; null for a plain reading.")]
    evidence: EvidenceOut


Row = TypeVar("Row", bound=Told)


class ListOut(Part, Generic[Row]):
    """A page of a list."""

    items: list[Row]
    next: Annotated[str | None, Field(description="The address of the next page; null on the last.")]
    next_cursor: str | None
    limit: int


class TimelineOut(Part):
    """A timeline, as known now or by the end of `as_of`."""

    items: list[EventOut]
    subject: SubjectOut
    title: str
    as_of: date | None


class FieldProblem(Part):
    """What is wrong with one parameter."""

    field: str
    detail: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class MovedOut(Part):
    """What a former id is now."""

    id: str
    url: Url
    api: Api
    status: int
