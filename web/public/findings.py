"""Findings."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from sqlalchemy import RowMapping

from publish.wording import check_name, finding_sentence
from tracker.stored import end_of
from vocab.timeline import STATED
from vocab.verdicts import Verdict
from web.answers import csv_file
from web.paging import all_of, page_of, total_of
from web.parameters import CitedFindingQuery, FindingQuery, Id
from web.public import citing, queries_findings, queries_sittings
from web.public.queries_remarks import replies
from web.rule_book import SEVERITIES, severities
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/findings")
_ROWS = 96  # of the overview: eight years by month
_ORDERS = ("verdict", "check_id", "subject_id", "day")
_CITED = (
    *("id", "check_id", "subject_kind", "subject_id", "case_key", "day", "verdict", "reason", "edition", "article"),
    *("quote", "figures", "code_version", "computed_at"),
)
_FILE = (
    *("id", "check_id", "day", "verdict", "subject_kind", "subject_id", "article", "edition", "verified", "sentence"),
    *("computed_at", "superseded_at"),
)


@router.get("")
def findings(visit: VisitDep, wanted: Annotated[FindingQuery, Query()]) -> Response:
    """The list, as a page or a file."""
    query = queries_findings.matching(wanted)
    if wanted.format == "csv":
        return csv_file("findings", _FILE, _with_sentences(all_of(visit.conn, query)))
    recall = visit.site.memory.recall
    asked = wanted.model_dump_json(exclude={"page", "sort", "by"})
    total = recall(visit.conn, ("findings", asked), lambda: total_of(visit.conn, query))
    listing = page_of(visit.conn, query, wanted, _ORDERS, total=total)
    tally = recall(visit.conn, ("tally", asked, wanted.by), lambda: queries_findings.tally(visit.conn, wanted))
    return visit.page(
        "findings.html",
        wanted=wanted,
        listing=listing,
        titles=queries_findings.subject_titles(visit.conn, listing.rows),
        overview={} if wanted.verdict else dict(islice(tally.numbers.items(), _ROWS)),
        is_cut=len(tally.numbers) > _ROWS,
        checks=tally.checks,
        years=tally.years,
        severities=SEVERITIES,
        graveness=severities(),
        committees=queries_sittings.choices(visit.conn)["committees"],
        feeds=visit.site.feed(visit.lang, "findings"),
    )


def _with_sentences(rows: Iterable[RowMapping]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        yield {**row, "sentence": finding_sentence(row["check_id"], row["reason"], row["figures"])}


@router.get("/{key}")
def finding(visit: VisitDep, key: Id, wanted: Annotated[CitedFindingQuery, Query()]) -> Response:
    """One finding with its article, arithmetic and evidence; a withdrawn one says only that it was withdrawn.

    It never changes, so it is cited as of the day on which it is looked at; before it was computed there is none.
    """
    row = queries_findings.finding_by_id(visit.conn, key)
    if row is None:
        return _withdrawn(visit, key)
    if wanted.as_of and row["computed_at"] >= end_of(wanted.as_of):
        raise HTTPException(404)
    content = _content(row)
    if wanted.format == "json":
        return citing.answer(visit, content)
    return visit.page(
        "finding.html",
        finding=row,
        titles=queries_findings.subject_titles(visit.conn, [row]),
        evidence=by_source(row["evidence"]),
        successor=queries_findings.successor(visit.conn, row) if row["superseded_at"] else None,
        reviewed=row["verdict"] == Verdict.BROKEN,
        replies=replies(visit.conn, key),
        citation=citing.cite(visit, check_name(row["check_id"], visit.lang), content, wanted.as_of),
    )


def _content(row: RowMapping) -> dict[str, Any]:
    """What is cited: what the finding says and from which pages; typed words are left out, as on the page."""
    sources = [{name: piece.get(name) for name in ("page_id", "url")} for piece in row["evidence"]]
    return {name: row[name] for name in _CITED} | {"sources": sources}


def by_source(evidence: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[str]]]:
    """Each source once, with the places on it: «transfer:3» is the third thing that a page tells of."""
    found: dict[tuple[Any, ...], tuple[Mapping[str, Any], list[str]]] = {}
    for piece in evidence:
        source = tuple(piece.get(name) for name in ("record", "page_id", "url"))
        _, places = found.setdefault(source, (piece, []))
        if piece.get("place") and not str(piece["record"]).startswith(STATED):  # its place is what names the source
            places.append(str(piece["place"]).rpartition(":")[2])
    return list(found.values())


def _withdrawn(visit: Visit, key: str) -> Response:
    decision = queries_findings.withdrawn(visit.conn, key)
    if decision is None:
        raise HTTPException(404)
    answer = visit.page("withdrawn.html", decision=decision)
    answer.status_code = 410 if answer.status_code == 200 else answer.status_code
    return answer
