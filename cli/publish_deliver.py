"""`baikoo publish deliver`: the workers that send what is due."""

import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from types import FrameType
from typing import Annotated

import typer
from sqlalchemy import Engine

from cli.home import opened
from db.keys import load_keys
from db.settings import HomeSettings, load_settings
from publish.alerts.addressee import addressees
from publish.channels.protocol import Batching
from publish.outbox.delivering import DeliverCounts
from publish.outbox.delivering import deliver as send_due
from publish.outbox.outside import Outside, open_outside
from publish.run import publish_again
from publish.settings import load_public_settings
from vocab.dates import BISHKEK
from vocab.errors import StorageError, UsageError
from vocab.posts import DeliveryState

_PAUSE = 5.0  # seconds between two looks; approved posts leave within them


def deliver(
    once: Annotated[bool, typer.Option("--once", help="send what is due now, and stop")] = False,
    workers: Annotated[int, typer.Option(help="so many at once", min=1, max=16)] = 1,
) -> None:
    """Send what is approved and due, each post once; goes on until it is stopped (Ctrl+C), unless --once.

    A worker that is stopped ends what is under way. Of a worker that was killed the rest is sent by the next; what was
    under way is *unknown*, and asked for or left to a person. What was sent to the feeds stands there at once.
    Exit code 1 where the database could not be written.

    Examples: `baikoo publish deliver --once` · `baikoo publish deliver --workers 2`
    """
    settings, ended = load_settings(), threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _ender(ended))
    with opened(settings) as engine:
        outsides = [_outside(settings) for _ in range(workers)]
        if not outsides[0].accounts:
            raise UsageError("no channel can be used: `baikoo publish status` says what each of them lacks")
        while True:
            counts = _round(engine, outsides, ended)
            _say(counts)
            if counts.states.get(DeliveryState.SENT):
                publish_again(engine, settings.public_dir, public=load_public_settings(), now=_now())
            if once or ended.wait(_PAUSE):
                return


def _round(engine: Engine, outsides: Sequence[Outside], ended: threading.Event) -> DeliverCounts:
    """What all workers did until nothing was due any more; each has accounts of its own."""
    with ExitStack() as batches, ThreadPoolExecutor(len(outsides)) as pool:
        for channel in (channel for one in outsides for channel in one.accounts.values()):
            if isinstance(channel, Batching):
                batches.enter_context(channel.batch())
        done = pool.map(lambda one: send_due(engine, one, now=_now, stopping=ended.is_set), outsides)
        return sum(done, DeliverCounts(states={}))


def _outside(settings: HomeSettings) -> Outside:
    reach = addressees(load_keys(settings.home).contacts, load_public_settings().public_url)
    return open_outside(settings.cards_dir, reach)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(counts: DeliverCounts) -> None:
    """A line where anything happened. Raises StorageError where a worker had to give up."""
    told = [f"{state} {counts.states[state]}" for state in DeliveryState if counts.states.get(state)]
    if told:
        typer.echo(f"{_now().astimezone(BISHKEK):%H:%M:%S}: {', '.join(told)}")
    if counts.stopped:
        raise StorageError(
            f"a worker gave up, for the database said: {counts.stopped}. Nothing is sent twice; go on with "
            "`baikoo publish deliver` when it can be written again"
        )


def _ender(ended: threading.Event) -> Callable[[int, FrameType | None], None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    return end
