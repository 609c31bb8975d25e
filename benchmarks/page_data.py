"""A database as large as the site may become: 22,426 bills of Korea and Cyprus, sittings, findings, deputies.

It is built once and kept between runs, as building takes minutes: `--anew` builds it anew.
"""

import random
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert
from sqlmodel import SQLModel

from benchmarks.linking import bills, store
from benchmarks.searching import words_of
from db.annotations import DraftEdge
from db.bills import Bill, BillStanding
from db.engine import open_engine
from db.findings import Finding, FindingReview
from db.links import Link
from db.migrate import upgrade
from db.people import Membership, Person
from db.protocols import AbsenceMark, RegistrationMark
from db.records import SittingRecord
from db.runs import Origin, Run
from db.search_documents import DocumentKind, Facet, NewDocument
from db.search_store import store_documents
from db.settings import HomeSettings, home_settings
from db.sittings import AgendaItem, Sitting
from db.upsert import chunks, table_of
from vocab.stages import Stage
from vocab.verdicts import Review, Verdict

SITTINGS, ITEMS, COMMITTEES, PERSONS, EDGES, BATCH = 2_000, 20, 14, 600, 20_000, 2_000
FIRST = date(2010, 1, 5)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
KEPT = Path(tempfile.gettempdir()) / "baikoo-benchmark-pages"
Said = Sequence[tuple[str, str, date | None]]


def prepared(*, anew: bool = False) -> tuple[HomeSettings, Said]:
    """The home of the kept database, with today's tables, and the bills in it."""
    said = list({key: (key, title, day) for key, title, day in bills()}.values())
    if anew:
        shutil.rmtree(KEPT, ignore_errors=True)
    settings, ready = home_settings(KEPT), KEPT / "ready"
    engine = open_engine(settings.database_url)
    upgrade(engine)
    if not ready.exists():
        fill(engine, said, random.Random(1))
        feed = settings.public_dir / "feeds" / "ru" / "all.atom"
        feed.parent.mkdir(parents=True)
        feed.write_bytes(b"<feed>" + b"x" * 40_000 + b"</feed>")
        ready.touch()
    engine.dispose()
    return settings, said


def fill(engine: Engine, said: Said, chance: random.Random) -> None:
    """Bills with a record each, where they stand, sittings with agendas, findings, deputies, and the search."""
    store(engine, said)
    with engine.begin() as conn:
        put(conn, Origin, [{"id": 1, "kind": "replay", "since": NOW}])
        put(conn, Run, [{"stage": "track", "origin": "replay", "started_at": NOW, "ended_at": NOW, "outcome": "clean"}])
        put(conn, Bill, (bill_row(key, title, day) for key, title, day in said))
        put(conn, BillStanding, (standing(key, day, chance) for key, _, day in said))
        record = {"record_type": "registry_entry", "place": "", "dossier_type": "bill", "method": "number"}
        put(conn, Link, (record | {"record_key": key, "dossier_id": key, "candidates": []} for key, _, _ in said))
        put(conn, DraftEdge, edges(said, chance))
        put(conn, Sitting, (sitting(number) for number in range(SITTINGS)))
        put(conn, AgendaItem, (item(number, said, chance) for number in range(SITTINGS * ITEMS)))
        put(conn, Finding, (finding(number, key) for number, (key, _, _) in enumerate(said)))
        put(conn, FindingReview, (review(number) for number in range(2, len(said), 50)))
        fill_protocols(conn, chance)
    for some in chunks(said, BATCH):
        with engine.begin() as conn:
            store_documents(conn, [document(key, title, day, chance) for key, title, day in some])


def fill_protocols(conn: Connection, chance: random.Random) -> None:
    """A protocol of every sitting, with a registration and five deputies who were absent."""
    put(conn, Person, (person(number) for number in range(PERSONS)))
    put(conn, Membership, (membership(number) for number in range(PERSONS)))
    put(conn, SittingRecord, (protocol(number) for number in range(SITTINGS)))
    put(conn, RegistrationMark, ({"sitting_key": f"p{n}", "seq": 1, "count": 60 + n % 60} for n in range(SITTINGS)))
    places = [(f"p{number // 5}", number % 5) for number in range(SITTINGS * 5)]
    put(conn, AbsenceMark, ({"sitting_key": key, "seq": seq, "name": "Deputy D."} for key, seq in places))
    link = {"record_type": "sitting_record", "method": "name", "candidates": []}
    whole = link | {"dossier_type": "sitting", "place": ""}
    put(conn, Link, (whole | {"record_key": f"p{n}", "dossier_id": sitting(n)["id"]} for n in range(SITTINGS)))
    named = [(key, seq, f"d{chance.randrange(PERSONS)}") for key, seq in places]
    absent = [
        {"record_key": key, "place": f"absence:{seq}", "dossier_type": "person", "dossier_id": one}
        for key, seq, one in named
    ]
    put(conn, Link, (link | one for one in absent))


