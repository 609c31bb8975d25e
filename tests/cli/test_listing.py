"""Commands are loaded when they run: a command that reads no texts does not wait for what reads them."""

import subprocess
import sys
from typing import Any

import pytest
import typer.main

from cli.listing import help_of
from cli.main import COMMANDS, build

HEAVY = ("spacy", "sklearn", "pymorphy3", "scipy", "numpy")


def imported_by(*words: str) -> set[str]:
    """The top names of the modules that a command imports."""
    command = [sys.executable, "-X", "importtime", "-m", "cli", *words]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stderr
    return {line.rpartition("|")[2].strip().split(".")[0] for line in told.splitlines() if "|" in line}


@pytest.mark.parametrize("words", [["--help"], ["stats", "--help"], ["track", "--help"], ["publish", "--help"]])
def test_a_command_loads_only_what_it_needs(words: list[str]) -> None:
    names = imported_by(*words)
    assert "typer" in names
    assert names.isdisjoint(HEAVY)


def test_the_list_loads_no_command() -> None:
    assert imported_by("--help").isdisjoint({"sqlmodel", "scrapy", "fastapi", "jinja2"})


def test_stats_reads_the_database_without_the_text_layer(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAIKOO_HOME", str(tmp_path))
    names = imported_by("stats", "--format", "json")
    assert "sqlmodel" in names
    assert names.isdisjoint(HEAVY)


def test_every_command_can_be_loaded_and_says_what_the_list_says() -> None:
    group: Any = typer.main.get_command(build())
    assert list(group.commands) == list(COMMANDS)
    for name, command in group.commands.items():
        assert command.name == name
        assert command.help.split() == help_of(COMMANDS[name]).split()


def test_the_help_of_a_function_is_its_docstring() -> None:
    assert help_of("home:print_rows").startswith("A table for people")
    assert help_of("home:nothing") == ""
