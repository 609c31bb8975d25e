"""`baikoo topic`: a person chooses the topics of a bill."""

from pathlib import Path

import pytest
from sqlalchemy import insert

from cli.main import main
from db.bills import Bill
from db.engine import open_engine, reader
from db.migrate import upgrade
from db.upsert import table_of
from nlp.topics.choices import topics_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A home with one bill; gives the address of its database."""
    url = f"sqlite:///{tmp_path / 'baikoo.sqlite'}"
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    monkeypatch.setenv("BAIKOO_DATABASE_URL", url)
    engine = open_engine(url)
    upgrade(engine)
    with engine.begin() as conn:
        conn.execute(insert(table_of(Bill)).values(id="n-6-1-26", title="О пенсиях", kind="law"))
    engine.dispose()
    return url


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["baikoo", "topic", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


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
