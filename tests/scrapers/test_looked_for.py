"""What a crawl would have seen: said by a clean one of a live site only."""

import json
from pathlib import Path

import pytest

from db.runs import LOOKED_FOR, Run
from scrapers.judgement import looked_for
from scrapers.source import load_source, read_source
from tests.scrapers.conftest import Home
from tests.scrapers.recording import Served, write_recording
from tests.scrapers.test_judgement import Change, set_of, walk
from tests.scrapers.test_source import TEXT
from vocab.errors import ConfigError

REGISTER = "https://kenesh.kg/sed/docs?page=0&limit=100"
SOURCE = read_source(
    TEXT.replace("{parser: listing,", "{parser: listing, shows: [protocol],") + "  menu: {parser: menu}\n"
)


def bills(number: str) -> Served:
    row = {"vh_nom": number, "vh_dat": "2026-09-23T00:00:00.000Z", "zpNameRus": "О проекте Закона «О пробе»"}
    return Served(url=REGISTER, body=json.dumps({"content": [row]}, ensure_ascii=False).encode(), suffix="json")


def test_a_whole_walk_looked_for_what_its_list_shows() -> None:
    assert looked_for(walk(), SOURCE) == {"protocol": "https://probe.example/list"}


@pytest.mark.parametrize(
    "change",
    [
        set_of("card", "refused", {"/card/2": "x"}),
        set_of("card", "unreadable", {"/card/2": "x"}),
        set_of("card", "missing", {"/card/2"}),
        set_of("list", "start_lost", {"/list"}),
        set_of("list", "open_ended", {"/list"}),
        lambda made: made.spoiled.add("list"),
    ],
)
def test_where_one_page_fails_nobody_looked(change: Change) -> None:
    assert looked_for(walk(change), SOURCE) == {}


@pytest.mark.parametrize(
    ("origin", "looked"), [("live", {"bill": REGISTER}), ("replay", None), ("demonstration", None)]
)
def test_only_a_live_crawl_looks(home: Home, tmp_path: Path, origin: str, looked: dict[str, str] | None) -> None:
    recording = write_recording(tmp_path / "recording", [bills("6-1/26")])
    home.crawl(recording, origin=origin, only_kinds={"bills_api"})
    (run,) = home.rows(Run)
    assert (run["outcome"], run["figures"].get(LOOKED_FOR)) == ("clean", looked)


def test_a_red_crawl_is_no_look(home: Home, tmp_path: Path) -> None:
    home.crawl(write_recording(tmp_path / "recording", [bills("6-1/26")]), origin="live")
    (run,) = home.rows(Run)
    assert (run["outcome"], LOOKED_FOR in run["figures"]) == ("red", False)


def test_the_site_says_where_it_shows_what_it_has_to() -> None:
    shown = {what.value: name for name, kind in load_source("kenesh").pages.items() for what in kind.shows}
    assert shown == {
        "agenda": "agenda_list",
        "bill": "bills_api",
        "protocol": "protocol_list",
        "roll_call": "vote_list_index",
    }


def test_a_thing_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"pages\.list\.shows: unknown: poems"):
        read_source(TEXT.replace("{parser: listing,", "{parser: listing, shows: [poems],"))
