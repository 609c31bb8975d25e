"""`baikoo privacy` as somebody types it."""

import json

import pytest

from db.engine import open_engine
from tests.cli.conftest import exit_code
from tests.web.members import make_user
from vocab.roles import Role


def test_a_person_is_shown_and_erased(
    empty_home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(empty_home)
    make_user(engine, "aigul@example.kg", Role.OBSERVER)
    engine.dispose()
    assert exit_code(monkeypatch, "privacy", "show", "Aigul@example.kg") == 0
    assert json.loads(capsys.readouterr().out)["account"][0]["login"] == "aigul@example.kg"
    assert exit_code(monkeypatch, "privacy", "erase", "aigul@example.kg", "--confirm", "asel") == 2
    assert "nothing was erased" in capsys.readouterr().err
    assert exit_code(monkeypatch, "privacy", "erase", "aigul@example.kg", "--confirm", "aigul@example.kg") == 0
    assert "called erased-1 from now on" in capsys.readouterr().out
    assert exit_code(monkeypatch, "privacy", "show", "aigul@example.kg") == 2
    assert exit_code(monkeypatch, "privacy", "erase", "nobody") == 2, "before anybody is asked to type it again"
    assert exit_code(monkeypatch, "audit", "verify") == 0
    capsys.readouterr()
    assert exit_code(monkeypatch, "privacy", "sweep", "--dry-run", "--format", "json") == 0
    assert {row["rows"] for row in json.loads(capsys.readouterr().out)} == {0}
    assert exit_code(monkeypatch, "privacy", "sweep") == 0
    assert "Deleted or emptied" in capsys.readouterr().out
