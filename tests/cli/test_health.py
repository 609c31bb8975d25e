"""`baikoo health` as a person runs it."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from db.engine import open_engine
from db.runs import Origin
from db.upsert import table_of
from tests.cli.conftest import exit_code
from tracker.health.signs import Sign, State
from web.health_words import STATES, TITLES, plain, sentence_of
from web.i18n import translations


def test_health_says_what_is_red(
    empty_home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(monkeypatch, "health") == 0
    assert "nothing is expected of it" in capsys.readouterr().out
    engine = open_engine(empty_home)
    with engine.begin() as conn:
        conn.execute(insert(table_of(Origin)).values(id=1, kind="live", since=datetime.now(UTC)))
    engine.dispose()
    assert exit_code(monkeypatch, "health", "--red") == 1
    assert "RED kenesh: Last good crawl. No crawl" in capsys.readouterr().out
    assert exit_code(monkeypatch, "health", "--format", "json") == 1
    assert {row["key"] for row in json.loads(capsys.readouterr().out)} >= {"last_crawl:cbd", "agenda:kenesh"}
    assert exit_code(monkeypatch, "doctor") == 1
    assert "NO  last crawl: cbd: Last good crawl." in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["ru", "ky", "en"])
def test_every_sign_has_its_sentence(lang: str) -> None:
    figures = dict.fromkeys(
        ("last", "days", "bound", "runs", "usual", "seen", "change", "lost", "open", "vanished", "longest"), 1.5
    )
    figures |= dict.fromkeys(("now", "known", "day", "weeks", "held", "silent"), 2)
    for code in TITLES:
        for state in STATES:
            sign = Sign(site="kenesh", code=code, state=state, figures=figures)
            assert "%(" not in sentence_of(sign, translations(lang).gettext, plain)
    fewer = Sign(site="kenesh", code="counts", state=State.RED, figures=figures | {"change": -0.5})
    assert "50 %" in sentence_of(fewer, translations(lang).gettext, plain)
