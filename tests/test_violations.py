"""Every reported violation is reproduced as a case, or listed with the reason why its facts do not suffice."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.recorded import recorded_cases
from tests.test_architecture import ROOT
from tracker.cases import RecordedCase
from vocab.verdicts import Verdict

PAGE = (ROOT / "docs" / "violations.md").read_text("utf-8")
CASES = recorded_cases()
ROW = re.compile(r"^\| (\d{4}(?:-\d\d)*) \| (R\d\d) \| (.+) \| (.+) \|$", re.MULTILINE)
SECTIONS = ("Reproduced", "Silent, as they must be", "The facts do not suffice")


def section(name: str) -> dict[tuple[str, str], str]:
    """The last cell of each row by date and rule."""
    part = PAGE.split(f"## {name}\n")[1].split("\n## ")[0]
    return {(date, rule): last for date, rule, _, last in ROW.findall(part)}


def cases_of(row: Mapping[str, str], file: str | None = None) -> list[RecordedCase]:
    """The cases that rest on the source of a row."""
    files = [file] if file else list(CASES)
    return [case for name in files for case in CASES[name] if case.source == row["source"]]


def said(case: RecordedCase, rule: str) -> set[Verdict]:
    return {one.verdict for one in case.expected or () if one.check == rule}


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> dict[tuple[str, str], Mapping[str, str]]:
    text = (shared_data / "kenesh" / "violations.jsonl").read_text("utf-8")
    found = [json.loads(line) for line in text.splitlines()]
    by_key = {(row["date"], row["rule"]): row for row in found}
    assert len(by_key) == len(found)
    return by_key


def test_every_row_stands_in_one_section(rows: dict[tuple[str, str], Mapping[str, str]]) -> None:
    named = [key for name in SECTIONS for key in section(name)]
    assert sorted(named) == sorted(rows)


def test_what_is_reproduced_is_broken(rows: dict[tuple[str, str], Mapping[str, str]]) -> None:
    for key, file in section("Reproduced").items():
        cases = cases_of(rows[key], file.strip("`"))
        assert any(Verdict.BROKEN in said(case, key[1]) for case in cases), key


def test_what_was_correct_is_silent(rows: dict[tuple[str, str], Mapping[str, str]]) -> None:
    silent = section("Silent, as they must be")
    assert {key for key, row in rows.items() if row["severity"] == "info"} == set(silent)
    for key, file in silent.items():
        cases = cases_of(rows[key], file.strip("`"))
        assert cases, key
        assert not any(one.verdict is Verdict.BROKEN for case in cases for one in case.expected or ()), key


def test_where_facts_do_not_suffice_the_rule_is_not_called_broken(
    rows: dict[tuple[str, str], Mapping[str, str]],
) -> None:
    for key, why in section("The facts do not suffice").items():
        assert len(why) > 30, key
        verdicts = {verdict for case in cases_of(rows[key]) for verdict in said(case, key[1])}
        assert verdicts <= {Verdict.CANNOT_TELL}, key
