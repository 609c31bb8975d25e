"""A parliament of our own in a real database: what pages state is stored as a crawl stores it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from db.engine import reader
from db.links import LinkDecision
from db.pending import mark_pending
from db.upsert import table_of, upsert
from db.versions import mark_vanished
from scrapers.items import (
    ActItem,
    AgendaLine,
    BillItem,
    DeputyItem,
    Item,
    ProtocolItem,
    Registration,
    SittingItem,
    VoteListItem,
)
from scrapers.pipelines.statements import Origin
from scrapers.pipelines.store import store_items
from tracker.run import TrackCounts, track
from vocab.agenda_item import read_agenda_item
from vocab.bodies import Body
from vocab.numbers import BillNumber

START = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
SITE = "kenesh"

DAY = date(2017, 5, 17)
NUMBER = BillNumber(6, 502, 17)
LAW = "О проекте Закона «О ветеринарии»"

FACTIONS = {
    "Абдиев Алмаз Акматович": "Фракция «Ак-Суу»",
    "Борубаев Бакыт Болотович": "Парламентская фракция «Ак - Суу»",
    "Касымов Канат Кубатович": "Фракция «Тоо»",
    "Жунус уулу Адыл": "Фракция «Тоо»",
    "Жунус уулу Алтынбек": "Фракция «Тоо»",
}


def line(text: str, position: int = 1, ballot: str | None = None) -> AgendaLine:
    return AgendaLine(position=position, number=str(position), item=read_agenda_item(text), ballot=ballot)


def deputies(day: date, factions: dict[str, str] | None = None, convocation: str = "VI") -> list[DeputyItem]:
    """A dated list of deputies, as an import states it."""
    return [
        DeputyItem(
            key=f"membership:{convocation}:{day}:{number}",
            name=name,
            convocation=convocation,
            faction=faction,
            shown_on=day,
        )
        for number, (name, faction) in enumerate((factions or FACTIONS).items())
    ]


def protocol(day: date = DAY, number: str = "5", **said: object) -> ProtocolItem:
    values: dict[str, object] = {
        "key": f"protocol:{number}",
        "title": f"Протокол № {number} от {day:%d.%m.%Y} г.",
        "number": number,
        "day": day,
        "registrations": (Registration(seq=1, count=95),),
    }
    return ProtocolItem(**(values | said))  # type: ignore[arg-type]


def agenda(key: str = "agenda:1", day: date = DAY, committee: str | None = None, **said: object) -> SittingItem:
    values: dict[str, object] = {
        "key": key,
        "title": f"Повестка дня на {day:%d.%m.%Y}",
        "body": Body.COMMITTEE if committee else Body.PLENARY,
        "committee": committee,
        "day": day,
    }
    return SittingItem(**(values | said))  # type: ignore[arg-type]


def vote_list(*texts: str, key: str = "vote_list:1", day: date = DAY) -> VoteListItem:
    lines = tuple(line(text, number) for number, text in enumerate(texts, start=1))
    return VoteListItem(key=key, title="Законопроекты, внесенные на голосование", day=day, lines=lines)


def registered(title: str, **said: object) -> BillItem:
    values: dict[str, object] = {"key": f"bill:{NUMBER}", "number": NUMBER, "registered_on": date(2017, 2, 1)}
    return BillItem(**(values | {"title": title} | said))  # type: ignore[arg-type]


def act(title: str, key: str = "1", adopted_on: date | None = date(2017, 7, 1), kind: str | None = "Закон") -> ActItem:
    return ActItem(
        key=f"act:{key}",
        code=key,
        edition=None,
        title=title,
        kind=kind,
        organ=None,
        adopted_on=adopted_on,
        published_on=None,
    )


@dataclass
class House:
    """A database, and a clock that every crawl moves on."""

    engine: Engine
    now: datetime = START

    def state(self, *items: Item) -> "House":
        """A crawl an hour later sees these items."""
        self.now += timedelta(hours=1)
        with self.engine.begin() as conn:
            store_items(conn, items, Origin(site=SITE, url="https://kenesh.kg/ru/1", page_id=None), now=self.now)
        return self

    def vanish(self, scope: str, record_type: str = "sitting_record") -> "House":
        """A whole walk an hour later sees nothing of this list any more."""
        self.now += timedelta(hours=1)
        with self.engine.begin() as conn:
            mark_vanished(conn, record_type, f"{SITE}:{scope}", not_seen_since=self.now, now=self.now)
        return self

    def put(self, model: type[SQLModel], rows: Sequence[dict[str, Any]], *key: str) -> "House":
        with self.engine.begin() as conn:
            upsert(conn, model, rows, key=key)
        return self

    def track(self, **how: Any) -> TrackCounts:
        return track(self.engine, now=self.now, **how)

    def rows(self, model: type[SQLModel], **same: Any) -> list[dict[str, Any]]:
        table = table_of(model)
        query = select(table).where(*(table.c[name] == value for name, value in same.items()))
        with reader(self.engine) as conn:
            return [dict(row) for row in conn.execute(query.order_by(*table.primary_key.columns)).mappings()]


def decide(house: House, record_type: str, key: str, dossier_type: str, dossier: str | None, place: str = "") -> None:
    row = {
        "record_type": record_type,
        "record_key": key,
        "place": place,
        "dossier_type": dossier_type,
        "dossier_id": dossier,
        "decided_by": "editor",
        "decided_at": datetime(2026, 11, 2, tzinfo=UTC),
        "reason": "read both pages",
    }
    house.put(LinkDecision, [row], "record_type", "record_key", "place", "dossier_type")
    with house.engine.begin() as conn:
        mark_pending(conn, record_type, [key])
