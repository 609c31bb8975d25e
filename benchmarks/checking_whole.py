"""The whole path of two thousand bills: records out of tables, merged into timelines, checked, stored.

Each bill has its entry in the list of bills and in the law registry, and stands, ten on a page, on an agenda of its
committee, an agenda of the plenary and a vote list for each of three readings: eleven events. First with all that is
done once (dossiers joined, happenings told), then looked at again, as after a change of the rules. Prints figures,
judges nothing.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from db.bills import Bill
from db.engine import open_engine, reader
from db.migrate import upgrade
from db.upsert import table_of
from scrapers.items import ActItem, AgendaLine, BillItem, Item, SittingItem, VoteListItem
from scrapers.pipelines.statements import Origin
from scrapers.pipelines.store import store_items
from tracker.run import track
from tracker.timelines import bill_timelines
from vocab.agenda_item import read_agenda_item
from vocab.bodies import Body
from vocab.numbers import BillNumber

BILLS = 2_000
ON_A_PAGE = 10
NOW = datetime(2026, 11, 1, tzinfo=UTC)
START = date(2017, 1, 11)
COMMITTEE = "Комитет по социальной политике"
READINGS = (("первое", 20), ("второе", 50), ("третье", 80))


def pages(number: int = BILLS) -> Iterator[list[Item]]:
    """What all pages say, those of ten bills together."""
    for first in range(0, number, ON_A_PAGE):
        yield [*entries(first), *sittings(first)]


def entries(first: int) -> Iterator[Item]:
    """Ten bills in the list of bills, and as acts in the law registry."""
    day = START + timedelta(days=first // ON_A_PAGE)
    for number in range(first, first + ON_A_PAGE):
        yield BillItem(key=f"bill:{number}", number=numbered(number), registered_on=day, title=titled(number))
        yield ActItem(
            key=f"act:{number}",
            code=str(number),
            edition=None,
            title=titled(number).removeprefix("О проекте Закона "),
            kind="Закон",
            organ=None,
            adopted_on=day + timedelta(days=120),
            published_on=None,
        )


def sittings(first: int) -> Iterator[Item]:
    """The agendas and the vote lists on which ten bills stand."""
    opened = START + timedelta(days=first // ON_A_PAGE)
    for reading, after in READINGS:
        day, on_it = opened + timedelta(days=after), lines(first, reading)
        for body, committee, before in ((Body.COMMITTEE, COMMITTEE, 5), (Body.PLENARY, None, 0)):
            yield SittingItem(
                key=f"agenda:{body}:{reading}:{first}",
                title="Повестка дня",
                body=body,
                committee=committee,
                day=day - timedelta(days=before),
                lines=on_it,
            )
        title = "Законопроекты, внесенные на голосование"
        yield VoteListItem(key=f"votes:{reading}:{first}", title=title, day=day, lines=on_it)


def lines(first: int, reading: str) -> tuple[AgendaLine, ...]:
    """Ten bills on one page."""
    return tuple(
        AgendaLine(
            position=position,
            number=str(position),
            item=read_agenda_item(f"{titled(number)} (рег. № {numbered(number)}) ({reading} чтение)"),
        )
        for position, number in enumerate(range(first, first + ON_A_PAGE), start=1)
    )


def titled(number: int) -> str:
    """A title that no other bill has."""
    return f"О проекте Закона «О предмете {number}»"


def numbered(number: int) -> BillNumber:
    """The registration number of a bill."""
    return BillNumber(prefix=6, serial=number + 1, year=17)


@contextmanager
def measured(name: str) -> Iterator[None]:
    """One line of the table: the time of the clock, and that of a core."""
    began = time.perf_counter(), time.process_time()
    yield
    took, core = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"{name:<26} {took:>7.1f} s, {core:.1f} s of a core, {1000 * core / BILLS:.1f} ms a bill")


def measure(engine: Engine) -> None:
    """Print the figures of one database."""
    with engine.begin() as conn:
        for items in pages():
            store_items(conn, items, Origin(site="kenesh", url=None, page_id=None), now=NOW)
    with measured("everything, first"):
        counts = track(engine, now=NOW)
    with reader(engine) as conn:
        ids = list(conn.execute(select(table_of(Bill).c.id)).scalars())
        with measured("timelines out of tables"):
            timelines = bill_timelines(conn, ids)
    with measured("all bills, again"):
        track(engine, now=NOW, only=ids)
    events = sum(len(one.events) for one in timelines.values())
    said = f"{counts.findings} findings, {counts.sittings} sittings"
    print(f"{len(ids)} bills, {events / len(ids):.1f} events a bill, {said}")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'baikoo.sqlite'}")
        upgrade(engine)
        measure(engine)
        engine.dispose()


if __name__ == "__main__":
    main()
