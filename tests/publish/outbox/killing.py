"""A worker is killed at a point that a seed chooses, others go on to the end, and the channel is looked at."""

import random
import signal
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine

from publish.outbox.delivering import deliver
from tests.publish.outbox.abilities import ABLE
from tests.publish.outbox.fake_channel import NOW, FakeChannel, Store, Trick, kill, kills, serving
from tests.publish.outbox.posting import at, keep, outside, rows
from tests.publish.outbox.worker import Workers

LANGS = ("ky", "ru")
POSTS, PARTS = 3, 2
REQUESTS = POSTS * PARTS * len(LANGS)
LATER = [timedelta(minutes=minutes) for minutes in (6, 8, 12, 20, 40, 80, 160)]
_WAYS = ("before it is stored", "before it is answered", "a moment after the answer", "by the clock")


def killed(engine: Engine, seed: int, started: Workers) -> Counter[str]:
    """One worker is killed, another ends the work; gives how the deliveries ended (see `ends`), and "killed"."""
    chance = random.Random(seed)
    able, way = chance.choice(sorted(ABLE)), _WAYS[seed % len(_WAYS)]
    store = Store(knows_keys=ABLE[able].repeat_is_safe_for is not None)
    keep(engine, *(f"post:{place}" for place in range(POSTS)), langs=LANGS, parts=PARTS)
    store.tricks = [Store.keep] * chance.randrange(REQUESTS) + [_trick(way, chance)]
    with serving(store) as address:
        url = engine.url.render_as_string(hide_password=False)
        pid = started.start(url=url, address=address, able=able, langs=LANGS, now=NOW.isoformat())
        if way == _WAYS[-1]:
            threading.Timer(chance.uniform(0, 0.15), kill, (pid,)).start()
        codes = started.wait()
        time.sleep(0.01)  # a request that is under way arrives all the same
        there = outside(address, ABLE[able], LANGS)
        for later in LATER:
            deliver(engine, there, now=at(NOW + later))
        for channel in there.accounts.values():
            if isinstance(channel, FakeChannel):
                channel.close()
    return ends(store, rows(engine)) + Counter(killed=codes.count(-signal.SIGKILL))


def _trick(way: str, chance: random.Random) -> Trick:
    delay = chance.uniform(0.0001, 0.02) if way == _WAYS[2] else 0.0
    return Store.keep if way == _WAYS[-1] else kills(stored=way != _WAYS[0], after=delay)


def ends(store: Store, found: list[dict[str, Any]]) -> Counter[str]:
    """Of each delivery: all its parts "once" at the channel, "unknown" and left to a person, "twice", or "lost"."""
    times, ended = store.times(), Counter[str]()
    for row in found:
        there = [times.get(f"{row['key']}-{place}", 0) for place in range(PARTS)]
        if max(there) > 1:
            ended["twice"] += 1
        elif row["state"] == "unknown" and row["due_at"] is None:
            ended["unknown"] += 1
        elif row["state"] == "sent" and there == [1] * PARTS:
            ended["once"] += 1
        else:
            ended["lost"] += 1
    return ended
