"""Every kind of feed keeps the rules of its format: by schema, and where a schema cannot say it, by counting."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from sqlalchemy import Engine

from db.bills import Bill
from db.pending import mark_for_followers
from db.upsert import upsert
from publish.run import publish, publish_list
from publish.saved_searches import asked, save
from publish.settings import PublicSettings
from tests.publish.test_publish import BILL, SITTING, tell
from vocab.lists import ListKind, canonical

SCHEMAS = Path(__file__).parent / "schemas"
PUBLIC = PublicSettings(public_url="https://baikoo.example", hub="https://hub.example/?a=1&b=2")
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "]]><script>alert('x')</script>\x0b\x1f&amp; &#x0; <![CDATA[ \ud800 \ufffe «x» " + "ң" * 300
KINDS = {"all", "findings", "corrections", "posts", "bill", "committee", "person", "search"}


@cache
def schema(form: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / f"{form}.rng"))


def broken_rules(path: Path) -> list[str]:
    """What a feed does against the rules of its format."""
    rules, feed = schema(path.suffix[1:]), etree.parse(path)
    wrong = [] if rules.validate(feed) else [str(error) for error in rules.error_log]
    same_id = list(feed.iterfind(f".//{ATOM}entry/{ATOM}id")) + list(feed.iterfind(".//guid"))
    if len({one.text for one in same_id}) < len(same_id):
        wrong.append("an id stands twice")  # RFC 4287, 4.1.1: not with the same moment
    own = [one.get("href") for one in feed.iter(f"{ATOM}link") if one.get("rel") == "self"]
    if own != [f"{PUBLIC.public_url}/feeds/{'/'.join(path.parts[path.parts.index('feeds') + 1 :])}"]:
        wrong.append(f"the feed says that it stands at {own}")  # RFC 4287, 4.1.1
    read = feedparser.parse(path.read_bytes())
    return wrong + ([repr(read.bozo_exception)] if read.bozo else [])


@pytest.fixture
def told(sqlite_engine: Engine, tmp_path: Path) -> Engine:
    """Happenings of every kind of feed, with titles as a source may write them, and a followed list."""
    with sqlite_engine.begin() as conn:
        upsert(conn, Bill, [{"id": BILL, "title": HOSTILE.replace("\ud800", ""), "kind": "law"}], key=("id",))
        about = [("bill", BILL), ("committee", "x"), ("person", "p-1")]
        tell(conn, "one", title=HOSTILE.replace("\ud800", ""), about=about)
        tell(conn, "two", "sitting_announced", minutes=1, subject_kind="sitting", subject_id=SITTING, title="")
        found = {"finding": "f1", "check": "R33", "reason": "", "figures": {}}
        tell(conn, "finding_confirmed:f1:1", "finding_confirmed", minutes=2, facts=found)
        tell(conn, "finding_withdrawn:f1:2", "finding_withdrawn", minutes=3, facts=found)
        tell(conn, "c", "bill_told_corrected", minutes=4, facts={"told": "one"}, title="<b>")
    one = asked(ListKind.BILLS, canonical(ListKind.BILLS, {"text": "script"}), (), NOW)
    assert save(sqlite_engine, one)
    publish_list(sqlite_engine, tmp_path, one.id, public=PUBLIC)
    with sqlite_engine.begin() as conn:
        mark_for_followers(conn, "bill", [BILL])
    return sqlite_engine


def feeds_below(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("feeds/**/*") if path.is_file())


def test_feeds_of_every_kind_and_language_keep_the_rules(told: Engine, tmp_path: Path) -> None:
    publish(told, tmp_path, public=PUBLIC, now=NOW + timedelta(days=1))
    made = sorted(feeds_below(tmp_path))
    assert {path.relative_to(tmp_path / "feeds").parts[1].partition(".")[0] for path in made} == KINDS
    assert len(made) == len(KINDS) * 3 * 2
    assert {path.name: wrong for path in made if (wrong := broken_rules(path))} == {}


def test_feeds_without_entries_keep_the_rules(sqlite_engine: Engine, tmp_path: Path) -> None:
    publish(sqlite_engine, tmp_path, public=PUBLIC, now=NOW)
    made = sorted(feeds_below(tmp_path))
    assert len(made) == 24
    assert {path.name: wrong for path in made if (wrong := broken_rules(path))} == {}


def test_a_correction_keeps_the_day_on_which_the_entry_appeared(told: Engine, tmp_path: Path) -> None:
    publish(told, tmp_path, public=PUBLIC, now=NOW)
    corrected, withdrawn, _ = feedparser.parse(tmp_path / "feeds/ru/all.atom").entries
    assert (corrected.published, corrected.updated) == ("2026-09-01T08:00:00+00:00", "2026-09-01T08:04:00+00:00")
    assert (withdrawn.published, withdrawn.updated) == ("2026-09-01T08:02:00+00:00", "2026-09-01T08:03:00+00:00")
    items = feedparser.parse(tmp_path / "feeds/ru/all.rss").entries
    assert [(one.published, one.updated) for one in items[:1]] == [
        ("Tue, 01 Sep 2026 08:00:00 +0000", "2026-09-01T08:04:00+00:00")
    ]


def test_what_a_source_wrote_is_text_for_readers_of_html(told: Engine, tmp_path: Path) -> None:
    with told.begin() as conn:
        facts = {
            "finding": "f2",
            "check": "<script>alert(1)</script>",
            "reason": "<img src=x>",
            "figures": {},
        }
        tell(conn, "finding_confirmed:f2:1", "finding_confirmed", minutes=9, facts=facts, evidence=[{"url": "x<u>y"}])
    publish(told, tmp_path, public=PUBLIC, now=NOW)
    item = etree.parse(tmp_path / "feeds/en/findings.rss").find(".//item")
    assert item is not None
    shown = etree.HTML(item.findtext("description") or "")
    assert {one.tag for one in shown.iter()} <= {"html", "body", "p", "br"}
    assert "x<u>y" in "".join(shown.itertext())


@pytest.mark.parametrize(
    ("change", "place"),
    [("<id>urn:baikoo:one</id>", "atom"), ("<updated>yesterday</updated>", "atom"), ("<title>t</title>", "rss")],
)
def test_the_schemas_refuse_what_is_against_the_rules(told: Engine, tmp_path: Path, change: str, place: str) -> None:
    publish(told, tmp_path, public=PUBLIC, now=NOW)
    path = tmp_path / f"feeds/ru/all.{place}"
    end = "</channel>" if place == "rss" else "</feed>"
    path.write_text(path.read_text().replace(end, change + end))
    assert broken_rules(path) != []
