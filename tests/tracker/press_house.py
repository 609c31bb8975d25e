"""Press releases in a parliament of our own: what the text layer would have read out of them, put by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

from sqlalchemy import delete

from db.annotations import DraftEdge, PressEventRow
from db.bills import Bill
from db.links import Link, LinkChange
from db.pending import mark_pending
from db.upsert import table_of
from scrapers.items import PressItem
from tests.tracker.house import DAY, SITE, House
from tracker.linking import Decision

RELEASE = f"{SITE}:press:1"
TITLE = "О ветеринарии"
Side = tuple[str, str, str]


def release(number: int = 1, body: str = "Депутаты рассмотрели законопроект.") -> PressItem:
    return PressItem(key=f"press:{number}", url=f"https://kenesh.kg/ru/news/show/{number}", body=body, title="Новость")


def told(draft: str = TITLE, **said: Any) -> dict[str, Any]:
    """An event as the text layer writes it, but for its place."""
    values: dict[str, Any] = {
        "draft": draft,
        "kind": "law",
        "body": "plenary",
        "committee": None,
        "action": "adopted",
        "readings": [1],
        "day": DAY,
        "day_stated": True,
        "presenter": None,
        "initiator": None,
        "votes_for": None,
        "votes_against": None,
        "quoted": True,
        "score": 1.0,
        "words": [],
    }
    return values | said


def tell(house: House, *events: dict[str, Any], number: int = 1) -> House:
    """The release tells these events and no others, as after a run of the text layer."""
    key = f"{SITE}:press:{number}"
    house.state(release(number))
    table = table_of(PressEventRow)
    with house.engine.begin() as conn:
        conn.execute(delete(table).where(table.c.record_key == key))
        mark_pending(conn, "press_record", [key])
    rows = [{"record_key": key, "seq": seq, **event} for seq, event in enumerate(events)]
    return house.put(PressEventRow, rows, "record_key", "seq")


def alike(house: House, one: Side, other: Side, score: float = 0.95, relation: str = "same") -> House:
    """An edge of the text layer between two places; their records are looked at again."""
    (left_type, left_key, left_place), (right_type, right_key, right_place) = sorted((one, other))
    row = {"left_type": left_type, "left_key": left_key, "left_place": left_place}
    row |= {"right_type": right_type, "right_key": right_key, "right_place": right_place}
    key = tuple(row)
    house.put(DraftEdge, [{**row, "relation": relation, "score": score, "method": "title", "words": ["мёд"]}], *key)
    with house.engine.begin() as conn:
        for record_type, record_key, _ in (one, other):
            mark_pending(conn, record_type, [record_key])
    return house


def event_at(number: int = 1, seq: int = 0) -> Side:
    return "press_record", f"{SITE}:press:{number}", f"event:{seq}"


def orders(things: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All orders of a few things."""
    return list(permutations(things))


def later(days: int, since: date = DAY) -> date:
    return date.fromordinal(since.toordinal() + days)


def because(reason: str = "read both pages") -> Decision:
    return Decision(who="editor", reason=reason, now=datetime(2026, 11, 3, tzinfo=UTC))


def bills(house: House) -> list[str]:
    return [row["id"] for row in house.rows(Bill)]


def bill_of(house: House, key: str, place: str = "") -> str | None:
    [link] = house.rows(Link, record_key=key, place=place, dossier_type="bill")
    found: str | None = link["dossier_id"]
    return found


def log(house: House) -> list[tuple[str, str, str | None, str | None, str]]:
    names = ("change", "record_type", "before", "after", "method")
    return [tuple(row[name] for name in names) for row in house.rows(LinkChange)]
