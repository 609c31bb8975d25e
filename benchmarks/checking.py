"""The checks over twenty thousand bills of twelve events, then over one changed bill, through a database.

Timelines are computed beforehand: what is measured is judging, comparing with what stood, and storing, in batches of
one transaction as the tracker has them. `--profile` shows where the time goes. Prints figures, judges nothing.
"""

import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from db.engine import open_engine
from db.findings import Finding, NotApplicable
from db.migrate import upgrade
from db.upsert import chunks, table_of
from tracker.batch import check
from tracker.judging import Rules
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline, Votes

BILLS = 20_000
CHANGED = 200
BATCH = 1000
NOW = datetime(2026, 11, 1, tzinfo=UTC)
START = date(2017, 1, 11)


def bill(number: int) -> Timeline:
    """One bill with twelve events: its papers, three readings over a spring, and the way to the law registry."""
    day = START + timedelta(days=number % 2900)
    subject = Subject(kind=SubjectKind.BILL, id=f"n-{number}", title=f"О поправках № {number}", bill_kind="law")
    steps: tuple[tuple[EventKind, int, dict[str, Any]], ...] = (
        (EventKind.REGISTERED, 0, {}),
        (EventKind.COMMITTEE_DECISION, 15, {"choice": "positive", "body": Body.COMMITTEE}),
        (EventKind.CONSIDERED, 20, {"readings": frozenset({1})}),
        (EventKind.VOTE, 20, {"readings": frozenset({1}), "votes": Votes(in_favour=70 + number % 40, against=5)}),
        (EventKind.ADOPTED, 20, {"readings": frozenset({1})}),
        (EventKind.COMMITTEE_DECISION, 35, {"choice": "positive", "body": Body.COMMITTEE}),
        (EventKind.VOTE, 34 + number % 30, {"readings": frozenset({2}), "votes": Votes(in_favour=80)}),
        (EventKind.ADOPTED, 34 + number % 30, {"readings": frozenset({2})}),
        (EventKind.VOTE, 70, {"readings": frozenset({3}), "votes": Votes(in_favour=85)}),
        (EventKind.ADOPTED, 70, {"readings": frozenset({3})}),
        (EventKind.SENT_TO_PRESIDENT, 80, {}),
        (EventKind.SIGNED, 100, {}),
    )
    events = tuple(
        event(number, place, kind, day + timedelta(days=after), said) for place, (kind, after, said) in enumerate(steps)
    )
    return Timeline(subject=subject, events=events)


def event(number: int, place: int, kind: EventKind, day: date, said: dict[str, Any]) -> Event:
    """One event, told by a page of its own."""
    evidence = Evidence(record=f"agenda_entry:{number}.{place}", page_id=number, url="https://kenesh.kg/1", seen_at=NOW)
    return Event(kind=kind, day=day, seq=place, evidence=evidence, **said)


def judge(engine: Engine, batch: Sequence[Timeline], rules: Rules) -> int:
    """One transaction; gives how many findings are new."""
    timelines = {one.subject.id: one for one in batch}
    with engine.begin() as conn:
        return len(check(conn, SubjectKind.BILL, list(timelines), timelines, rules, NOW).new)


def changed(timelines: Sequence[Timeline]) -> Iterator[Timeline]:
    """Bills that were signed a day later than we thought."""
    for one in timelines:
        last = one.events[-1]
        yield replace(one, events=(*one.events[:-1], replace(last, day=last.day + timedelta(days=1))))


def rows(engine: Engine) -> tuple[int, int]:
    """How many findings stand, and how many rows count what does not apply."""
    with engine.connect() as conn:
        counts = [
            conn.execute(select(func.count()).select_from(table_of(one))).scalar_one()
            for one in (Finding, NotApplicable)
        ]
    return counts[0], counts[1]


def measure(engine: Engine) -> None:
    """Print the figures of one database."""
    rules = Rules.load()
    timelines = [bill(number) for number in range(BILLS)]
    for name in ("everything, first", "everything, again"):
        began = time.process_time(), time.perf_counter()
        new = sum(judge(engine, batch, rules) for batch in chunks(timelines, BATCH))
        took = time.process_time() - began[0], time.perf_counter() - began[1]
        print(f"{name:<20} {took[1]:>7.1f} s, {took[0]:.1f} s of a core ({BILLS} bills, {new} new findings)")
    print("stored               {} findings, {} counts of what does not apply".format(*rows(engine)))
    spans = []
    for one in changed(timelines[:CHANGED]):
        began_at = time.perf_counter()
        judge(engine, [one], rules)
        spans.append(time.perf_counter() - began_at)
    spans.sort()
    middle, slowest = 1000 * spans[CHANGED // 2], 1000 * spans[-1]
    print(f"one changed bill     {middle:>7.1f} ms (half of them), {slowest:.1f} ms the slowest")


def main() -> None:
    """Print the figures, with `--profile` where the time goes."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'baikoo.sqlite'}")
        upgrade(engine)
        with cProfile.Profile() as profile:
            if "--profile" not in sys.argv:
                profile.disable()
            measure(engine)
        engine.dispose()
    if "--profile" in sys.argv:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
