"""A damaged archive costs the damaged pages and no others."""

from pathlib import Path

from db.runs import Quarantine, Run
from tests.scrapers.conftest import Home

DEMONSTRATION = Path("scrapers/sites/kenesh/demonstration").resolve()


def test_a_damaged_record_is_quarantined_and_the_rest_is_read(home: Home) -> None:
    assert home.crawl(DEMONSTRATION).outcome == "clean"
    (file,) = (home.folder / "archive").glob("*.warc.gz")
    damaged = bytearray(file.read_bytes())
    middle = len(damaged) // 2
    damaged[middle : middle + 400] = bytes(byte ^ 0x5A for byte in damaged[middle : middle + 400])
    file.write_bytes(damaged)
    report = home.crawl()
    assert report.outcome == "red"
    assert 0 < report.figures["pages_refused"] < 4
    assert report.figures["pages_parsed"] + report.figures["pages_refused"] == 48
    reasons = {row["reason"] for row in home.rows(Quarantine)}
    assert all("no whole record" in reason and "\\x" not in reason for reason in reasons)
    assert home.rows(Run)[-1]["ended_at"] is not None
