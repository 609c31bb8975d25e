"""60 observers send 500 notes each within five minutes, over HTTP to real servers on one SQLite file.

Two server processes; one of them is killed and started again in the middle; every tenth batch is sent twice, as a phone
does that got no answer. Prints the latencies and what the database holds in the end: none lost, none doubled.
`--seconds 300 --observers 60 --notes 500 --batch 20` are the defaults.
"""

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
from itsdangerous import Signer
from sqlalchemy import Engine, func, select

from db.accounts import add_account
from db.audit import Act
from db.engine import open_engine, reader
from db.keys import load_keys
from db.migrate import upgrade
from db.observations import Observation
from db.sessions import open_session
from db.settings import HomeSettings, home_settings
from db.sittings import Sitting
from db.upsert import table_of, upsert
from vocab.roles import Role
from web.csrf import HEADER, token_for

SITTING = "plenary-2026-11-26"
SERVERS = 2
RETRY_SECONDS = 0.5


@dataclass(slots=True)
class Phone:
    """One observer: the headers of a session, the notes not yet confirmed, and what the server's answers took."""

    headers: dict[str, str]
    waiting: list[dict[str, Any]]
    port: int
    seconds: list[float] = field(default_factory=list)
    retries: int = 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def start(home: Path, port: int) -> subprocess.Popen[bytes]:
    """A server process, ready to answer."""
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    around = {**os.environ, "BAIKOO_HOME": str(home)}
    process = subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{port}/sign-in")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return process
    raise RuntimeError(f"the server on port {port} does not start")


@contextmanager
def servers(home: Path, ports: Sequence[int]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Server processes, ended at the end."""
    processes = [start(home, port) for port in ports]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def phones(engine: Engine, settings: HomeSettings, wanted: argparse.Namespace, ports: Sequence[int]) -> list[Phone]:
    """Observers that are signed in, each with all the notes of a sitting."""
    keys, act = load_keys(settings.home), Act(who="benchmark", at=datetime.now(UTC))
    found = []
    for number in range(wanted.observers):
        with engine.begin() as conn:
            account = add_account(conn, f"observer{number}", f"Observer {number}", [Role.OBSERVER], "ky", act=act)
            token = open_session(conn, account, "phone", act=act)
        signed = (
            Signer(keys.cookies, salt="baikoo_session", key_derivation="hmac", digest_method=keys.digest)
            .sign(token)
            .decode()
        )
        headers = {"Cookie": f"baikoo_session={signed}", HEADER: token_for(keys.csrf, token)}
        notes = [note(index) for index in range(wanted.notes)]
        found.append(Phone(headers=headers, waiting=notes, port=ports[number % len(ports)]))
    return found


def note(index: int) -> dict[str, Any]:
    """A note as the form sends it."""
    return {
        "uuid": str(uuid.uuid4()),
        "sitting": SITTING,
        "item": index % 40,
        "kind": "vote",
        "value": {"for": index % 90, "against": 3, "abstained": 1, "method": "electronic", "readings": [2]},
        "device_at": datetime.now(UTC).isoformat(),
        "form_version": 1,
    }


async def sync(phone: Phone, wanted: argparse.Namespace, client: httpx.AsyncClient) -> None:
    """Send everything, spread over the time; what gets no answer is sent again."""
    batches = -(-wanted.notes // wanted.batch)
    pause = wanted.seconds / batches
    await asyncio.sleep(random.uniform(0, pause))
    for number in range(batches):
        began = time.monotonic()
        notes = phone.waiting[: wanted.batch]
        for _ in range(2 if number % 10 == 0 else 1):
            await deliver(phone, notes, client)
        phone.waiting = phone.waiting[wanted.batch :]
        await asyncio.sleep(max(0.0, pause - (time.monotonic() - began)))


async def deliver(phone: Phone, notes: list[dict[str, Any]], client: httpx.AsyncClient) -> None:
    """One batch, until every note of it is confirmed."""
    while True:
        body = {"device": "phone", "device_now": datetime.now(UTC).isoformat(), "notes": notes}
        began = time.perf_counter()
        try:
            answer = await client.post(
                f"http://127.0.0.1:{phone.port}/observe/api/notes", json=body, headers=phone.headers
            )
        except httpx.TransportError:
            phone.retries += 1
            await asyncio.sleep(RETRY_SECONDS)
            continue
        phone.seconds.append(time.perf_counter() - began)
        answer.raise_for_status()
        if all(one["status"] in {"received", "known"} for one in answer.json()["notes"]):
            return


async def restart(home: Path, running: list[subprocess.Popen[bytes]], ports: Sequence[int], after: float) -> None:
    """Kill one server without a warning, and start it again."""
    await asyncio.sleep(after)
    running[0].kill()
    running[0].wait()
    running[0] = await asyncio.to_thread(start, home, ports[0])


async def run(found: Sequence[Phone], wanted: argparse.Namespace, restarting: Any) -> None:
    """All phones at once."""
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=len(found))) as client:
        await asyncio.gather(restarting, *(sync(phone, wanted, client) for phone in found))


def report(engine: Engine, found: Sequence[Phone], sent: set[str]) -> None:
    """The figures."""
    seconds = sorted(one for phone in found for one in phone.seconds)
    table = table_of(Observation)
    with reader(engine) as conn:
        kept = set(conn.execute(select(table.c.uuid)).scalars())
        rows = conn.execute(select(func.count()).select_from(table)).scalar()
    cuts = statistics.quantiles(seconds, n=100)
    retries = sum(phone.retries for phone in found)
    print(f"{len(found)} observers, {len(sent):,} notes, {len(seconds):,} requests, {retries} retries")
    print(f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, slowest {seconds[-1] * 1000:.0f} ms")
    print(f"lost {len(sent - kept)}, doubled {(rows or 0) - len(kept)}, foreign {len(kept - sent)}")


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("seconds", 300), ("observers", 60), ("notes", 500), ("batch", 20)):
        options.add_argument(f"--{name}", type=int, default=default)
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = home_settings(Path(folder))
        engine = open_engine(settings.database_url)
        upgrade(engine)
        day = datetime(2026, 11, 26, tzinfo=UTC).date()
        row = {"id": SITTING, "body": "plenary", "day": day, "title": "Повестка дня"}
        with engine.begin() as conn:
            upsert(conn, Sitting, [row], key=("id",))
        ports = [free_port() for _ in range(SERVERS)]
        found = phones(engine, settings, wanted, ports)
        sent = {one["uuid"] for phone in found for one in phone.waiting}
        with servers(settings.home, ports) as running:
            restarting = restart(settings.home, running, ports, wanted.seconds / 2)
            asyncio.run(run(found, wanted, restarting))
        report(engine, found, sent)
        engine.dispose()


if __name__ == "__main__":
    main()
