"""Every recorded page is read as its case says: items, links, problems, notes, or the error that refuses it."""

from importlib import import_module
from pathlib import Path

import pytest

from scrapers.recorded import expected, outcome, recorded_page

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for path in PAGES.glob("*/*/*/meta.json"))


def name_of(folder: Path) -> str:
    return folder.relative_to(PAGES).as_posix()


@pytest.mark.parametrize("folder", CASES, ids=name_of)
def test_page(folder: Path) -> None:
    site, parser = folder.relative_to(PAGES).parts[:2]
    module = import_module(f"scrapers.sites.{site}.{parser}")
    assert outcome(module.read, recorded_page(folder)) == expected(folder)


def test_every_page_parser_has_a_case() -> None:
    sites = PAGES.parent.parent / "scrapers" / "sites"
    parsers = {
        f"{path.parent.name}/{path.stem}"
        for path in sites.glob("*/*.py")
        if "def read(page: Page)" in path.read_text("utf-8")
    }
    assert parsers == {"/".join(name_of(folder).split("/")[:2]) for folder in CASES}
