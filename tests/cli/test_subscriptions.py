"""`baikoo subscriptions`, and what `baikoo privacy` knows of who follows by letter."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from cli.main import build
from db.engine import open_engine
from db.keys import load_keys
from publish.alerts.subscribing import Wish, ask, confirm
from publish.alerts.things import Thing
from tests.publish.test_publish import tell
from tests.web.members import make_user
from vocab.posts import ChannelName
from vocab.roles import Role
from vocab.subscriptions import Follows

ADDRESS = "asel@example.kg"


@pytest.fixture
def engine(home: str, tmp_path: Path) -> Iterator[Engine]:
    opened, now, key = open_engine(home), datetime.now(UTC), load_keys(tmp_path).contacts
    with opened.begin() as conn:
        for follows, bill in ((Follows.BILL, "n-6-1-26"), (Follows.ALL, "")):
            thing = Thing(follows=follows, id=bill)
            one = ask(conn, Wish(channel=ChannelName.EMAIL, thing=thing, lang="ky"), ADDRESS, key, now)
            confirm(conn, one, now)
        tell(conn, "one", subject_id="n-6-1-26", about=[("bill", "n-6-1-26")])
    yield opened
    opened.dispose()


def run(*words: str, typed: str = "") -> str:
    done = CliRunner().invoke(build(), list(words), input=typed)
    assert done.exit_code == 0, done.output
    return done.stdout


def counts() -> dict[tuple[str, str], int]:
    rows = json.loads(run("subscriptions", "list", "--format", "json"))
    return {(row["follows"], row["state"]): row["letters"] for row in rows}


def test_letters_are_prepared_counted_and_ended_without_naming_anybody(engine: Engine) -> None:
    assert run("subscriptions", "prepare") == "Letters: 2, entries in them: 2, ended: 0.\n"
    assert json.loads(run("subscriptions", "prepare", "--format", "json"))["letters"] == 0
    assert counts() == {("all", "confirmed"): 1, ("bill", "confirmed"): 1}
    assert "asel" not in run("subscriptions", "list")
    told = run("subscriptions", "end", typed=f"{ADDRESS.upper()}\n")
    assert "Ended: 2." in told
    assert "asel" not in told.lower()
    assert counts() == {("all", "ended"): 1, ("bill", "ended"): 1}
    assert CliRunner().invoke(build(), ["subscriptions", "end", "--address", "nobody"]).exception


def test_a_person_sees_what_they_follow_and_an_erasure_ends_it(engine: Engine) -> None:
    make_user(engine, ADDRESS, Role.OBSERVER)
    shown = json.loads(run("privacy", "show", ADDRESS))["subscription"]
    assert [(row["follows"], row["rhythm"]) for row in shown] == [("bill", "at_once"), ("all", "at_once")]
    assert "subscription 2" in run("privacy", "erase", ADDRESS, "--confirm", ADDRESS)
    assert counts() == {("all", "ended"): 0, ("bill", "ended"): 0}
