"""`make findings`: the table of docs/findings-2016-2018.md, from the real pages read, tracked and checked anew.

The reading around the table is written by people; only what stands between the two marks is computed.
"""

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlmodel import col

from cli.check import verdicts
from db.archive import Archive
from db.engine import open_engine, reader
from db.findings import Finding
from db.migrate import upgrade
from nlp.run import annotate
from scrapers.crawl import crawl
from scrapers.imports.membership import import_membership
from tracker.run import track
from vocab.verdicts import Verdict

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "findings-2016-2018.md"
START, END = "<!-- computed by `make findings` -->\n", "<!-- end -->\n"
_HEAD = """\
| rule | kept | broken | cannot tell | not applicable | why it cannot be told |
|---|---|---|---|---|---|
"""


def table(data: Path, home: Path) -> str:
    """The table, out of a database that is made in this empty folder from the real data."""
    now = datetime.now(UTC)
    engine = open_engine(f"sqlite:///{home / 'baikoo.sqlite'}")
    upgrade(engine)
    crawl(
        "kenesh",
        engine=engine,
        archive=Archive(home / "archive"),
        origin="replay",
        replay=data / "kenesh-reconstructed",
    )
    import_membership(engine, data / "kenesh" / "membership-snapshots", now=now)
    annotate(engine, now=now)
    track(engine, now=now)
    with reader(engine) as conn:
        why = _why(conn)
        lines = [_line(row, why.get(str(row["rule"]), "")) for row in verdicts(conn)]
    engine.dispose()
    return _HEAD + "".join(lines)


def _why(conn: Connection) -> dict[str, str]:
    """Each rule's reasons for *cannot tell*, with how often, the most frequent first."""
    by = (col(Finding.check_id), col(Finding.reason))
    query = select(*by, func.count()).where(
        col(Finding.superseded_at).is_(None), col(Finding.verdict) == Verdict.CANNOT_TELL
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for rule, reason, number in conn.execute(query.group_by(*by)):
        found.setdefault(rule, []).append((-number, reason))
    return {
        rule: ", ".join(f"{reason.replace('_', ' ')} {-number}" for number, reason in sorted(rows))
        for rule, rows in found.items()
    }


def _line(row: dict[str, object], why: str) -> str:
    counts = " | ".join(str(row[one.value]) for one in (Verdict.KEPT, Verdict.BROKEN, Verdict.CANNOT_TELL))
    return f"| {row['rule']} | {counts} | {row[Verdict.NOT_APPLICABLE.value]} | {why} |\n"


def page_with(computed: str) -> str:
    """The page as it stands, with this table in it."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    return before + START + computed + END + rest.partition(END)[2]


def main() -> int:
    """Write the page; 1 where there is no real data."""
    data = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
    if not data.is_dir():
        sys.stderr.write(f"no real data at {data}; set BAIKOO_TESTDATA\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page_with(table(data, Path(folder))), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
