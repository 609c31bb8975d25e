"""Bills, subscribers, and the runs that make letters of what happens."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select, update

from db.bills import Bill
from db.engine import reader
from db.findings import Finding, FindingReview
from db.outbox import Delivery
from db.pending import mark_for_followers
from db.subscriptions import AlertTold
from db.upsert import table_of, upsert
from publish.alerts import subscribing
from publish.alerts.preparing import Prepared, prepare
from publish.alerts.subscribing import Wish
from publish.alerts.things import Thing
from publish.message import from_json, plain
from publish.saved_searches import asked, save
from tests.publish.test_publish import tell
from vocab.lists import ListKind, canonical
from vocab.posts import ChannelName, DeliveryState
from vocab.subscriptions import Follows
from vocab.verdicts import Review, Verdict

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)  # a Tuesday, 14:00 in Bishkek
SITE = "https://baikoo.example"
KEY = bytes(32)
OLD, OTHER = "n-6-1-26", "n-6-2-26"


class World:
    """Bills, subscribers, and the runs that make letters of what happens."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.now = engine, NOW
        for key in (OLD, OTHER):
            self.bill(key, title="О мышах")

    def bill(self, key: str = OLD, title: str = "О пчёлах", **more: Any) -> None:
        with self.engine.begin() as conn:
            upsert(conn, Bill, [{"id": key, "title": title, "kind": "law", "made_at": NOW, **more}], key=("id",))
            mark_for_followers(conn, "bill", [key])

    def tell(self, key: str, subject: str = OLD, **more: Any) -> None:
        minutes = int((self.now - NOW).total_seconds() // 60)
        with self.engine.begin() as conn:
            about = more.pop("about", [("bill", subject)])
            tell(conn, key, minutes=minutes, subject_id=subject, about=about, **more)

    def subscriber(self, follows: Follows = Follows.BILL, key: str = OLD, address: str = "", **more: Any) -> int:
        wish = Wish(channel=ChannelName.EMAIL, thing=Thing(follows=follows, id=key), lang="ru", **more)
        with self.engine.begin() as conn:
            one = subscribing.ask(conn, wish, address or f"{follows}.{key}@example.kg", KEY, self.now)
            assert subscribing.confirm(conn, one, self.now)
        return one.id

    def follower_of_bees(self) -> int:
        one = asked(ListKind.BILLS, canonical(ListKind.BILLS, {"text": "пчёл"}), (), self.now)
        save(self.engine, one)
        return self.subscriber(Follows.LIST, one.id)

    def run(self) -> Prepared:
        self.now += timedelta(minutes=1)
        return prepare(self.engine, public_url=SITE, now=self.now)

    def titles(self) -> list[str]:
        """What came by one run, one title a letter; the next run brings nothing."""
        before = len(self.letters())
        assert not self.run().failed
        came = self.letters()[before:]
        assert self.run() == Prepared()
        return [row["message"]["title"] for row in came]

    def letters(self) -> list[dict[str, Any]]:
        with reader(self.engine) as conn:
            query = select(table_of(Delivery)).order_by(table_of(Delivery).c.id)
            return [dict(row) for row in conn.execute(query).mappings()]

    def text(self) -> str:
        return "".join(plain(part) for part in from_json(self.letters()[-1]["message"]).parts)

    def outbox_says(self, state: DeliveryState) -> None:
        with self.engine.begin() as conn:
            conn.execute(update(table_of(Delivery)).values(state=state.value))

    def told(self) -> set[str]:
        with reader(self.engine) as conn:
            return set(conn.execute(select(table_of(AlertTold).c.key)).scalars())


FINDING = "f-1"


def accuse(world: World, decision: Review, number: int) -> None:
    """A finding is reviewed, and feeds tell of it."""
    row: dict[str, Any] = {"id": FINDING, "check_id": "R28", "subject_kind": "bill", "subject_id": OLD, "case_key": "1"}
    row |= {"day": date(2026, 9, 1), "verdict": Verdict.BROKEN, "reason": "made_up", "edition": "rules-2011"}
    row |= {"article": "ст. 82", "quote": "…", "verified": False, "code_version": "1", "figures": {}, "evidence": []}
    kind = "finding_confirmed" if decision is Review.CONFIRMED else "finding_withdrawn"
    review = {"finding_id": FINDING, "decision": decision, "decided_by": "user:1", "decided_at": world.now}
    with world.engine.begin() as conn:
        upsert(conn, Finding, [row | {"computed_at": NOW}], key=("id",))
        conn.execute(table_of(FindingReview).insert().values(**review, reason="x"))
        mark_for_followers(conn, "finding", [FINDING])
    facts = {"finding": FINDING, "check": "R28", "reason": "made_up", "figures": {}}
    world.tell(f"{kind}:{FINDING}:{number}", kind=kind, facts=facts)
