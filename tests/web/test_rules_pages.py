"""The rules with their numbers, and the page about the data."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, insert, update

from db.links import LinkChange
from db.runs import Run
from db.upsert import table_of
from tests.web.conftest import Visitor
from tests.web.sample import BROKEN, UNREVIEWED
from vocab.languages import LANGUAGES
from web.memory import Memory, stamp_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_its_page_and_its_numbers(sample_site: Visitor, lang: str) -> None:
    rules = sample_site.get(f"/{lang}/rules").text
    assert f'href="/{lang}/rules/R50"' in rules
    rule = sample_site.get(f"/{lang}/rules/R23").text
    assert "ст. 82" in rule
    assert "‹" in rule
    assert f'href="/{lang}/findings?check=R23&amp;verdict=kept&amp;year=2017">' in rule


def test_an_accusation_that_waits_is_not_counted(sample_site: Visitor) -> None:
    confirmed, waiting = (sample_site.get(f"/ru/findings/{key}") for key in (BROKEN, UNREVIEWED))
    assert (confirmed.status_code, waiting.status_code) == (200, 404)
    rules = sample_site.get("/ru/rules").text
    listed = sample_site.get("/ru/findings?verdict=broken&format=csv").text.splitlines()[1:]
    assert rules.count('&amp;verdict=broken">') == len({line.split(",")[1] for line in listed})


def test_no_other_rule_is_an_address(sample_site: Visitor) -> None:
    assert sample_site.get("/ru/rules/R99").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_data_tell_of_themselves(sample_site: Visitor, empty: Visitor, lang: str) -> None:
    assert "kenesh" in sample_site.get(f"/{lang}/data").text
    assert 'class="empty"' in empty.get(f"/{lang}/data").text


def test_an_answer_is_remembered_until_a_stage_ran(sqlite_engine: Engine) -> None:
    memory, asked = Memory(size=1), iter(range(9))
    run = {"stage": "track", "origin": "live", "figures": {}, "reasons": []}
    with sqlite_engine.begin() as conn:

        def answer(key: str) -> int:
            return memory.recall(conn, (key,), lambda: next(asked))

        assert [answer("a"), answer("a")] == [0, 0]
        assert [answer("b"), answer("a")] == [1, 2]  # one place only
        before = stamp_of(conn)
        conn.execute(insert(table_of(Run)).values(**run, started_at=datetime.now(UTC)))
        assert stamp_of(conn) != before
        assert answer("a") == 3
        conn.execute(update(table_of(Run)).values(ended_at=datetime.now(UTC)))
        assert answer("a") == 4, "what was computed while the stage ran is computed anew when it ended"
        moved = {"record_type": "press_record", "record_key": "1", "place": "", "dossier_type": "person"}
        moved |= {"change": "moved", "before": "a", "after": "b", "method": "decided"}
        conn.execute(insert(table_of(LinkChange)).values(**moved, at=datetime.now(UTC), score=1, reason=""))
        assert answer("a") == 5, "a person said on the desk who is meant"
