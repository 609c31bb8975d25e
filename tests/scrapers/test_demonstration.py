"""The demonstration pages: each is read without a problem, and every page type of a site is there."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scrapers.items import DeputyItem, ProtocolItem
from scrapers.job import load_parsers
from scrapers.page import Page, Reading
from scrapers.source import load_source

SITES = Path(__file__).parents[2] / "scrapers" / "sites"
UNKNOWN_ADDRESS = {"sittings_api"}


def demonstration(site: str) -> list[tuple[Page, Reading]]:
    source = load_source(site)
    parsers = load_parsers(source)
    folder = SITES / site / "demonstration"
    found = []
    with (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index):
            if source.kind(row["kind"]).files:
                continue
            page = Page(
                url=row["url"],
                address=source.address(row["url"]),
                kind=row["kind"],
                text=(folder / row["file"]).read_text("utf-8"),
                fetched_at=datetime(2026, 9, 25, tzinfo=UTC),
                shown_on=date.fromisoformat(row["recorded_at"]),
                asked=row.get("request_body") or "",
                options=source.kind(row["kind"]).options,
            )
            found.append((page, parsers[page.kind].read(page)))
    return found


@pytest.mark.parametrize("site", ["kenesh", "cbd"])
def test_every_page_is_read_without_a_problem(site: str) -> None:
    assert {page.url: reading.problems for page, reading in demonstration(site) if reading.problems} == {}


@pytest.mark.parametrize("site", ["kenesh", "cbd"])
def test_every_page_type_is_there(site: str) -> None:
    shown = {page.kind for page, _ in demonstration(site)}
    assert shown == {kind.name for kind in load_source(site).pages.values() if not kind.files} - UNKNOWN_ADDRESS


def test_every_file_is_named_and_every_link_leads_somewhere() -> None:
    folder = SITES / "kenesh" / "demonstration"
    with (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        named = {row["file"] for row in csv.DictReader(index)}
    assert named == {f"pages/{path.name}" for path in (folder / "pages").iterdir()}
    found = demonstration("kenesh")
    source = load_source("kenesh")
    linked = {source.address(link.url) for _, reading in found for link in reading.links}
    with (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        assert linked <= {source.address(row["url"]) for row in csv.DictReader(index)}


def test_it_shows_a_lost_quorum_and_a_vote_given_to_another_faction() -> None:
    items = [item for _, reading in demonstration("kenesh") for item in reading.items]
    factions = {
        f"{surname} {given[0]}.{patronymic[0]}.": item.faction
        for item in items
        if isinstance(item, DeputyItem) and item.convocation == "VI"
        for surname, given, patronymic in [item.name.split()]
    }
    absences = [one for item in items if isinstance(item, ProtocolItem) for one in item.absences]
    assert {one.name for one in absences} <= factions.keys()
    nominative = {name.replace(" ", "у ", 1).replace("ау ", "ой "): name for name in factions}
    across = [
        one for one in absences if one.transfer_to and factions[nominative[one.transfer_to]] != factions[one.name]
    ]
    assert len(across) == 1
    registered = [one.count for item in items if isinstance(item, ProtocolItem) for one in item.registrations]
    assert sum(count < 61 for count in registered) == 1
