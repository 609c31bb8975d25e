from pathlib import Path

from tests.real_findings import PAGE, page_with, table


def test_the_page_of_findings_tells_what_the_real_pages_give(shared_data: Path, tmp_path: Path) -> None:
    assert page_with(table(shared_data, tmp_path)) == PAGE.read_text("utf-8"), "run `make findings`, then read it again"
