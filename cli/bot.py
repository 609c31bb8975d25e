"""`baikoo bot`: answers those who follow in Telegram."""

import signal
import threading
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.home import opened
from db.keys import load_keys
from db.settings import load_settings
from publish.alerts.bot import Desk, poll
from publish.alerts.updates import Silence, open_bot
from publish.settings import load_public_settings
from vocab.errors import ConfigError

_PAUSE, _LONGEST = 2.0, 300.0  # seconds after a fault, then twice as long each time


def bot(once: Annotated[bool, typer.Option("--once", help="answer what was written, and stop")] = False) -> None:
    """Answer in Telegram: who presses «Start» is subscribed, /list, /stop and /help. Runs until it is stopped (Ctrl+C).

    One process a bot: Telegram gives what people write to one of them. A bot that was stopped goes on where it was;
    Telegram keeps what is written to it for a day.

    Example: `baikoo bot`
    """
    settings, ended, pause = load_settings(), threading.Event(), _PAUSE
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    api = open_bot(wait=0) if once else open_bot()
    with opened(settings) as engine:
        key = load_keys(settings.home).contacts
        desk = Desk(engine=engine, key=key, public_url=load_public_settings().public_url)
        while not ended.is_set():
            done = poll(desk, api, datetime.now(UTC))
            if isinstance(done, Silence):
                if done.is_final or once:
                    raise ConfigError(f"{done.cause}: is BAIKOO_TELEGRAM_TOKEN the one that BotFather gave?")
                typer.echo(f"{done.cause}; asked again in {pause:.0f} s", err=True)
                ended.wait(pause)
                pause = min(2 * pause, _LONGEST)
                continue
            pause = _PAUSE
            if once:
                typer.echo(f"Answered: {done}.")
                return
