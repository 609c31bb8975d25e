"""`baikoo index` and `baikoo search` as a person runs them."""

from pathlib import Path

import pytest

from db.engine import open_engine
from tests.cli.test_commands import answer, baikoo
from tests.conftest import NewHome
from tests.nlp.searched import PRESS, fill
from tests.web.sample import BILL, BROKEN


@pytest.fixture(scope="module")
def home(new_home: NewHome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose search is filled."""
    folder = tmp_path_factory.mktemp("home")
    settings = new_home(folder)
    engine = open_engine(settings.database_url)
    fill(engine, settings)
    engine.dispose()
    counts = answer(folder, "index")
    assert counts["new"] == counts["documents"] > 0
    return folder


def test_a_second_run_writes_nothing(home: Path) -> None:
    counts = answer(home, "index")
    assert {counts[name] for name in ("new", "changed", "removed")} == {0}
    assert baikoo(home, "index").stdout.startswith("Indexed: documents")


def test_people_get_a_list_with_snippets(home: Path) -> None:
    said = baikoo(home, "search", "пенсиями").stdout
    assert "1 found, best first" in said
    assert "Обсудили пенсии" in said
    assert "Депутаты говорили о пенсиях." in said
    assert "/evidence/1" in said


def test_programs_get_everything(home: Path) -> None:
    found = answer(home, "search", "пенсиями", "обсудить")
    (hit,) = found["hits"]
    assert (found["total"], found["newest_first"]) == (1, False)
    assert (hit["kind"], hit["key"], hit["marked"]) == ("press", PRESS, ["Обсудили", "пенсии", "пенсиях"])
    assert [word["documents"] for word in found["words"]] == [1, 1]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--kind", "press"], {PRESS}),
        (["--kind", "press", "--kind", "act"], {PRESS}),
        (["--kind", "bill"], set()),
        (["--since", "2026-09-01", "--until", "2026-09-01"], {PRESS}),
        (["--since", "2026-09-02"], set()),
        (["--body", "plenary"], {PRESS}),
        (["--topic", "13"], {PRESS}),
        (["--topic", "1"], set()),
        (["--person", "nobody"], set()),
    ],
)
def test_filters(home: Path, filters: list[str], found: set[str]) -> None:
    assert {hit["key"] for hit in answer(home, "search", "пенсия", *filters)["hits"]} == found


def test_verdict_and_limit(home: Path) -> None:
    assert [hit["key"] for hit in answer(home, "search", "протокол", "--verdict", "broken")["hits"]] == [BROKEN]
    limited = answer(home, "search", "проект", "--limit", "1")
    assert limited["total"] > len(limited["hits"]) == 1
    assert BILL in {hit["key"] for hit in answer(home, "search", "образование")["hits"]}


def test_nothing_found_says_what_may_help(home: Path) -> None:
    done = baikoo(home, "search", "космодром", "пенсия")
    assert done.returncode == 0
    assert "Nothing found for «космодром пенсия»" in done.stdout
    assert "космодром: in 0 documents" in done.stdout
    assert answer(home, "search", "космодром")["hits"] == []


@pytest.mark.parametrize(
    "words", ['"', "(пенсия OR", "'; DROP TABLE bill; --", "[bold]x[/bold]", "{words}", "*" * 10_000]
)
def test_no_query_breaks_the_command(home: Path, words: str) -> None:
    done = baikoo(home, "search", words)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", [["search"], ["search", "а", "--kind", "law"], ["search", "а", "--since", "today"]])
def test_wrong_usage_is_told(home: Path, words: list[str]) -> None:
    assert baikoo(home, *words).returncode == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["пенсия", "--topic", "99"], "no topic 99"),
        (["пенсия", "--since", "2026-09-02", "--until", "2026-09-01"], "--since 2026-09-02 is later"),
        ([" "], "no words to search for"),
    ],
)
def test_what_cannot_be_asked_is_said(home: Path, words: list[str], said: str) -> None:
    asked = baikoo(home, "search", *words)
    assert asked.returncode == 2
    assert said in asked.stderr


def test_a_dismissed_finding_leaves_the_search_at_once(home: Path) -> None:
    words = ("search", "протокол", "--verdict", "broken")
    assert BROKEN in {hit["key"] for hit in answer(home, *words)["hits"]}
    assert baikoo(home, "review", BROKEN, "dismiss", "--reason", "another reading").returncode == 0
    assert BROKEN not in {hit["key"] for hit in answer(home, *words)["hits"]}
