"""`baikoo link` as a person runs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.bills import Bill
from db.engine import open_engine
from tests.cli.test_commands import answer, baikoo
from tests.conftest import NewHome
from tests.tracker.house import LAW, House, registered
from tests.tracker.press_house import RELEASE, alike, event_at, tell, told
from vocab.numbers import BillNumber

PRESS = f"press_record:{RELEASE}"
ONE, OTHER = "n-6-502-17", "n-6-503-17"


@pytest.fixture
def house(new_home: NewHome, tmp_path: Path) -> Iterator[House]:
    """A home with two bills and a release that resembles one of them."""
    engine = open_engine(new_home(tmp_path).database_url)
    other = registered("О проекте Закона «О мёде»", key="bill:2", number=BillNumber(6, 503, 17))
    house = House(engine).state(registered(LAW), other)
    tell(house, told("закон о врачах", quoted=False))
    alike(house, event_at(), ("registry_entry", "kenesh:bill:6-502/17", ""), 0.9).track()
    yield house
    engine.dispose()


def test_links_are_reviewed_decided_and_logged(tmp_path: Path, house: House) -> None:
    listed = answer(tmp_path, "link", "review")
    [unsure] = listed["links"]
    assert (unsure["record"], unsure["place"], unsure["bill"]["id"]) == (PRESS, "event:0", ONE)
    shown = baikoo(tmp_path, "link", "review").stdout
    assert "Unsure links (1)" in shown
    assert "Nothing proposes" in shown

    because = ("--reason", "read both pages")
    assert OTHER in baikoo(tmp_path, "link", "decide", PRESS, OTHER, *because).stdout
    assert "of no bill" in baikoo(tmp_path, "link", "decide", PRESS, "none", "--place", "event:0", *because).stdout
    merged = baikoo(tmp_path, "link", "merge", ONE, OTHER, *because).stdout
    assert baikoo(tmp_path, "show", "bill", OTHER).returncode == 0  # a former id leads to it
    assert f"{ONE} stays. Undo: baikoo link split {OTHER}" in merged
    assert "Proposals (1)" in baikoo(tmp_path, "link", "review").stdout  # one bill with two numbers
    assert OTHER in baikoo(tmp_path, "link", "split", OTHER, *because).stdout
    assert "stay two" in baikoo(tmp_path, "link", "apart", ONE, OTHER, *because).stdout
    assert [row["id"] for row in house.rows(Bill)] == [ONE, OTHER]

    log = answer(tmp_path, "link", "log")
    assert [row["change"] for row in log] == ["apart", "split", "merged", "moved", "moved"]
    assert {(row["who"], row["reason"]) for row in log} == {("cli", "read both pages")}
    assert len(answer(tmp_path, "link", "log", OTHER)) == 5
    assert "Changes (5)" in baikoo(tmp_path, "link", "log", OTHER).stdout
    assert "No link of n-6-1-26 was ever changed" in baikoo(tmp_path, "link", "log", "n-6-1-26").stdout


def test_a_wrong_decision_is_wrong_usage(tmp_path: Path, house: House) -> None:
    for words in (["decide", "kenesh:press:9", "none"], ["merge", ONE, ONE], ["split", "no-such"], ["apart", ONE, "x"]):
        done = baikoo(tmp_path, "link", *words, "--reason", "why")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("baikoo: ")
    assert baikoo(tmp_path, "link", "merge", ONE, OTHER, "--reason", " ").returncode == 2
