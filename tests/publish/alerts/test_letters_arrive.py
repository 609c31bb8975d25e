"""The whole way: the form, the mail server, the links in the letter, a machine that is killed on the way."""

import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from db.settings import HomeSettings
from publish.alerts.addressee import addressees
from publish.alerts.preparing import prepare
from publish.outbox.delivering import deliver
from publish.outbox.outside import open_outside
from tests.fakes.mailbox import Mailbox, start_mailbox
from tests.publish.alerts.world import KEY, SITE, World, accuse
from tests.publish.test_publish import tell
from tests.web import sample
from tests.web.members import BASE, Client
from vocab.subscriptions import Follows
from vocab.verdicts import Review
from web.app import create_app

_LINK = re.compile(rf"{BASE}[^\s<>)\"]*")


@dataclass
class Letters:
    """A site, somebody's browser and the mail server that they read at."""

    client: Client
    mailbox: Mailbox
    engine: Engine

    def deliver(self) -> list[str]:
        """The texts of the mails that come now."""
        before = len(self.mailbox.posts)
        site = self.client.app.state.site
        reach = addressees(site.keys.contacts, site.public_url)
        deliver(self.engine, open_outside(Path("nowhere"), reach), now=lambda: datetime.now(UTC))
        return [post.text for post in self.mailbox.posts[before:]]

    def status(self, address: str) -> int:
        return self.client.get(address.removeprefix(BASE)).status_code


@pytest.fixture
def letters(
    sqlite_engine: Engine, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Letters]:
    with start_mailbox() as mailbox:
        for name, value in {**mailbox.settings(), "BAIKOO_PUBLIC_URL": BASE}.items():
            monkeypatch.setenv(name, value)
        settings = HomeSettings(home=tmp_path, database_url=sqlite_url)
        sample.fill(sqlite_engine, settings)
        app = create_app(settings)
        yield Letters(Client(app), mailbox, sqlite_engine)
        app.state.site.engine.dispose()


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_every_link_of_every_letter_leads_to_a_page(letters: Letters, lang: str) -> None:
    client = letters.client
    client.get(f"/{lang}/follow/by-mail?about=all")
    client.post(f"/{lang}/follow/by-mail?about=all", {"address": "asel@example.kg", "language": lang})
    (asking,) = letters.deliver()
    (to_confirm,) = [one for one in _LINK.findall(asking) if "confirm" in one]
    assert letters.status(to_confirm) == 200
    assert client.post(to_confirm.removeprefix(BASE)).status_code == 303
    facts = {"finding": sample.BROKEN, "check": "R28", "reason": "made_up", "figures": {}}
    evidence = [{"url": "https://kenesh.kg/x", "page_id": 1}]
    with letters.engine.begin() as conn:
        about = [("bill", sample.BILL)]
        tell(conn, "one", subject_id=sample.BILL, about=about, evidence=evidence)
        sitting: dict[str, Any] = {"subject_kind": "sitting", "subject_id": sample.COMING, "evidence": evidence}
        tell(conn, "two", "sitting_announced", about=[("sitting", sample.COMING)], **sitting)
        tell(conn, "three", "finding_confirmed", facts=facts, about=about, subject_id=sample.BILL, evidence=evidence)
    for number in (1, 0):
        assert prepare(letters.engine, public_url=BASE, now=datetime.now(UTC)).letters == number
    (news,) = letters.deliver()
    assert letters.deliver() == []
    links = set(_LINK.findall(news))
    for part in ("bills", "sittings", "findings", "evidence", "follow/mine", "follow/end"):
        assert [one for one in links if f"/{lang}/{part}" in one], part
    assert {one: letters.status(one) for one in links} == dict.fromkeys(links, 200)
    mail = letters.mailbox.letters[-1]
    assert mail["To"] == "asel@example.kg"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>").removeprefix(BASE)
    assert client.ask("POST", address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with letters.engine.begin() as conn:
        tell(conn, "four", subject_id=sample.BILL, about=about)
    assert prepare(letters.engine, public_url=BASE, now=datetime.now(UTC)).letters == 0


def test_who_leaves_before_a_letter_went_out_does_not_get_it(letters: Letters) -> None:
    world = World(letters.engine)
    number = world.subscriber()
    world.tell("one")
    assert world.run().letters == 1
    with letters.engine.begin() as conn:
        conn.exec_driver_sql(f"UPDATE subscription SET sealed = '' WHERE id = {number}")
    assert letters.deliver() == []
    assert [row["state"] for row in world.letters()] == ["withdrawn"]
    assert world.run().letters == 0, "a letter without a finding is not written again"


def test_a_finding_withdrawn_before_and_after_its_letter_went_out(letters: Letters) -> None:
    world = World(letters.engine)
    world.subscriber()
    mail = open_outside(Path("nowhere"), addressees(KEY, SITE))
    accuse(world, Review.CONFIRMED, 1)
    world.tell("one")
    assert world.run().letters == 1
    accuse(world, Review.DISMISSED, 2)
    deliver(letters.engine, mail, now=lambda: world.now)
    assert letters.mailbox.posts == []
    assert world.run().letters == 1
    deliver(letters.engine, mail, now=lambda: world.now)
    (post,) = letters.mailbox.posts
    assert "О проекте one" in post.text
    assert "R28" not in post.text
    accuse(world, Review.CONFIRMED, 3)
    assert world.run().letters == 1
    deliver(letters.engine, mail, now=lambda: world.now)
    accuse(world, Review.DISMISSED, 4)
    for _ in range(3):
        world.run()
        deliver(letters.engine, mail, now=lambda: world.now)
    assert ["отозван" in one.text for one in letters.mailbox.posts] == [False, False, True]


_READERS = 25
_PREPARE = """
import sys
from datetime import datetime
from db.engine import open_engine
from publish.alerts.preparing import prepare
engine = open_engine(sys.argv[1])
print("ready", flush=True)
prepare(engine, public_url=sys.argv[2], now=datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_machine_that_is_killed_tells_everybody_once(letters: Letters, sqlite_url: str, seed: int) -> None:
    world = World(letters.engine)
    for number in range(_READERS):
        world.subscriber(Follows.BILL, address=f"reader{number}@example.kg")
    world.tell("one")
    command = [sys.executable, "-c", _PREPARE, sqlite_url, SITE, world.now.isoformat()]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as killed:
        assert killed.stdout
        killed.stdout.readline()
        time.sleep(Random(seed).uniform(0, 0.15))
        killed.send_signal(signal.SIGKILL)
    mail = open_outside(Path("nowhere"), addressees(KEY, SITE))
    deliver(letters.engine, mail, now=lambda: world.now)
    with ThreadPoolExecutor(2) as pool:  # and then two at once
        list(pool.map(lambda _: prepare(letters.engine, public_url=SITE, now=world.now), range(2)))
    deliver(letters.engine, mail, now=lambda: world.now)
    came = Counter(post.account for post in letters.mailbox.posts)
    assert came == {f"reader{number}@example.kg": 1 for number in range(_READERS)}
