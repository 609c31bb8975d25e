"""The API over the sample, without its limit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from db.documents import DocumentText
from db.engine import open_engine
from db.happenings import Happening
from db.observations import Observation
from db.search_documents import DocumentKind, NewDocument, Word
from db.search_store import store_documents
from tests.conftest import NewHome
from tests.web import sample
from tests.web.conftest import Visitor
from web.app import create_app

SECRET = "утаённое в отменённом выводе"
CONTACT = "+996 555 12 34 56"


def add_more(engine: Engine) -> None:
    """Happenings (one of a finding that was withdrawn later), a text, a document that is found, a note with names."""
    secret = {"finding": sample.WITHDRAWN, "figures": {"of": SECRET}}
    facts = {"check": "R28", "verdict": "broken", "reason": "made_up", "article": "ст. 82", "edition": "rules-2011"}
    rows = [
        _happening("protocol_published:1", "protocol_published", {"number": "17", "committee": CONTACT}),
        _happening("finding_confirmed:1", "finding_confirmed", facts | {"finding": sample.BROKEN, "figures": {}}),
        _happening("finding_confirmed:2", "finding_confirmed", facts | secret),
        _happening("finding_withdrawn:2", "finding_withdrawn", facts | secret),
    ]
    text = {"url": "https://kenesh.kg/uploads/1.pdf", "sha256": "a" * 64, "page_id": 4, "media": "pdf", "method": "x"}
    text |= {"code_version": "1", "text": f"Текст закона. Тел. {CONTACT}", "first_seen": sample.NOW}
    note = {
        "sitting_id": sample.SITTING,
        "day": date(2017, 5, 17),
        "observed_at": sample.NOW,
        "received_at": sample.NOW,
    }
    notes = [
        note | {"uuid": "n-1", "kind": "quote", "observer": "7", "value": {"who": SECRET, "text": SECRET}},
        note | {"uuid": "n-2", "kind": "opinion", "observer": "7", "value": {"given_by": "faction", "name": SECRET}},
        note | {"uuid": "n-3", "kind": "proxy", "observer": "7", "value": {"from": SECRET, "to": SECRET}},
        note | {"uuid": "n-4", "kind": "vote", "observer": "8", "value": {"in_favour": 61, "extra": {"x": SECRET}}},
    ]
    with engine.begin() as conn:
        sample.add(conn, Happening, *rows)
        sample.add(conn, DocumentText, text | {"read_at": sample.NOW})
        sample.add(conn, Observation, *notes)
        store_documents(conn, [_found()])


def _found() -> NewDocument:
    return NewDocument(
        kind=DocumentKind.BILL,
        key=sample.BILL,
        title="Закон",
        url=f"/bills/{sample.BILL}",
        content_hash="1",
        code_version="1",
        title_words=[Word(0, 5, "закон")],
        text="",
        text_words=[],
        day=date(2017, 5, 17),
    )


def _happening(key: str, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    evidence = {"record": "observation:n-1", "page_id": None, "url": None, "place": SECRET, "seen_at": None}
    row = {"key": key, "kind": kind, "subject_kind": "sitting", "subject_id": sample.SITTING, "title": "Протокол № 17"}
    return row | {"day": date(2017, 5, 17), "seen_at": sample.NOW, "facts": facts, "evidence": [evidence]}


@pytest.fixture(scope="module")
def whole_app(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The site with the sample; whoever asks it may ask without end."""
    settings = new_home(tmp_path_factory.mktemp("home"))
    engine = open_engine(settings.database_url)
    sample.fill(engine, settings)
    add_more(engine)
    engine.dispose()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("BAIKOO_API_RATE", "0")
        app = create_app(settings)
    yield app
    app.state.site.engine.dispose()


@pytest.fixture(scope="module")
def api(whole_app: FastAPI) -> Visitor:
    """Asks it."""
    return Visitor(whole_app)
