"""Happenings in the database: what a batch of records and findings makes new, written once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from db.batches import rows_where
from db.findings import FindingReview
from db.happenings import Happening, HappeningAbout
from db.links import Link
from db.records import AgendaEntry, RecordVersion
from db.upsert import upsert
from tracker.dirty import Batch
from tracker.findings import Outcome, evidence_json
from tracker.happenings import (
    News,
    Version,
    act_published,
    bill_news,
    bill_registered,
    finding_news,
    press_released,
    sitting_news,
)
from tracker.press_corrections import CORRECTED
from tracker.press_news import press_news
from tracker.stored import records
from vocab.timeline import Timeline
from vocab.verdicts import Review, Verdict


def store_news(conn: Connection, news: Iterable[News]) -> int:
    """Write what was not said before, oldest first, and whom it concerns as far as known now; gives how many.

    A correction comes before what is said in the place of what it corrects.
    """
    ordered = sorted(news, key=lambda one: (one.seen_at, one.kind != CORRECTED, one.day, one.key))
    known = {row["key"] for row in rows_where(conn, Happening, "key", [one.key for one in ordered])}
    new = {one.key: one for one in ordered if one.key not in known}
    upsert(conn, Happening, [_row(one) for one in new.values()], key=("key",), update=())
    about = [
        {"happening_key": one.key, "dossier_type": dossier_type, "dossier_id": dossier_id}
        for one in ordered
        for dossier_type, dossier_id in sorted(one.about)
    ]
    upsert(conn, HappeningAbout, about, key=("happening_key", "dossier_type", "dossier_id"), update=())
    return len(new)


def _row(news: News) -> dict[str, Any]:
    return {
        "key": news.key,
        "kind": news.kind,
        "subject_kind": news.subject[0],
        "subject_id": news.subject[1],
        "title": news.title,
        "day": news.day,
        "seen_at": news.seen_at,
        "facts": news.facts,
        "evidence": [evidence_json(one) for one in news.evidence],
    }


def news_of_sittings(conn: Connection, keys: Collection[str], timelines: Mapping[str, Timeline]) -> list[News]:
    """What these pages tell of their sittings."""
    sitting_of = _dossiers(conn, "sitting_record", "sitting", keys)
    pages: dict[str, list[Any]] = {}
    for record in records(conn, "sitting_record", sitting_of):
        pages.setdefault(sitting_of[record.key], []).append(record)
    versions: dict[str, list[Version]] = {}
    for version in _versions(conn, keys):
        versions.setdefault(sitting_of.get(version.record_key, ""), []).append(version)
    cancelled = _cancelled_before(conn, pages)
    return [
        news
        for sitting, told in pages.items()
        if sitting in timelines
        for news in sitting_news(timelines[sitting], told, versions.get(sitting, ()), cancelled.get(sitting, 0))
    ]


def _dossiers(conn: Connection, record_type: str, dossier_type: str, keys: Collection[str]) -> dict[str, str]:
    kind = {"record_type": record_type, "dossier_type": dossier_type, "place": ""}
    linked = rows_where(conn, Link, "record_key", keys, **kind)
    return {row["record_key"]: row["dossier_id"] for row in linked if row["dossier_id"]}


def _versions(conn: Connection, keys: Collection[str]) -> list[Version]:
    """Later versions of pages, in order."""
    rows = rows_where(conn, RecordVersion, "record_key", keys, record_type="sitting_record")
    later = sorted((row["record_key"], row["version"], row) for row in rows if row["version"] > 1)
    return [
        Version(record_key=key, number=number, changes=tuple(row["changes"]), seen_at=row["first_seen"])
        for key, number, row in later
    ]


def _cancelled_before(conn: Connection, sittings: Collection[str]) -> Mapping[str, int]:
    rows = rows_where(conn, Happening, "subject_id", sittings, kind="sitting_cancelled")
    found: dict[str, int] = {}
    for row in rows:
        found[row["subject_id"]] = found.get(row["subject_id"], 0) + 1
    return found


def news_of_bills(
    conn: Connection, registry: Collection[str], entries: Collection[str], timelines: Mapping[str, Timeline]
) -> list[News]:
    """What these register entries and lines tell of their bills."""
    lines = records(conn, "agenda_entry", entries)
    sitting_of = _dossiers(conn, "sitting_record", "sitting", {row.columns["sitting_key"] for row in lines})
    bill_of = _dossiers(conn, "agenda_entry", "bill", [row.key for row in lines])
    initiators = _initiators(conn, set(bill_of.values()))
    listed: dict[str, set[str]] = {}
    for row in lines:
        if row.key in bill_of and row.columns["sitting_key"] in sitting_of:
            listed.setdefault(bill_of[row.key], set()).add(sitting_of[row.columns["sitting_key"]])
    found = [
        news
        for bill, sittings in sorted(listed.items())
        for news in bill_news(timelines[bill], sittings, initiators.get(bill, ()))
    ]
    registered = _dossiers(conn, "registry_entry", "bill", registry)
    for record in records(conn, "registry_entry", registered):
        found.append(bill_registered(timelines[registered[record.key]].subject, record))
    return found


def news_of_press(conn: Connection, releases: Collection[str], timelines: Mapping[str, Timeline]) -> list[News]:
    """What these press releases tell of bills."""
    linked = rows_where(conn, Link, "record_key", releases, record_type="press_record", dossier_type="bill")
    told: dict[str, set[str]] = {}
    for row in linked:
        if row["dossier_id"] in timelines:
            told.setdefault(row["dossier_id"], set()).add(row["record_key"])
    return [news for bill, keys in sorted(told.items()) for news in press_news(timelines[bill], keys)]


def _initiators(conn: Connection, bills: Collection[str]) -> Mapping[str, list[tuple[date, str]]]:
    """Who brought each bill in, with the day of the line that tells it."""
    kind = {"record_type": "agenda_entry", "dossier_type": "bill"}
    bill_of = {row["record_key"]: row["dossier_id"] for row in rows_where(conn, Link, "dossier_id", bills, **kind)}
    days = {row["key"]: row["day"] for row in rows_where(conn, AgendaEntry, "key", bill_of)}
    found: dict[str, list[tuple[date, str]]] = {}
    for row in rows_where(conn, Link, "record_key", bill_of, record_type="agenda_entry", dossier_type="person"):
        if row["dossier_id"]:
            found.setdefault(bill_of[row["record_key"]], []).append((days[row["record_key"]], row["dossier_id"]))
    return found


def news_of_others(conn: Connection, batch: Batch) -> list[News]:
    """Press releases and acts of a batch."""
    bill_of = _dossiers(conn, "act_record", "bill", batch.of("act_record"))
    acts = records(conn, "act_record", batch.of("act_record"))
    releases = records(conn, "press_record", batch.of("press_record"))
    return [act_published(one, bill_of.get(one.key)) for one in acts] + [press_released(one) for one in releases]


def news_of_findings(
    conn: Connection, outcome: Outcome, timelines: Mapping[str, Timeline], now: datetime
) -> list[News]:
    """Confirmed accusations that are no longer said, or that are said again as they were confirmed."""
    changed = [("finding_withdrawn", row) for row in outcome.superseded]
    changed += [("finding_confirmed", row) for row in outcome.new]
    broken = [(kind, row) for kind, row in changed if row["verdict"] == Verdict.BROKEN]
    reviews = latest_reviews(conn, [row["id"] for _, row in broken])
    public = [(kind, row) for kind, row in broken if reviews.get(row["id"]) is Review.CONFIRMED]
    said = times_said(conn, [row for _, row in public])
    return [
        finding_news(kind, row, timelines.get(row["subject_id"]), number=said[row["id"]] + 1, now=now)
        for kind, row in public
    ]


def times_said(conn: Connection, findings: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """How often each finding was said to be confirmed or withdrawn."""
    said = {row["id"]: 0 for row in findings}
    for kind in ("finding_confirmed", "finding_withdrawn"):
        for row in rows_where(conn, Happening, "subject_id", {row["subject_id"] for row in findings}, kind=kind):
            finding = row["facts"]["finding"]
            if finding in said:
                said[finding] += 1
    return said


def latest_reviews(conn: Connection, findings: Collection[str]) -> dict[str, Review]:
    """What was decided last of each finding."""
    rows = rows_where(conn, FindingReview, "finding_id", findings)
    return {row["finding_id"]: Review(row["decision"]) for row in sorted(rows, key=lambda one: one["id"])}
