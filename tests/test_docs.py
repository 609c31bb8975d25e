"""The documents keep up with the code: commands, settings, checks and channels are named, links lead somewhere."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from cli.main import build
from tests.test_architecture import CODE, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SETTING = re.compile(r"\bBAIKOO_[A-Z_]+\b")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
NOT_CHANNELS = {"__init__"}


@cache
def documented() -> str:
    """What a reader is told: the README and the documents."""
    return "\n".join(page.read_text("utf-8") for page in PAGES if page.name not in {"CHANGELOG.md", "CONTRIBUTING.md"})


def is_named(word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", documented()) is not None


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The commands of a tree by their words; a group is not a command."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name, child in inner.items():
        yield from commands(child, (*path, name))


def command_tree() -> list[tuple[tuple[str, ...], Any]]:
    return list(commands(typer.main.get_command(build())))


def settings() -> set[str]:
    return {name for path in CODE for name in SETTING.findall(path.read_text("utf-8"))}


def checks() -> set[str]:
    rules = yaml.safe_load((ROOT / "tracker" / "reglament" / "kg.yml").read_text("utf-8"))["rules"]
    return {rule["id"] for rule in rules}


def channels() -> set[str]:
    return {path.stem for path in (ROOT / "publish" / "channels").glob("*.py")} - NOT_CHANNELS


def test_every_command_is_documented() -> None:
    # "baikoo show sitting …" names the group, and the line that shows it names its commands.
    missing = {" ".join(words) for words, _ in command_tree() if not all(map(is_named, (f"baikoo {words[0]}", *words)))}
    assert missing == set()


def test_every_command_has_help_with_an_example() -> None:
    silent = {" ".join(words) for words, command in command_tree() if "baikoo " not in (command.help or "")}
    assert silent == set()


@pytest.mark.parametrize("kind", [settings, checks, channels], ids=lambda kind: kind.__name__)
def test_every_name_is_documented(kind: Any) -> None:
    names = kind()
    assert names, f"no {kind.__name__} found: does the test still look in the right place?"
    assert {name for name in names if not is_named(name)} == set()


def test_every_setting_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert settings() == set(SETTING.findall(example))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_commands_for_the_api_write_addresses_as_servers_take_them() -> None:
    asked = [line for line in documented().splitlines() if line.startswith("curl ")]
    raw = [line for line in asked for address in re.findall(r"https?://[^'\s]+", line) if not plain(address)]
    assert asked
    assert raw == [], "letters that curl sends as they stand are answered 400: --data-urlencode"


def plain(address: str) -> bool:
    return address.replace("…", "").isascii()
