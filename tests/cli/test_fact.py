"""`baikoo fact`: state, list and withdraw what a letter tells."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert

from cli.main import main
from db.bills import Bill
from db.engine import open_engine
from db.migrate import upgrade
from db.upsert import table_of

SIGNED = ("add", "bill:n-6-1-26", "signed", "--day", "2026-02-03", "--source", "Письмо № 12")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with one bill."""
    url = f"sqlite:///{tmp_path / 'baikoo.sqlite'}"
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    monkeypatch.setenv("BAIKOO_DATABASE_URL", url)
    engine = open_engine(url)
    upgrade(engine)
    with engine.begin() as conn:
        conn.execute(insert(table_of(Bill)).values(id="n-6-1-26", title="О пенсиях", kind="law"))
    engine.dispose()


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["baikoo", "fact", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.usefixtures("home")
def test_a_fact_is_stated_listed_and_withdrawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "list", "bill:n-6-1-26") == 0
    assert "Nothing was stated." in capsys.readouterr().out
    assert run(monkeypatch, *SIGNED) == 0
    assert capsys.readouterr().out.startswith("Fact 1: bill:n-6-1-26 signed 2026-02-03.")
    assert run(monkeypatch, "withdraw", "1", "--reason", "описка") == 0
    fields = ("--field", "what=legal", "--field", "readings=1,2")
    assert run(monkeypatch, "add", "bill:n-6-1-26", "document", *SIGNED[3:], *fields) == 0
    assert run(monkeypatch, "list", "bill:n-6-1-26") == 0
    assert "what=legal readings=[1, 2] «Письмо № 12»" in " ".join(capsys.readouterr().out.split())
    assert run(monkeypatch, "list", "bill:n-6-1-26", "--format", "json") == 0
    second, first = json.loads(capsys.readouterr().out)
    assert (first["stated_by"], first["withdrawn_reason"], second["withdrawn_at"]) == ("cli", "описка", None)
    assert second["stated_by"] == "cli"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "person:x", *SIGNED[2:]), "name a bill or a sitting"),
        (("add", "bill:", *SIGNED[2:]), "name a bill or a sitting"),
        (("add", "bill:n-9", *SIGNED[2:]), "there is no bill n-9"),
        ((*SIGNED, "--field", "what=poem"), "what: not of this kind"),
        (("withdraw", "7", "--reason", "x"), "no fact 7 stands"),
    ],
)
def test_a_wrong_fact_is_refused(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert said in capsys.readouterr().err


def test_an_unknown_kind_is_answered_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "add", "bill:n-6-1-26", "flown", *SIGNED[3:]) == 2
    assert "flown is no fact of a bill; there are submitted, " in capsys.readouterr().err
