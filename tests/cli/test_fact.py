"""`baikoo fact`: state, list and withdraw what a letter tells."""

import json

import pytest

from tests.cli.conftest import exit_code

SIGNED = ("add", "bill:n-6-1-26", "signed", "--day", "2026-02-03", "--source", "Письмо № 12")


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    return exit_code(monkeypatch, "fact", *words)


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
