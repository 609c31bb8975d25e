"""Findings that the public may see, and the rules that they are about."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import RowMapping

from db.findings import Finding
from db.upsert import table_of
from publish.wording import check_name, finding_sentence
from web.api.answering import listing, one
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.mistakes import GONE, MISTAKES, TABLE
from web.api.parameters import FindingsWanted, Lang, Wanted
from web.api.schema import Api, Day, EvidenceOut, Key, ListOut, SubjectOut, Told, Url
from web.api.sittings import within
from web.api.told import cleaned, stored_evidence
from web.public import queries_findings
from web.visit import VisitDep

router = APIRouter(prefix="/findings", tags=["findings"], responses=MISTAKES)


class FindingOut(Told):
    """What a check said about one case. That a rule was not kept is public only after a person confirmed it."""

    id: Annotated[str, Field(description="A hash of all that it says: other words are another finding.")]
    url: Url
    api: Api
    check: Annotated[str, Field(examples=["R28"])]
    check_name: str
    rule: Api
    subject: SubjectOut
    case: Annotated[str, Field(description="What tells several findings of one check on one subject apart.")]
    day: Day
    first_seen: Annotated[datetime, Field(description="When it was computed (UTC).")]
    verdict: Literal["kept", "broken", "cannot_tell", "not_applicable"]
    sentence: Annotated[str, Field(description="What, when and counted how, in words.")]
    reason: Annotated[str, Field(description="The code of the sentence.")]
    figures: Annotated[dict[str, Any], Field(description="The numbers of the sentence, and the arithmetic.")]
    article: str
    edition: str
    quote: Annotated[str, Field(description="The words of the article.")]
    verified: Annotated[bool, Field(description="The article was read in the text itself.")]
    evidence: list[EvidenceOut]
    superseded_at: Annotated[datetime | None, Field(description="When another took its place; null: it stands.")]


class FindingDetail(FindingOut):
    """A finding, and what took its place."""

    successor: Annotated[str | None, Field(description="The id of the finding that stands now for the same case.")]


class FindingWanted(Wanted):
    """What one finding takes."""

    lang: Lang = "ru"


@router.get("", response_model=ListOut[FindingOut], responses=TABLE)
def findings(visit: VisitDep, wanted: Annotated[FindingsWanted, Query()]) -> Response:
    """Findings that stand, or that stood by the end of the day `as_of`; with the filters of the site."""
    finding = table_of(Finding).c
    query = within(queries_findings.matching(wanted), wanted, finding.day)
    query = query.where(finding.subject_kind == wanted.subject_kind) if wanted.subject_kind else query
    order = Order(columns=(finding.day, finding.id), kinds=(date, str), newest_first=wanted.sort == "-day")
    page = page_of(visit.conn, query, order, wanted, "findings")
    items = told_findings(page.rows, Links(visit.site.public_url), wanted.lang)
    return listing(visit, wanted, FindingOut, items, page.next_cursor)


@router.get("/{key}", response_model=FindingDetail, responses=GONE)
def finding(visit: VisitDep, key: Key, wanted: Annotated[FindingWanted, Query()]) -> Response:
    """One finding, those that were superseded too; 410 for one that was withdrawn."""
    row = queries_findings.finding_by_id(visit.conn, key)
    if row is None:
        gone = queries_findings.withdrawn(visit.conn, key) is not None
        raise HTTPException(410 if gone else 404, "It was withdrawn." if gone else None)
    successor = queries_findings.successor(visit.conn, row) if row["superseded_at"] else None
    (told,) = told_findings([row], Links(visit.site.public_url), wanted.lang)
    return one(visit, wanted, FindingDetail, told | {"successor": successor}, changed=row["computed_at"])


def told_findings(rows: Sequence[RowMapping], links: Links, lang: str) -> list[dict[str, Any]]:
    """Findings as the API tells them."""
    plain = ("id", "day", "verdict", "reason", "article", "edition", "quote", "verified", "superseded_at")
    return [
        {
            **{name: row[name] for name in plain},
            **links.subject("finding", row["id"]),
            "check": row["check_id"],
            "check_name": check_name(row["check_id"], lang),
            "rule": links.api("rules", row["check_id"]),
            "subject": subject(row["subject_kind"], row["subject_id"], links),
            "case": row["case_key"],
            "first_seen": row["computed_at"],
            "sentence": cleaned(finding_sentence(row["check_id"], row["reason"], row["figures"], lang)),
            "figures": cleaned(row["figures"]),
            "evidence": stored_evidence(row["evidence"], links),
        }
        for row in rows
    ]


def subject(kind: str, key: str, links: Links) -> dict[str, str]:
    """What something is about."""
    return {"kind": kind, "id": key, **links.subject(kind, key)}
