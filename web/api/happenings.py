"""What is new, said once; of a finding, video or interview that was taken back, only that there was one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import Connection, RowMapping, select

from db.batches import rows_in
from db.finding_queries import may_be_told
from db.findings import Finding
from db.happenings import Happening, HappeningAbout
from db.media_queries import topic_of, withdrawn_media
from db.upsert import table_of
from publish.compose import WITHDRAWN
from publish.wording import finding_line, happening_more, happening_title
from vocab.text import fold_space
from web.api.answering import listing, one
from web.api.findings import FindingWanted, subject
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import HappeningsWanted
from web.api.schema import Api, Day, EvidenceOut, Key, ListOut, SubjectOut, Told, Url
from web.api.sittings import within
from web.api.told import cleaned, stored_evidence
from web.visit import VisitDep

router = APIRouter(prefix="/happenings", tags=["changes"], responses=MISTAKES)


class HappeningOut(Told):
    """A new thing: `day` is when it happened, `first_seen` when we knew."""

    id: Annotated[str, Field(examples=["protocol_published:kenesh:protocol:4844"])]
    url: Url
    api: Api
    kind: Annotated[str, Field(examples=["protocol_published"])]
    subject: SubjectOut
    day: Day
    first_seen: Annotated[datetime, Field(description="When we knew (UTC).")]
    title: Annotated[str, Field(description="What the source calls it.")]
    headline: Annotated[str, Field(description="In words of the language.")]
    text: Annotated[str, Field(description="What more there is to say; often nothing.")]
    facts: Annotated[dict[str, Any], Field(description="What the words are made from.")]
    evidence: list[EvidenceOut]


@router.get("", response_model=ListOut[HappeningOut], responses=TABLE)
def happenings(visit: VisitDep, wanted: Annotated[HappeningsWanted, Query()]) -> Response:
    """Happenings in the order in which they were written."""
    happening, about = table_of(Happening), table_of(HappeningAbout).c
    query = within(select(happening), wanted, happening.c.day)
    query = query.where(happening.c.kind == wanted.kind) if wanted.kind else query
    if wanted.about:
        concerned = select(about.happening_key).where(about.dossier_id == wanted.about)
        query = query.where(happening.c.key.in_(concerned))
    order = Order(columns=(happening.c.seq,), kinds=(int,), newest_first=wanted.sort == "-recorded")
    page = page_of(visit.conn, query, order, wanted, "happenings")
    items = told_happenings(visit.conn, page.rows, Links(visit.site.public_url), wanted.lang)
    return listing(visit, wanted, HappeningOut, items, page.next_cursor)


@router.get("/{key:path}", response_model=HappeningOut)
def happening(visit: VisitDep, key: Key, wanted: Annotated[FindingWanted, Query()]) -> Response:
    """One happening."""
    table = table_of(Happening)
    row = visit.conn.execute(select(table).where(table.c.key == key)).mappings().first()
    if row is None:
        raise HTTPException(404)
    (told,) = told_happenings(visit.conn, [row], Links(visit.site.public_url), wanted.lang)
    return one(visit, wanted, HappeningOut, told, changed=row["seen_at"])


def told_happenings(conn: Connection, rows: Sequence[RowMapping], links: Links, lang: str) -> list[dict[str, Any]]:
    """Happenings as the API tells them: one query for all."""
    told_of = {str(row["facts"]["finding"]) for row in rows if row["facts"].get("finding")}
    shown = _shown(conn, told_of)
    gone = withdrawn_media(conn, {topic_of(row["key"], row["facts"]) for row in rows})
    return [_told(row, links, lang, shown, gone) for row in rows]


def _shown(conn: Connection, findings: Collection[str]) -> set[str]:
    """Those of these findings that may be shown now."""
    finding = table_of(Finding).c
    return {row.id for row in rows_in(conn, select(finding.id).where(may_be_told()), finding.id, findings)}


def _told(row: RowMapping, links: Links, lang: str, shown: Collection[str], gone: Collection[str]) -> dict[str, Any]:
    """`shown`: findings that may be told; `gone`: videos and interviews that were withdrawn."""
    finding = row["facts"].get("finding")
    facts, said = row["facts"], True
    topic = topic_of(row["key"], facts)
    if topic in gone:
        facts, said = {"told": topic}, False
    if finding and (finding not in shown or row["kind"] == WITHDRAWN):
        facts, said = {"finding": finding}, False
    about = ("finding", finding) if finding else (row["subject_kind"], row["subject_id"])
    return {
        "id": row["key"],
        "url": links.subject(*about)["url"],
        "api": links.api("happenings", row["key"]),
        "kind": row["kind"],
        "subject": subject(row["subject_kind"], row["subject_id"], links),
        "day": row["day"],
        "first_seen": row["seen_at"],
        "title": cleaned(row["title"]),
        "facts": cleaned(facts),
        "evidence": stored_evidence(row["evidence"], links) if said else [],
        **_words(row, facts, lang, said=said),
    }


def _words(row: RowMapping, facts: Mapping[str, Any], lang: str, *, said: bool) -> dict[str, str]:
    headline = happening_title(row["kind"], row["title"], row["day"], facts, lang)
    more = [finding_line(facts, lang), happening_more(row["kind"], facts, lang)] if said else []
    return {"headline": cleaned(fold_space(headline)), "text": cleaned("\n".join(line for line in more if line))}
