"""`baikoo alerts`: tell the staff what is wrong with the machine, once when it begins and once when it ends."""

from datetime import UTC, datetime

import typer
from sqlalchemy import Engine, inspect

from cli.conditions import DATABASE, behind, conditions
from db.alerts import StaffAlert
from db.engine import open_engine, reader
from db.migrate import check, is_current
from db.settings import load_settings
from publish.alerting import News, note, untold, was_told
from publish.channels.staff import Told, staff_addresses, tell
from publish.settings import load_public_settings
from vocab.errors import ConfigError, StorageError
from vocab.languages import DEFAULT_LANGUAGE
from web.i18n import N_, translations

_TITLE = N_("Baikoo: something needs somebody")
_ENDED_TITLE = N_("Baikoo: in order again")
_BEGAN, _ENDED = N_("Began: %(words)s"), N_("In order again: %(words)s")
_MORE = N_("More: %(address)s")
_TEST = N_("This is a test of the alerts. Nothing is wrong.")


def build() -> typer.Typer:
    """Tell the staff what is wrong with the machine, by the addresses in BAIKOO_ALERTS."""
    app = typer.Typer(help="Tell the staff what is wrong with the machine.", no_args_is_help=True)
    app.command("send")(send)
    app.command("test")(test)
    return app


def send() -> None:
    """Look what is wrong and tell it: each thing once when it begins, once when it ends, all in one message.

    What did not go out is tried at the next run; exit code 1. `baikoo run` does this at its end.

    Example: `baikoo alerts send`, by cron after each crawl
    """
    addresses = _addresses()
    engine = open_engine(load_settings().database_url)
    try:
        news = _noted(engine, datetime.now(UTC))
        told = tell(addresses, *_message(news)) if news else []
        if news:
            failed = ", ".join(one.address for one in told if not one.is_sent)
            with engine.begin() as conn:
                was_told(conn, news, datetime.now(UTC), failed and f"not sent to {failed}")
    finally:
        engine.dispose()
    typer.echo(f"begun {len(news.begun)}, ended {len(news.ended)}")
    _say(told)


def test() -> None:
    """Send a test message to every address, and say what worked.

    Example: `baikoo alerts test`
    """
    words = translations(DEFAULT_LANGUAGE)
    _say(tell(_addresses(), words.gettext(_TITLE), words.gettext(_TEST)))


def _addresses() -> tuple[str, ...]:
    addresses = staff_addresses()
    if not addresses:
        raise ConfigError("nobody to tell: set BAIKOO_ALERTS, see docs/operating.md")
    return addresses


def _noted(engine: Engine, now: datetime) -> News:
    """Write down what is wrong now; gives what the staff does not know yet. Raises StorageError without the table."""
    if not is_current(engine):
        return _noted_behind(engine, now)
    with reader(engine) as conn:
        found = conditions(conn, load_settings(), now)
    with engine.begin() as conn:
        note(conn, found, now)
        return untold(conn)


def _noted_behind(engine: Engine, now: datetime) -> News:
    """A database of another shape can be asked for nothing else: all other conditions stay as they are."""
    reason = "; ".join(check(engine))
    if not inspect(engine).has_table(StaffAlert.__tablename__):
        raise StorageError(reason)
    with engine.begin() as conn:
        note(conn, dict([behind(reason)]), now, judged=[DATABASE])
        return untold(conn)


def _message(news: News) -> tuple[str, str]:
    """Title and text in the site's own language."""
    words = translations(DEFAULT_LANGUAGE)
    lines = [words.gettext(_BEGAN) % {"words": said} for _, said in news.begun]
    lines += [words.gettext(_ENDED) % {"words": said} for _, said in news.ended]
    lines.append(words.gettext(_MORE) % {"address": f"{load_public_settings().public_url}/desk"})
    return words.gettext(_TITLE if news.begun else _ENDED_TITLE), "\n".join(lines)


def _say(told: list[Told]) -> None:
    """Which address took the message; exit code 1 where one did not."""
    for one in told:
        typer.echo(f"{one.address}: {'sent' if one.is_sent else 'NOT sent'}")
    if not all(one.is_sent for one in told):
        raise typer.Exit(1)
