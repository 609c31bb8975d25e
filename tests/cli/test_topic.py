"""`baikoo topic`: a person chooses the topics of a bill."""

import pytest

from db.engine import open_engine, reader
from nlp.topics.choices import topics_of
from tests.cli.conftest import exit_code


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    return exit_code(monkeypatch, "topic", *words)


def test_topics_are_chosen(home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "bill:n-6-1-26", "13", "20", "--reason", "read it") == 0
    assert capsys.readouterr().out == "bill:n-6-1-26: 13 Social welfare, 20 Government operations.\n"
    engine = open_engine(home)
    with reader(engine) as conn:
        assert topics_of(conn, "bill", ["n-6-1-26"])["n-6-1-26"].topics == (13, 20)
    engine.dispose()


def test_a_wrong_topic_is_refused(
    home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "bill:n-6-1-26", "11", "--reason", "read it") == 2
    assert "no topic 11" in capsys.readouterr().err
