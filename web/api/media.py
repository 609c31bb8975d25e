"""Videos and interviews as parts of what they belong to: what was withdrawn, or not approved, is not there. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import RowMapping

from web.api.links import Links
from web.api.schema import Api, Part, Url
from web.api.told import cleaned


class VideoOut(Part):
    """The video of a sitting, live and later as a recording."""

    platform: Annotated[str, Field(description="`facebook` or `youtube`.")]
    url: Annotated[
        str, Field(description="Where it is shown.", examples=["https://www.youtube.com/watch?v=abcdefghijk"])
    ]
    starts_at: Annotated[datetime | None, Field(description="When it begins (UTC); null: the hour is not known.")]


class SpokeOut(Part):
    """The deputy, or the bill, of an interview."""

    id: str
    name: Annotated[str, Field(description="The name of a person, the title of a bill.")]
    url: Url
    api: Api


class InterviewOut(Part):
    """An interview; a quote is told after the person approved it, else it is null."""

    title: str
    language: Annotated[str, Field(description="`ky`, `ru` or `en`: of title and quote.")]
    url: Annotated[str, Field(description="Where it stands.")]
    day: Annotated[date, Field(description="The day of the interview.")]
    person: SpokeOut
    bill: Annotated[SpokeOut | None, Field(description="Of which bill it is; null: of none.")]
    quote: str | None
    approver: Annotated[str | None, Field(description="Who approved the quote.")]
    approved_on: Annotated[date | None, Field(description="When it was approved.")]


def videos(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `db.media_queries.videos_of` as the API tells them."""
    return [{name: row[name] for name in ("platform", "url", "starts_at")} for row in rows]


def interviews(rows: Sequence[RowMapping], links: Links) -> list[dict[str, Any]]:
    """Rows of `db.media_queries.interviews_of` as the API tells them."""
    plain = ("language", "url", "day")
    return [
        {
            "title": cleaned(row["title"]),
            **{name: row[name] for name in plain},
            "person": _of("person", row["person_id"], row["person"], links),
            "bill": _of("bill", row["bill_id"], row["bill"], links) if row["bill_id"] else None,
            "quote": cleaned(row["quote"]),
            "approver": cleaned(row["approver"]),
            "approved_on": row["approved_on"],
        }
        for row in rows
    ]


def _of(kind: str, key: str, name: str, links: Links) -> dict[str, Any]:
    return {"id": key, "name": cleaned(name), **links.subject(kind, key)}