def put(conn: Connection, model: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns."""
    conn.execute(insert(table_of(model)), [dict(row) for row in rows])


def bill_row(key: str, title: str, day: date | None) -> dict[str, Any]:
    """A bill."""
    return {"id": key, "title": title, "kind": "law", "convocation": key[:2], "first_day": day}


def standing(key: str, day: date | None, chance: random.Random) -> dict[str, Any]:
    """Where it stands."""
    return {"bill_id": key, "stage": chance.choice(list(Stage)), "readings": "1,2", "last_day": day, "entries": 2}


def edges(said: Said, chance: random.Random) -> list[dict[str, Any]]:
    """Bills that resemble each other."""
    pairs = {tuple(sorted(chance.sample(said, 2))) for _ in range(EDGES)}
    sides = {"left_type": "registry_entry", "left_place": "", "right_type": "registry_entry", "right_place": ""}
    says = {"relation": "similar", "score": 0.9, "method": "title", "words": ["word"]}
    return [sides | says | {"left_key": one[0], "right_key": other[0]} for one, other in pairs]


def sitting(number: int) -> dict[str, Any]:
    """A sitting: one of three of a committee, the others plenary."""
    day, of = FIRST + timedelta(days=number), number // 3 % COMMITTEES
    if number % 3:
        row = {"id": f"plenary-{day}", "body": "plenary", "committee_id": None, "committee": None}
    else:
        row = {"id": f"c{of}-{day}", "body": "committee", "committee_id": f"c{of}", "committee": f"Committee {of}"}
    return row | {"day": day, "title": f"Protocol {number}"}


def protocol(number: int) -> dict[str, Any]:
    """The record of a sitting."""
    known = {"site": "bench", "scope": "protocols", "version": 1, "content_hash": "", "payload": {}}
    seen = {"first_seen": NOW, "last_seen": NOW, "source": "protocol", "body": "plenary"}
    return {"key": f"p{number}", "day": sitting(number)["day"], "title": f"Protocol {number}"} | known | seen


def person(number: int) -> dict[str, Any]:
    """A deputy."""
    return {"id": f"d{number}", "name": f"Surname{number} Given Patronymic", "surname": f"Surname{number}"}


def membership(number: int) -> dict[str, Any]:
    """The faction of a deputy."""
    seen = {"seen_first": FIRST, "seen_last": date(2016, 1, 1)}
    return {"person_id": f"d{number}", "convocation": ("V", "VI")[number % 2], "faction": f"F{number % 6}"} | seen


def item(number: int, said: Said, chance: random.Random) -> dict[str, Any]:
    """A line of an agenda with some bill."""
    key, title, _ = chance.choice(said)
    place = {"sitting_id": sitting(number // ITEMS)["id"], "position": number % ITEMS, "kind": "law"}
    return {"id": f"i{number}", "bill_id": key, "title": title, "readings": "1"} | place


def finding(number: int, key: str) -> dict[str, Any]:
    """Something found about a bill; of ten three say that a rule was not kept, and wait for a person or not."""
    verdict = (Verdict.KEPT, Verdict.CANNOT_TELL, Verdict.BROKEN)[number % 10 % 3]
    about = {"subject_kind": "bill", "subject_id": key, "check_id": "R23", "case_key": "", "reason": "interval"}
    rule = {"edition": "2022", "article": "53", "quote": "", "verified": False, "figures": {}, "evidence": []}
    day = FIRST + timedelta(days=number % 5_400)
    return about | rule | {"id": f"f{number}", "day": day, "verdict": verdict, "code_version": "1", "computed_at": NOW}


def review(number: int) -> dict[str, Any]:
    """A person confirmed a finding."""
    said = {"decision": Review.CONFIRMED, "reason": "So it is", "decided_by": "lawyer", "decided_at": NOW}
    return {"finding_id": f"f{number}"} | said


def document(key: str, title: str, day: date | None, chance: random.Random) -> NewDocument:
    """The bill as the search knows it."""
    return NewDocument(
        kind=DocumentKind.BILL,
        key=key,
        title=title,
        url=f"/bills/{key}",
        content_hash="1",
        code_version="1",
        title_words=words_of(title),
        day=day,
        facets={Facet.TOPIC: [str(chance.randrange(1, 24))], Facet.BODY: ["plenary"]},
    )
