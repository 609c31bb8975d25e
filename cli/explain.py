"""`baikoo explain`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select
from sqlmodel import col

from cli.home import Format, FormatOption, opened, print_json
from db.accounts import names
from db.batches import rows_where
from db.engine import reader
from db.finding_queries import is_same_case
from db.findings import Finding, FindingReview
from db.observations import Observation
from db.upsert import table_of
from publish.wording import check_name, figures_in_words, finding_sentence, review_sentences
from tracker.judging import Rules
from tracker.review import find_finding
from vocab.timeline import note_of

_TOLD_APART = frozenset({"start", "end", "days", "skipped", "unit"})
_UNITS = {"working": "working days", "calendar": "calendar days", None: "days"}


def explain(
    finding: Annotated[str, typer.Argument(help="the id of the finding, or its first letters")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Spell a finding out: its rule and edition, how it was counted, its evidence, and what became of it.

    Example: `baikoo explain 3f2a91`
    """
    with opened() as engine, reader(engine) as conn:
        known = explained(conn, finding)
    if form is Format.JSON:
        print_json(known)
        return
    for line in _lines(known):
        typer.echo(line)


def explained(conn: Connection, start: str) -> dict[str, Any]:
    """A finding with all that explains it, by its id or the first letters of it. Raises UsageError."""
    row = find_finding(conn, start)
    rule = Rules.load().book.on(row["check_id"], row["day"])
    reviews = sorted(rows_where(conn, FindingReview, "finding_id", [row["id"]]), key=lambda one: one["id"])
    known = names(conn)
    return {
        **row,
        "name": check_name(row["check_id"]),
        "severity": rule.severity if rule else None,
        "note": rule.note if rule else None,
        "parameters": dict(rule.parameters) if rule else {},
        "sentence": finding_sentence(row["check_id"], row["reason"], row["figures"]),
        "review_words": review_sentences(row["needs_review"]),
        "evidence": _with_observers(conn, row["evidence"]),
        "reviews": [one | {"name": known.get(one["decided_by"], one["decided_by"])} for one in reviews],
        "history": _history(conn, row),
    }


def _with_observers(conn: Connection, evidence: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each piece with the observer who noted it, None where it is a page."""
    pieces = [dict(piece) for piece in evidence]
    notes = set(filter(None, (note_of(piece["record"]) for piece in pieces)))
    observers = {row["uuid"]: row["observer"] for row in rows_where(conn, Observation, "uuid", notes)}
    return [piece | {"observer": observers.get(note_of(piece["record"]) or "")} for piece in pieces]


def _history(conn: Connection, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The other findings on the same case, oldest first: what this one superseded, or what superseded it."""
    table = table_of(Finding)
    query = (
        select(table)
        .where(is_same_case(row), table.c.id != row["id"])
        .order_by(col(Finding.computed_at), col(Finding.id))
    )
    names = ("id", "verdict", "reason", "edition", "computed_at", "superseded_at")
    return [{name: one[name] for name in names} for one in conn.execute(query).mappings()]


def _lines(known: Mapping[str, Any]) -> Iterator[str]:
    yield f"Finding {known['id']}"
    yield f"{known['check_id']} {known['name']} ({known['severity'] or 'no rule of today'}): {known['verdict']}"
    yield f"About: {known['subject_kind']} {known['subject_id']} {known['case_key']}".rstrip()
    yield known["sentence"]
    if known["needs_review"]:
        yield f"Needs review: {known['needs_review']}. {known['review_words']}"
    yield ""
    yield f"Rule: {known['edition']}, {known['article']}" + ("" if known["verified"] else " (text not verified)")
    if known["quote"]:
        yield f"  «{known['quote']}»"
    if known["note"] and not known["verified"]:
        yield f"  {known['note']}"
    yield ""
    yield "Arithmetic:"
    yield from _arithmetic(known["figures"])
    yield ""
    yield "Evidence:"
    yield from (f"  {_piece(one)}" for one in known["evidence"])
    yield from _fate(known)


def _arithmetic(figures: Mapping[str, Any]) -> Iterator[str]:
    """The count of a term in words, then every other figure by its name."""
    if {"start", "end", "days"} <= figures.keys():
        unit = _UNITS.get(figures.get("unit"), "days")
        yield f"  start {figures['start']}, not counted itself; end {figures['end']}, counted"
        yield f"  {unit} counted: {figures['days']}"
    for run in figures.get("skipped") or ():
        span = run["from"] if run["from"] == run["to"] else f"{run['from']} … {run['to']}"
        yield f"  skipped: {span} ({run['why'].replace('_', ' ')})"
    said = figures_in_words({name: value for name, value in figures.items() if name not in _TOLD_APART})
    yield from (f"  {name.replace('_', ' ')}: {value}" for name, value in said.items() if value not in (None, ""))


def _piece(piece: Mapping[str, Any]) -> str:
    parts = [
        piece.get("url") or piece["record"],
        piece.get("place") or "",
        f"archived page {piece['page_id']}" if piece.get("page_id") else "",
        f"observer {piece['observer']}" if piece["observer"] else "",
        f"first seen {piece['seen_at']}" if piece.get("seen_at") else "",
    ]
    return " · ".join(part for part in parts if part)


def _fate(known: Mapping[str, Any]) -> Iterator[str]:
    yield ""
    yield f"Computed {known['computed_at']:%Y-%m-%d %H:%M} by {known['code_version']}"
    for one in known["reviews"]:
        yield f"{one['decided_at']:%Y-%m-%d %H:%M} {one['decision']} by {one['name']}: {one['reason']}"
    if known["superseded_at"]:
        yield f"Superseded {known['superseded_at']:%Y-%m-%d %H:%M}"
    for one in known["history"]:
        ended = f"superseded {one['superseded_at']:%Y-%m-%d}" if one["superseded_at"] else "stands now"
        yield f"Same case: {one['id'][:8]} {one['verdict']} {one['reason']}, {one['computed_at']:%Y-%m-%d}, {ended}"
